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
	"agentladder/grading/rubric"
	"agentladder/grading/rules"
	"agentladder/grading/score"
)

// Bundle is content that was checked as a whole. It never changes and is safe for concurrent use.
type Bundle struct {
	lexicon   *discourse.Lexicon
	book      *rules.Book
	rubric    *rubric.Rubric
	platforms *rubric.Platforms
	engine    *score.Engine
	scenarios []*scenario.Scenario // easiest first
	lessons   map[string]lesson.Lesson
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

// Engine grades chats with the bundle's content.
func (b *Bundle) Engine() *score.Engine { return b.engine }

// Rules lists the rules of the bundle by number.
func (b *Bundle) Rules() []rules.Rule { return b.book.Rules() }

// ReplyTarget is how many seconds a buyer should wait at most on a platform; 0 when that is not known.
func (b *Bundle) ReplyTarget(platform string) int { return b.platforms.Target(platform) }

// PlatformName is a platform's name for readers, or its id when it has none.
func (b *Bundle) PlatformName(id string) string {
	if p, ok := b.platforms.Platform(id); ok {
		return p.Name
	}
	return id
}

// Digests names the exact content that a chat on a scenario is graded with. An unknown or empty id gives no scenario.
func (b *Bundle) Digests(scenarioID string) map[string]string {
	out := map[string]string{"lexicon": b.lexicon.Digest(), "rules": b.book.Digest(), "rubric": b.rubric.Digest(), "platform": b.platforms.Digest()}
	if sc, ok := b.Scenario(scenarioID); ok {
		out["scenario"] = sc.Digest
	}
	return out
}

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
