package buyer_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agentladder/exam/buyer"
	"agentladder/grading/discourse"
)

var (
	brightLines = []string{"到底亮不亮", "你没说亮不亮", "亮度呢", "亮度怎么样", "晚上看书够不够亮", "亮度够吗"}
	sureLines   = []string{"保证不坏吗", "能保证用十年吗", "肯定不坏吧"}
	priceLines  = []string{"多少钱", "什么价", "价钱呢"}
	lostLines   = []string{"没懂", "什么意思", "啥", "看不懂"}
	solvedLines = []string{"谢谢拍了", "好我买", "行下单"}
)

func TestOpen(t *testing.T) {
	t.Parallel()

	t.Run("FirstLineIsDueAtOnceAndTheNextIsTyped", func(t *testing.T) {
		t.Parallel()
		for seed := range uint64(20) {
			g := setup(t, seed)
			due, ok := g.state.NextDue()
			require.True(t, ok)
			require.Equal(t, begin, due)
			for i, p := range g.state.Pending[1:] {
				gap := p.Due.Sub(g.state.Pending[i].Due)
				require.GreaterOrEqual(t, gap, time.Second)
				require.LessOrEqual(t, gap, 4*time.Second)
			}
		}
	})

	t.Run("SlotsAreFilledFromTheCase", func(t *testing.T) {
		t.Parallel()
		g := setup(t, 3)
		value := lamp(t).Vary(3).Values["lamp"]
		require.NotEmpty(t, value)
		said := g.settle()
		require.Contains(t, said[len(said)-1], value)
	})
}

