package buyer_test

import (
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"agentladder/course/library"
	"agentladder/course/pack"
	"agentladder/exam/buyer"
	"agentladder/exam/scenario"
	"agentladder/grading/discourse"
)

// replies are what agents of all kinds type.
var replies = []string{
	"您好，欢迎光临，很高兴为您服务", "在的亲", "非常抱歉让您久等了，我马上帮您查一下", "请稍等", "理解您的心情", "您放心",
	"查到您的包裹停在转运中心，三天没有更新了", "我这就联系网点核实，今天18点前给您答复", "如果还没动静就给您补发或者退款，您看哪种方便",
	"一般还要一到两天，以物流为准", "这个没法跟您保证，抱歉", "您什么时候要用呢", "请问是给谁用呢", "请问寄到哪里呢", "方便说下订单号吗",
	"首页有店铺券，您领一下，券后更划算", "送您一双鞋垫，下单后给您备注", "材质是飞织网面，透气耐磨，七天无理由退换", "不好意思，我们不议价的哦",
	"评价凭真实感受就好，没有好评返现", "抱歉，只能在平台内下单", "别家的情况我不了解，不方便评价", "推荐500ml的，轻便一些",
	"第一步点立即购买，第二步选规格", "密码千万不要告诉别人", "新疆要补15元运费", "到手价是124元，可以直接下单", "您是说容量不知道怎么选，对吗",
	"预算大概多少呢", "您方便说下原因吗", "还有其他可以帮您的吗", "祝您生活愉快，再见", "谢谢您的理解",
	"自己看详情页", "不知道", "不行", "急也没用", "不归我们管，找快递去", "爱买不买", "你是不是傻", "穷鬼买不起就别问", "绝对不会漏", "保证明天一定到",
	"加我微信吧", "给五星返你20红包", "隔壁的都是假货", "把密码发我", "说了几遍了还问", "没事了吧，就这样", "会尽快处理的",
	"嗯", "哦", "？", "。", "😀😀😀", "", "   ", "今天天气真不错，我们去爬山吧", "lorem ipsum dolor sit amet", "Thought process:",
	"您好抱歉理解放心补发退款联系网点2小时内回复材质质保推荐下单祝您愉快谢谢", strings.Repeat("亲，您好。", 400), strings.Repeat("啊", 2000), "\u200b\u202e退\u00ad款",
}

type shipped struct {
	lexicon   *discourse.Lexicon
	scenarios []*scenario.Scenario
}

var content = sync.OnceValue(func() shipped {
	var s shipped
	var docs []pack.Document
	for _, root := range library.Shipped() {
		p, _ := pack.Read(root)
		docs = append(docs, p.Documents...)
	}
	s.lexicon, _ = discourse.Compile(docs)
	for _, doc := range pack.Of(docs, pack.KindScenario) {
		if sc, ds := scenario.Decode(doc); !ds.HasErrors() {
			s.scenarios = append(s.scenarios, sc)
		}
	}
	return s
})

// play is a chat with a shipped buyer, read as it goes.
type play struct {
	mind   *buyer.Mind
	state  buyer.State
	chat   discourse.Chat
	now    time.Time
	reload bool
}

func (p *play) save(t require.TestingT) {
	if !p.reload {
		return
	}
	var loaded buyer.State
	text := stored(t, p.state)
	require.NoError(t, json.Unmarshal([]byte(text), &loaded))
	require.Equal(t, text, stored(t, loaded))
	p.state = loaded
}

func (p *play) add(role discourse.Role, text string, at time.Time) {
	p.chat.Turns = append(p.chat.Turns, discourse.Turn{Seq: len(p.chat.Turns) + 1, Role: role, Text: text, At: at})
	p.chat.Readings = append(p.chat.Readings, content().lexicon.Read(role, text))
}

func (p *play) pass(t require.TestingT, d time.Duration) {
	p.save(t)
	p.now = p.now.Add(d)
	state, lines := p.mind.Deliver(p.state, p.now)
	p.state = state
	for _, l := range lines {
		require.False(t, l.At.After(p.now))
		p.add(discourse.Buyer, l.Text, l.At)
	}
}

type move struct {
	text string
	wait time.Duration
}

