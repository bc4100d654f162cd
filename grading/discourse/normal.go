package discourse

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Normal is a text made comparable: one spelling for what readers see as the same, and one mark where
// clauses part. It is for matching only; the original is what is stored and shown.
type Normal struct {
	Runes []rune
	from  []int32 // first original rune of each normal rune
	upto  []int32 // one past the last original rune of each normal rune
	runes int     // runes of the original
}

// String is the normal text.
func (n Normal) String() string { return string(n.Runes) }

// Original maps a half-open range of normal runes back to runes of the original text.
func (n Normal) Original(start, end int) Span {
	if start >= end || start < 0 || end > len(n.Runes) {
		return Span{}
	}
	s, e := n.from[start], n.upto[end-1]
	for i := start; i < end; i++ {
		s, e = min(s, n.from[i]), max(e, n.upto[i])
	}
	return Span{Start: int(s), End: int(e)}
}

// Marks that survive normalising where clauses part. Each maps to itself, which keeps normalising idempotent.
const (
	markAsk   = '?'
	markCry   = '!'
	markStop  = '。'
	markComma = ','
	markTilde = '~'
	markSpace = ' '
)

// Normalise makes a text comparable: valid UTF-8, compatibility forms (NFKC), no invisible characters, lower case,
// simplified characters, one letter for its look-alikes, and no separators inside a word that was pulled apart.
// Clause punctuation stays as one mark each, so that clauses can be told apart. Normalising twice changes nothing.
func Normalise(text string) Normal {
	n := Normal{runes: utf8.RuneCountInString(text)}
	size := n.runes + 8
	n.Runes = make([]rune, 0, size)
	n.from = make([]int32, 0, size)
	n.upto = make([]int32, 0, size)
	plain := true
	index := int32(0)
	for _, r := range text { // an invalid byte reads as U+FFFD, one rune
		if !plainRune(r) {
			plain = false
		}
		n.push(r, index, index+1)
		index++
	}
	if plain {
		n.fold()
		n.separate()
		return n
	}
	// Dropping and folding can bring characters together that compose anew, so repeat until nothing moves.
	for range 4 {
		before := string(n.Runes)
		n.compose()
		n.fold()
		n.separate()
		if string(n.Runes) == before {
			break
		}
	}
	return n
}

func (n *Normal) push(r rune, from, upto int32) {
	n.Runes = append(n.Runes, r)
	n.from = append(n.from, from)
	n.upto = append(n.upto, upto)
}

// plainRune says that NFKC leaves the rune alone (up to the full-width shift in fold) and that it never combines.
func plainRune(r rune) bool {
	return r < 0x80 || r >= 0x4e00 && r <= 0x9fff || r >= 0xff01 && r <= 0xff5e || r >= 0x3001 && r <= 0x3011 ||
		r == '“' || r == '”' || r == '‘' || r == '’' || r == '—'
}

// compose applies NFKC segment by segment; each rune of a segment maps back to the whole segment.
func (n *Normal) compose() {
	old := *n
	n.Runes, n.from, n.upto = make([]rune, 0, len(old.Runes)), make([]int32, 0, len(old.Runes)), make([]int32, 0, len(old.Runes))
	visible := make([]rune, 0, len(old.Runes))
	places := make([]int, 0, len(old.Runes))
	for i, r := range old.Runes {
		if !invisible(r) {
			visible, places = append(visible, r), append(places, i)
		}
	}
	source := string(visible)
	var it norm.Iter
	it.InitString(norm.NFKC, source)
	read := 0 // runes of visible consumed
	for !it.Done() {
		start := it.Pos()
		segment := it.Next()
		width := utf8.RuneCountInString(source[start:it.Pos()])
		if width == 0 {
			continue
		}
		first, last := places[read], places[read+width-1]
		for _, r := range string(segment) {
			n.push(r, old.from[first], old.upto[last])
		}
		read += width
	}
}

// fold drops what cannot be seen and brings each rune to one form.
func (n *Normal) fold() {
	kept := 0
	for i, r := range n.Runes {
		if r >= 0xff01 && r <= 0xff5e {
			r -= 0xfee0
		}
		if r >= 0x80 && invisible(r) {
			continue
		}
		switch {
		case r < 0x80:
			if r >= 'A' && r <= 'Z' {
				r += 'a' - 'A'
			}
		case r >= 0x3400 && r <= 0x9fff:
			if s, ok := simplify[r]; ok {
				r = s
			}
		default:
			r = unicode.ToLower(r)
			if s, ok := simplify[r]; ok {
				r = s
			}
			if s, ok := lookalike[r]; ok {
				r = s
			}
		}
		n.Runes[kept], n.from[kept], n.upto[kept] = r, n.from[i], n.upto[i]
		kept++
	}
	n.cut(kept)
}

func (n *Normal) cut(kept int) {
	n.Runes, n.from, n.upto = n.Runes[:kept], n.from[:kept], n.upto[:kept]
}

