package buyer

import (
	"slices"
	"strings"
	"time"
)

// Deliver makes real what is due by now: the buyer's lines in order, each at its own due time, and the end.
// It does not matter how often or by whom it is called.
func (m *Mind) Deliver(s State, now time.Time) (State, []Line) {
	if len(s.Pending) == 0 || s.Pending[0].Due.After(now) {
		return s, nil
	}
	s = s.clone()
	var lines []Line
	for len(s.Pending) > 0 && !s.Pending[0].Due.After(now) {
		p := s.Pending[0]
		s.Pending = s.Pending[1:]
		m.record(&s, p)
		if p.Text != "" {
			lines = append(lines, Line{Text: p.Text, At: p.Due, Mood: s.Mood})
		}
		if s.End == "" && len(s.Pending) == 0 {
			m.await(&s, p.Due)
		}
	}
	return s, lines
}

// record makes one planned line part of the past.
func (m *Mind) record(s *State, p Planned) {
	if p.Text != "" {
		s.Said = append(s.Said, fingerprint(p.Text))
		s.Spoke = true
	}
	switch p.Kind {
	case KindOpening, KindRaise, KindPress:
		if p.Ref != "" {
			m.raised(s, p.Ref)
		}
	case KindFact:
		if !slices.Contains(s.Told, p.Ref) {
			s.Told = append(s.Told, p.Ref)
		}
		s.Owed.Facts = slices.DeleteFunc(s.Owed.Facts, func(id string) bool { return id == p.Ref })
		if len(s.Owed.Facts) == 0 {
			s.Owed.Facts = nil // as it comes back from its stored form
		}
	case KindSmall:
		if p.Ref == "hold" {
			s.Holds++
			s.Held = true
		}
	case KindLost:
		s.Lost++
		s.move(m.sc.Mood.Lost)
	case KindNudge:
		s.Nudged++
		s.move(m.sc.FollowUps.Mood)
	case KindEnd, KindQuit:
		if p.Ref == string(Solved) {
			s.Closing = Solved
			return
		}
		outcome, _, _ := strings.Cut(p.Ref, "/")
		s.finish(Outcome(outcome), p.Due)
	case KindExit:
		s.finish(Outcome(p.Ref), p.Due)
	case KindReact, KindAck:
	}
}

// raised counts a topic's line.
func (m *Mind) raised(s *State, id string) {
	p := s.Topics[id]
	if p.Asked == 0 {
		p.Since = s.Heard
	} else if !s.Owed.Moved {
		s.move(m.sc.Mood.Again)
	}
	p.Asked++
	s.Topics[id] = p
}

// await plans what happens when the agent stays silent from a time on.
func (m *Mind) await(s *State, from time.Time) {
	w := &writer{mind: m, state: s, due: from}
	if s.Closing != "" {
		w.due = from.Add(time.Duration(m.sc.Endings.Grace)*time.Second - minTyping)
		w.exit(s.Closing)
		return
	}
	wait, lines := m.sc.FollowUps.Seconds, m.sc.FollowUps.Lines
	if s.Held && s.Nudged == 0 {
		wait, lines = m.sc.Hold.Seconds, m.sc.Hold.Nudges
	}
	w.due = from.Add(time.Duration(wait*(90+m.draw(s, "wait").IntN(30))) * time.Second / 100)
	if s.Nudged >= m.sc.FollowUps.Max || s.Mood < m.sc.Mood.LeaveBelow || !w.say(KindNudge, "", lines) {
		w.leave()
		if last := &s.Pending[len(s.Pending)-1]; last.Kind == KindEnd {
			last.Kind = KindQuit // nobody types for minutes
		}
	}
}

func (s *State) finish(o Outcome, at time.Time) {
	s.End, s.EndAt, s.Pending, s.Closing = o, at, nil, ""
}
