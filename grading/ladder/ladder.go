// Package ladder decides where a person stands between the tiers of the trade, and says why: clause by clause what the
// next tier asks, what the records show, and what would bring it nearer.
//
// Tiers, figures and sentences are data of a pack; this package only counts. Time is a hard gate: no score shortens it.
package ladder

import (
	"slices"

	"agentladder/course/pack"
)

// Ladder is one ladder document, checked. It never changes and is safe for concurrent use.
type Ladder struct {
	ID      string          `yaml:"id"`
	Version int             `yaml:"version"`
	Title   string          `yaml:"title"`
	Sources []string        `yaml:"sources"` // of the tiers themselves
	Rehire  RehireRule      `yaml:"rehire"`
	Tiers   []Tier          `yaml:"tiers"` // from the lowest
	Wording Wording         `yaml:"wording"`
	Facts   map[string]Form `yaml:"facts"` // how each fact is shown

	doc     pack.Document
	shelved map[string]chapter // chapters of the installed curricula
}

// RehireRule is Rehire with its source.
type RehireRule struct {
	Rehire  `yaml:",inline"`
	Basis   string   `yaml:"basis"`
	Sources []string `yaml:"sources"`
}

// Tier is one rung.
type Tier struct {
	ID       string        `yaml:"id"`
	Title    string        `yaml:"title"`
	Requires []Requirement `yaml:"requires"` // nothing for the lowest
}

// Requirement kinds.
const (
	KindTenure       = "tenure"
	KindChaptersRead = "chapters_read"
	KindQuizAtLeast  = "quiz_at_least"
	KindExamPart     = "exam_part"
	KindCountedChats = "counted_chats"
	KindMonthlyForm  = "monthly_form"
	KindNoSevereDays = "no_severe_days"
)

// Requirement is one clause. Which of the fields below Sources it has depends on its kind.
type Requirement struct {
	ID      string   `yaml:"id"`
	Kind    string   `yaml:"kind"`
	Title   string   `yaml:"title"`
	Basis   string   `yaml:"basis"` // where the figures come from, for the person who asks
	Sources []string `yaml:"sources"`

	In       string   `yaml:"in"`       // tenure: in the tier right below
	Months   int      `yaml:"months"`   // tenure: calendar months
	Chapters []string `yaml:"chapters"` // chapters_read, quiz_at_least
	Percent  int      `yaml:"percent"`  // quiz_at_least: in each chapter; exam_part, monthly_form: at least
	Part     string   `yaml:"part"`     // exam_part, monthly_form
	N        int      `yaml:"n"`        // counted_chats: how many at least
	Tier     string   `yaml:"tier"`     // counted_chats: of which tier
	Mean     int      `yaml:"mean"`     // counted_chats: mean of the totals at least, of 100
	Days     int      `yaml:"days"`     // no_severe_days: how long back
}

// Wording is the sentences of each kind of requirement, with slots in braces.
type Wording struct {
	ListSeparator string `yaml:"list_separator"`
	Chapter       string `yaml:"chapter"` // how a chapter is named: {id}, {title}
	Scored        string `yaml:"scored"`  // a chapter with a result: {chapter}, {best}

	Tenure       Phrases `yaml:"tenure"`
	ChaptersRead Phrases `yaml:"chapters_read"`
	QuizAtLeast  Phrases `yaml:"quiz_at_least"`
	ExamPart     Phrases `yaml:"exam_part"`
	CountedChats Phrases `yaml:"counted_chats"`
	MonthlyForm  Phrases `yaml:"monthly_form"`
	NoSevereDays Phrases `yaml:"no_severe_days"`
}

// Phrases say how a clause stands.
type Phrases struct {
	Met    string `yaml:"met"`
	Open   string `yaml:"open"`
	NoData string `yaml:"no_data"`
	Nearer string `yaml:"nearer"` // what would bring it nearer, while it is open
	Absent string `yaml:"absent"` // no data because chapters are not on the shelf
	Halted string `yaml:"halted"` // tenure: employment has ended before the gate
	Ends   string `yaml:"ends"`   // tenure: employment will end before the gate
}

// Form is how a fact is shown: a label, and the value in the slot {value}.
type Form struct {
	Label string `yaml:"label"`
	Value string `yaml:"value"`
}

// Document is the document that the ladder was read from.
func (l *Ladder) Document() pack.Document { return l.doc }

// Index is the rung of a tier from 0, or -1 for a tier that the ladder does not have.
func (l *Ladder) Index(tier string) int {
	return slices.IndexFunc(l.Tiers, func(t Tier) bool { return t.ID == tier })
}

// phrases are the sentences of a kind; none for an unknown one.
func (w Wording) phrases(kind string) Phrases {
	switch kind {
	case KindTenure:
		return w.Tenure
	case KindChaptersRead:
		return w.ChaptersRead
	case KindQuizAtLeast:
		return w.QuizAtLeast
	case KindExamPart:
		return w.ExamPart
	case KindCountedChats:
		return w.CountedChats
	case KindMonthlyForm:
		return w.MonthlyForm
	case KindNoSevereDays:
		return w.NoSevereDays
	}
	return Phrases{}
}

// chapter is what a ladder needs to know of a chapter in a curriculum.
type chapter struct {
	title  string
	lesson Lesson // the first one
	quiz   bool
}
