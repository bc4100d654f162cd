package discourse

import "slices"

// cueHits are the places of the words that change how others are meant.
type cueHits struct {
	negation, breaks, prohibit, prohibited, refute, quote, askAbout, question []cueHit
}

type cueHit struct{ start, end, reach int32 }

func (s *scan) cues() cueHits {
	find := func(cues []compiledCue) []cueHit {
		var out []cueHit
		for _, c := range cues {
			for _, h := range s.hits[c.atom] {
				out = append(out, cueHit{h.start, h.end, int32(c.reach)})
			}
		}
		return out
	}
	c := &s.lex.cues
	return cueHits{negation: longest(find(c.negation)), breaks: find(c.breaks), prohibit: find(c.prohibit), prohibited: find(c.prohibited),
		refute: find(c.refute), quote: find(c.quote), askAbout: find(c.askAbout), question: find(c.question)}
}

// longest drops cues that lie inside another: 不 inside 不能.
func longest(hits []cueHit) []cueHit {
	if len(hits) < 2 {
		return hits
	}
	return slices.DeleteFunc(slices.Clone(hits), func(h cueHit) bool {
		return slices.ContainsFunc(hits, func(o cueHit) bool {
			return o.start <= h.start && h.end <= o.end && o.end-o.start > h.end-h.start
		})
	})
}

// polarity says how a match was meant, by the cues around it and in its gaps.
func (s *scan) polarity(f *frame, h *hit, cues cueHits) Polarity {
	if f.free {
		return Asserted
	}
	l := &s.layout
	last := h.part[h.parts-1][0]
	before := func(c cueHit) bool {
		return c.end <= last && h.start-c.end <= c.reach && !h.overlaps(c.start, c.end) && l.clause[c.start] == l.clause[h.start]
	}
	if s.inQuotes(h) || slices.ContainsFunc(cues.quote, func(c cueHit) bool { return c.end <= h.start && before(c) }) {
		return Quoted
	}
	if slices.ContainsFunc(cues.prohibit, before) {
		return Prohibited
	}
	if slices.ContainsFunc(cues.prohibited, func(c cueHit) bool {
		return c.start >= h.end && c.start-h.end <= c.reach && l.clause[c.start] == l.clause[h.end-1]
	}) {
		return Prohibited
	}
	if slices.ContainsFunc(cues.refute, func(c cueHit) bool {
		end := h.end - 1
		return c.start > h.end && l.clause[c.start] == l.clause[end]+1 && l.sentence[c.start] == l.sentence[end] &&
			c.start-s.clauseStart(c.start) <= c.reach
	}) {
		return Prohibited
	}
	if s.negations(h, cues)%2 == 1 {
		return Negated
	}
	if slices.ContainsFunc(cues.askAbout, func(c cueHit) bool { return c.end <= h.start && before(c) }) {
		return Asked
	}
	if f.dropAsked && s.asked(h, cues) {
		return Asked
	}
	return Asserted
}

// inQuotes says that a part of the match stands between quotation marks: 您说的“骗子”.
func (s *scan) inQuotes(h *hit) bool {
	for _, part := range h.part[:h.parts] {
		if s.layout.quoted[part[0]] && s.layout.quoted[part[1]-1] {
			return true
		}
	}
	return false
}

func (s *scan) clauseStart(at int32) int32 {
	for at > 0 && s.layout.clause[at-1] == s.layout.clause[at] {
		at--
	}
	return at
}

// negations counts the negations that reach the match: before it in the same part, or in one of its gaps.
func (s *scan) negations(h *hit, cues cueHits) int {
	l := &s.layout
	last := h.part[h.parts-1][0]
	count := 0
	for _, c := range cues.negation {
		if h.overlaps(c.start, c.end) || c.end > last {
			continue
		}
		if c.start < h.start && (l.part[c.start] != l.part[h.start] || h.start-c.end > c.reach) {
			continue
		}
		if slices.ContainsFunc(cues.breaks, func(b cueHit) bool { return b.start >= c.end && b.end <= last }) {
			continue
		}
		count++
	}
	return count
}

func (s *scan) asked(h *hit, cues cueHits) bool {
	clause := s.layout.clause[h.end-1]
	if s.layout.asks[clause] {
		return true
	}
	return slices.ContainsFunc(cues.question, func(c cueHit) bool { return s.layout.clause[c.start] == clause })
}
