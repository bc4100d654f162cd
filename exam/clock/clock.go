// Package clock decides how long a buyer waited for each reply, from the server's times alone.
package clock

import (
	"time"

	"agentladder/grading/discourse"
)

// Reply is one answered wait.
type Reply struct {
	BuyerSeq int           // the line that started the clock
	AgentSeq int           // the line that stopped it
	Wait     time.Duration // whole seconds, rounded down, never negative
}

// Replies returns the waits of a chat in order. The first unanswered buyer line starts the clock and later lines of
// the same burst do not restart it. A line that crossed the agent's reply never starts it: nobody had seen it.
// A wait whose start or end has no time is not counted.
func Replies(turns []discourse.Turn) []Reply {
	var replies []Reply
	var waiting *discourse.Turn
	for i := range turns {
		turn := &turns[i]
		switch {
		case turn.Role == discourse.Buyer:
			if waiting == nil && !turn.Crossed {
				waiting = turn
			}
		case turn.Role == discourse.Agent && waiting != nil:
			if !waiting.At.IsZero() && !turn.At.IsZero() {
				wait := max(turn.At.Sub(waiting.At), 0).Truncate(time.Second)
				replies = append(replies, Reply{BuyerSeq: waiting.Seq, AgentSeq: turn.Seq, Wait: wait})
			}
			waiting = nil
		}
	}
	return replies
}

// Seconds are the waits as whole seconds, in order.
func Seconds(replies []Reply) []int {
	seconds := make([]int, len(replies))
	for i, r := range replies {
		seconds[i] = int(r.Wait / time.Second)
	}
	return seconds
}
