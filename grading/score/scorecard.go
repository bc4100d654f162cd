// Package score turns what was found in a chat into a scorecard whose lines add up to its total.
//
// Points are integer milli-points (1000 = one point); there is no floating point in a score.
// A scorecard is a pure function of transcript, times, task and the digests of the content it was graded with.
package score

import (
	"agentladder/grading/discourse"
	"agentladder/grading/rules"
)

// Milli is a number of milli-points.
type Milli = int

// EngineRevision changes whenever the same chat and content could give another scorecard.
const EngineRevision = 1

// PartID names one of the four parts of a score.
type PartID string

// The four parts.
const (
	Attitude   PartID = "attitude"
	RulesPart  PartID = "rules"
	Resolution PartID = "resolution"
	Timeliness PartID = "timeliness"
	TotalPart  PartID = "total" // for lines that cap or clamp the total itself
)

// LineKind says what a line of the scorecard does.
type LineKind string

// Kinds of lines. Cap, Zero and Clamp are the explicit lines that keep the sum true.
const (
	Base  LineKind = "base"
	Gain  LineKind = "gain"
	Loss  LineKind = "loss"
	Cap   LineKind = "cap"
	Zero  LineKind = "zero"
	Clamp LineKind = "clamp"
)

// Scorecard is the result of grading one chat. Slices are never nil.
type Scorecard struct {
	Engine     int               `json:"engine"`
	Total      Milli             `json:"total"` // 0..100000, the sum of Lines
	PassLine   Milli             `json:"passLine"`
	Passed     bool              `json:"passed"`
	Parts      []Part            `json:"parts"`
	Criteria   []Criterion       `json:"criteria"`
	Violations []rules.Violation `json:"violations"`
	Lines      []Line            `json:"lines"`
	Strengths  []Strength        `json:"strengths"`
	NextSteps  []NextStep        `json:"nextSteps"` // at most three
	AutoFails  []AutoFail        `json:"autoFails"`
	Replies    ReplyTimes        `json:"replies"`
	Digests    map[string]string `json:"digests"`
}

// Part is one of the four parts.
type Part struct {
	ID      PartID `json:"id"`
	Title   string `json:"title"`
	Weight  Milli  `json:"weight"` // of the total after renormalising; 0 when it does not apply
	Applies bool   `json:"applies"`
	Score   Milli  `json:"score"`  // 0..100000 within the part
	Points  Milli  `json:"points"` // what the part adds before caps
	Reason  string `json:"reason,omitempty"`
}

// Criterion is the judgement on one attitude criterion.
type Criterion struct {
	ID       string               `json:"id"` // A3
	Title    string               `json:"title"`
	Weight   Milli                `json:"weight"`
	Applies  bool                 `json:"applies"`
	Level    int                  `json:"level"` // 0 absent or bad, 1 weak, 2 ok, 3 good
	Why      string               `json:"why,omitempty"`
	Better   string               `json:"better,omitempty"`
	Lesson   string               `json:"lesson,omitempty"`
	Evidence []discourse.Evidence `json:"evidence"`
}

// Line is one entry of the account. The points of all lines sum to the total.
type Line struct {
	ID       string               `json:"id"`
	Kind     LineKind             `json:"kind"`
	Part     PartID               `json:"part"`
	Ref      string               `json:"ref"` // criterion, sub-rule, step or cap
	Title    string               `json:"title"`
	Points   Milli                `json:"points"`
	Why      string               `json:"why,omitempty"`
	Better   string               `json:"better,omitempty"`
	Lesson   string               `json:"lesson,omitempty"`
	Evidence []discourse.Evidence `json:"evidence"`
}

// Strength is something done well, with the words.
type Strength struct {
	Ref      string             `json:"ref"`
	Title    string             `json:"title"`
	Evidence discourse.Evidence `json:"evidence"`
}

// NextStep is one thing to practise next.
type NextStep struct {
	Ref    string `json:"ref"`
	Title  string `json:"title"`
	Advice string `json:"advice"`
	Lesson string `json:"lesson,omitempty"`
}

// AutoFail is a condition that fails the chat whatever its total.
type AutoFail struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

// ReplyTimes are whole seconds on the server's clock. Count 0 means that no reply could be timed.
type ReplyTimes struct {
	Count          int `json:"count"`
	FirstSeconds   int `json:"firstSeconds,omitempty"`
	AverageSeconds int `json:"averageSeconds,omitempty"`
	LongestSeconds int `json:"longestSeconds,omitempty"`
	TargetSeconds  int `json:"targetSeconds,omitempty"`
	WithinTarget   int `json:"withinTarget,omitempty"` // how many of Count
}

// Task is what the chat was about: the steps of the ideal path and whether the buyer's problem was solved.
// A nil task means that resolution is not applicable.
type Task struct {
	Steps  []Step
	Solved Milli // 0..100000: how far the end state meets the success conditions
	Left   bool  // the buyer gave up and went
}

// Step is one step of the ideal path.
type Step struct {
	ID     string              `yaml:"id"`
	Title  string              `yaml:"title"`
	Weight int                 `yaml:"weight"`
	When   discourse.Condition `yaml:"when"`
	Lesson string              `yaml:"lesson,omitempty"`
	Advice string              `yaml:"advice,omitempty"` // said when the step was missed
}
