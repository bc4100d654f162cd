package buyer

import (
	"math/rand/v2"
	"slices"
	"time"
	"unicode/utf8"

	"agentladder/exam/scenario"
	"agentladder/grading/discourse"
)

// maxBubbles is how many lines a buyer sends in a row.
const maxBubbles = 3

// plan chooses what to say to everything heard since the buyer last spoke.
func (m *Mind) plan(s *State, chat discourse.Chat, at time.Time) {
	w := &writer{mind: m, state: s, due: at}
	for i, p := range s.Pending { // opening lines that were still being typed
		if !p.Due.After(at) {
			s.Pending[i].Due = at.Add(minTyping)
		}
		w.due = s.Pending[i].Due
	}
	switch {
	case s.Mood < m.sc.Mood.LeaveBelow:
		w.leave()
		return
	case s.Closing != "":
		w.goodbye()
		return
	}
	w.respond()
	m.drop(s)
	topic, more := m.next(s)
	switch {
	case s.Round >= m.sc.MaxTurns || !more && !w.told:
		w.finish(m.solved(*s, chat))
	case !more: // who was asked and has just told waits for what the agent makes of it
		m.await(s, w.due)
	default:
		w.goOn(topic)
	}
}

// respond plans reaction, acknowledgement and answers.
func (w *writer) respond() {
	m, o := w.mind, w.state.Owed
	bad := o.Ack != "" && w.state.Topics[o.Ack].Status == Bad
	if o.Reaction != "" && (o.Ack == "" || o.Weight < 0 && !bad) {
		if i := slices.IndexFunc(m.sc.Reactions, func(r scenario.Reaction) bool { return r.ID == o.Reaction }); i >= 0 {
			w.say(KindReact, o.Reaction, m.sc.Reactions[i].Lines)
		}
	} else if t, ok := m.sc.Topic(o.Ack); ok {
		if bad {
			w.say(KindAck, t.ID, t.BadLines)
		} else {
			w.say(KindAck, t.ID, t.Acks)
		}
	}
	for _, id := range o.Facts {
		if i := slices.IndexFunc(m.sc.Hidden, func(h scenario.Hidden) bool { return h.ID == id }); i >= 0 && w.said < maxBubbles {
			w.told = w.say(KindFact, id, m.sc.Hidden[i].Lines) && o.Asked || w.told
			w.answered = true
		}
	}
	if w.answered || o.Moved || o.Weight < 0 {
		return
	}
	switch {
	case o.Confirm:
		w.answered = w.say(KindSmall, "confirm", m.sc.Confirms.Lines)
	case o.Decline:
		w.answered = w.say(KindSmall, "decline", m.sc.Declines.Lines)
	}
}

// goOn plans how the open topic is taken up again.
func (w *writer) goOn(t scenario.Topic) {
	m, s := w.mind, w.state
	o := s.Owed
	asked := s.Topics[t.ID].Asked > 0
	switch {
	case w.raising(t.ID):
	case !asked:
		w.say(KindRaise, t.ID, t.Lines)
	case o.Press == t.ID && w.say(KindPress, t.ID, t.Press):
	case o.Moved:
		w.say(KindRaise, t.ID, t.Lines)
	case o.Crossed: // it stands on the agent's screen already
	case o.Hold && o.Weight >= 0 && s.Holds < m.sc.Hold.Limit && w.say(KindSmall, "hold", m.sc.Hold.Lines):
	case w.answered:
	case !o.Heard && o.Puzzling && s.Lost <= s.Topics[t.ID].Asked && w.say(KindLost, "", m.sc.NotUnderstood):
	case w.say(KindRaise, t.ID, t.Lines):
	case w.said == 0:
		w.say(KindLost, "", m.sc.NotUnderstood)
	}
	if len(s.Pending) == 0 {
		m.await(s, w.due)
	}
}

// finish plans the last line of a chat that came to its end.
func (w *writer) finish(solved bool) {
	s := w.state
	if solved {
		// Who takes the thing does not first complain, except of what was bad about the last reply.
		if o := s.Owed; o.Weight < 0 && s.Topics[o.Ack].Status != Bad {
			s.Pending = slices.DeleteFunc(s.Pending, func(p Planned) bool { return p.Kind == KindReact })
		}
		w.end(Solved, w.mind.sc.Endings.Solved)
		return
	}
	// Who goes without the thing does not first say that all is well.
	if len(s.Pending) > 0 && s.Topics[s.Owed.Ack].Status == Met {
		s.Pending = slices.DeleteFunc(s.Pending, func(p Planned) bool { return p.Kind == KindAck })
	}
	w.end(Unsolved, w.mind.sc.Endings.Unsolved)
}

// leave plans the exit of a buyer who has had enough, with or without a word.
func (w *writer) leave() {
	if w.mind.draw(w.state, "exit").IntN(100) < w.mind.sc.Mood.SilentExit {
		w.exit(Left)
		return
	}
	w.end(Left, w.mind.sc.Endings.Left)
}

// goodbye plans the answer to what the agent says after the buyer is content: to a good-bye the end, to anything
// else a short answer, and the buyer stays a little longer.
func (w *writer) goodbye() {
	if !w.state.Owed.Bye {
		w.respond()
		if w.said == 0 {
			w.mind.await(w.state, w.due)
		}
		return
	}
	if !w.say(KindEnd, string(w.state.Closing)+"/bye", w.mind.sc.Endings.Bye) {
		w.exit(w.state.Closing)
	}
}

