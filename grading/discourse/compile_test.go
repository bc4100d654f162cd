package discourse_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"agentladder/course/pack"
	"agentladder/grading/discourse"
)

// parse reads one document for a test.
func parse(tb testing.TB, path string, body string) pack.Document {
	tb.Helper()
	doc, ds := pack.Parse(path, []byte(body))
	require.False(tb, ds.HasErrors(), "%v", ds)
	return doc
}

// compile builds a lexicon from one YAML text.
func compile(tb testing.TB, body string) *discourse.Lexicon {
	tb.Helper()
	lex, ds := discourse.Compile([]pack.Document{parse(tb, "lexicon/test.yaml", "kind: lexicon\nid: test\nversion: 1\n"+body)})
	require.False(tb, ds.HasErrors(), "%v", ds)
	return lex
}

func TestCompileReportsBadPacks(t *testing.T) {
	t.Parallel()
	for id, want := range map[string]struct{ line, column int }{
		"AL1001": {6, 11},
		"AL1002": {6, 15},
		"AL1003": {7, 5},
		"AL1004": {6, 20},
		"AL1005": {6, 15},
		"AL1006": {7, 9},
		"AL1007": {7, 14},
		"AL1008": {6, 11},
		"AL1009": {5, 6},
		"AL1010": {0, 0},
		"AL1011": {5, 9},
	} {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join("testdata", "bad", id+".yaml")
			body, err := os.ReadFile(path)
			require.NoError(t, err)
			_, ds := discourse.Compile([]pack.Document{parse(t, id+".yaml", string(body))})
			require.Len(t, ds, 1, "%v", ds)
			require.Equal(t, id, ds[0].ID)
			require.Equal(t, want, struct{ line, column int }{ds[0].Line, ds[0].Column}, ds[0].String())
			require.Equal(t, id != "AL1011", ds.HasErrors())
		})
	}
}

func TestPatterns(t *testing.T) {
	t.Parallel()
	lex := compile(t, `
sets:
  courier: {say: [快递, 网点], except: [快递单号]}
cues:
  negation: [{say: [不能], reach: 10}, {say: [不], reach: 1, except: [不错]}]
  breaks: [{say: [就]}]
frames:
  - {id: near, say: ['催…4<courier>']}
  - {id: wide, say: ['如果……补发']}
  - {id: either, say: ['(马上|立刻)?查[一下]快递']}
  - {id: edges, say: ['^^在的$$']}
  - {id: clause, say: ['^收到$']}
  - {id: number, say: ['#点前', '电话##']}
  - {id: mixed, together: [{slots: [好评, '(返现|红包)'], span: 12}]}
  - {id: excused, say: [自己看], unless: [near]}
  - {id: asking, say: [最低价], questions: drop}
  - {id: plain, say: [不能退], scope: free}
  - {id: both, side: both, say: [谢谢]}
  - {id: theirs, side: buyer, say: [便宜点]}
`)
	for text, frames := range map[string]map[string]bool{
		"催一下快递":     {"near": true},
		"催一催那个网点":   {"near": true},
		"催您说的那个远网点": {"near": false},
		"催，快递":      {"near": false},
		"催一下快递单号":   {"near": false},
		"不能催快递":     {"near": false},
		"不错催快递":     {"near": true},
		"不能就催快递":    {"near": true},
		"如果没到，马上补发": {"wide": true},
		"如果没到。马上补发": {"wide": false},
		"立刻查一下快递":   {"either": true},
		"查快递":       {"either": true},
		"在的":        {"edges": true},
		"在的您讲":      {"edges": false},
		"好，收到，谢谢":   {"clause": true, "both": true},
		"收到货了":      {"clause": false},
		"18点前":      {"number": true},
		"三点前":       {"number": true},
		"电话12345":   {"number": false},
		"电话123456":  {"number": true},
		"红包换好评":     {"mixed": true},
		"好评就有红包":    {"mixed": true},
		"自己看":       {"excused": true},
		"自己看，催快递":   {"excused": false},
		"最低价":       {"asking": true},
		"最低价吗？":     {"asking": false},
		"不能退":       {"plain": true},
		"便宜点":       {"theirs": false},
	} {
		r := lex.Read(discourse.Agent, text)
		for frame, want := range frames {
			require.Equal(t, want, r.Has(frame), "%q %s\n%s", text, frame, describe(r))
		}
	}
	require.True(t, lex.Read(discourse.Buyer, "便宜点，谢谢").Has("theirs"))
	require.True(t, lex.Read(discourse.Buyer, "便宜点，谢谢").Has("both"))
	require.True(t, lex.Defines("near"))
	require.False(t, lex.Defines("far"))
}

