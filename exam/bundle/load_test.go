package bundle_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"agentladder/course/library"
	"agentladder/course/pack"
	"agentladder/exam/bundle"
	"agentladder/grading/discourse"
)

func shipped(t *testing.T) []pack.Document {
	t.Helper()
	var docs []pack.Document
	for _, root := range library.Shipped() {
		p, ds := pack.Read(root)
		require.False(t, ds.HasErrors(), "%v", ds)
		docs = append(docs, p.Documents...)
	}
	return docs
}

// edit replaces words in one document and returns the edited set with the line of the first change.
func edit(t *testing.T, docs []pack.Document, path, old, replacement string) ([]pack.Document, int) {
	t.Helper()
	docs = slices.Clone(docs)
	i := slices.IndexFunc(docs, func(d pack.Document) bool { return d.Path == path })
	require.GreaterOrEqual(t, i, 0, path)
	before, _, ok := bytes.Cut(docs[i].Body, []byte(old))
	require.True(t, ok, "%s does not have %q", path, old)
	doc, ds := pack.Parse(path, bytes.Replace(docs[i].Body, []byte(old), []byte(replacement), 1))
	require.False(t, ds.HasErrors(), "%v", ds)
	docs[i] = doc
	return docs, 1 + bytes.Count(before, []byte("\n"))
}

func TestLoad(t *testing.T) {
	t.Parallel()
	docs := shipped(t)

	t.Run("ShippedContentFitsTogether", func(t *testing.T) {
		t.Parallel()
		b, ds := bundle.Load(docs)
		require.Empty(t, ds)
		require.NotNil(t, b)
		var ids []string
		for _, sc := range b.Scenarios() {
			ids = append(ids, sc.ID)
			require.NotEqual(t, sc.Platform, b.PlatformName(sc.Platform))
			require.Positive(t, b.ReplyTarget(sc.Platform))
		}
		require.Equal(t, []string{"S01", "S06", "S16"}, ids, "easiest first")
		_, ok := b.Lesson("L6.3")
		require.True(t, ok)
		_, ok = b.Lesson("L99.9")
		require.False(t, ok)
		_, ok = b.Scenario("S99")
		require.False(t, ok)
	})

	t.Run("DigestsNameTheContentOfAChat", func(t *testing.T) {
		t.Parallel()
		b, _ := bundle.Load(docs)
		backward := slices.Clone(docs)
		slices.Reverse(backward)
		again, _ := bundle.Load(backward)
		require.Equal(t, b.Digest(), again.Digest(), "order does not matter")
		digests := b.Digests("S16")
		for _, name := range []string{"scenario", "lexicon", "rules", "rubric", "platform"} {
			require.Len(t, digests[name], 64, name)
		}
		require.NotContains(t, b.Digests(""), "scenario")
		edited, _ := edit(t, docs, "scenarios/S16.yaml", "title: 物流停滞三天", "title: 物流停滞")
		other, ds := bundle.Load(edited)
		require.Empty(t, ds)
		require.NotEqual(t, b.Digest(), other.Digest())
		require.NotEqual(t, digests["scenario"], other.Digests("S16")["scenario"])
		require.Equal(t, digests["lexicon"], other.Digests("S16")["lexicon"])
	})

	t.Run("NewestVersionHolds", func(t *testing.T) {
		t.Parallel()
		edited, _ := edit(t, docs, "scenarios/S16.yaml", "version: 1\ntitle: 物流停滞三天", "version: 2\ntitle: 新的题目")
		b, ds := bundle.Load(append(edited, slices.DeleteFunc(slices.Clone(docs), func(d pack.Document) bool { return d.ID != "S16" })...))
		require.Empty(t, ds)
		sc, _ := b.Scenario("S16")
		require.Equal(t, "新的题目", sc.Title)
		require.Len(t, b.Scenarios(), 3)
	})

	for _, c := range []struct{ id, path, old, new string }{
		{"AL6001", "scenarios/S16.yaml", "rubric: chat", "rubric: chats"},
		{"AL6002", "scenarios/S16.yaml", "platform: jd", "platform: jingdong"},
		{"AL6003", "scenarios/S16.yaml", "lesson: L6.3", "lesson: L6.9"},
		{"AL6006", "scenarios/S16.yaml", "  - {id: eta, label:", "  - {id: eta, allows: [R99.none], label:"},
		{"AL6004", "lessons/L6.3-parcel-trouble.md", "scenarios: [S16]", "scenarios: [S99]"},
	} {
		t.Run(c.id, func(t *testing.T) {
			t.Parallel()
			edited, line := edit(t, docs, c.path, c.old, c.new)
			b, ds := bundle.Load(edited)
			require.NotEmpty(t, ds)
			require.Equal(t, c.id, ds[0].ID, "%v", ds)
			require.Equal(t, c.path, ds[0].Path)
			require.Equal(t, line, ds[0].Line)
			require.Greater(t, ds[0].Column, 1)
			require.Equal(t, ds.HasErrors(), b == nil)
		})
	}

	t.Run("AL6005", func(t *testing.T) {
		t.Parallel()
		b, ds := bundle.Load(slices.DeleteFunc(slices.Clone(docs), func(d pack.Document) bool { return d.Kind == pack.KindLexicon }))
		require.Nil(t, b)
		require.Equal(t, "AL6005", ds[0].ID)
	})

	t.Run("AllFindingsComeAtOnce", func(t *testing.T) {
		t.Parallel()
		edited, _ := edit(t, docs, "scenarios/S16.yaml", "rubric: chat", "rubric: chats")
		edited, _ = edit(t, edited, "scenarios/S01.yaml", "platform: taobao", "platform: tb")
		edited, _ = edit(t, edited, "scenarios/S06.yaml", "after: [discount]", "after: [discounts]")
		_, ds := bundle.Load(edited)
		var ids []string
		for _, d := range ds {
			ids = append(ids, d.ID)
		}
		require.Equal(t, []string{"AL6002", "AL4001", "AL6001"}, ids)
	})

	t.Run("NothingLoadsFromNothing", func(t *testing.T) {
		t.Parallel()
		b, ds := bundle.Load(nil)
		require.Nil(t, b)
		require.True(t, ds.HasErrors())
	})
}