func TestHear(t *testing.T) {
	t.Parallel()

	t.Run("GoodAgentIsThankedAndMaySayGoodbye", func(t *testing.T) {
		t.Parallel()
		g := setup(t, 1)
		requireSaid(t, g.ask("5 瓦", "state_spec"), sureLines...)
		requireSaid(t, g.ask("不敢保证", "honest_limit"), priceLines...)
		requireSaid(t, g.ask("50 元", "state_price"), solvedLines...)
		_, ended := g.state.Ended()
		require.False(t, ended, "the agent has the last word")
		requireSaid(t, g.ask("再见", "farewell"), "再见", "拜拜", "回见")
		require.Equal(t, buyer.Solved, g.outcome())
		require.Empty(t, g.state.Pending)
	})

	t.Run("BuyerWhoWasAskedWaitsForTheReplyBeforeThanking", func(t *testing.T) {
		t.Parallel()
		g := setup(t, 1)
		g.ask("5 瓦", "state_spec")
		g.ask("不敢保证", "honest_limit")
		said := g.ask("50 元，放哪用呢", "state_price", "ask_use")
		requireSaid(t, said[1:2], "放书桌上的", "书桌用", "就摆书桌")
		require.NotContains(t, solvedLines, said[len(said)-1])
		require.Empty(t, g.state.Closing)
		requireSaid(t, g.ask("书桌刚好，亮度够", "state_spec"), solvedLines...)
		require.Equal(t, buyer.Solved, g.state.Closing)
	})

	t.Run("ContentBuyerDoesNotComplainInTheSameBreath", func(t *testing.T) {
		t.Parallel()
		g := setup(t, 1)
		g.ask("5 瓦，抱歉，理解您", "state_spec", "apology", "name_feeling")
		g.ask("不敢保证", "honest_limit")
		said := g.ask("没看吗，50 元", "state_price", "rhetorical")
		requireSaid(t, said, solvedLines...)
		require.NotContains(t, []string{"凶什么", "好好说", "别这样"}, said[0])
	})

	t.Run("SolvedBuyerGoesByItselfAfterAWhile", func(t *testing.T) {
		t.Parallel()
		g := setup(t, 2)
		g.ask("都说了", "state_spec", "state_price")
		g.ask("不敢保证", "honest_limit")
		said := g.now
		require.Empty(t, g.pass(29*time.Second))
		require.Equal(t, buyer.Solved, g.outcome())
		require.Equal(t, 30*time.Second, g.state.EndAt.Sub(said))
	})

	t.Run("QuestionAfterThanksIsAnsweredAndDoesNotEndIt", func(t *testing.T) {
		t.Parallel()
		g := setup(t, 2)
		g.ask("都说了", "state_spec", "state_price")
		g.ask("不敢保证", "honest_limit")
		requireSaid(t, g.ask("放哪里用呢", "ask_use"), "放书桌上的", "书桌用", "就摆书桌")
		_, ended := g.state.Ended()
		require.False(t, ended)
		require.Equal(t, buyer.Solved, g.outcome())
	})

	t.Run("WishIsRepeatedInOtherWords", func(t *testing.T) {
		t.Parallel()
		g := setup(t, 1)
		first := g.ask("您好", "greeting")
		second := g.ask("请讲", "please")
		requireSaid(t, first, brightLines...)
		requireSaid(t, second, brightLines...)
		require.NotEqual(t, first, second)
	})

	t.Run("RepeatingAWishCostsMood", func(t *testing.T) {
		t.Parallel()
		g := setup(t, 1)
		g.ask("您好", "greeting")
		require.Equal(t, 46, g.state.Mood)
	})

	t.Run("ReplyWithoutSenseIsAskedBack", func(t *testing.T) {
		t.Parallel()
		g := setup(t, 1)
		requireSaid(t, g.ask("吧啦吧啦吧啦吧啦"), lostLines...)
		require.Equal(t, 48, g.state.Mood)
	})

	t.Run("ShortReplyWithoutSenseIsNoAnswer", func(t *testing.T) {
		t.Parallel()
		g := setup(t, 1)
		requireSaid(t, g.ask("吧啦"), brightLines...)
	})

	t.Run("WishThatWasGivenUpCanStillBeMet", func(t *testing.T) {
		t.Parallel()
		g := setup(t, 1)
		for range 4 {
			g.ask("您好", "greeting")
		}
		require.Equal(t, buyer.Dropped, g.state.Topics["bright"].Status)
		g.ask("5 瓦", "state_spec")
		require.Equal(t, buyer.Met, g.state.Topics["bright"].Status)
	})

	t.Run("ThinAnswerToThePointIsPressedNotPuzzledOver", func(t *testing.T) {
		t.Parallel()
		g := setup(t, 1)
		requireSaid(t, g.ask("瓦数挺高"), "具体多亮", "说个数", "多少瓦")
	})

	t.Run("HiddenFactIsToldOnlyWhenAsked", func(t *testing.T) {
		t.Parallel()
		g := setup(t, 1)
		g.ask("您好", "greeting")
		require.Empty(t, g.state.Told)
		requireSaid(t, g.ask("放哪里用呢", "ask_use", "ask_detail"), "放书桌上的", "书桌用", "就摆书桌")
		require.Equal(t, []string{"desk"}, g.state.Told)
	})

	t.Run("FactIsToldAgainInOtherWordsOnce", func(t *testing.T) {
		t.Parallel()
		g := setup(t, 1)
		desk := []string{"放书桌上的", "书桌用", "就摆书桌"}
		first := g.ask("放哪里用呢", "ask_use")
		second := g.ask("放哪里用呢", "ask_use")
		requireSaid(t, first, desk...)
		requireSaid(t, second, desk...)
		require.NotEqual(t, first, second)
		for _, line := range g.ask("放哪里用呢", "ask_use") {
			require.NotContains(t, desk, line)
		}
		require.Equal(t, []string{"desk", "gift"}, g.state.Told)
	})

	t.Run("VolunteeredFactComesInItsRound", func(t *testing.T) {
		t.Parallel()
		g := setup(t, 1)
		g.ask("您好", "greeting")
		g.ask("请讲", "please")
		require.NotContains(t, g.state.Told, "gift")
		g.ask("5 瓦", "state_spec")
		require.Contains(t, g.state.Told, "gift")
	})

	t.Run("SecretIsEvaded", func(t *testing.T) {
		t.Parallel()
		g := setup(t, 1)
		requireSaid(t, g.ask("预算多少", "ask_budget"), "预算再说", "先不谈钱", "看情况")
	})

	t.Run("QuestionWithoutAnswerIsDeclined", func(t *testing.T) {
		t.Parallel()
		g := setup(t, 1)
		requireSaid(t, g.ask("要什么牌子的螺丝", "ask_detail"), "说不好", "没想过", "随便")
	})

	t.Run("PolitenessAloneDoesNotSolve", func(t *testing.T) {
		t.Parallel()
		g := setup(t, 4)
		for range 30 {
			if _, ended := g.state.Ended(); ended {
				break
			}
			g.ask("非常理解您，抱歉", "apology", "name_feeling", "honorific")
		}
		require.NotEqual(t, buyer.Solved, g.outcome())
		require.Less(t, g.mind.Task(g.chat, g.state).Solved, 50_000)
	})

	t.Run("InsultDropsTheMoodAndTheBuyerLeaves", func(t *testing.T) {
		t.Parallel()
		g := setup(t, 1)
		g.ask("你傻吗", "insult_person")
		require.Less(t, g.state.Mood, 20)
		require.Equal(t, buyer.Left, g.outcome())
	})

	t.Run("RiseWorksOnceAndIsCapped", func(t *testing.T) {
		t.Parallel()
		g := setup(t, 1)
		g.settle()
		g.tell("抱歉", "apology", "name_feeling", "state_spec")
		require.Equal(t, 66, g.state.Mood, "8+8+5 is more than one turn can raise")
		g.tell("抱歉", "apology", "name_feeling")
		require.Equal(t, 66, g.state.Mood)
	})

	t.Run("FallWorksEveryTime", func(t *testing.T) {
		t.Parallel()
		g := setup(t, 1)
		g.settle()
		g.tell("没看吗", "rhetorical")
		g.tell("没看吗", "rhetorical")
		require.Equal(t, 30, g.state.Mood)
	})

	t.Run("SpoiltTrapCannotBeSolved", func(t *testing.T) {
		t.Parallel()
		g := setup(t, 1)
		g.ask("都说了", "state_spec", "state_price")
		requireSaid(t, g.ask("保证十年", "guarantee_outcome"), "你说的哦", "记住了", "坏了找你")
		require.Equal(t, buyer.Bad, g.state.Topics["sure"].Status)
		require.Equal(t, buyer.Unsolved, g.outcome())
		require.Equal(t, 40_000, g.mind.Task(g.chat, g.state).Solved)
	})

	t.Run("GuaranteeBeforeTheTrapDoesNotCount", func(t *testing.T) {
		t.Parallel()
		g := setup(t, 1)
		requireSaid(t, g.ask("5 瓦，保证", "state_spec", "guarantee_outcome"), sureLines...)
		require.Empty(t, g.state.Topics["sure"].Status)
	})

	t.Run("MomentIsGrantedOnceThenTheWishReturns", func(t *testing.T) {
		t.Parallel()
		g := setup(t, 1)
		requireSaid(t, g.ask("稍等", "hold"), "好等你", "嗯等着", "你查")
		requireSaid(t, g.ask("稍等", "hold"), brightLines...)
	})

	t.Run("NoMomentIsGrantedToARudeAgent", func(t *testing.T) {
		t.Parallel()
		g := setup(t, 1)
		said := g.ask("没看吗，稍等", "rhetorical", "hold")
		requireSaid(t, said[:1], "凶什么", "好好说", "别这样")
		requireSaid(t, said[1:], brightLines...)
	})

	t.Run("OneReplyVexesOnce", func(t *testing.T) {
		t.Parallel()
		g := setup(t, 1)
		g.ask("凶", "rhetorical")
		require.Equal(t, 36, g.state.Mood, "-10 for the tone, -4 for the wish that came again")
		g = setup(t, 1)
		g.ask("抱歉，理解您，凶完又骂", "apology", "name_feeling", "rhetorical", "insult_person")
		require.Equal(t, 50+16-45-5, g.state.Mood, "-45 whole and half of -10")
	})

	t.Run("NothingAfterTheEnd", func(t *testing.T) {
		t.Parallel()
		g := setup(t, 1)
		g.ask("你傻吗", "insult_person")
		g.outcome()
		before := stored(t, g.state)
		g.tell("别走", "apology")
		require.Equal(t, before, stored(t, g.state))
		_, due := g.state.NextDue()
		require.False(t, due)
	})

	t.Run("BuyersOwnTurnIsNotHeard", func(t *testing.T) {
		t.Parallel()
		g := setup(t, 1)
		g.settle()
		require.Equal(t, g.state, g.mind.Hear(g.state, g.chat, g.now))
	})
}

