package discourse

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A pattern is how an author writes what may be said:
//
//	我帮您查             the words themselves
//	(我|我们)            one of
//	[马上|立刻]          one of, or nothing; (马上|立刻)? and <courier>? are the same
//	<courier>           anything in the set courier
//	…  …4               up to 8 (or 4) characters in between, within the clause
//	……                  up to 24 characters in between, within the sentence
//	#  ##               a number; a run of six or more digits
//	^ $  ^^ $$          start and end of the clause; of the whole message
type pattern struct {
	steps []step
}

type stepKind uint8

const (
	stepAtom stepKind = iota
	stepGap
	stepClauseStart
	stepClauseEnd
	stepTurnStart
	stepTurnEnd
)

type step struct {
	kind stepKind
	atom atomID // stepAtom
	gap  int    // stepGap: most runes in between
	wide bool   // stepGap: may cross clauses of the sentence
}

const (
	gapDefault  = 8
	gapSentence = 24
	// expansionLimit bounds what optional parts can multiply one pattern into.
	expansionLimit = 64
)

// parser reads one pattern against the atoms of a compiler.
type parser struct {
	c    *compiler
	text []rune
	at   int
}

// parse reads a pattern; optional parts are expanded, so one text may give several patterns.
func (c *compiler) parse(text string) ([]pattern, error) {
	p := &parser{c: c, text: []rune(text)}
	out, err := p.sequence("")
	if err != nil {
		return nil, err
	}
	if p.at < len(p.text) {
		return nil, fmt.Errorf("%q closes nothing", p.text[p.at])
	}
	var kept []pattern
	for _, one := range out {
		first := slices.IndexFunc(one.steps, func(s step) bool { return s.kind == stepAtom })
		if first < 0 {
			return nil, fmt.Errorf("nothing is left to match")
		}
		one.steps = tidy(one.steps)
		kept = append(kept, one)
	}
	return kept, nil
}

// tidy joins gaps that meet where an optional part was left out, and drops gaps at the edges.
func tidy(steps []step) []step {
	var out []step
	for i, s := range steps {
		if s.kind != stepGap {
			out = append(out, s)
			continue
		}
		last := len(out) - 1
		if last >= 0 && out[last].kind == stepGap {
			out[last].gap += s.gap
			out[last].wide = out[last].wide || s.wide
			continue
		}
		if last < 0 || out[last].kind != stepAtom || !slices.ContainsFunc(steps[i:], func(s step) bool { return s.kind == stepAtom }) {
			continue
		}
		out = append(out, s)
	}
	return out
}

// sequence reads until one of the closing runes or the end.
func (p *parser) sequence(closing string) ([]pattern, error) {
	out := []pattern{{}}
	each := func(s step) {
		for i := range out {
			out[i].steps = append(slices.Clip(out[i].steps), s)
		}
	}
	var literal []rune
	flush := func() error {
		if len(literal) == 0 {
			return nil
		}
		atom, err := p.c.literal(string(literal))
		literal = literal[:0]
		if err != nil {
			return err
		}
		each(step{kind: stepAtom, atom: atom})
		return nil
	}
	for p.at < len(p.text) {
		r := p.text[p.at]
		if strings.ContainsRune(closing, r) {
			break
		}
		if !strings.ContainsRune("<([…#^$)]>|", r) {
			literal = append(literal, r)
			p.at++
			continue
		}
		if err := flush(); err != nil {
			return nil, err
		}
		p.at++
		switch r {
		case '<':
			end := slices.Index(p.text[p.at:], '>')
			if end < 0 {
				return nil, fmt.Errorf("< without >")
			}
			name := string(p.text[p.at : p.at+end])
			p.at += end + 1
			atom, err := p.c.reference(name)
			if err != nil {
				return nil, err
			}
			if err := p.part(&out, atom, false); err != nil {
				return nil, err
			}
		case '(', '[':
			start := p.at
			choices, err := p.choices(map[rune]string{'(': ")", '[': "]"}[r])
			if err != nil {
				return nil, err
			}
			atom := p.c.anonymous("("+string(p.text[start:p.at-1])+")", choices)
			if err := p.part(&out, atom, r == '['); err != nil {
				return nil, err
			}
		case '…':
			s := step{kind: stepGap, gap: gapDefault}
			if p.at < len(p.text) && p.text[p.at] == '…' {
				s.gap, s.wide = gapSentence, true
				p.at++
			}
			digits := p.at
			for p.at < len(p.text) && digit(p.text[p.at]) {
				p.at++
			}
			if p.at > digits {
				n, err := strconv.Atoi(string(p.text[digits:p.at]))
				if err != nil || n > 200 {
					return nil, fmt.Errorf("a gap is at most 200 characters")
				}
				s.gap = n
			}
			each(s)
		case '#':
			atom := atomNumber
			if p.at < len(p.text) && p.text[p.at] == '#' {
				atom = atomLongNumber
				p.at++
			}
			each(step{kind: stepAtom, atom: atom})
		case '^', '$':
			kind := map[rune]stepKind{'^': stepClauseStart, '$': stepClauseEnd}[r]
			if p.at < len(p.text) && p.text[p.at] == r {
				kind += stepTurnStart - stepClauseStart
				p.at++
			}
			each(step{kind: kind})
		default:
			return nil, fmt.Errorf("%q stands alone", r)
		}
	}
	if err := flush(); err != nil {
		return nil, err
	}
	return out, nil
}

// part appends an atom to every reading so far, and keeps the readings without it where it is optional.
func (p *parser) part(out *[]pattern, atom atomID, optional bool) error {
	if !optional && p.at < len(p.text) && p.text[p.at] == '?' {
		optional = true
		p.at++
	}
	without := slices.Clone(*out)
	for i := range *out {
		(*out)[i].steps = append(slices.Clip((*out)[i].steps), step{kind: stepAtom, atom: atom})
	}
	if optional {
		*out = append(*out, without...)
	}
	if len(*out) > expansionLimit {
		return fmt.Errorf("more than %d readings: too many optional parts", expansionLimit)
	}
	return nil
}

func (p *parser) choices(closing string) ([]pattern, error) {
	var all []pattern
	for {
		some, err := p.sequence("|" + closing)
		if err != nil {
			return nil, err
		}
		for _, one := range some {
			if len(one.steps) == 0 {
				return nil, fmt.Errorf("an empty choice; write [..] for what may be missing")
			}
		}
		all = append(all, some...)
		if p.at >= len(p.text) {
			return nil, fmt.Errorf("missing %s", closing)
		}
		end := string(p.text[p.at]) == closing
		p.at++
		if end {
			return all, nil
		}
	}
}
