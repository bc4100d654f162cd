package score

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"agentladder/grading/discourse"
)

// Real lines, so that the properties hold for what people type.
var (
	buyerLines = []string{
		"在吗", "这个多大容量", "给我爸用的，他平时上班带", "绝对不会漏吧？", "那怎么下单啊", "太贵了便宜点呗", "给五星好评能再便宜点吗", "加个微信吧，我转你",
		"我的快递到哪了？三天没动了！", "你们怎么搞的，气死我了", "你保证明天一定到？", "收到就是碎的", "好的拍了，谢谢", "算了不聊了", "？", "",
	}
	agentLines = []string{
		"您好，在的～欢迎光临小店！请问有什么可以帮您？", "让您久等了，真的很抱歉，换作是我也会着急。", "我马上联系快递网点核实，今天18点前给您答复。",
		"如果明天中午还没动，我给您补发，或者退款，您看哪种方便？", "这款500毫升，今天标价59元，支持七天无理由退换。", "您点右下角立即购买，再选颜色，填好地址付款就可以了。",
		"推荐这款给长辈用，一只手就能握住。", "时间要看物流，这个我不敢保证，预计明后天到。", "不客气，还有其他可以帮您的吗？祝您生活愉快！", "好的", "嗯", "。", "",
		"价格是统一的，真不好意思没办法再少，满150减10您可以用券。", "自己看详情页", "不是说了吗", "急也没用", "尽快吧", "就这样吧", "😊😊", "asdf qwer 1234",
		"抱歉，我们不加微信，在平台下单才有保障。", "收到后先检查一下，有问题随时找我。",
	}
	breaking = []string{
		"给五星好评我返你20块红包", "加我微信xiaobao88", "微信转给我就行", "我们家是全网最低价", "保证明天一定到", "你找快递去，不归我管", "你是不是不识字", "穷鬼就别买",
	}
	courteous = []string{"您好，感谢您的耐心等待", "非常理解您的心情", "麻烦您稍等一下哦", "还有其他可以帮您的吗？祝您生活愉快", "给您添麻烦了，实在抱歉", "请您放心，我来帮您处理"}
)

func drawTurns(t *rapid.T, agentLines []string) []discourse.Turn {
	var turns []discourse.Turn
	for i := range rapid.IntRange(1, 14).Draw(t, "length") {
		turn := discourse.Turn{Seq: i + 1, Role: discourse.Buyer}
		lines := buyerLines
		if i > 0 && rapid.Bool().Draw(t, "agent") {
			turn.Role, lines = discourse.Agent, agentLines
		}
		turn.Text = rapid.SampledFrom(lines).Draw(t, "text")
		turns = append(turns, turn)
	}
	return turns
}

func inputOf(turns []discourse.Turn) Input {
	in := Input{}
	in.Case.Chat.Turns = turns
	return in
}

// insert puts a turn of the agent at a place and counts on.
func insert(turns []discourse.Turn, at int, text string) []discourse.Turn {
	out := slices.Insert(slices.Clone(turns), at, discourse.Turn{Role: discourse.Agent, Text: text})
	for i := range out {
		out[i].Seq = i + 1
	}
	return out
}

func agents(turns []discourse.Turn) []int {
	var at []int
	for i, turn := range turns {
		if turn.Role == discourse.Agent {
			at = append(at, i)
		}
	}
	return at
}

func bytesOf(t require.TestingT, card Scorecard) []byte {
	body, err := json.Marshal(card)
	require.NoError(t, err)
	return body
}

func TestAnyChat(t *testing.T) {
	t.Parallel()
	e := shipped(t)
	rapid.Check(t, func(t *rapid.T) {
		in := inputOf(drawTurns(t, slices.Concat(agentLines, breaking)))
		if rapid.Bool().Draw(t, "task") {
			in.Task = &Task{Solved: rapid.IntRange(0, 100_000).Draw(t, "solved")}
			for i := range rapid.IntRange(0, 4).Draw(t, "steps") {
				frame := rapid.SampledFrom([]string{"apology", "own_action", "commit_time", "greeting"}).Draw(t, "frame")
				in.Task.Steps = append(in.Task.Steps, Step{ID: fmt.Sprint(i), Title: frame, Weight: rapid.IntRange(0, 5).Draw(t, "weight"), When: discourse.Condition{Signal: frame}, Advice: frame})
			}
		}
		in.Replies = rapid.SliceOfN(rapid.IntRange(0, 600), 0, 5).Draw(t, "replies")
		in.Target = rapid.SampledFrom([]int{0, 45, 180}).Draw(t, "target")
		card := e.Grade(in)
		sound(t, card)
		require.Equal(t, bytesOf(t, card), bytesOf(t, e.Grade(in)), "the same input gives the same bytes")
		quoted(t, in.Case.Chat.Turns, card)
	})
}