func TestTiming(t *testing.T) {
	t.Parallel()

	t.Run("SilentAgentIsFollowedUpThenLeft", func(t *testing.T) {
		t.Parallel()
		g := setup(t, 1)
		g.settle()
		require.False(t, g.state.Typing(), "waiting is not typing")
		require.Empty(t, g.pass(53*time.Second))
		requireSaid(t, g.pass(20*time.Second), "在不在", "还在吗", "人呢", "喂")
		require.Equal(t, 47, g.state.Mood)
		for _, ended := g.state.Ended(); !ended; _, ended = g.state.Ended() {
			require.False(t, g.state.Typing(), "waiting is not typing")
			g.pass(time.Second)
		}
		require.Equal(t, buyer.Left, g.outcome())
		require.Equal(t, 2, g.state.Nudged)
	})

	t.Run("LookUpIsGivenMoreTime", func(t *testing.T) {
		t.Parallel()
		g := setup(t, 1)
		g.ask("稍等", "hold")
		require.Empty(t, g.pass(80*time.Second))
		requireSaid(t, g.pass(45*time.Second), "查到没", "有了吗", "怎么样了")
	})

	t.Run("UndeliveredLineWasNeverSaid", func(t *testing.T) {
		t.Parallel()
		g := setup(t, 1)
		g.settle()
		g.tell("您好", "greeting")
		require.True(t, g.state.Typing())
		g.tell("5 瓦", "state_spec")
		said := g.settle()
		requireSaid(t, said, sureLines...)
		require.Equal(t, 1, g.state.Topics["bright"].Asked, "the wish was not repeated")
		require.Equal(t, 1, g.state.Round, "two messages in a row are one round")
	})

	t.Run("ForestalledAnswerIsStillGiven", func(t *testing.T) {
		t.Parallel()
		g := setup(t, 1)
		g.settle()
		g.tell("放哪里用呢", "ask_use", "ask_detail")
		g.tell("您慢慢说", "please")
		requireSaid(t, g.settle(), "放书桌上的", "书桌用", "就摆书桌")
	})

	t.Run("LineThatCrossedTheReplyIsNotRepeatedNorHeldAgainstIt", func(t *testing.T) {
		t.Parallel()
		g := setup(t, 1)
		g.ask("5 瓦", "state_spec") // raises the trap
		last := len(g.chat.Turns) - 1
		require.Equal(t, discourse.Buyer, g.chat.Turns[last].Role)
		g.chat.Turns[last].Crossed = true
		mood := g.state.Mood
		g.tell("肯定够亮", "guarantee_outcome")
		require.Empty(t, g.settle())
		require.Empty(t, g.state.Topics["sure"].Status)
		require.Equal(t, mood, g.state.Mood)
		g.ask("保证不坏", "guarantee_outcome")
		require.Equal(t, buyer.Bad, g.state.Topics["sure"].Status)
	})

	t.Run("SecondOpeningLineIsStillSaid", func(t *testing.T) {
		t.Parallel()
		for seed := range uint64(40) {
			g := setup(t, seed)
			if len(g.state.Pending) < 2 {
				continue
			}
			g.pass(0)
			g.tell("您好", "greeting")
			require.Contains(t, g.settle()[0], "亮不亮")
			return
		}
		t.Fatal("no seed opens with two lines")
	})

	t.Run("DeliveringLateOrOftenGivesTheSameLines", func(t *testing.T) {
		t.Parallel()
		often, late := setup(t, 7), setup(t, 7)
		for range 400 {
			often.pass(time.Second)
		}
		late.pass(400 * time.Second)
		require.Equal(t, often.chat, late.chat)
		require.Equal(t, stored(t, often.state), stored(t, late.state))
	})
}

func TestTask(t *testing.T) {
	t.Parallel()

	t.Run("PartOfTheWishesIsPartOfTheTask", func(t *testing.T) {
		t.Parallel()
		g := setup(t, 1)
		g.ask("50 元", "state_price")
		require.Equal(t, 52_500, g.mind.Task(g.chat, g.state).Solved, "three of four weights of 70")
	})

	t.Run("AllWishesMetIsTheWholeTaskBeforeTheThanks", func(t *testing.T) {
		t.Parallel()
		g := setup(t, 1)
		g.settle()
		g.tell("都说了", "state_spec", "state_price")
		require.Equal(t, 100_000, g.mind.Task(g.chat, g.state).Solved)
		require.Len(t, g.mind.Task(g.chat, g.state).Steps, 2)
	})
}