// separate turns each stretch of separators into one mark, or into nothing where it only pulls a word apart.
func (n *Normal) separate() {
	kept := 0
	for i := 0; i < len(n.Runes); {
		if !n.separator(i) {
			n.Runes[kept], n.from[kept], n.upto[kept] = n.Runes[i], n.from[i], n.upto[i]
			kept, i = kept+1, i+1
			continue
		}
		end := i
		for end < len(n.Runes) && n.separator(end) {
			end++
		}
		if mark := n.mark(i, end, kept); mark != 0 {
			from, upto := n.from[i], n.upto[i]
			for j := i; j < end; j++ {
				from, upto = min(from, n.from[j]), max(upto, n.upto[j])
			}
			n.Runes[kept], n.from[kept], n.upto[kept] = mark, from, upto
			kept++
		}
		i = end
	}
	n.cut(kept)
}

// separator says that the rune at i is neither a letter, a digit, nor a sign that carries meaning.
func (n *Normal) separator(i int) bool {
	r := n.Runes[i]
	if wordRune(r) {
		return false
	}
	switch r {
	case '+', '%', '¥', '$', '@', '、', ':', '=', '“', '”', '"':
		return false
	case '.', '-', '/', '~', '–', '—': // 1.5, 1-3, 18:00, 3/5
		return !(i > 0 && i+1 < len(n.Runes) && digit(n.Runes[i-1]) && digit(n.Runes[i+1]))
	}
	return true
}

// mark chooses what stands for the separators [i,end); kept is how much has been written.
func (n *Normal) mark(i, end, kept int) rune {
	mark, dots := markSpace, 0
	rank := 0
	raise := func(m rune, k int) {
		if k > rank {
			mark, rank = m, k
		}
	}
	for _, r := range n.Runes[i:end] {
		switch r {
		case '?':
			raise(markAsk, 5)
		case '!':
			raise(markCry, 4)
		case '。', ';', '\n', '\r', 0x2028, 0x2029, 0x85:
			raise(markStop, 3)
		case ',':
			raise(markComma, 2)
		case '~', '〜', '∼':
			raise(markTilde, 1)
		case '.':
			if dots++; dots > 1 {
				raise(markTilde, 1)
			}
		}
	}
	if rank >= 2 {
		return mark
	}
	// A soft separator beside a lone character pulls a word apart (退.款, 加 V); between two words it parts them.
	left, right := n.runLeft(kept), n.runRight(end)
	if left == 0 || right == 0 {
		if rank == 0 {
			return 0
		}
		return mark
	}
	if kept > 0 && end < len(n.Runes) && digit(n.Runes[end]) {
		// A number begins a new word, unless it is itself pulled apart: 1 3 8.
		if digit(n.Runes[kept-1]) && left == 1 && right == 1 {
			return 0
		}
		return mark
	}
	if left == 1 || right == 1 {
		return 0
	}
	return mark
}

func (n *Normal) runLeft(kept int) int {
	length := 0
	for j := kept - 1; j >= 0 && length < 2 && runClass(n.Runes[j]) != 0 && runClass(n.Runes[j]) == runClass(n.Runes[kept-1]); j-- {
		length++
	}
	if length == 0 && kept > 0 {
		return 2
	}
	return length
}

func (n *Normal) runRight(at int) int {
	length := 0
	for j := at; j < len(n.Runes) && length < 2 && runClass(n.Runes[j]) != 0 && runClass(n.Runes[j]) == runClass(n.Runes[at]); j++ {
		length++
	}
	if length == 0 && at < len(n.Runes) {
		return 2
	}
	return length
}

func runClass(r rune) int {
	switch {
	case r >= 0x4e00 && r <= 0x9fff:
		return 1
	case digit(r):
		return 2
	case wordRune(r):
		return 3
	}
	return 0
}

func digit(r rune) bool { return r >= '0' && r <= '9' }

// wordRune says that the rune is a letter (Han included) or a digit.
func wordRune(r rune) bool {
	if r < 0x80 {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || digit(r)
	}
	return r >= 0x4e00 && r <= 0x9fff || unicode.IsLetter(r) || unicode.IsDigit(r)
}

// invisible says that the rune shows nothing: default-ignorables, fillers, controls and loose combining marks.
func invisible(r rune) bool {
	switch {
	case r == '\n' || r == '\r' || r == '\t':
		return false
	case r < 0x20 || r >= 0x7f && r < 0xa0 && r != 0x85:
		return true
	case r < 0xad:
		return false
	case r == 0x3164 || r == 0xffa0 || r == 0x115f || r == 0x1160 || r == 0x2800 || r == 0x17b4 || r == 0x17b5 || r == 0xfffd:
		return true
	case r >= 0xe0000 && r <= 0xe0fff:
		return true
	}
	return unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r) || unicode.Is(unicode.Variation_Selector, r) ||
		unicode.In(r, unicode.Cf, unicode.Mn, unicode.Me, unicode.Co, unicode.Cs)
}