func TestGrade(t *testing.T) {
	t.Parallel()
	b, ds := bundle.Load(shipped(t))
	require.Empty(t, ds)
	sc, _ := b.Scenario("S16")
	chat := func(texts ...string) discourse.Chat {
		var turns []discourse.Turn
		for i, text := range texts {
			role := discourse.Buyer
			if i%2 == 1 {
				role = discourse.Agent
			}
			turns = append(turns, discourse.Turn{Seq: i + 1, Role: role, Text: text})
		}
		return b.Lexicon().ReadChat(turns)
	}

	t.Run("CarriesTheDigestsOfItsContent", func(t *testing.T) {
		t.Parallel()
		card := b.Grade(sc.Vary(1), chat("快递三天没动了", "您好，抱歉让您久等了，我这就联系网点核实"), nil)
		require.Equal(t, b.Digests("S16"), card.Digests)
	})

	t.Run("InsultCostsMoreThanAnythingElse", func(t *testing.T) {
		t.Parallel()
		good := b.Grade(sc.Vary(1), chat("快递三天没动了", "您好，抱歉让您久等了，我这就联系网点核实"), nil)
		bad := b.Grade(sc.Vary(1), chat("快递三天没动了", "您好，抱歉让您久等了，我这就联系网点核实，你这个白痴"), nil)
		require.Less(t, bad.Total, good.Total-30_000)
		require.True(t, strings.HasPrefix(bad.Violations[0].SubRule, "R01"), bad.Violations)
	})
}