// quoted says that all evidence is exactly what stands in the chat.
func quoted(t require.TestingT, turns []discourse.Turn, card Scorecard) {
	check := func(e discourse.Evidence) {
		require.GreaterOrEqual(t, e.Seq, 1)
		require.LessOrEqual(t, e.Seq, len(turns))
		runes := []rune(turns[e.Seq-1].Text)
		require.LessOrEqual(t, 0, e.Start)
		require.LessOrEqual(t, e.End, len(runes))
		require.Less(t, e.Start, e.End)
		require.Equal(t, string(runes[e.Start:e.End]), e.Quote)
	}
	for _, l := range card.Lines {
		for _, e := range l.Evidence {
			check(e)
		}
	}
	for _, c := range card.Criteria {
		for _, e := range c.Evidence {
			check(e)
		}
	}
	for _, s := range card.Strengths {
		check(s.Evidence)
	}
	for _, v := range card.Violations {
		check(v.Evidence)
	}
}

// A sentence can be added to a turn that is neither a word or two nor pasted: there the addition would also take a
// fault away (the turn is not curt any more, the copy not a copy).
func TestBreakingARuleNeverRaisesTheTotal(t *testing.T) {
	t.Parallel()
	e := shipped(t)
	rapid.Check(t, func(t *rapid.T) {
		turns := drawTurns(t, slices.Concat(agentLines, breaking))
		before := e.Grade(inputOf(turns))
		sentence := rapid.SampledFrom(breaking).Draw(t, "sentence")
		at := slices.DeleteFunc(agents(turns), func(i int) bool {
			same := func(o discourse.Turn) bool { return o.Text == turns[i].Text }
			return len([]rune(turns[i].Text)) < 5 || slices.ContainsFunc(turns[:i], same) || slices.ContainsFunc(turns[i+1:], same)
		})
		var worse []discourse.Turn
		if len(at) > 0 && rapid.Bool().Draw(t, "append") {
			i := rapid.SampledFrom(at).Draw(t, "turn")
			worse = slices.Clone(turns)
			worse[i].Text += "。" + sentence
		} else {
			worse = insert(turns, rapid.IntRange(1, len(turns)).Draw(t, "place"), sentence)
		}
		after := e.Grade(inputOf(worse))
		require.LessOrEqual(t, after.Total, before.Total, "%s\n%v", sentence, worse)
	})
}

// The chats break no rule: an own action right after a deflection excuses it, also when it was said before.
func TestRepeatingAMessageNeverRaisesTheTotal(t *testing.T) {
	t.Parallel()
	e := shipped(t)
	clean := slices.DeleteFunc(slices.Clone(agentLines), func(text string) bool {
		return len(e.Grade(inputOf([]discourse.Turn{{Seq: 1, Role: discourse.Agent, Text: text}})).Violations) > 0
	})
	require.Greater(t, len(clean), len(agentLines)/2)
	rapid.Check(t, func(t *rapid.T) {
		turns := drawTurns(t, clean)
		first := rapid.IntRange(1, len(turns)).Draw(t, "first")
		turns = insert(turns, first, rapid.SampledFrom(slices.Concat(courteous, clean)).Draw(t, "message"))
		before := e.Grade(inputOf(turns))
		again := turns
		for range rapid.IntRange(1, 4).Draw(t, "times") {
			again = insert(again, rapid.IntRange(first+1, len(again)).Draw(t, "place"), turns[first].Text)
		}
		after := e.Grade(inputOf(again))
		require.LessOrEqual(t, after.Total, before.Total, "%v", again)
	})
}

func TestCourtesyAloneNeverPasses(t *testing.T) {
	t.Parallel()
	e := shipped(t)
	nothing := []string{"您好，欢迎光临～", "非常理解您的心情", "感谢您的支持与理解", "给您添麻烦了，实在抱歉", "麻烦您稍等哦", "请您放心", "祝您生活愉快", "还有其他可以帮您的吗？", "您慢慢说，我在听", "辛苦您了", "不客气，应该的"}
	rapid.Check(t, func(t *rapid.T) {
		var turns []discourse.Turn
		for i := range rapid.IntRange(2, 12).Draw(t, "length") {
			turn := discourse.Turn{Seq: i + 1, Role: discourse.Buyer, Text: rapid.SampledFrom(buyerLines).Draw(t, "buyer")}
			if i%2 == 1 {
				turn.Role = discourse.Agent
				turn.Text = strings.Join(rapid.SliceOfN(rapid.SampledFrom(nothing), 1, 4).Draw(t, "agent"), "，")
			}
			turns = append(turns, turn)
		}
		card := e.Grade(inputOf(turns))
		require.False(t, card.Passed, "%d %v", card.Total, turns)
		require.Less(t, card.Total, 60_000)
	})
}

