// Package quiz decides what an attempt at a chapter's quiz asks, what of it may be shown before it is handed in, and
// how many of the answers are right.
package quiz

import (
	"slices"

	"agentladder/course/pack"
)

// Kind says how a question is answered.
type Kind string

// The kinds of questions.
const (
	Single   Kind = "single"   // one option is right
	Multiple Kind = "multiple" // exactly the set of right options counts
	Judge    Kind = "judge"    // two options: true and false
)

// Question is one question with its answer. It must not leave the house before the attempt was handed in; Public is
// what may.
type Question struct {
	ID          string   `yaml:"id"`
	Kind        Kind     `yaml:"kind"`
	Prompt      string   `yaml:"prompt"`
	Options     []Option `yaml:"options"`
	Explanation string   `yaml:"explanation"`
	Lesson      string   `yaml:"lesson"`
	Objective   int      `yaml:"objective"`  // of the lesson, from 1
	Difficulty  int      `yaml:"difficulty"` // 1 to 5
	Sources     []string `yaml:"sources"`    // source marks of the pack
}

// Option is one thing that can be chosen.
type Option struct {
	Text  string `yaml:"text"`
	Right bool   `yaml:"right"`
}

// Bank is all questions of a chapter.
type Bank struct {
	Chapter   string     `yaml:"chapter"`
	Questions []Question `yaml:"questions"`
}

// find returns a question by id.
func (b Bank) find(id string) (Question, bool) {
	i := slices.IndexFunc(b.Questions, func(q Question) bool { return q.ID == id })
	if i < 0 {
		return Question{}, false
	}
	return b.Questions[i], true
}

// file is a Bank with the header, which the bank itself does not repeat.
type file struct {
	Kind    string `yaml:"kind"`
	ID      string `yaml:"id"`
	Version int    `yaml:"version"`
	Bank    `yaml:",inline"`
}

// Decode reads a bank from its document and checks each question by itself (AL8012 to AL8018). The bank is usable only
// when there are no errors.
func Decode(doc pack.Document) (Bank, pack.Diagnostics) {
	if doc.Kind != pack.KindQuestions {
		return Bank{}, pack.Diagnostics{doc.Report("AL0004", "`"+string(doc.Kind)+"` is not a bank of questions", "", "kind")}
	}
	var f file
	if ds := doc.Decode(&f); ds.HasErrors() {
		return f.Bank, ds
	}
	return f.Bank, check(doc, f.Bank)
}
