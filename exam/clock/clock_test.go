package clock

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"agentladder/grading/discourse"
)

var start = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// chat reads "b0 b5x a20 a?": side, milliseconds or seconds since the start, x for crossed, ? for no time.
func chat(t *testing.T, script string) []discourse.Turn {
	t.Helper()
	var turns []discourse.Turn
	for i, word := range strings.Fields(script) {
		turn := discourse.Turn{Seq: i + 1, Role: discourse.Buyer}
		if word[0] == 'a' {
			turn.Role = discourse.Agent
		}
		rest := word[1:]
		if strings.HasSuffix(rest, "x") {
			turn.Crossed, rest = true, strings.TrimSuffix(rest, "x")
		}
		if rest != "?" {
			unit := time.Second
			if strings.HasSuffix(rest, "ms") {
				unit, rest = time.Millisecond, strings.TrimSuffix(rest, "ms")
			}
			n, err := strconv.Atoi(rest)
			require.NoError(t, err)
			turn.At = start.Add(time.Duration(n) * unit)
		}
		turns = append(turns, turn)
	}
	return turns
}

func TestReplies(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ outcome, script, want string }{
		{"an empty chat has no waits", "", ""},
		{"a buyer alone has no waits", "b0 b9 b60", ""},
		{"an agent alone has no waits", "a0 a9", ""},
		{"one question, one answer", "b0 a30", "1-2:30"},
		{"an answer in the same second waits nothing", "b7 a7", "1-2:0"},
		{"the first line of a burst starts the clock", "b0 b5 b9 a20", "1-4:20"},
		{"the second line of a burst does not restart it", "b0 b100 a101", "1-3:101"},
		{"only the first line of an agent's burst stops it", "b0 a10 a20", "1-2:10"},
		{"each round is timed by itself", "b0 a10 b20 a25", "1-2:10 3-4:5"},
		{"three rounds", "b0 a1 b2 a4 b5 a9", "1-2:1 3-4:2 5-6:4"},
		{"a greeting before the buyer is no reply", "a0 b10 a15", "2-3:5"},
		{"an open question at the end is not counted", "b0 a10 b20", "1-2:10"},
		{"a long silence counts whole", "b0 a86400", "1-2:86400"},
		{"a crossed line never starts the clock", "b0 a10 b9x a30", "1-2:10"},
		{"a crossed line in a burst changes nothing", "b0 b5x a10", "1-3:10"},
		{"the line after a crossed one starts it", "b0 a10 b9x b20 a26", "1-2:10 4-5:6"},
		{"a chat of crossed lines has no waits", "b0x a5 b6x a9", ""},
		{"a crossed opening leaves the next line to start", "b0x b3 a5", "2-3:2"},
		{"no times give nothing", "b? a?", ""},
		{"no time on the question gives nothing", "b? a10", ""},
		{"no time on the answer gives nothing", "b0 a?", ""},
		{"a later line does not stand in for a first without time", "b? b5 a10", ""},
		{"an answer without time ends the wait all the same", "b0 a? a20", ""},
		{"the round after an untimed one is timed", "b? a? b20 a23", "3-4:3"},
		{"a timed round before an untimed one stays", "b0 a4 b? a9", "1-2:4"},
		{"parts of a second are dropped", "b0 a1999ms", "1-2:1"},
		{"less than a second is zero", "b0 a999ms", "1-2:0"},
		{"parts are dropped once, from the difference", "b600ms a2500ms", "1-2:1"},
		{"a clock that ran backwards waits nothing", "b10 a4", "1-2:0"},
		{"several bursts on both sides", "b0 b1 a3 a4 b6 b7 a10 a12", "1-3:3 5-7:4"},
		{"a buyer who talks between answers", "b0 a5 b6 b7 a20 b21 a22", "1-2:5 3-5:14 6-7:1"},
		{"a farewell after the last answer", "b0 a5 b6 a7 b8 b9", "1-2:5 3-4:1"},
	} {
		t.Run(c.outcome, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, r := range Replies(chat(t, c.script)) {
				got = append(got, strconv.Itoa(r.BuyerSeq)+"-"+strconv.Itoa(r.AgentSeq)+":"+strconv.Itoa(int(r.Wait/time.Second)))
			}
			require.Empty(t, cmp.Diff(c.want, strings.Join(got, " ")))
		})
	}
}

func TestRepliesHoldForAnyChat(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var turns []discourse.Turn
		at, agents := start, 0
		for i := range rapid.IntRange(0, 40).Draw(t, "turns") {
			at = at.Add(time.Duration(rapid.IntRange(0, 90_000).Draw(t, "gap")) * time.Millisecond)
			turn := discourse.Turn{Seq: i + 1, Role: discourse.Buyer, At: at}
			if rapid.Bool().Draw(t, "agent") {
				turn.Role = discourse.Agent
				agents++
			} else {
				turn.Crossed = rapid.Bool().Draw(t, "crossed")
			}
			turns = append(turns, turn)
		}
		replies := Replies(turns)
		require.LessOrEqual(t, len(replies), agents)
		var sum time.Duration
		last := 0
		for _, r := range replies {
			require.Greater(t, r.BuyerSeq, last, "waits do not overlap")
			require.Greater(t, r.AgentSeq, r.BuyerSeq)
			require.False(t, turns[r.BuyerSeq-1].Crossed)
			require.Equal(t, r.Wait.Truncate(time.Second), r.Wait)
			sum += r.Wait
			last = r.AgentSeq
		}
		require.LessOrEqual(t, sum, at.Sub(start), "the buyer cannot have waited longer than the chat")
		require.Len(t, Seconds(replies), len(replies))
	})
}
