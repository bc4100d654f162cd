package discourse

import "agentladder/course/pack"

// The YAML form of a lexicon document (kind: lexicon).
type document struct {
	Kind    pack.Kind          `yaml:"kind"`
	ID      string             `yaml:"id"`
	Version int                `yaml:"version"`
	Title   string             `yaml:"title"`
	Sources []string           `yaml:"sources"`
	Sets    map[string]wordSet `yaml:"sets"`
	Cues    cueLists           `yaml:"cues"`
	Frames  []frameEntry       `yaml:"frames"`
}

// wordSet is a named list of patterns that other patterns can refer to as <name>.
type wordSet struct {
	Say    []string `yaml:"say"`
	Except []string `yaml:"except"` // look-alikes: a match that overlaps one of these is none
}

// frameEntry is one thing that can be said.
type frameEntry struct {
	ID        string     `yaml:"id"`
	Means     string     `yaml:"means"`
	Side      string     `yaml:"side"`      // agent (default), buyer, both
	Say       []string   `yaml:"say"`       // patterns, each enough alone
	Together  []together `yaml:"together"`  // slots that must come together, in any order
	Except    []string   `yaml:"except"`    // look-alikes that mask
	Unless    []string   `yaml:"unless"`    // frames that, said in the same turn, take this one away
	Scope     string     `yaml:"scope"`     // bound (default): negation and quotation count; free: the words mean what they say
	Questions string     `yaml:"questions"` // keep (default) or drop: whether a question still says it
	Excludes  []string   `yaml:"excludes"`  // frames that the same words cannot also say
	Structure *structure `yaml:"structure"` // read from the form of the turn
}

// together is a combination of slots.
type together struct {
	Slots  []string `yaml:"slots"`  // patterns; each must be found
	Within string   `yaml:"within"` // clause (default), sentence, turn
	Span   int      `yaml:"span"`   // most runes from first to last; 0: no bound
}

// structure switches on what is read from form rather than words.
type structure struct {
	Short    int `yaml:"short"`    // the turn has at most n-1 characters of content (n=2: one character or none)
	Repeated int `yaml:"repeated"` // the side has sent the same text before, with at least n characters of content
}

// cueLists change how the words near them are meant.
type cueLists struct {
	Negation   []cue `yaml:"negation"`
	Breaks     []cue `yaml:"breaks"`          // end a negation's reach
	Prohibit   []cue `yaml:"prohibit_before"` // 平台不允许…
	Prohibited []cue `yaml:"prohibit_after"`  // …是平台禁止的
	Refute     []cue `yaml:"refute_next"`     // the next clause denies this one: …，我们没有这个
	Quote      []cue `yaml:"quote_before"`    // 您说的…
	AskAbout   []cue `yaml:"ask_about"`       // 您是想问…
	Question   []cue `yaml:"question"`        // make their clause a question
}

// cue is a list of patterns with how far they reach, in runes.
type cue struct {
	Say    []string `yaml:"say"`
	Except []string `yaml:"except"`
	Reach  int      `yaml:"reach"`
}

// Lexicon is compiled pack data that reads turns. It is immutable and safe for concurrent use.
type Lexicon struct {
	automaton *automaton
	atoms     []atom
	frames    []frame
	byID      map[string]int
	levels    int
	cues      compiledCues
	digest    string
}

type frame struct {
	id        string
	agent     bool
	buyer     bool
	atom      atomID
	entries   []string // entry ids by rule tag
	free      bool
	dropAsked bool
	unless    []int
	structure *structure
}

type compiledCues struct {
	negation, breaks, prohibit, prohibited, refute, quote, askAbout, question []compiledCue
}

type compiledCue struct {
	atom  atomID
	reach int
}

// Defines says whether the lexicon can ever signal the frame.
func (l *Lexicon) Defines(frame string) bool {
	_, ok := l.byID[frame]
	return ok
}

// Frames lists the ids that the lexicon can signal, in the order of the packs.
func (l *Lexicon) Frames() []string {
	ids := make([]string, len(l.frames))
	for i, f := range l.frames {
		ids[i] = f.id
	}
	return ids
}

// Digest names the exact content of the lexicon: SHA-256, hex.
func (l *Lexicon) Digest() string { return l.digest }
