package discourse

import (
	"cmp"
	"slices"
	"sync"
	"unicode/utf8"

	"github.com/coregx/ahocorasick"
)

// automaton finds all literals of a lexicon in one pass.
type automaton struct {
	machine *ahocorasick.Automaton
	atoms   []atomID // by pattern number
}

func newAutomaton(atoms []atom) (*automaton, error) {
	a := &automaton{}
	b := ahocorasick.NewBuilder()
	for id, at := range atoms {
		if at.literal != "" {
			b.AddPattern([]byte(at.literal))
			a.atoms = append(a.atoms, atomID(id))
		}
	}
	var err error
	a.machine, err = b.Build()
	return a, err
}

// maxElements is how many parts of a match are remembered one by one; the last takes up the rest.
const maxElements = 8

// hit is a place where an atom was found, in normal runes.
type hit struct {
	start, end int32
	tag        int32
	parts      int32
	part       [maxElements][2]int32
}

func (h *hit) push(start, end int32) {
	if h.parts == 0 {
		h.start = start
		h.end = end
	}
	h.start, h.end = min(h.start, start), max(h.end, end)
	if h.parts == maxElements {
		h.part[maxElements-1][1] = end
		return
	}
	h.part[h.parts] = [2]int32{start, end}
	h.parts++
}

func (h *hit) overlaps(start, end int32) bool {
	for i := range h.parts {
		if h.part[i][0] < end && start < h.part[i][1] {
			return true
		}
	}
	return false
}

// scan is the working memory of one reading.
type scan struct {
	lex     *Lexicon
	text    Normal
	layout  layout
	hits    [][]hit // by atom
	present []atomID
	seen    []bool // by atom: it is among present
	bytes   []byte
	runeAt  []int32 // rune number by byte
	agent   bool
}

var scans = sync.Pool{New: func() any { return new(scan) }}

func (l *Lexicon) scan(text Normal, role Role) *scan {
	s := scans.Get().(*scan)
	s.lex, s.text, s.agent = l, text, role == Agent
	if len(s.hits) < len(l.atoms) {
		s.hits = make([][]hit, len(l.atoms))
		s.seen = make([]bool, len(l.atoms))
	}
	s.layout.read(text)
	s.literals()
	s.numbers()
	for level := 1; level <= l.levels; level++ {
		s.apply(level)
	}
	return s
}

func (s *scan) release() {
	for _, id := range s.present {
		s.hits[id], s.seen[id] = s.hits[id][:0], false
	}
	s.present = s.present[:0]
	s.lex, s.text = nil, Normal{}
	scans.Put(s)
}

func (s *scan) add(id atomID, h hit) {
	if !s.seen[id] {
		s.seen[id] = true
		s.present = append(s.present, id)
	}
	s.hits[id] = append(s.hits[id], h)
}

func (s *scan) span(id atomID, start, end int32) {
	var h hit
	h.push(start, end)
	s.add(id, h)
}

func (s *scan) literals() {
	s.bytes, s.runeAt = s.bytes[:0], s.runeAt[:0]
	for i, r := range s.text.Runes {
		s.bytes = utf8.AppendRune(s.bytes, r)
		for len(s.runeAt) < len(s.bytes) {
			s.runeAt = append(s.runeAt, int32(i))
		}
	}
	s.runeAt = append(s.runeAt, int32(len(s.text.Runes)))
	for _, m := range s.lex.automaton.machine.FindAllOverlapping(s.bytes) {
		if s.cuts(m.Start) || s.cuts(m.End) {
			continue
		}
		s.span(s.lex.automaton.atoms[m.PatternID], s.runeAt[m.Start], s.runeAt[m.End])
	}
}

// cuts says that a byte position lies inside a Latin word or a number: sb is not found in usb, nor 7天 in 17天.
func (s *scan) cuts(at int) bool {
	if at == 0 || at == len(s.bytes) {
		return false
	}
	a, b := s.bytes[at-1], s.bytes[at]
	letter := func(c byte) bool { return c >= 'a' && c <= 'z' }
	number := func(c byte) bool { return c >= '0' && c <= '9' }
	return letter(a) && letter(b) || number(a) && number(b)
}

// numbers finds runs of digits (with their inner points and colons) and of Chinese numerals.
func (s *scan) numbers() {
	runes := s.text.Runes
	for i := 0; i < len(runes); {
		if !numeral(runes[i]) {
			i++
			continue
		}
		end := i + 1
		for end < len(runes) && (numeral(runes[end]) || slices.Contains([]rune{'.', ':', '-', '/'}, runes[end]) && end+1 < len(runes) && digit(runes[end-1]) && digit(runes[end+1])) {
			end++
		}
		s.span(atomNumber, int32(i), int32(end))
		digits := 0
		for _, r := range runes[i:end] {
			if numeral(r) {
				digits++
			}
		}
		if digits >= 6 {
			s.span(atomLongNumber, int32(i), int32(end))
		}
		i = end
	}
}

