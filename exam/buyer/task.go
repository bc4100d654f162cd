package buyer

import (
	"agentladder/grading/discourse"
	"agentladder/grading/score"
)

// Shares of a task in milli-points of its solved part.
const (
	solvedWhole = 100_000
	solvedParts = 70_000 // all wishes met, but not solved in the end
	spoiltCost  = 30_000
)

// Task tells the grader what the chat was about: the scenario's steps, and how far the buyer's wishes were met.
func (m *Mind) Task(chat discourse.Chat, s State) *score.Task {
	t := &score.Task{Steps: m.sc.Steps, Left: s.End == Left}
	if s.End == Solved || s.Closing == Solved || s.End == "" && m.solved(s, chat) {
		t.Solved = solvedWhole
		return t
	}
	all, done := 0, 0
	for _, id := range m.sc.Success.Topics {
		topic, _ := m.sc.Topic(id)
		weight := max(1, topic.Weight)
		all += weight
		if s.Topics[id].Status == Met {
			done += weight
		}
	}
	if all > 0 {
		t.Solved = solvedParts * done / all
	}
	if s.Spoilt {
		t.Solved = max(0, t.Solved-spoiltCost)
	}
	return t
}
