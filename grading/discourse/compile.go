package discourse

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"agentladder/course/pack"
)

// atomID names something that can be found at a place: a literal, a set, a frame.
type atomID int32

const (
	atomNumber atomID = iota
	atomLongNumber
	atomsBuiltIn
)

type atom struct {
	name    string
	level   int
	rules   [][]rule // by level of their target: rules whose first step is this atom
	mask    atomID   // matches that overlap a match of mask are none; 0 for none
	literal string   // the normal text, for literals
	frame   int      // index of a frame, or -1
	made    []rule   // while compiling: rules that produce this atom
}

// rule produces a match of target where its steps are found in order, or its slots together.
type rule struct {
	target atomID
	tag    int32 // which entry of the frame
	steps  []step
	slots  []atomID
	within uint8
	span   int
}

const (
	withinClause uint8 = iota
	withinSentence
	withinTurn
)

type compiler struct {
	atoms    []atom
	literals map[string]atomID
	sets     map[string]atomID
	filled   map[string]bool // sets declared by some document
	used     map[string]bool
	anon     map[string]atomID
	loop     string // name of the atom at which a circle was met
}

// Compile builds a lexicon from all documents of kind lexicon; other kinds are ignored. Sets are shared between
// the documents. The lexicon is usable only when the diagnostics have no errors.
func Compile(docs []pack.Document) (*Lexicon, pack.Diagnostics) {
	c := &compiler{
		atoms:    []atom{{name: "#", frame: -1}, {name: "##", frame: -1}},
		literals: map[string]atomID{}, sets: map[string]atomID{}, filled: map[string]bool{}, used: map[string]bool{}, anon: map[string]atomID{},
	}
	lex := &Lexicon{byID: map[string]int{}}
	var ds pack.Diagnostics
	var decoded []source
	sum := sha256.New()
	for _, doc := range pack.Of(docs, pack.KindLexicon) {
		var d document
		found := doc.Decode(&d)
		ds = append(ds, found...)
		if found.HasErrors() {
			continue
		}
		decoded = append(decoded, source{doc, d})
		fmt.Fprintf(sum, "%s %d %s\n", doc.ID, doc.Version, doc.Digest)
	}
	lex.digest = hex.EncodeToString(sum.Sum(nil))
	for _, s := range decoded {
		for _, name := range s.body.setNames() {
			if c.filled[name] {
				ds = append(ds, s.doc.Report("AL1006", fmt.Sprintf("set %s is declared twice", name), "keep one, or give one another name", "sets", name))
				continue
			}
			c.filled[name] = true
			c.sets[name] = c.add(name)
		}
	}
	for _, s := range decoded {
		ds = append(ds, c.compileSets(s)...)
		ds = append(ds, c.compileCues(s, &lex.cues)...)
	}
	for _, s := range decoded {
		ds = append(ds, c.compileFrames(s, lex)...)
	}
	for _, s := range decoded {
		ds = append(ds, c.link(s, lex)...)
	}
	ds = append(ds, c.crossCheck(decoded)...)
	if ds.HasErrors() {
		return lex, ds.Sorted()
	}
	lex.levels = c.level()
	if lex.levels < 0 {
		return lex, append(ds, c.circle(decoded)).Sorted()
	}
	c.index()
	var err error
	if lex.automaton, err = newAutomaton(c.atoms); err != nil {
		ds = append(ds, pack.Diagnostic{ID: "AL1010", Severity: pack.Error, Message: "the lexicon has no words: " + err.Error()})
	}
	lex.atoms = c.atoms
	return lex, ds.Sorted()
}

type source struct {
	doc  pack.Document
	body document
}

// setNames are sorted, so that the same pack always compiles to the same lexicon.
func (d document) setNames() []string { return slices.Sorted(maps.Keys(d.Sets)) }

func (c *compiler) add(name string) atomID {
	c.atoms = append(c.atoms, atom{name: name, frame: -1})
	return atomID(len(c.atoms) - 1)
}

// literal returns the atom of a text as it reads after normalising.
func (c *compiler) literal(text string) (atomID, error) {
	normal := Normalise(text).String()
	if strings.TrimSpace(normal) == "" {
		return 0, nothingError{text}
	}
	if id, ok := c.literals[normal]; ok {
		return id, nil
	}
	id := c.add(normal)
	c.atoms[id].literal = normal
	c.literals[normal] = id
	return id, nil
}

type nothingError struct{ text string }

