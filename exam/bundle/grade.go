package bundle

import (
	"agentladder/exam/clock"
	"agentladder/exam/scenario"
	"agentladder/grading/discourse"
	"agentladder/grading/rules"
	"agentladder/grading/score"
)

// Grade grades a chat on a case with everything the bundle knows about it.
func (b *Bundle) Grade(c scenario.Case, chat discourse.Chat, task *score.Task) score.Scorecard {
	return b.engine.Grade(score.Input{
		Case:    rules.Case{Stage: c.Scenario.Stage, Platform: c.Scenario.Platform, Chat: chat, Facts: c.Facts},
		Task:    task,
		Replies: clock.Seconds(clock.Replies(chat.Turns)),
		Target:  b.ReplyTarget(c.Scenario.Platform),
		Digests: b.Digests(c.Scenario.ID),
	})
}
