package score

import (
	"slices"

	"agentladder/grading/discourse"
	"agentladder/grading/rubric"
	"agentladder/grading/rules"
)

// Coach is what is said about one turn in practice.
type Coach struct {
	Landed []Note `json:"landed"`
	Cost   []Note `json:"cost"`
	Better string `json:"better,omitempty"` // one better wording, when something cost
}

// Note is one remark of the coach on words of the chat.
type Note struct {
	Ref   string `json:"ref"` // criterion or sub-rule
	Title string `json:"title"`
	Quote string `json:"quote"`
	Why   string `json:"why,omitempty"`
}

// Coach says what landed and what cost in one turn (its 0-based index in the chat), within the chat up to that turn.
// A turn that is not the agent's, or not in the chat, gets an empty answer.
func (e *Engine) Coach(c rules.Case, turn int) Coach {
	coach := Coach{Landed: []Note{}, Cost: []Note{}}
	if turn < 0 || turn >= len(c.Chat.Turns) || c.Chat.Turns[turn].Role != discourse.Agent {
		return coach
	}
	chat := e.read(c.Chat)
	c.Chat = discourse.Chat{Turns: chat.Turns[:turn+1], Readings: chat.Readings[:turn+1]}
	violations := slices.DeleteFunc(slices.Clone(e.Book.Check(c)), func(v rules.Violation) bool {
		return v.Evidence.Seq != c.Chat.Turns[turn].Seq
	})
	k := coaching{Coach: coach, rubric: e.Rubric, chat: c.Chat, at: turn, heard: e.listen(c.Chat, violations)}
	k.breaches(violations)
	k.faults()
	k.missed()
	k.landed()
	return k.Coach
}

type coaching struct {
	Coach
	rubric *rubric.Rubric
	chat   discourse.Chat
	heard  heard
	at     int
}

func (k *coaching) cost(n Note, better string) {
	if len(k.Cost) >= k.rubric.Coach.Most {
		return
	}
	k.Cost = append(k.Cost, n)
	if k.Better == "" {
		k.Better = better
	}
}

func (k *coaching) breaches(violations []rules.Violation) {
	for _, b := range breaches(violations) {
		better := ""
		if len(b.first.Better) > 0 {
			better = b.first.Better[0]
		}
		k.cost(Note{Ref: b.first.SubRule, Title: b.first.Title, Quote: b.first.Evidence.Quote, Why: b.first.Why}, better)
	}
}

func (k *coaching) faults() {
	for _, n := range k.rubric.Coach.Cost {
		if s, ok := k.chat.Readings[k.at].First(n.Signal); ok {
			k.cost(Note{Ref: n.Criterion, Title: n.Title, Quote: s.Quote, Why: n.Why}, n.Better)
		}
	}
}

// missed looks at what the buyer said since the agent's last turn.
func (k *coaching) missed() {
	reading := k.reading()
	for _, m := range k.rubric.Coach.Missed {
		if slices.ContainsFunc(m.Unless, reading.Has) {
			continue
		}
		for i := k.at - 1; i >= 0 && k.chat.Turns[i].Role == discourse.Buyer; i-- {
			if k.chat.Turns[i].Crossed {
				continue
			}
			if at := slices.IndexFunc(m.After, k.chat.Readings[i].Has); at >= 0 {
				s, _ := k.chat.Readings[i].First(m.After[at])
				k.cost(Note{Ref: m.Criterion, Title: m.Title, Quote: s.Quote, Why: m.Why}, m.Better)
				break
			}
		}
	}
}

// landed names one thing per criterion first, so that the praise is not all about one.
func (k *coaching) landed() {
	reading, praised := k.reading(), map[string]bool{}
	for _, n := range k.rubric.Coach.Landed {
		s, ok := reading.First(n.Signal)
		if !ok || praised[n.Criterion] || len(k.Landed) >= k.rubric.Coach.Most || !k.due(n.Criterion) {
			continue
		}
		praised[n.Criterion] = true
		k.Landed = append(k.Landed, Note{Ref: n.Criterion, Title: n.Title, Quote: s.Quote, Why: n.Why})
	}
}

func (k *coaching) due(criterion string) bool {
	c, ok := k.rubric.Criterion(criterion)
	if !ok || c.Due == nil {
		return ok
	}
	due, _ := c.Due.Eval(k.heard.Chat)
	return due
}

// reading is the turn as far as it earns something; empty when it earns nothing.
func (k *coaching) reading() discourse.Reading {
	if n := len(k.heard.Turns); n > 0 && k.heard.Turns[n-1].Seq == k.chat.Turns[k.at].Seq {
		return k.heard.Readings[n-1]
	}
	return discourse.Reading{}
}
