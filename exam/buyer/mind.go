package buyer

import (
	"hash/fnv"
	"slices"
	"time"

	"agentladder/exam/scenario"
	"agentladder/grading/discourse"
)

// Mind is one buyer: a scenario made concrete by a seed. It holds no memory; that is State.
type Mind struct {
	sc   *scenario.Scenario
	c    scenario.Case
	seed uint64
}

// New makes the buyer of a scenario's case.
func New(sc *scenario.Scenario, seed uint64) *Mind {
	return &Mind{sc: sc, c: sc.Vary(seed), seed: seed}
}

// Open begins a chat: the first line is due at once, further opening lines follow at typing speed.
func (m *Mind) Open(at time.Time) State {
	s := State{Version: StateVersion, Mood: m.sc.Mood.Start}
	if len(m.sc.Opening) == 0 {
		return s
	}
	o := m.sc.Opening[m.draw(&s, "opening").IntN(len(m.sc.Opening))]
	due := wall(at)
	for i, text := range o.Says {
		p := Planned{Kind: KindOpening, Text: m.c.Fill(text), Due: due}
		if i == len(o.Says)-1 {
			p.Ref = o.Raises
		} else {
			due = due.Add(m.typing(&s, o.Says[i+1]))
		}
		s.Pending = append(s.Pending, p)
	}
	return s
}

// Hear takes in the last turn of the chat, which is the agent's, and plans the answer anew: lines that were
// planned and not yet delivered were never said. Lines that are due by at must have been delivered before.
// After the end, and when the last turn is not the agent's, nothing changes.
func (m *Mind) Hear(s State, chat discourse.Chat, at time.Time) State {
	i := len(chat.Turns) - 1
	if s.End != "" || i < 0 || chat.Turns[i].Role != discourse.Agent || i >= len(chat.Readings) {
		return s
	}
	s = s.clone()
	s.Heard++
	if s.Spoke {
		s.Round++
		s.Spoke = false
		s.Owed = Owed{Facts: s.Owed.Facts}
	}
	s.Nudged, s.Held = 0, false
	m.listen(&s, chat, i)
	s.Pending = slices.DeleteFunc(s.Pending, func(p Planned) bool { return p.Kind != KindOpening })
	m.plan(&s, chat, wall(at))
	return s
}

// wall is a time without the reading of the process's own clock, so that a stored state equals the one in memory.
func wall(at time.Time) time.Time { return at.Round(0).UTC() }

// fingerprint identifies a line in State.Said.
func fingerprint(text string) uint32 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(text))
	return h.Sum32()
}
