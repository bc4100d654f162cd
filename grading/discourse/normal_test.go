package discourse_test

import (
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"agentladder/grading/discourse"
)

func TestNormalise(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct{ text, want string }{
		"full width and case":              {"ＳＢ　ａｂ", "sb ab"},
		"zero width inside a word":         {"微\u200b信\u2060", "微信"},
		"Hangul and Braille fillers":       {"微\u3164信\u2800转\u1160账", "微信转账"},
		"tags and variation selectors":     {"加\U000e0041微\ufe0f信", "加微信"},
		"bidi and soft hyphen":             {"微\u202e信\u00ad号", "微信号"},
		"compatibility forms":              {"㊙密⼈", "秘密人"},
		"traditional and variant":          {"退欵給您，聯繫快遞", "退款给您,联系快递"},
		"Greek and Cyrillic letters":       {"加νх", "加vx"},
		"a point inside a word":            {"我要退.款", "我要退款"},
		"an emoji inside a word":           {"微😊信", "微信"},
		"a space inside a word":            {"加 V 聊", "加v聊"},
		"a space between words":            {"您好 请问", "您好 请问"},
		"clause marks stay one each":       {"好的，，马上！！！查？！", "好的,马上!查?"},
		"numbers keep their inner marks":   {"1-3天 18:00 1.5升", "1-3天 18:00 1.5升"},
		"newline ends a sentence":          {"您好\n在的", "您好。在的"},
		"quotation marks become one kind":  {"「骗子」", "“骗子”"},
		"invalid bytes vanish":             {"您\xff好", "您好"},
		"nothing":                          {"", ""},
		"only symbols leave only marks":    {"😊～～", "~"},
		"loose combining marks are hidden": {"微\u0336信\u0336", "微信"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, row.want, discourse.Normalise(row.text).String())
		})
	}
}

// awkward draws texts that mix Han, Latin, marks, invisible characters and broken bytes.
func awkward() *rapid.Generator[string] {
	pieces := rapid.SampledFrom([]string{"微", "信", "退", "款", "您好", "退欵", "聯繫", "v", "X", "ＱＱ", "Ⅳ", "㊙", "é", "e\u0301", "가", "\u1100", "\u1161", "\u3164", "\u200b", "\u200d",
		"\ufe0f", "😊", "👨‍👩‍👧", "1", "38", ".", "，", "！", "？", "~", "…", "\n", " ", "　", "-", ":", "“", "”", "\xff", "\xe4\xbd", "İ", "ﬁ", "①", "½", "\U000e0061", "\u202e", "、", "+"})
	return rapid.Custom(func(t *rapid.T) string {
		text := ""
		for _, p := range rapid.SliceOfN(pieces, 0, 24).Draw(t, "pieces") {
			text += p
		}
		return text + rapid.StringN(0, 6, -1).Draw(t, "tail")
	})
}

func TestNormaliseProperties(t *testing.T) {
	t.Parallel()

	t.Run("twice is once", func(t *testing.T) {
		t.Parallel()
		rapid.Check(t, func(t *rapid.T) { once(t, awkward().Draw(t, "text")) })
	})

	t.Run("every rune maps to a place in the original", func(t *testing.T) {
		t.Parallel()
		rapid.Check(t, func(t *rapid.T) { maps(t, awkward().Draw(t, "text")) })
	})
}

type failer interface {
	Fatalf(format string, args ...any)
}

func once(t failer, text string) {
	first := discourse.Normalise(text).String()
	if second := discourse.Normalise(first).String(); second != first {
		t.Fatalf("%+q → %+q → %+q", text, first, second)
	}
	if !utf8.ValidString(first) {
		t.Fatalf("%+q is not valid UTF-8", first)
	}
}

func maps(t failer, text string) {
	n := discourse.Normalise(text)
	total := utf8.RuneCountInString(text)
	at := 0
	for i := range n.Runes {
		s := n.Original(i, i+1)
		if s.Start < 0 || s.End > total || s.Start >= s.End || s.Start < at {
			t.Fatalf("rune %d of %+q maps to %v of %d after %d", i, text, s, total, at)
		}
		at = s.Start
	}
}

func FuzzNormalise(f *testing.F) {
	for _, seed := range []string{"", "您好", "微 信", "退.款", "1-3天", "\xff\xfe", "가\u3164", "ＶＸ～"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		once(t, text)
		maps(t, text)
	})
}

func FuzzRead(f *testing.F) {
	lex := shipped(f)
	for _, seed := range []string{"", "加我微信", "“", "不不不不能", "如果还没到就给您补发"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) { exact(t, lex, text) })
}

// exact holds each signal's quote against the original text.
func exact(t failer, lex *discourse.Lexicon, text string) {
	runes := []rune(text)
	for _, role := range []discourse.Role{discourse.Agent, discourse.Buyer} {
		r := lex.Read(role, text)
		for _, s := range r.Signals {
			if s.Span.Start < 0 || s.Span.End > len(runes) || s.Span.Start > s.Span.End {
				t.Fatalf("%s outside %+q: %v", s.Frame, text, s.Span)
			}
			if want := string(runes[s.Span.Start:s.Span.End]); string([]rune(s.Quote)) != want {
				t.Fatalf("%s quotes %+q, not %+q", s.Frame, s.Quote, want)
			}
			if len(r.Clauses) > 0 && s.Clause >= len(r.Clauses) {
				t.Fatalf("%s in clause %d of %d", s.Frame, s.Clause, len(r.Clauses))
			}
		}
	}
}

func TestReadProperties(t *testing.T) {
	t.Parallel()
	lex := shipped(t)
	words := rapid.SampledFrom([]string{"您", "不", "能", "加", "微信", "保证", "明天", "到", "好评", "返", "3元", "，", "？", "“", "”", "如果", "还没", "补发", "我", "马上", "联系", "快递", "18点前", "回复", "平台", "禁止", " ", "~", "😊", "吗"})

	t.Run("every quote is the original words", func(t *testing.T) {
		t.Parallel()
		rapid.Check(t, func(t *rapid.T) {
			text := ""
			for _, w := range rapid.SliceOfN(words, 0, 30).Draw(t, "words") {
				text += w
			}
			exact(t, lex, text+awkward().Draw(t, "rest"))
		})
	})

	t.Run("the same text reads the same, on any goroutine", func(t *testing.T) {
		t.Parallel()
		text := "不好意思，这款便宜不了，不过我可以给您申请一双鞋垫，您看可以吗"
		want := lex.Read(discourse.Agent, text)
		done := make(chan discourse.Reading)
		for range 8 {
			go func() { done <- lex.Read(discourse.Agent, text) }()
		}
		for range 8 {
			require.Equal(t, want, <-done)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	lex := shipped(b)
	text := "您好，非常抱歉让您久等了，我马上联系快递网点核实，今天18点前给您答复，还没动静就给您补发"
	b.ReportAllocs()
	for b.Loop() {
		lex.Read(discourse.Agent, text)
	}
}

func BenchmarkNormalise(b *testing.B) {
	text := "您好，非常抱歉让您久等了，我马上联系快递网点核实，今天18点前给您答复，还没动静就给您补发"
	b.ReportAllocs()
	for b.Loop() {
		discourse.Normalise(text)
	}
}
