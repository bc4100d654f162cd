package rules_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"agentladder/course/library"
	"agentladder/course/pack"
	"agentladder/grading/discourse"
	"agentladder/grading/rules"
)

// setup compiles the shipped lexicon and rules.
func setup(tb testing.TB) (*discourse.Lexicon, *rules.Book) {
	tb.Helper()
	var docs []pack.Document
	for _, root := range library.Shipped() {
		p, _ := pack.Read(root)
		docs = append(docs, p.Of(pack.KindLexicon)...)
		docs = append(docs, p.Of(pack.KindRules)...)
	}
	lex, ds := discourse.Compile(docs)
	require.False(tb, ds.HasErrors(), "%v", ds)
	book, ds := rules.Compile(docs, lex)
	require.Empty(tb, ds)
	return lex, book
}

// broken lists the sub-rules that agent lines break, in order.
func broken(lex *discourse.Lexicon, book *rules.Book, facts []rules.Fact, lines ...string) []string {
	var turns []discourse.Turn
	for i, line := range lines {
		turns = append(turns, discourse.Turn{Seq: i + 1, Role: discourse.Agent, Text: line})
	}
	ids := []string{}
	for _, v := range book.Check(rules.Case{Chat: lex.ReadChat(turns), Facts: facts}) {
		ids = append(ids, v.SubRule)
	}
	return ids
}

func TestShippedRules(t *testing.T) {
	t.Parallel()
	lex, book := setup(t)

	t.Run("boundary decisions hold", func(t *testing.T) {
		t.Parallel()
		for text, want := range map[string][]string{
			// Politeness excuses nothing; rudeness about the matter is no insult.
			"亲亲，麻烦您给个五星好评，返您3元哦，谢谢": {"R03.bribe"},
			"您好，请加一下我的微信哦":          {"R04.contact"},
			"至于吗，不就晚一天":             {},
			"您是不是不识字啊":              {"R01.belittle"},
			"您开心就好":                 {},
			// A courier's number is fine beside one's own action, alone it is passing the buck.
			"快递电话是发您的这个，我也已经打过了，18点前告诉您结果": {},
			"快递电话发您了，您打电话问吧":               {"R14.deflect"},
			// Own commitments are good, outcomes are not ours to promise.
			"我保证今天18点前给您回复":    {},
			"我保证今天18点前给您送到":    {"R11.outcome"},
			"一定帮您催":            {},
			"明天一定到":            {"R11.outcome"},
			"放心吧绝对不会漏的":        {"R11.outcome"},
			"出厂都做过密封测试，漏了给您退换": {},
			"不满意赔您十倍":          {"R11.money"},
			// Goodwill without a condition, and the same by a side channel.
			"给您补10元，评价随您":     {},
			"给您补10元，我加您微信转给您": {"R04.contact", "R04.transfer"},
			"您把差评删了我给您退10元":   {"R03.bribe"},
			// Not knowing is no excuse, asking is.
			"不知道":      {"R14.deflect"},
			"不清楚，我马上问": {},
			"售后明早九点上班，我先给您登记好，明早九点联系您": {},
			// Paying on the platform.
			"付款页选微信支付或者支付宝都可以": {},
			"钱直接转我支付宝":         {"R04.transfer"},
			"不要给任何人转账哦":        {},
			// Superlatives about goods, and words that only look like them.
			"我们家是同行里质量最好的":    {"R06.goods"},
			"全网最低价就在我家":       {"R06.price"},
			"最近天气冷，最好先用温水烫一下": {},
			"我第一时间给您核实":       {},
			"这个我不能说是最好的":      {},
			"您问全网最低价，这个我不敢说":  {},
			"吃了100%有效":        {"R06.health"},
			// Insults need a person.
			"垃圾袋有三个尺寸": {},
			"滚":        {"R01.insult"},
			"你有病吧":     {"R01.insult"},
			"没空聊，别回了":  {"R14.close"},
		} {
			require.Equal(t, want, broken(lex, book, nil, text), "%q", text)
		}
	})

	t.Run("replies as people type them", func(t *testing.T) {
		t.Parallel()
		body, err := os.ReadFile(filepath.Join("testdata", "replies.txt"))
		require.NoError(t, err)
		cases := 0
		for _, line := range strings.Split(strings.TrimSpace(string(body)), "\n") {
			if strings.HasPrefix(line, "#") {
				continue
			}
			cases++
			want, reply, _ := strings.Cut(line, " ")
			got := broken(lex, book, nil, reply)
			if want == "OK" {
				assert.Empty(t, got, reply)
				continue
			}
			assert.True(t, slices.ContainsFunc(got, func(id string) bool { return strings.HasPrefix(id, want+".") }), "%q %v", reply, got)
		}
		require.Greater(t, cases, 70)
	})

	t.Run("own action in the next message heals a deflection", func(t *testing.T) {
		t.Parallel()
		require.Equal(t, []string{"R14.deflect"}, broken(lex, book, nil, "这是快递的问题", "亲"))
		require.Empty(t, broken(lex, book, nil, "这是快递的问题", "不过我马上帮您联系网点"))
	})

	t.Run("a fact allows what it makes true", func(t *testing.T) {
		t.Parallel()
		require.Equal(t, []string{"R11.money"}, broken(lex, book, nil, "假一赔十"))
		require.Empty(t, broken(lex, book, []rules.Fact{{ID: "f1", Label: "假一赔十", Allows: []string{"R11.money"}}}, "假一赔十"))
		require.Empty(t, broken(lex, book, []rules.Fact{{ID: "f1", Allows: []string{"guarantee_outcome"}}}, "保证明天到"))
		require.Equal(t, []string{"R11.outcome"}, broken(lex, book, rules.ParseFacts("标价159; 满150减10"), "保证明天到"))
	})

	t.Run("each turn counts, each kind once a turn", func(t *testing.T) {
		t.Parallel()
		require.Equal(t, []string{"R11.outcome", "R11.outcome"}, broken(lex, book, nil, "保证明天到，绝对不会漏", "肯定能到"))
	})

	t.Run("evidence is the words of the turn", func(t *testing.T) {
		t.Parallel()
		turns := []discourse.Turn{{Seq: 1, Role: discourse.Buyer, Text: "加我微信"}, {Seq: 2, Role: discourse.Agent, Text: "好的😊您加我 薇 信 abc"}}
		got := book.Check(rules.Case{Chat: lex.ReadChat(turns)})
		require.Len(t, got, 1)
		v := got[0]
		require.Equal(t, 2, v.Evidence.Seq)
		require.Equal(t, v.Evidence.Quote, string([]rune(turns[1].Text)[v.Evidence.Start:v.Evidence.End]))
		require.Contains(t, v.Evidence.Quote, "薇 信")
		require.Equal(t, rules.Severe, v.Severity)
		require.Equal(t, "OFF_PLATFORM", v.Name)
		require.Empty(t, v.Consequence)
		require.GreaterOrEqual(t, len(v.Better), 3)
	})

	t.Run("numbers, names and sub-rules find their rule", func(t *testing.T) {
		t.Parallel()
		for _, key := range []string{"R11", "OVERPROMISE", "R11.outcome"} {
			r, ok := book.Find(key)
			require.True(t, ok, key)
			require.Equal(t, "R11", r.ID)
		}
		_, ok := book.Find("R99")
		require.False(t, ok)
		require.Len(t, book.Rules(), 6)
		require.Len(t, book.Digest(), 64)
	})

	t.Run("removing a rule removes only its own violations", func(t *testing.T) {
		t.Parallel()
		line := "保证明天到，给个五星好评返您3元，加我微信"
		all := broken(lex, book, nil, line)
		require.ElementsMatch(t, []string{"R11.outcome", "R03.bribe", "R04.contact"}, all)
	})
}

