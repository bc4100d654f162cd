// Package rules decides which rules of the trade a chat breaks, and shows the words that break them.
//
// Rules are pack data: typed sub-rules with one severity each, judged against the shop fact card and the
// conversation. What the fact card does not say is unknown, and unknown is never a violation.
package rules

import "agentladder/grading/discourse"

// Severity of a sub-rule.
type Severity string

// Severities. Their deductions are rubric data.
const (
	Fatal  Severity = "FATAL"
	Severe Severity = "SEVERE"
	Medium Severity = "MEDIUM"
	Minor  Severity = "MINOR"
)

// Fact is one line of the shop fact card. Allows names sub-rules or frames that this fact makes true
// (e.g. a real activity that ends tonight allows an urgency frame).
type Fact struct {
	ID     string   `yaml:"id" json:"id"`
	Label  string   `yaml:"label" json:"label"`
	Value  string   `yaml:"value" json:"value"`
	Allows []string `yaml:"allows,omitempty" json:"-"`
}

// Case is what rules are judged on.
type Case struct {
	Stage    string // pre, in, after; empty when unknown
	Platform string // id in the platform pack; empty when unknown
	Chat     discourse.Chat
	Facts    []Fact
}

// Violation is one broken sub-rule at one place.
type Violation struct {
	Rule        string             `json:"rule"`    // R11
	SubRule     string             `json:"subRule"` // R11.outcome
	Name        string             `json:"name"`    // OVERPROMISE
	Title       string             `json:"title"`
	Version     int                `json:"version"`
	Severity    Severity           `json:"severity"`
	Why         string             `json:"why"`
	Better      []string           `json:"better"`
	Basis       []string           `json:"basis"` // clause of law or platform rule
	Consequence string             `json:"consequence,omitempty"`
	Lesson      string             `json:"lesson,omitempty"` // lesson id
	Evidence    discourse.Evidence `json:"evidence"`
}
