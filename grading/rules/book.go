package rules

import (
	"agentladder/course/pack"
	"agentladder/grading/discourse"
)

// Rule is one rule of the trade with its typed sub-rules.
type Rule struct {
	ID       string    `yaml:"id"`   // R11
	Name     string    `yaml:"name"` // OVERPROMISE
	Title    string    `yaml:"title"`
	Lesson   string    `yaml:"lesson"`
	Sources  []string  `yaml:"sources"`
	Version  int       `yaml:"-"` // of the document
	SubRules []SubRule `yaml:"sub_rules"`
}

// SubRule is one way to break a rule, with one severity.
type SubRule struct {
	ID         string              `yaml:"id"` // R11.outcome
	Title      string              `yaml:"title"`
	Severity   Severity            `yaml:"severity"`
	When       discourse.Condition `yaml:"when"`   // looked at in a single agent turn
	Unless     []Excuse            `yaml:"unless"` // any of these takes the violation away
	Why        string              `yaml:"why"`
	Better     []string            `yaml:"better"`
	Basis      []string            `yaml:"basis"`
	Hits       []string            `yaml:"hits"`        // replies that must break it
	NearMisses []string            `yaml:"near_misses"` // replies that look like it and must not
}

// Excuse is one reason why words that look like a violation are none. Exactly one of Same, Next, Fact is set.
type Excuse struct {
	Same string `yaml:"same_turn"` // a frame asserted in the same turn
	Next string `yaml:"next_turn"` // a frame asserted in a later agent turn before the buyer speaks again
	Fact string `yaml:"fact"`      // a fact on the card allows this name
}

// Book is a compiled set of rules. It is immutable and safe for concurrent use.
type Book struct {
	rules  []Rule
	byName map[string]int
	digest string
}

// Rules lists the rules by number.
func (b *Book) Rules() []Rule { return b.rules }

// Digest names the exact content of the book: SHA-256, hex.
func (b *Book) Digest() string { return b.digest }

// Find resolves a number (R11), a name (OVERPROMISE) or a sub-rule's id (R11.outcome) to its rule.
func (b *Book) Find(idOrName string) (Rule, bool) {
	i, ok := b.byName[idOrName]
	if !ok {
		return Rule{}, false
	}
	return b.rules[i], true
}

// file is the YAML form of a document of kind rules.
type file struct {
	Kind    pack.Kind `yaml:"kind"`
	ID      string    `yaml:"id"`
	Version int       `yaml:"version"`
	Title   string    `yaml:"title"`
	Rules   []Rule    `yaml:"rules"`
}