func playAll(t require.TestingT, sc *scenario.Scenario, seed uint64, moves []move, reload bool) *play {
	p := &play{mind: buyer.New(sc, seed), now: begin, reload: reload}
	p.state = p.mind.Open(p.now)
	for _, mv := range moves {
		p.pass(t, mv.wait)
		if _, ended := p.state.Ended(); ended {
			break
		}
		p.add(discourse.Agent, mv.text, p.now)
		p.save(t)
		p.state = p.mind.Hear(p.state, p.chat, p.now)
	}
	return p
}

func TestShippedBuyers(t *testing.T) {
	t.Parallel()
	require.NotEmpty(t, content().scenarios)

	t.Run("HoldAgainstAnyAgent", func(t *testing.T) {
		t.Parallel()
		rapid.Check(t, func(t *rapid.T) {
			sc := rapid.SampledFrom(content().scenarios).Draw(t, "scenario")
			seed := rapid.Uint64().Draw(t, "seed")
			moves := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) move {
				return move{rapid.SampledFrom(replies).Draw(t, "text"), time.Duration(rapid.IntRange(0, 40).Draw(t, "wait")) * time.Second}
			}), 0, 45).Draw(t, "moves")

			p := playAll(t, sc, seed, moves, false)
			again := playAll(t, sc, seed, moves, true)
			require.Equal(t, p.chat.Turns, again.chat.Turns, "saved and loaded, the chat is another")
			require.Equal(t, stored(t, p.state), stored(t, again.state))

			for i := 0; len(p.state.Pending) > 0; i++ {
				require.Less(t, i, 30, "the chat never ends")
				due, _ := p.state.NextDue()
				p.pass(t, max(0, due.Sub(p.now)))
			}
			_, ended := p.state.Ended()
			require.True(t, ended)
			requireDecent(t, sc, seed, p)
		})
	})

	t.Run("EndWithinTheirRounds", func(t *testing.T) {
		t.Parallel()
		for _, sc := range content().scenarios {
			for _, text := range []string{"您好", "非常理解您的心情，抱歉", "今天天气真不错，我们去爬山吧", "您是说容量不知道怎么选，对吗"} {
				p := playAll(t, sc, 5, slices.Repeat([]move{{text, 20 * time.Second}}, 3*sc.MaxTurns), false)
				o, ended := p.state.Ended()
				require.True(t, ended, "%s goes on for ever on %q", sc.ID, text)
				require.NotEqual(t, buyer.Solved, o, "%s is solved by %q", sc.ID, text)
				require.LessOrEqual(t, p.state.Round, sc.MaxTurns)
			}
		}
	})

	t.Run("BeginDifferentlyWithAnotherSeed", func(t *testing.T) {
		t.Parallel()
		for _, sc := range content().scenarios {
			openings := map[string]bool{}
			for seed := range uint64(30) {
				p := playAll(t, sc, seed, nil, false)
				p.pass(t, 10*time.Second)
				openings[p.chat.Turns[0].Text] = true
			}
			require.GreaterOrEqual(t, len(openings), 3, sc.ID)
		}
	})
}

// requireDecent holds what is true of every chat: nothing twice, nothing unfilled, no secret before its time.
func requireDecent(t require.TestingT, sc *scenario.Scenario, seed uint64, p *play) {
	c := sc.Vary(seed)
	said := map[string]bool{}
	for _, turn := range p.chat.Turns {
		if turn.Role != discourse.Buyer {
			continue
		}
		require.False(t, said[turn.Text], "%s says %q twice", sc.ID, turn.Text)
		said[turn.Text] = true
		require.NotEmpty(t, turn.Text)
		require.NotContains(t, turn.Text, "{")
		for _, h := range sc.Hidden {
			if slices.Contains(p.state.Told, h.ID) && h.Tell != scenario.TellNever {
				continue
			}
			for _, w := range h.Words {
				require.NotContains(t, turn.Text, c.Fill(w), "%s lets out %s", sc.ID, h.ID)
			}
		}
	}
	require.GreaterOrEqual(t, p.state.Mood, 0)
	require.LessOrEqual(t, p.state.Mood, 100)
}
