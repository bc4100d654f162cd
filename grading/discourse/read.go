package discourse

import (
	"cmp"
	"slices"
)

// maxRunes bounds how much of one turn is read; the rest of a longer text is not looked at.
const maxRunes = 20000

// Read says what one message says. The same lexicon, role and text always give the same reading.
func (l *Lexicon) Read(role Role, text string) Reading {
	reading := l.read(role, Normalise(text))
	quote(text, reading.Signals)
	return reading
}

func (l *Lexicon) read(role Role, normal Normal) Reading {
	reading := Reading{Runes: normal.runes}
	if len(normal.Runes) > maxRunes {
		normal.cut(maxRunes)
	}
	for _, r := range normal.Runes {
		if wordRune(r) {
			reading.Content++
		}
	}
	if l.automaton == nil {
		return reading
	}
	s := l.scan(normal, role)
	defer s.release()
	var numbers []int
	reading.Clauses, numbers = s.layout.clauses(normal)
	cues := s.cues()
	for index := range l.frames {
		f := &l.frames[index]
		if !s.heeds(index) {
			continue
		}
		for _, h := range s.best(f.atom) {
			reading.Signals = append(reading.Signals, Signal{Frame: f.id, Entry: f.entries[h.tag], Span: normal.Original(int(h.start), int(h.end)),
				Polarity: s.polarity(f, &h, cues), Clause: max(0, numbers[s.layout.clause[h.start]])})
		}
		if st := f.structure; st != nil && st.Short > 0 && reading.Content < st.Short {
			reading.Signals = append(reading.Signals, Signal{Frame: f.id, Entry: f.id + "/short", Span: Span{0, reading.Runes}, Polarity: Asserted})
		}
	}
	reading.Signals = l.withdraw(reading.Signals)
	settle(reading.Signals)
	return reading
}

// settle puts signals in order of position.
func settle(signals []Signal) {
	slices.SortStableFunc(signals, func(a, b Signal) int {
		return cmp.Or(cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Span.End, b.Span.End), cmp.Compare(a.Frame, b.Frame))
	})
}

// best keeps, of matches that overlap, the one that starts first and reaches farthest.
func (s *scan) best(id atomID) []hit {
	hits := s.hits[id]
	if len(hits) < 2 {
		return hits
	}
	kept := hits[:0:0]
	for _, h := range hits {
		if n := len(kept); n > 0 && h.start < kept[n-1].end {
			if h.start == kept[n-1].start && h.end > kept[n-1].end {
				kept[n-1] = h
			}
			continue
		}
		kept = append(kept, h)
	}
	return kept
}

// withdraw takes away signals that another frame of the same turn excuses.
func (l *Lexicon) withdraw(signals []Signal) []Signal {
	return slices.DeleteFunc(signals, func(s Signal) bool {
		f := &l.frames[l.byID[s.Frame]]
		for _, other := range f.unless {
			id := l.frames[other].id
			if slices.ContainsFunc(signals, func(o Signal) bool { return o.Frame == id && o.Polarity == Asserted }) {
				return true
			}
		}
		return false
	})
}

// ReadChat reads every turn by its role, and notices texts that a side sends again.
func (l *Lexicon) ReadChat(turns []Turn) Chat {
	chat := Chat{Turns: turns, Readings: make([]Reading, len(turns))}
	sent := map[Role]map[string]bool{Agent: {}, Buyer: {}}
	for i, turn := range turns {
		normal := Normalise(turn.Text)
		key := words(normal)
		r := l.read(turn.Role, normal)
		if sent[turn.Role] != nil && sent[turn.Role][key] {
			for _, f := range l.frames {
				if st := f.structure; st != nil && st.Repeated > 0 && r.Content >= st.Repeated && (turn.Role == Agent && f.agent || turn.Role == Buyer && f.buyer) {
					r.Signals = append(r.Signals, Signal{Frame: f.id, Entry: f.id + "/repeated", Span: Span{0, r.Runes}, Polarity: Asserted})
				}
			}
			settle(r.Signals)
		}
		if sent[turn.Role] != nil {
			sent[turn.Role][key] = true
		}
		quote(turn.Text, r.Signals)
		chat.Readings[i] = r
	}
	return chat
}

// words is a text without its marks, by which a repeated one is known.
func words(n Normal) string {
	return string(slices.DeleteFunc(slices.Clone(n.Runes), func(r rune) bool { return !wordRune(r) }))
}

// quote fills in the original words of each signal.
func quote(text string, signals []Signal) {
	if len(signals) == 0 {
		return
	}
	offsets := make([]int, 0, len(text)+1)
	for i := range text {
		offsets = append(offsets, i)
	}
	offsets = append(offsets, len(text))
	for i := range signals {
		signals[i].Quote = text[offsets[signals[i].Span.Start]:offsets[signals[i].Span.End]]
	}
}