func TestCompileReportsBadPacks(t *testing.T) {
	t.Parallel()
	lex, _ := setup(t)
	for id, want := range map[string]struct{ line, column int }{
		"AL2001": {14, 13},
		"AL2002": {5, 5},
		"AL2004": {8, 9},
		"AL2005": {8, 9},
		"AL2006": {12, 29},
		"AL2007": {13, 36},
		"AL2008": {11, 18},
		"AL1020": {10, 15},
		"AL1021": {10, 24},
	} {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			body, err := os.ReadFile(filepath.Join("testdata", "bad", id+".yaml"))
			require.NoError(t, err)
			doc, ds := pack.Parse(id+".yaml", body)
			require.Empty(t, ds)
			_, ds = rules.Compile([]pack.Document{doc}, lex)
			require.Len(t, ds, 1, "%v", ds)
			require.Equal(t, id, ds[0].ID)
			require.Equal(t, want, struct{ line, column int }{ds[0].Line, ds[0].Column}, ds[0].String())
		})
	}
}

func TestParseFacts(t *testing.T) {
	t.Parallel()
	require.Equal(t, []rules.Fact{
		{ID: "f1", Label: "标价", Value: "159"},
		{ID: "f2", Label: "满", Value: "150减10"},
		{ID: "f3", Label: "发货", Value: "48小时内"},
		{ID: "f4", Label: "包邮"},
	}, rules.ParseFacts("标价159; 满150减10；发货：48小时内;;包邮"))
	require.Empty(t, rules.ParseFacts(" "))
}