// drop gives up the topics that were raised in vain often enough.
func (m *Mind) drop(s *State) {
	for _, list := range [][]scenario.Topic{m.sc.Topics, m.sc.Traps} {
		for _, t := range list {
			if p := s.Topics[t.ID]; p.Status == "" && p.Asked >= t.Asks && !s.Owed.Hold && len(s.Owed.Facts) == 0 {
				p.Status = Dropped
				s.Topics[t.ID] = p
				s.Owed.Moved = true
			}
		}
	}
}

// next is the topic that comes up next: one that still waits for its answer, then a trap, so that it comes while it
// still can, then a wish. A topic that is only too early for its round comes last.
func (m *Mind) next(s *State) (scenario.Topic, bool) {
	for _, waiting := range []bool{true, false} {
		for _, early := range []bool{false, true} {
			for _, list := range [][]scenario.Topic{m.sc.Traps, m.sc.Topics} {
				for _, t := range list {
					p := s.Topics[t.ID]
					if p.Status == "" && p.Asked > 0 == waiting && (early || s.Round >= t.FromRound) && m.ready(s, t) {
						return t, true
					}
				}
			}
		}
	}
	return scenario.Topic{}, false
}

// ready reports whether everything that a topic comes after is done.
func (m *Mind) ready(s *State, t scenario.Topic) bool {
	for _, id := range t.After {
		if s.Topics[id].Status == "" && !slices.Contains(s.Told, id) && !slices.Contains(s.Owed.Facts, id) {
			return false
		}
	}
	return true
}

// solved reports whether the buyer has what it came for.
func (m *Mind) solved(s State, chat discourse.Chat) bool {
	if s.Spoilt || s.Mood < m.sc.Success.Mood {
		return false
	}
	for _, id := range m.sc.Success.Topics {
		if s.Topics[id].Status != Met {
			return false
		}
	}
	if m.sc.Success.When == nil {
		return true
	}
	ok, _ := m.sc.Success.When.Eval(chat)
	return ok
}

// writer appends planned lines one after the other at typing speed.
type writer struct {
	mind     *Mind
	state    *State
	due      time.Time
	said     int
	answered bool
	told     bool // a fact that the agent asked for is among what is said
}

// say plans a phrasing that was never said; it reports whether there was one.
func (w *writer) say(kind Kind, ref string, lines scenario.Lines) bool {
	text, ok := w.mind.choose(w.state, lines)
	if !ok || w.said >= maxBubbles {
		return false
	}
	w.due = w.due.Add(w.mind.typing(w.state, text))
	w.state.Pending = append(w.state.Pending, Planned{Kind: kind, Ref: ref, Text: text, Due: w.due})
	w.said++
	return true
}

// end plans a last line, or the bare end when there are no words left.
func (w *writer) end(o Outcome, lines scenario.Lines) {
	w.said = min(w.said, maxBubbles-1)
	if !w.say(KindEnd, string(o), lines) {
		w.exit(o)
	}
}

// exit plans the end without a line.
func (w *writer) exit(o Outcome) {
	w.state.Pending = append(w.state.Pending, Planned{Kind: KindExit, Ref: string(o), Due: w.due.Add(minTyping)})
}

// raising reports whether a topic is already on its way.
func (w *writer) raising(id string) bool {
	return slices.ContainsFunc(w.state.Pending, func(p Planned) bool { return p.Kind == KindOpening && p.Ref == id })
}

// choose picks a phrasing for the mood that was neither said nor planned.
func (m *Mind) choose(s *State, lines scenario.Lines) (string, bool) {
	band := m.sc.Mood.Band(s.Mood)
	for _, texts := range [][]string{lines.For(band), lines.Spare(band)} {
		var fresh []string
		for _, t := range texts {
			t = m.c.Fill(t)
			if !slices.Contains(s.Said, fingerprint(t)) && !slices.ContainsFunc(s.Pending, func(p Planned) bool { return p.Text == t }) {
				fresh = append(fresh, t)
			}
		}
		if len(fresh) > 0 {
			return fresh[m.draw(s, "line").IntN(len(fresh))], true
		}
	}
	return "", false
}

func (m *Mind) draw(s *State, what string) *rand.Rand {
	s.Draws++
	return scenario.Draw(m.seed, what, s.Draws)
}

// Typing time of one line.
const (
	minTyping = time.Second
	maxTyping = 4 * time.Second
)

var perRune = map[scenario.Style]time.Duration{
	scenario.Terse: 110 * time.Millisecond, scenario.Chatty: 90 * time.Millisecond, scenario.Elderly: 180 * time.Millisecond,
	scenario.Formal: 120 * time.Millisecond, scenario.Angry: 80 * time.Millisecond,
}

// typing is how long the buyer needs for a line: by length and style, with some unevenness.
func (m *Mind) typing(s *State, text string) time.Duration {
	d := 800*time.Millisecond + time.Duration(utf8.RuneCountInString(text))*perRune[m.sc.Buyer.Style]
	d += time.Duration(m.draw(s, "typing").IntN(600)) * time.Millisecond
	return max(minTyping, min(maxTyping, d))
}