func numeral(r rune) bool {
	if digit(r) {
		return true
	}
	switch r {
	case '一', '二', '两', '三', '四', '五', '六', '七', '八', '九', '十', '百', '千', '万', '半', '几', '零', '〇', '幺':
		return true
	}
	return false
}

// apply runs the rules whose targets stand at one level, then settles what they made.
func (s *scan) apply(level int) {
	before := len(s.present)
	for i := range before {
		a := &s.lex.atoms[s.present[i]]
		if level >= len(a.rules) {
			continue
		}
		for j := range a.rules[level] {
			r := &a.rules[level][j]
			if f := s.lex.atoms[r.target].frame; f >= 0 && !s.heeds(f) {
				continue
			}
			if len(r.slots) > 0 {
				s.gather(r)
			} else {
				s.follow(r)
			}
		}
	}
	for _, id := range s.present[before:] {
		s.settle(id)
	}
}

func (s *scan) heeds(frame int) bool {
	f := &s.lex.frames[frame]
	return s.agent && f.agent || !s.agent && f.buyer
}

// settle orders the matches of an atom, drops doubles and those that a look-alike masks.
func (s *scan) settle(id atomID) {
	hits := s.hits[id]
	if len(hits) == 1 && s.lex.atoms[id].mask == 0 {
		return
	}
	slices.SortStableFunc(hits, func(a, b hit) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(a.end, b.end), cmp.Compare(a.tag, b.tag))
	})
	hits = slices.CompactFunc(hits, func(a, b hit) bool { return a.start == b.start && a.end == b.end })
	if mask := s.lex.atoms[id].mask; mask != 0 {
		hits = slices.DeleteFunc(hits, func(h hit) bool {
			return slices.ContainsFunc(s.hits[mask], func(m hit) bool { return h.overlaps(m.start, m.end) })
		})
	}
	s.hits[id] = hits
}

// follow matches a rule's steps in order, from every place of its first atom.
func (s *scan) follow(r *rule) {
	for i := range r.steps {
		if r.steps[i].kind == stepAtom && len(s.hits[r.steps[i].atom]) == 0 {
			return
		}
	}
	first := 0
	for r.steps[first].kind != stepAtom {
		first++
	}
	for i := range s.hits[r.steps[first].atom] {
		h := &s.hits[r.steps[first].atom][i]
		held := true
		for _, st := range r.steps[:first] {
			held = held && s.anchored(st.kind, h.start)
		}
		if !held {
			continue
		}
		var made hit
		made.push(h.start, h.end)
		if s.rest(r.steps[first+1:], h.end, &made) {
			made.tag = r.tag
			s.add(r.target, made)
		}
	}
}

// rest matches the steps from a place on; the nearest match of each step is tried first.
func (s *scan) rest(steps []step, pos int32, made *hit) bool {
	gap, wide := int32(0), false
	for i, st := range steps {
		switch st.kind {
		case stepGap:
			gap, wide = int32(st.gap), st.wide
			continue
		case stepAtom:
			hits := s.hits[st.atom]
			for j := range hits {
				h := &hits[j]
				if h.start < pos {
					continue
				}
				if h.start > pos+gap || gap > 0 && !s.layout.joined(pos-1, h.start, wide) {
					break
				}
				save := *made
				made.push(h.start, h.end)
				if s.rest(steps[i+1:], h.end, made) {
					return true
				}
				*made = save
			}
			return false
		default:
			if !s.anchored(st.kind, pos) {
				return false
			}
		}
	}
	return true
}

func (s *scan) anchored(kind stepKind, pos int32) bool {
	runes := s.text.Runes
	switch kind {
	case stepClauseStart:
		return pos == 0 || boundary(runes[pos-1])
	case stepClauseEnd:
		return int(pos) == len(runes) || boundary(runes[pos])
	case stepTurnStart:
		for _, r := range runes[:pos] {
			if !boundary(r) {
				return false
			}
		}
	case stepTurnEnd:
		for _, r := range runes[pos:] {
			if !boundary(r) {
				return false
			}
		}
	}
	return true
}

// gather matches slots that come together in any order, around every place of the first slot.
func (s *scan) gather(r *rule) {
	for _, slot := range r.slots {
		if len(s.hits[slot]) == 0 {
			return
		}
	}
	for i := range s.hits[r.slots[0]] {
		h := s.hits[r.slots[0]][i]
		made := h
		made.tag = r.tag
		complete := true
		for _, slot := range r.slots[1:] {
			best, distance := -1, int32(0)
			for j := range s.hits[slot] {
				o := &s.hits[slot][j]
				if made.overlaps(o.start, o.end) || !s.layout.within(h.start, o.start, r.within) {
					continue
				}
				d := max(o.start-h.end, h.start-o.end)
				if best < 0 || d < distance {
					best, distance = j, d
				}
			}
			if best < 0 {
				complete = false
				break
			}
			o := s.hits[slot][best]
			for k := range o.parts {
				made.push(o.part[k][0], o.part[k][1])
			}
		}
		if complete && (r.span == 0 || made.end-made.start <= int32(r.span)) {
			s.add(r.target, made)
		}
	}
}
