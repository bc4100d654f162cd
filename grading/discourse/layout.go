package discourse

// layout says which part, clause and sentence each normal rune belongs to. Commas end clauses; spaces end only
// parts, in which a negation reaches; stops, questions and cries end sentences.
type layout struct {
	part, clause, sentence []int32
	quoted                 []bool
	asks                   []bool // by clause: it ends with a question mark, or its sentence does
}

func boundary(r rune) bool {
	switch r {
	case markAsk, markCry, markStop, markComma, markTilde, markSpace:
		return true
	}
	return false
}

func (l *layout) read(text Normal) {
	l.part, l.clause, l.sentence, l.quoted, l.asks = l.part[:0], l.clause[:0], l.sentence[:0], l.quoted[:0], l.asks[:0]
	var part, clause, sentence int32
	depth := 0
	for _, r := range text.Runes {
		switch r {
		case '“':
			depth++
		case '”':
			depth = max(0, depth-1)
		case '"':
			depth ^= 1
		case markStop:
			depth = 0
		}
		l.part, l.clause, l.sentence = append(l.part, part), append(l.clause, clause), append(l.sentence, sentence)
		l.quoted = append(l.quoted, depth > 0)
		if !boundary(r) {
			continue
		}
		part++
		if r == markSpace {
			continue
		}
		for int32(len(l.asks)) <= clause {
			l.asks = append(l.asks, false)
		}
		if r == markAsk {
			l.asks[clause] = true
		}
		clause++
		if r == markAsk || r == markCry || r == markStop {
			sentence++
		}
	}
	for int32(len(l.asks)) <= clause {
		l.asks = append(l.asks, false)
	}
	// An opening quotation mark that never closes quotes nothing.
	if depth > 0 {
		for i := len(l.quoted) - 1; i >= 0 && l.quoted[i]; i-- {
			l.quoted[i] = false
		}
	}
}

// joined says that two runes may belong to one pattern: same clause, or same sentence when wide.
func (l *layout) joined(a, b int32, wide bool) bool {
	if wide {
		return l.sentence[a] == l.sentence[b]
	}
	return l.clause[a] == l.clause[b]
}

func (l *layout) within(a, b int32, scope uint8) bool {
	switch scope {
	case withinSentence:
		return l.sentence[a] == l.sentence[b]
	case withinTurn:
		return true
	}
	return l.clause[a] == l.clause[b]
}

// clauses lists the clauses in runes of the original text; numbers[i] is the clause number of the i-th, or -1
// where a clause number has no words.
func (l *layout) clauses(text Normal) (spans []Span, numbers []int) {
	numbers = make([]int, len(l.asks))
	for i := range numbers {
		numbers[i] = -1
	}
	for i := 0; i < len(text.Runes); {
		end := i
		words := false
		for end < len(text.Runes) && l.clause[end] == l.clause[i] {
			words = words || !boundary(text.Runes[end])
			end++
		}
		if words {
			stop := end
			for boundary(text.Runes[stop-1]) {
				stop--
			}
			numbers[l.clause[i]] = len(spans)
			spans = append(spans, text.Original(i, stop))
		}
		i = end
	}
	return spans, numbers
}
