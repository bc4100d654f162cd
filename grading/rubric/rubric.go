// Package rubric decides what a good chat is worth: which criteria are judged and when they are due, what a broken
// rule costs, which findings cap a score or fail a chat, and what the selling platforms are known to do about it.
//
// All of it is pack data. The package decodes and checks the data; package score applies it.
package rubric

import (
	"agentladder/course/pack"
	"agentladder/grading/discourse"
	"agentladder/grading/rules"
)

// The parts every rubric has, in the order of a scorecard.
const (
	Attitude   = "attitude"
	RulesPart  = "rules"
	Resolution = "resolution"
	Timeliness = "timeliness"
)

// TopLevel is the best level of a criterion; 0 is the worst.
const TopLevel = 3

// Rubric is one published version of a scoring standard. It never changes; a new version appears.
type Rubric struct {
	ID       string   `yaml:"id"`
	Version  int      `yaml:"version"`
	Title    string   `yaml:"title"`
	Sources  []string `yaml:"sources"`
	PassLine int      `yaml:"pass_line"` // points

	Parts         []Part      `yaml:"parts"`
	LevelPercent  []int       `yaml:"level_percent"` // share of a criterion's points at level 0, 1, 2, 3
	Severities    []Severity  `yaml:"severities"`
	RepeatPercent int         `yaml:"repeat_percent"` // of the deduction, for each further turn with the same sub-rule
	Discount      Discount    `yaml:"discount"`
	Criteria      []Criterion `yaml:"criteria"`
	Caps          []Cap       `yaml:"caps"`
	AutoFails     []AutoFail  `yaml:"auto_fails"`
	Coach         Coach       `yaml:"coach"`
	Texts         Texts       `yaml:"texts"`

	doc pack.Document
}

// Part is one of the four parts with its share of the total.
type Part struct {
	ID            string `yaml:"id"`
	Title         string `yaml:"title"`
	Weight        int    `yaml:"weight"`         // points; all parts sum to 100
	NotApplicable string `yaml:"not_applicable"` // why it was not measured
	StepsPercent  int    `yaml:"steps_percent"`  // resolution: share of the ideal steps; the rest is for the solved problem
	NoneAt        int    `yaml:"none_at"`        // timeliness: a wait of this many targets earns nothing
}

// Severity is what one broken sub-rule costs.
type Severity struct {
	ID     rules.Severity `yaml:"id"`
	Deduct int            `yaml:"deduct"` // points of the 100 with which the rules part starts
}

// Discount says which words of the agent earn nothing: a dump of phrases, a text sent before, the buyer's own words.
// Frames in Keep are faults and count all the same.
type Discount struct {
	Keep         []string `yaml:"keep"`
	DumpFrames   int      `yaml:"dump_frames"`   // a message with this many different frames is a dump …
	DumpShortest int      `yaml:"dump_shortest"` // … when its pieces between marks are on average shorter than this, in letters …
	DumpLongest  int      `yaml:"dump_longest"`  // … or one piece is longer than this
	EchoRunes    int      `yaml:"echo_runes"`    // a buyer's line this long, sent back unchanged, is an echo
}

// Criterion is one question about the agent's attitude.
type Criterion struct {
	ID         string               `yaml:"id"` // A3
	Title      string               `yaml:"title"`
	Definition string               `yaml:"definition"`
	Weight     int                  `yaml:"weight"` // points of 100 within attitude
	Lesson     string               `yaml:"lesson"`
	Sources    []string             `yaml:"sources"`
	Due        *discourse.Condition `yaml:"due"` // nil: always
	WhyNotDue  string               `yaml:"why_not_due"`
	Levels     []Level              `yaml:"levels"` // best first; the first whose condition holds is the level
	None       Level                `yaml:"none"`   // what is said at level 0
	Caps       []LevelCap           `yaml:"caps"`
}

// Level is one level of a criterion and what a coach says about it.
type Level struct {
	Level  int                 `yaml:"level"`
	When   discourse.Condition `yaml:"when"`
	Spread Spread              `yaml:"spread"`
	Why    string              `yaml:"why"`
	Better string              `yaml:"better"`
	Advice string              `yaml:"advice"`
}

// Spread asks that a level is kept up and not touched once: in this share of the agent's replies one of the frames
// is asserted. Messages sent in a row are one reply. The zero value asks nothing.
type Spread struct {
	Frames  []string `yaml:"frames"`
	Percent int      `yaml:"percent"`
}

// LevelCap holds a criterion down when a fault was heard.
type LevelCap struct {
	When   discourse.Condition `yaml:"when"`
	Level  int                 `yaml:"level"`
	Why    string              `yaml:"why"`
	Better string              `yaml:"better"`
}

