// Package bundle decides which pieces of content belong together: it compiles lexicons, rules, rubric, platforms,
// scenarios and lessons into one immutable whole, or says everything that is wrong with them at once.
package bundle

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"agentladder/course/lesson"
	"agentladder/course/pack"
	"agentladder/exam/scenario"
	"agentladder/grading/discourse"
)

// Bundle is content that was checked as a whole. It never changes and is safe for concurrent use.
type Bundle struct {
	lexicon   *discourse.Lexicon
	scenarios []*scenario.Scenario // easiest first
	lessons   map[string]lesson.Lesson
	docs      []pack.Document
	digest    string
}

// Scenario finds a scenario by id.
func (b *Bundle) Scenario(id string) (*scenario.Scenario, bool) {
	i := slices.IndexFunc(b.scenarios, func(s *scenario.Scenario) bool { return s.ID == id })
	if i < 0 {
		return nil, false
	}
	return b.scenarios[i], true
}

// Scenarios lists all scenarios, easiest first, then by id.
func (b *Bundle) Scenarios() []*scenario.Scenario { return slices.Clone(b.scenarios) }

// Lesson finds a lesson by id.
func (b *Bundle) Lesson(id string) (lesson.Lesson, bool) {
	l, ok := b.lessons[id]
	return l, ok
}

// Lexicon reads chats with the bundle's words.
func (b *Bundle) Lexicon() *discourse.Lexicon { return b.lexicon }

// Digest names the exact content of the bundle: SHA-256 over kind, id, version and digest of every document, hex.
func (b *Bundle) Digest() string { return b.digest }

func digestOf(docs []pack.Document) string {
	lines := make([]string, len(docs))
	for i, d := range docs {
		lines[i] = string(d.Kind) + "\x00" + d.ID + "\x00" + d.Digest + "\n"
	}
	slices.Sort(lines)
	h := sha256.New()
	for _, l := range lines {
		h.Write([]byte(l))
	}
	return hex.EncodeToString(h.Sum(nil))
}
