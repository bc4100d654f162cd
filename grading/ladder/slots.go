package ladder

import "regexp"

// slotForm is a slot in a sentence, or a brace that makes none.
var slotForm = regexp.MustCompile(`\{([^{}]*)\}|[{}]`)

// Kinds are the kinds of requirements that this version knows.
var Kinds = []string{KindTenure, KindChaptersRead, KindQuizAtLeast, KindExamPart, KindCountedChats, KindMonthlyForm, KindNoSevereDays}

// kindSlots are the slots that the sentences of a kind may use.
var kindSlots = map[string][]string{
	KindTenure:       {"tier", "months", "granted", "since", "opens", "until", "days", "away", "left"},
	KindChaptersRead: {"asked", "read", "unread", "absent"},
	KindQuizAtLeast:  {"asked", "percent", "passed", "short", "absent"},
	KindExamPart:     {"percent"},
	KindCountedChats: {"n", "mean", "tier"},
	KindMonthlyForm:  {"percent"},
	KindNoSevereDays: {"window"},
}

// needed are the sentences that a kind can come to say. Kinds of which no facts are kept yet only say that there are none.
var needed = map[string][]string{
	KindTenure:       {"met", "open", "no_data", "nearer", "halted", "ends"},
	KindChaptersRead: {"met", "open", "nearer", "absent"},
	KindQuizAtLeast:  {"met", "open", "nearer", "absent"},
	KindExamPart:     {"no_data"},
	KindCountedChats: {"no_data"},
	KindMonthlyForm:  {"no_data"},
	KindNoSevereDays: {"no_data"},
}

// factIDs are the facts that clauses show.
var factIDs = []string{"granted", "since", "days", "away", "left", "opened", "read", "unread", "passed", "short", "absent", "basis"}

// sentence is one of the phrases with its field.
type sentence struct{ name, text string }

func (p Phrases) list() []sentence {
	return []sentence{{"met", p.Met}, {"open", p.Open}, {"no_data", p.NoData}, {"nearer", p.Nearer}, {"absent", p.Absent}, {"halted", p.Halted}, {"ends", p.Ends}}
}