func TestPolarity(t *testing.T) {
	t.Parallel()
	lex := shipped(t)
	for text, want := range map[string]discourse.Polarity{
		"加我微信":            discourse.Asserted,
		"不是不能加我微信":        discourse.Asserted,
		"平台不允许加我微信":       discourse.Prohibited,
		"您说的“加我微信”是骗人的":   discourse.Quoted,
		"您是想加我微信吗":        discourse.Asked,
		"我不会加您微信":         discourse.Negated,
		"加微信是平台禁止的":       discourse.Prohibited,
		"如果有人让您加微信，请不要相信": discourse.Prohibited,
	} {
		r := lex.Read(discourse.Agent, text)
		var got []discourse.Polarity
		for _, s := range r.Signals {
			if s.Frame == "contact_exchange" {
				got = append(got, s.Polarity)
			}
		}
		require.Contains(t, got, want, "%q\n%s", text, describe(r))
		require.Equal(t, want == discourse.Asserted, r.Has("contact_exchange"), "%q\n%s", text, describe(r))
	}
}

func TestLexicon(t *testing.T) {
	t.Parallel()

	t.Run("digest follows the content", func(t *testing.T) {
		t.Parallel()
		a, b := compile(t, "frames:\n  - {id: x, say: [甲]}\n"), compile(t, "frames:\n  - {id: x, say: [乙]}\n")
		require.NotEqual(t, a.Digest(), b.Digest())
		require.Equal(t, a.Digest(), compile(t, "frames:\n  - {id: x, say: [甲]}\n").Digest())
	})

	t.Run("overlapping words are all found", func(t *testing.T) {
		t.Parallel()
		lex := compile(t, "frames:\n  - {id: a, say: [联系]}\n  - {id: b, say: [联系快递]}\n  - {id: c, say: [系快]}\n  - {id: d, say: [我联系快递网点]}\n")
		r := lex.Read(discourse.Agent, "我联系快递网点")
		for _, frame := range []string{"a", "b", "c", "d"} {
			require.True(t, r.Has(frame), frame)
		}
	})

	t.Run("a text sent again is a template", func(t *testing.T) {
		t.Parallel()
		lex := shipped(t)
		turns := []discourse.Turn{
			{Seq: 1, Role: discourse.Agent, Text: "您好，您的问题我们会处理的"},
			{Seq: 2, Role: discourse.Buyer, Text: "到底怎么处理"},
			{Seq: 3, Role: discourse.Agent, Text: "您好 , 您的问题我们会处理的~"},
		}
		chat := lex.ReadChat(turns)
		require.False(t, chat.Readings[0].Has("template"))
		require.True(t, chat.Readings[2].Has("template"), describe(chat.Readings[2]))
	})

	t.Run("clauses cover the words in order", func(t *testing.T) {
		t.Parallel()
		r := shipped(t).Read(discourse.Agent, "您好，有货的！稍等")
		require.Equal(t, []discourse.Span{{Start: 0, End: 2}, {Start: 3, End: 6}, {Start: 7, End: 9}}, r.Clauses)
		s, ok := r.First("hold")
		require.True(t, ok)
		require.Equal(t, 2, s.Clause, describe(r))
	})
}