// Trigger is a typed condition over the violations and the chat. Exactly one of its fields is set
// (AtLeast goes with Severity, Rule and SubRule and counts turns).
type Trigger struct {
	Severity       rules.Severity       `yaml:"severity"`
	Rule           string               `yaml:"rule"`
	SubRule        string               `yaml:"sub_rule"`
	AtLeast        int                  `yaml:"at_least"`
	DistinctSevere int                  `yaml:"distinct_severe"` // different SEVERE sub-rules
	Chat           *discourse.Condition `yaml:"chat"`
	Silent         bool                 `yaml:"silent"`     // the agent never said anything with content
	BuyerLeft      bool                 `yaml:"buyer_left"` // the buyer of a scenario gave up and went
	UnansweredEnd  *UnansweredEnd       `yaml:"unanswered_end"`
}

// UnansweredEnd holds when the chat ends on this many buyer lines that nobody answered.
// Lines that assert a frame in Except (a thank-you, a goodbye) need no answer.
type UnansweredEnd struct {
	Turns  int      `yaml:"turns"`
	Except []string `yaml:"except"`
}

// Cap is an explicit line that limits the total or takes back what criteria earned.
type Cap struct {
	ID     string   `yaml:"id"`
	Title  string   `yaml:"title"`
	Why    string   `yaml:"why"`
	Better string   `yaml:"better"`
	Lesson string   `yaml:"lesson"`
	When   Trigger  `yaml:"when"`
	Total  *int     `yaml:"total"` // points
	Keep   int      `yaml:"keep"`  // percent of what lies above Total that stays, so that order survives the cap
	Zero   []string `yaml:"zero"`  // criteria
}

// AutoFail fails a chat whatever its total.
type AutoFail struct {
	ID    string  `yaml:"id"`
	Title string  `yaml:"title"`
	When  Trigger `yaml:"when"`
}

// Coach is what is said about a single turn in practice.
type Coach struct {
	Most   int         `yaml:"most"` // notes of each kind
	Landed []CoachNote `yaml:"landed"`
	Cost   []CoachNote `yaml:"cost"`
	Missed []CoachMiss `yaml:"missed"`
}

// CoachNote is said when a turn asserts the frame.
type CoachNote struct {
	Signal    string `yaml:"signal"`
	Criterion string `yaml:"criterion"`
	Title     string `yaml:"title"`
	Why       string `yaml:"why"`
	Better    string `yaml:"better"`
}

// CoachMiss is said when the buyer asserted one of After since the agent last spoke and the turn asserts none of Unless.
type CoachMiss struct {
	After     []string `yaml:"after"`
	Unless    []string `yaml:"unless"`
	Criterion string   `yaml:"criterion"`
	Title     string   `yaml:"title"`
	Why       string   `yaml:"why"`
	Better    string   `yaml:"better"`
}

// Texts are the sentences of the scorecard's own lines. Names in braces are filled in.
type Texts struct {
	RulesBase    string `yaml:"rules_base"`
	RulesClamp   string `yaml:"rules_clamp"`
	Repeated     string `yaml:"repeated"`
	Say          string `yaml:"say"`
	Solved       string `yaml:"solved"`
	SolvedWhy    string `yaml:"solved_why"`
	UnsolvedWhy  string `yaml:"unsolved_why"`
	UnsolvedTip  string `yaml:"unsolved_tip"`
	StepMissed   string `yaml:"step_missed"`
	Replies      string `yaml:"replies"`
	RepliesWhy   string `yaml:"replies_why"`
	RepliesTip   string `yaml:"replies_tip"`
	ReplyLesson  string `yaml:"reply_lesson"`
	ZeroTitle    string `yaml:"zero_title"`
	Silent       string `yaml:"silent"`
	SilentAdvice string `yaml:"silent_advice"`
}

// Digest identifies the rubric's bytes.
func (r *Rubric) Digest() string { return r.doc.Digest }

// Part returns a part by id. The zero part has weight 0.
func (r *Rubric) Part(id string) Part {
	for _, p := range r.Parts {
		if p.ID == id {
			return p
		}
	}
	return Part{ID: id}
}

// Criterion returns a criterion by id.
func (r *Rubric) Criterion(id string) (Criterion, bool) {
	for _, c := range r.Criteria {
		if c.ID == id {
			return c, true
		}
	}
	return Criterion{}, false
}

// Deduction is what a severity costs, in points of the 100 of the rules part.
func (r *Rubric) Deduction(s rules.Severity) int {
	for _, x := range r.Severities {
		if x.ID == s {
			return x.Deduct
		}
	}
	return 0
}
