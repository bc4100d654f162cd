package buyer

import (
	"slices"
	"strings"

	"agentladder/exam/scenario"
	"agentladder/grading/discourse"
)

// puzzling is how many letters a reply needs before a buyer wonders what it means; shorter ones are understood
// well enough not to answer the question.
const puzzling = 7

// listen reads agent turn i into mood, topics and what is owed. It says nothing.
func (m *Mind) listen(s *State, chat discourse.Chat, i int) {
	reading := chat.Readings[i]
	if crossed(chat, i) {
		m.unseen(s)
	}
	s.Owed.Puzzling = s.Owed.Puzzling || reading.Content >= puzzling && !mentions(chat.Turns[i].Text, m.sc.About)
	for _, sig := range reading.Signals {
		if sig.Polarity == discourse.Asserted {
			s.Owed.Heard = true
		}
	}
	rise, fall := m.feel(s, chat, i)
	for _, list := range [][]scenario.Topic{m.sc.Topics, m.sc.Traps} {
		for _, t := range list {
			r, f := m.follow(s, t, chat, i)
			rise, fall = rise+r, fall+f
		}
	}
	m.questions(s, chat, i)
	if s.Owed.Moved {
		s.Holds = 0
	} else {
		m.touch(s, chat.Turns[i].Text)
	}
	s.move(min(rise, m.sc.Mood.MaxRise) + fall)
}

// feel applies the reactions and remembers the strongest one that has words.
// One reply vexes once: the worst of it counts whole, the rest of it half.
func (m *Mind) feel(s *State, chat discourse.Chat, i int) (rise, fall int) {
	worst := 0
	for _, r := range m.sc.Reactions {
		limit := r.Limit
		if limit == 0 && r.Mood > 0 {
			limit = 1
		}
		if limit > 0 && s.Felt[r.ID] >= limit || !holds(r.When, chat, i) {
			continue
		}
		s.Felt[r.ID]++
		s.Owed.Heard = true
		if r.Mood > 0 {
			rise += r.Mood
		} else {
			fall += r.Mood
			worst = min(worst, r.Mood)
		}
		if !r.Lines.Empty() && abs(r.Mood) > abs(s.Owed.Weight) {
			s.Owed.Reaction, s.Owed.Weight = r.ID, r.Mood
		}
	}
	return rise, worst + (fall-worst)/2
}

// follow moves one open topic on.
func (m *Mind) follow(s *State, t scenario.Topic, chat discourse.Chat, i int) (rise, fall int) {
	p := s.Topics[t.ID]
	// What was given up can still be met; a trap that was let go is gone.
	late := p.Status == Dropped && t.Scope == scenario.ScopeChat
	if p.Status != "" && !late || t.Scope == scenario.ScopeSince && (p.Asked == 0 || p.Since >= s.Heard) {
		return 0, 0
	}
	switch {
	case p.Asked > 0 && holds(t.BadBy, chat, i):
		p.Status = Bad
		s.Spoilt = s.Spoilt || t.Spoils
		fall = t.BadMood
	case met(t, p, chat):
		p.Status = Met
		rise = t.Mood
	case p.Asked > 0 && !late && holds(t.HalfBy, chat, i):
		s.Owed.Press, s.Owed.Heard = t.ID, true
		return 0, 0
	default:
		return 0, 0
	}
	s.Topics[t.ID] = p
	s.Owed.Moved, s.Owed.Heard = true, true
	if s.Owed.Press == t.ID {
		s.Owed.Press = ""
	}
	// One acknowledgement is enough: a trap's, else of the wish the buyer was waiting for, else of a kindness unasked.
	if s.Owed.Ack == "" || p.Status == Bad || p.Asked > 0 && s.Topics[s.Owed.Ack].Asked == 0 {
		s.Owed.Ack = t.ID
	}
	return rise, fall
}

// questions notes what the agent asks for.
func (m *Mind) questions(s *State, chat discourse.Chat, i int) {
	o := &s.Owed
	for _, h := range m.sc.Hidden {
		if slices.Contains(o.Facts, h.ID) {
			continue
		}
		told := slices.Contains(s.Told, h.ID)
		due := !told && h.Tell == scenario.TellVolunteer && h.VolunteerAt > 0 && s.Round >= h.VolunteerAt
		asked := holds(h.AskedBy, chat, i)
		if told && asked { // said once more in other words, but not for ever
			again := "again/" + h.ID
			s.Felt[again]++
			asked = s.Felt[again] == 1
		}
		if asked || due {
			o.Facts = append(o.Facts, h.ID)
			o.Heard = o.Heard || asked
			o.Asked = o.Asked || asked && !told
		}
	}
	o.Confirm = o.Confirm || holds(m.sc.Confirms.When, chat, i)
	o.Decline = o.Decline || holds(m.sc.Declines.When, chat, i)
	o.Hold = o.Hold || holds(m.sc.Hold.When, chat, i)
	o.Bye = o.Bye || m.sc.Endings.ByeWhen == nil || holds(m.sc.Endings.ByeWhen, chat, i)
}

// unseen notes that the buyer's last lines crossed this turn: the topics in them wait for the agent's next words.
func (m *Mind) unseen(s *State) {
	s.Owed.Crossed = true
	for id, p := range s.Topics {
		if p.Status == "" && p.Asked == 1 && p.Since == s.Heard-1 {
			p.Since = s.Heard
			s.Topics[id] = p
		}
	}
}

// crossed reports whether a buyer line between the agent's last two turns was unseen when turn i was written.
func crossed(chat discourse.Chat, i int) bool {
	for j := i - 1; j >= 0 && chat.Turns[j].Role == discourse.Buyer; j-- {
		if chat.Turns[j].Crossed {
			return true
		}
	}
	return false
}

// move changes the mood within its limits.
func (s *State) move(by int) { s.Mood = max(0, min(100, s.Mood+by)) }

// holds evaluates a condition on one turn. No condition never holds.
func holds(c *discourse.Condition, chat discourse.Chat, i int) bool {
	if c == nil {
		return false
	}
	ok, _ := c.EvalTurn(chat, i)
	return ok
}

// met evaluates a topic's condition on its part of the chat.
func met(t scenario.Topic, p Progress, chat discourse.Chat) bool {
	if t.MetBy == nil {
		return false
	}
	if t.Scope == scenario.ScopeSince {
		chat = since(chat, p.Since)
	}
	ok, _ := t.MetBy.Eval(chat)
	return ok
}

// touch notes a reply that is to the point of an open topic and says no more.
func (m *Mind) touch(s *State, text string) {
	for _, list := range [][]scenario.Topic{m.sc.Topics, m.sc.Traps} {
		for _, t := range list {
			if p := s.Topics[t.ID]; s.Owed.Press == "" && p.Status == "" && p.Asked > 0 && p.Since < s.Heard && mentions(text, t.About) {
				s.Owed.Press, s.Owed.Heard = t.ID, true
			}
		}
	}
}

// mentions reports whether a text has one of the words.
func mentions(text string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(text, w) })
}

// since is the part of a chat that begins with agent turn number heard+1.
func since(chat discourse.Chat, heard int) discourse.Chat {
	for i, t := range chat.Turns {
		if t.Role != discourse.Agent {
			continue
		}
		if heard == 0 {
			return discourse.Chat{Turns: chat.Turns[i:], Readings: chat.Readings[i:]}
		}
		heard--
	}
	return discourse.Chat{}
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