func (e nothingError) Error() string {
	return fmt.Sprintf("%q is nothing once it is normalised", e.text)
}

type unknownSetError struct{ name string }

func (e unknownSetError) Error() string { return fmt.Sprintf("set %s is not declared", e.name) }

func (c *compiler) reference(name string) (atomID, error) {
	id, ok := c.sets[name]
	if !ok {
		return 0, unknownSetError{name}
	}
	c.used[name] = true
	return id, nil
}

func (c *compiler) anonymous(text string, choices []pattern) atomID {
	if id, ok := c.anon[text]; ok {
		return id
	}
	id := c.add(text)
	c.anon[text] = id
	for _, p := range choices {
		c.atoms[id].made = append(c.atoms[id].made, rule{target: id, steps: p.steps})
	}
	return id
}

// fill adds the patterns to an atom and reports those that cannot be read.
func (c *compiler) fill(s source, target atomID, say []string, path ...any) pack.Diagnostics {
	var ds pack.Diagnostics
	seen := map[string]bool{}
	for i, text := range say {
		at := append(slices.Clone(path), i)
		patterns, err := c.parse(text)
		if err != nil {
			id, message, fix := "AL1002", fmt.Sprintf("pattern %q cannot be read: %v", text, err), "see the pattern notation in the library's README"
			if unknown := (unknownSetError{}); errors.As(err, &unknown) {
				id, message, fix = "AL1001", unknown.Error(), "declare it under sets, or correct the name"
			} else if nothing := (nothingError{}); errors.As(err, &nothing) {
				id, message, fix = "AL1005", nothing.Error(), "write letters, digits or Han"
			}
			ds = append(ds, s.doc.Report(id, message, fix, at...))
			continue
		}
		key := text
		if !strings.ContainsAny(text, "<([…#^$") {
			key = Normalise(text).String()
		}
		if seen[key] {
			ds = append(ds, s.doc.Report("AL1004", fmt.Sprintf("%q stands here twice", text), "remove one", at...))
			continue
		}
		seen[key] = true
		for _, p := range patterns {
			c.atoms[target].made = append(c.atoms[target].made, rule{target: target, tag: int32(i), steps: p.steps})
		}
	}
	return ds
}

func (c *compiler) mask(s source, target atomID, except []string, path ...any) pack.Diagnostics {
	if len(except) == 0 {
		return nil
	}
	id := c.add(c.atoms[target].name + " except")
	c.atoms[target].mask = id
	return c.fill(s, id, except, path...)
}

func (c *compiler) compileSets(s source) pack.Diagnostics {
	var ds pack.Diagnostics
	for _, name := range s.body.setNames() {
		set, id := s.body.Sets[name], c.sets[name]
		if len(set.Say) == 0 {
			ds = append(ds, s.doc.Report("AL1003", fmt.Sprintf("set %s has no words", name), "add a phrase under say", "sets", name))
		}
		ds = append(ds, c.fill(s, id, set.Say, "sets", name, "say")...)
		ds = append(ds, c.mask(s, id, set.Except, "sets", name, "except")...)
	}
	return ds
}

func (c *compiler) compileCues(s source, out *compiledCues) pack.Diagnostics {
	var ds pack.Diagnostics
	for _, group := range []struct {
		name string
		cues []cue
		into *[]compiledCue
	}{
		{"negation", s.body.Cues.Negation, &out.negation},
		{"breaks", s.body.Cues.Breaks, &out.breaks},
		{"prohibit_before", s.body.Cues.Prohibit, &out.prohibit},
		{"prohibit_after", s.body.Cues.Prohibited, &out.prohibited},
		{"refute_next", s.body.Cues.Refute, &out.refute},
		{"quote_before", s.body.Cues.Quote, &out.quote},
		{"ask_about", s.body.Cues.AskAbout, &out.askAbout},
		{"question", s.body.Cues.Question, &out.question},
	} {
		for i, cue := range group.cues {
			id := c.add("cue " + group.name)
			if len(cue.Say) == 0 {
				ds = append(ds, s.doc.Report("AL1003", "a cue has no words", "add a phrase under say", "cues", group.name, i))
			}
			ds = append(ds, c.fill(s, id, cue.Say, "cues", group.name, i, "say")...)
			ds = append(ds, c.mask(s, id, cue.Except, "cues", group.name, i, "except")...)
			*group.into = append(*group.into, compiledCue{atom: id, reach: cue.Reach})
		}
	}
	return ds
}

