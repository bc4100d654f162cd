package score

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"agentladder/grading/discourse"
	"agentladder/grading/rules"
)

func caseOf(lines ...string) rules.Case {
	return rules.Case{Chat: discourse.Chat{Turns: say(lines...)}}
}

func TestCoach(t *testing.T) {
	t.Parallel()
	t.Run("what landed is named with the words, one note per criterion", func(t *testing.T) {
		t.Parallel()
		got := plain(t).Coach(caseOf("b:b_upset", "a:greeting apology own_action"), 1)
		require.Equal(t, []Note{{"A2", "sorry", "apology", "warm"}, {"A1", "hello", "greeting", "polite"}}, got.Landed)
		require.Empty(t, got.Cost)
		require.Empty(t, got.Better)
	})
	t.Run("praise for what was not due stays away", func(t *testing.T) {
		t.Parallel()
		got := plain(t).Coach(caseOf("b:Hi", "a:apology"), 1)
		require.Empty(t, got.Landed)
	})
	t.Run("a broken rule comes first and gives the better wording", func(t *testing.T) {
		t.Parallel()
		got := plain(t).Coach(caseOf("b:b_upset", "a:curt R03.bribe!SEVERE"), 1)
		require.Equal(t, "R03.bribe", got.Cost[0].Ref)
		require.Equal(t, "R03.bribe!SEVERE", got.Cost[0].Quote)
		require.Equal(t, "A1", got.Cost[1].Ref)
		require.Len(t, got.Cost, 2, "as many as the rubric says")
		require.Equal(t, "better R03.bribe", got.Better)
	})
	t.Run("what the buyer called for and did not get is shown with the buyer's words", func(t *testing.T) {
		t.Parallel()
		got := plain(t).Coach(caseOf("b:b_upset", "b:Word", "a:greeting"), 2)
		require.Equal(t, []Note{{"A2", "upset", "b_upset", "first the feeling"}}, got.Cost)
		require.Equal(t, "so sorry", got.Better)
	})
	t.Run("only what came since the last answer counts as missed", func(t *testing.T) {
		t.Parallel()
		got := plain(t).Coach(caseOf("b:b_upset", "a:apology", "b:Word", "a:greeting"), 3)
		require.Empty(t, got.Cost)
	})
	t.Run("a line that crossed the reply was not missed", func(t *testing.T) {
		t.Parallel()
		c := caseOf("b:b_upset", "a:greeting")
		c.Chat.Turns[0].Crossed = true
		require.Empty(t, plain(t).Coach(c, 1).Cost)
	})
	t.Run("a text sent again lands nothing", func(t *testing.T) {
		t.Parallel()
		got := plain(t).Coach(caseOf("b:b_upset", "a:greeting", "b:Word", "a:greeting"), 3)
		require.Empty(t, got.Landed)
	})
	t.Run("later turns do not matter", func(t *testing.T) {
		t.Parallel()
		short := plain(t).Coach(caseOf("b:b_upset", "a:greeting"), 1)
		long := plain(t).Coach(caseOf("b:b_upset", "a:greeting", "b:b_upset", "a:R01.insult!FATAL"), 1)
		require.Equal(t, short, long)
	})
	t.Run("a turn that is not the agent's gets empty lists", func(t *testing.T) {
		t.Parallel()
		for _, turn := range []int{-1, 0, 9} {
			body, err := json.Marshal(plain(t).Coach(caseOf("b:b_upset", "a:greeting"), turn))
			require.NoError(t, err)
			require.JSONEq(t, `{"landed":[],"cost":[]}`, string(body))
		}
	})
	t.Run("the shipped coach hears a missed feeling and a landed one", func(t *testing.T) {
		t.Parallel()
		got := shipped(t).Coach(caseOf("b:我的快递三天没动了，你们怎么搞的！", "a:急也没用，快递就这样"), 1)
		require.NotEmpty(t, got.Cost)
		require.NotEmpty(t, got.Better)
		got = shipped(t).Coach(caseOf("b:我的快递三天没动了，你们怎么搞的！", "a:让您久等了，真的很抱歉，我马上联系快递核实，今天18点前给您答复。"), 1)
		require.NotEmpty(t, got.Landed)
		require.Empty(t, got.Cost)
	})
}
