package lesson

import (
	"strings"
	"testing"

	"agentladder/course/pack"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

const front = `---
kind: lesson
id: L2.1
version: 3
title: 称呼
chapter: C2
periods: 2
objectives: [用您]
key_points: [敬语]
difficulties: [忙时漏字]
teaches: [A1, R04.contact]
scenarios: [S01]
sources: [W65]
---
`

// firstTextLine is the line of the file on which the Markdown below front starts.
const firstTextLine = 15

func parse(t *testing.T, body string) pack.Document {
	t.Helper()
	doc, ds := pack.Parse("lessons/x.md", []byte(front+body))
	require.Empty(t, ds)
	return doc
}

func TestDecode(t *testing.T) {
	t.Parallel()

	t.Run("EveryFieldArrives", func(t *testing.T) {
		t.Parallel()
		got, ds := Decode(parse(t, "# 您好\n\n请**稍等**。\n"))
		require.Empty(t, ds)
		want := Lesson{
			ID: "L2.1", Version: 3, Title: "称呼", Chapter: "C2", Periods: 2,
			Objectives: []string{"用您"}, KeyPoints: []string{"敬语"}, Difficulties: []string{"忙时漏字"},
			Teaches: []string{"A1", "R04.contact"}, Scenarios: []string{"S01"}, Sources: []string{"W65"},
			HTML: "<h2>您好</h2>\n<p>请<strong>稍等</strong>。</p>",
		}
		require.Empty(t, cmp.Diff(want, got))
	})

	t.Run("TablesKeepTheirCells", func(t *testing.T) {
		t.Parallel()
		got, ds := Decode(parse(t, "| 别说 | 可以说 |\n| --- | :-: |\n| 等着 | 请稍等 |\n"))
		require.Empty(t, ds)
		require.Contains(t, got.HTML, "<th>别说</th>")
		require.Contains(t, got.HTML, `<td align="center">请稍等</td>`)
	})

	t.Run("OutsideLinksCannotReachBack", func(t *testing.T) {
		t.Parallel()
		got, ds := Decode(parse(t, "见[法条](https://example.org/law?a=1&b=2)。\n"))
		require.Empty(t, ds)
		require.Contains(t, got.HTML, `href="https://example.org/law?a=1&amp;b=2"`)
		require.Contains(t, got.HTML, "noopener")
		require.Contains(t, got.HTML, "noreferrer")
		require.Contains(t, got.HTML, `target="_blank"`)
	})

	t.Run("EmptyTextIsRefusedWhereItShouldStart", func(t *testing.T) {
		t.Parallel()
		_, ds := Decode(parse(t, " \n\n"))
		require.Len(t, ds, 1)
		require.Equal(t, "AL0017", ds[0].ID)
		require.Equal(t, pack.Position{Path: "lessons/x.md", Line: firstTextLine, Column: 1}, ds[0].Position)
	})

	t.Run("OtherKindsAreRefused", func(t *testing.T) {
		t.Parallel()
		_, ds := Decode(pack.Document{Kind: pack.KindRules, Path: "rules/r.yaml"})
		require.True(t, ds.HasErrors())
	})
}

func TestHostileMarkdown(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name, text   string
		line, column int // within the text, of the finding
	}{
		{"ScriptBlock", "好\n\n<script>alert(1)</script>\n", 3, 1},
		{"ScriptInline", "您好<script>alert(1)</script>再见\n", 1, 3},
		{"ImageWithHandler", "看<img src=x onerror=alert(1)>这里\n", 1, 2},
		{"MarkdownImage", "看图 ![猫](https://example.org/cat.png)\n", 1, 4},
		{"JavascriptLink", "前文 [点我](javascript:alert(1))\n", 1, 4},
		{"JavascriptLinkWithCase", "[点我](JaVaScRiPt:alert(1))\n", 1, 1},
		{"JavascriptLinkWithEntity", "[点我](java&#115;cript:alert(1))\n", 1, 1},
		{"DataLink", "[点我](data:text/html;base64,PHNjcmlwdD4=)\n", 1, 1},
		{"VbscriptAutolink", "<vbscript:msgbox(1)>\n", 1, 1},
		{"RelativeLink", "[后台](/api/v1/admin)\n", 1, 1},
		{"ProtocolRelativeLink", "[后台](//evil.example/)\n", 1, 1},
		{"ReferenceLink", "请看[这里][x]。\n\n[x]: javascript:alert(1)\n", 1, 3},
		{"Iframe", "<iframe src=\"https://evil.example\"></iframe>\n", 1, 1},
		{"SvgHandler", "<svg onload=alert(1)>\n", 1, 1},
		{"StyleBlock", "<style>body{display:none}</style>\n", 1, 1},
		{"FormBlock", "文字\n\n<form action=\"https://evil.example\">\n<input name=\"password\">\n</form>\n", 3, 1},
		{"CommentBlock", "<!-- 看不见 -->\n", 1, 1},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, ds := Decode(parse(t, c.text))
			require.True(t, ds.HasErrors(), "nothing was reported for %q", c.text)
			require.Equal(t, "AL0016", ds[0].ID)
			require.Equal(t, pack.Position{Path: "lessons/x.md", Line: firstTextLine + c.line - 1, Column: c.column}, ds[0].Position)
			requireHarmless(t, got.HTML)
		})
	}
}

func TestTextThatOnlyLooksLikeMarkupIsShownAsText(t *testing.T) {
	t.Parallel()
	got, ds := Decode(parse(t, "<svg/onload=alert(1)> 和 `<script>`\n"))
	require.Empty(t, ds)
	require.Equal(t, "<p>&lt;svg/onload=alert(1)&gt; 和 <code>&lt;script&gt;</code></p>", got.HTML)
}

// requireHarmless looks for markup: escaped text may name anything.
func requireHarmless(t *testing.T, html string) {
	t.Helper()
	lower := strings.ToLower(html)
	for _, bad := range []string{"<script", "<img", "<iframe", "<svg", "<style", "<form", "<input", "<!--", "href=\"javascript", "href=\"data",
		"href=\"vbscript", "href=\"/"} {
		require.NotContains(t, lower, bad)
	}
}

func FuzzRender(f *testing.F) {
	for _, seed := range []string{"您好", "<script>x</script>", "[a](javascript:b)", "| a |\n|-|\n| <b> |", "![][x]\n\n[x]: y", "<a@b.c>", "****[]()"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		doc, ds := pack.Parse("lessons/x.md", []byte(front+body))
		if ds.HasErrors() {
			return
		}
		got, ds := Decode(doc)
		requireHarmless(t, got.HTML)
		last := firstTextLine + strings.Count(body, "\n")
		for _, d := range ds {
			require.GreaterOrEqual(t, d.Line, firstTextLine)
			require.LessOrEqual(t, d.Line, last)
		}
	})
}