func (c *compiler) compileFrames(s source, lex *Lexicon) pack.Diagnostics {
	var ds pack.Diagnostics
	for i, entry := range s.body.Frames {
		if _, dup := lex.byID[entry.ID]; dup {
			ds = append(ds, s.doc.Report("AL1006", fmt.Sprintf("frame %s is declared twice", entry.ID), "merge the two", "frames", i, "id"))
			continue
		}
		id := c.add("frame " + entry.ID)
		index := len(lex.frames)
		c.atoms[id].frame = index
		f := frame{id: entry.ID, atom: id, agent: entry.Side != "buyer", buyer: entry.Side == "buyer" || entry.Side == "both",
			free: entry.Scope == "free", dropAsked: entry.Questions == "drop", structure: entry.Structure}
		if len(entry.Say) == 0 && len(entry.Together) == 0 && entry.Structure == nil {
			ds = append(ds, s.doc.Report("AL1003", fmt.Sprintf("frame %s is never filled", entry.ID), "add a phrase under say, slots under together, or a structure", "frames", i))
		}
		for j := range entry.Say {
			f.entries = append(f.entries, fmt.Sprintf("%s/%s/%d", s.doc.ID, entry.ID, j+1))
		}
		ds = append(ds, c.fill(s, id, entry.Say, "frames", i, "say")...)
		for j, t := range entry.Together {
			tag := len(f.entries)
			f.entries = append(f.entries, fmt.Sprintf("%s/%s/%d", s.doc.ID, entry.ID, tag+1))
			r := rule{target: id, tag: int32(tag), span: t.Span}
			r.within = map[string]uint8{"sentence": withinSentence, "turn": withinTurn}[t.Within]
			for k, slot := range t.Slots {
				sub := c.add(fmt.Sprintf("slot %s/%d/%d", entry.ID, j, k))
				ds = append(ds, c.fill(s, sub, []string{slot}, "frames", i, "together", j, "slots")...)
				r.slots = append(r.slots, sub)
			}
			if len(r.slots) < 2 {
				ds = append(ds, s.doc.Report("AL1003", "fewer than two slots come together", "name at least two, or use say", "frames", i, "together", j))
				continue
			}
			c.atoms[id].made = append(c.atoms[id].made, r)
		}
		ds = append(ds, c.mask(s, id, entry.Except, "frames", i, "except")...)
		lex.byID[entry.ID] = index
		lex.frames = append(lex.frames, f)
	}
	return ds
}

// link resolves references between frames.
func (c *compiler) link(s source, lex *Lexicon) pack.Diagnostics {
	var ds pack.Diagnostics
	for i, entry := range s.body.Frames {
		self, ok := lex.byID[entry.ID]
		if !ok {
			continue
		}
		for _, list := range []struct {
			name string
			ids  []string
		}{{"unless", entry.Unless}, {"excludes", entry.Excludes}} {
			for j, id := range list.ids {
				other, ok := lex.byID[id]
				if !ok || other == self {
					ds = append(ds, s.doc.Report("AL1007", fmt.Sprintf("%s names frame %s, which no lexicon declares apart from this one", list.name, id), "correct the name", "frames", i, list.name, j))
					continue
				}
				if list.name == "unless" {
					lex.frames[self].unless = append(lex.frames[self].unless, other)
				}
			}
		}
	}
	return ds
}

// crossCheck finds contradictions between entries, and sets that nothing uses.
func (c *compiler) crossCheck(decoded []source) pack.Diagnostics {
	var ds pack.Diagnostics
	said := map[string]map[string]bool{} // frame → normal patterns
	for _, s := range decoded {
		for _, entry := range s.body.Frames {
			if said[entry.ID] == nil {
				said[entry.ID] = map[string]bool{}
			}
			for _, text := range entry.Say {
				said[entry.ID][Normalise(text).String()] = true
			}
		}
	}
	for _, s := range decoded {
		for i, entry := range s.body.Frames {
			for j, text := range entry.Say {
				for _, other := range entry.Excludes {
					if said[other][Normalise(text).String()] {
						ds = append(ds, s.doc.Report("AL1008", fmt.Sprintf("%q says both %s and %s, which exclude each other", text, entry.ID, other), "keep it in one of them", "frames", i, "say", j))
					}
				}
			}
		}
		for _, name := range s.body.setNames() {
			if !c.used[name] {
				ds = append(ds, s.doc.Warn("AL1011", fmt.Sprintf("set %s is never used", name), "refer to it as <"+name+">, or remove it", "sets", name))
			}
		}
	}
	return ds
}