func TestADumpOfPhrasesStaysBelowThePassLine(t *testing.T) {
	t.Parallel()
	e := shipped(t)
	phrases := []string{"您好", "请", "谢谢", "抱歉", "理解您的心情", "让您久等了", "请放心", "我帮您查", "推荐这款", "另外提醒您", "第一步", "您的意思是", "请问", "订单号", "我来处理",
		"联系快递", "18点前回复", "补发", "退款", "优惠券", "赠品", "预计", "不敢保证", "七天无理由", "先检查", "在平台下单", "还有其他可以帮您的吗", "祝您生活愉快", "不客气", "已备注"}
	for _, opening := range []string{"我的快递到哪了？三天没动了！", "这个多大容量，绝对不会漏吧？", "收到就是碎的，气死我了"} {
		card := e.Grade(inputOf([]discourse.Turn{{Seq: 1, Role: discourse.Buyer, Text: opening}, {Seq: 2, Role: discourse.Agent, Text: strings.Join(phrases, "，")}}))
		require.False(t, card.Passed, "%s: %d", opening, card.Total)
	}
	rapid.Check(t, func(t *rapid.T) {
		some := rapid.Permutation(phrases).Draw(t, "order")[:rapid.IntRange(20, len(phrases)).Draw(t, "count")]
		turns := []discourse.Turn{{Seq: 1, Role: discourse.Buyer, Text: rapid.SampledFrom(buyerLines).Draw(t, "buyer")}}
		turns = insert(turns, 1, strings.Join(some, rapid.SampledFrom([]string{"，", " ", "。", "\n"}).Draw(t, "joint")))
		card := e.Grade(inputOf(turns))
		require.False(t, card.Passed, "%d %v", card.Total, turns)
	})
}

func TestWithoutARuleOnlyItsOwnAndTheCapLinesChange(t *testing.T) {
	t.Parallel()
	subs := []string{"R01.insult!FATAL", "R03.bribe!SEVERE", "R04.contact!SEVERE", "R11.outcome!MEDIUM", "R14.deflect!MEDIUM", "R09.tone!MINOR"}
	all := plain(t)
	without := map[string]*Engine{}
	for _, sub := range subs {
		id, _, _ := strings.Cut(sub, "!")
		without[id] = plain(t, id)
	}
	rapid.Check(t, func(t *rapid.T) {
		turns := []discourse.Turn{{Seq: 1, Role: discourse.Buyer, Text: "b_upset"}, {Seq: 2, Role: discourse.Agent, Text: "greeting apology own_action"}}
		for range rapid.IntRange(0, 8).Draw(t, "turns") {
			turns = insert(turns, len(turns), "Word。"+strings.Join(rapid.SliceOfN(rapid.SampledFrom(subs), 0, 3).Draw(t, "breaks"), "。"))
		}
		gone := rapid.SampledFrom(subs).Draw(t, "gone")
		id, _, _ := strings.Cut(gone, "!")
		keep := func(card Scorecard) []Line {
			return slices.DeleteFunc(slices.Clone(card.Lines), func(l Line) bool {
				return l.Ref == id || l.Kind == Cap || l.Kind == Zero || l.Kind == Clamp
			})
		}
		before, after := all.Grade(inputOf(turns)), without[id].Grade(inputOf(turns))
		require.Empty(t, cmp.Diff(keep(before), keep(after)))
		require.GreaterOrEqual(t, after.Total, before.Total)
	})
}

func TestNotApplicableIsNotZero(t *testing.T) {
	t.Parallel()
	e := shipped(t)
	good := []discourse.Turn{{Seq: 1, Role: discourse.Buyer, Text: "这个多大容量"}, {Seq: 2, Role: discourse.Agent, Text: "您好，这款500毫升，您是自己用还是送人呢？需要的话我帮您对比一下，麻烦您稍等。"}}
	bare := e.Grade(inputOf(good))
	solved := inputOf(good)
	solved.Task, solved.Replies, solved.Target = &Task{Solved: 100_000}, []int{10}, 60
	require.GreaterOrEqual(t, e.Grade(solved).Total, bare.Total, "a part that is measured and perfect does not lower the total")
	unsolved := inputOf(good)
	unsolved.Task = &Task{Solved: 0}
	require.Less(t, e.Grade(unsolved).Total, bare.Total, "a part that is measured and empty does")
	require.Equal(t, "A3", bare.Criteria[2].ID)
	require.False(t, bare.Criteria[2].Applies)
	require.NotEmpty(t, bare.Criteria[2].Why)
}
