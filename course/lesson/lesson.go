// Package lesson decides what a lesson says and turns its Markdown into HTML that is safe to show.
package lesson

import (
	"strings"

	"agentladder/course/pack"
)

// Lesson is one unit of teaching. Everything but HTML comes from the front matter.
type Lesson struct {
	ID           string   `yaml:"id"` // L<chapter>.<number>
	Version      int      `yaml:"version"`
	Title        string   `yaml:"title"`
	Chapter      string   `yaml:"chapter"`      // C<number>
	Periods      int      `yaml:"periods"`      // 课时 of 45 minutes
	Objectives   []string `yaml:"objectives"`   // 教学目标
	KeyPoints    []string `yaml:"key_points"`   // 教学重点
	Difficulties []string `yaml:"difficulties"` // 教学难点
	Teaches      []string `yaml:"teaches"`      // criteria, rules and score parts whose evidence points here
	Scenarios    []string `yaml:"scenarios"`    // where it can be practised
	Sources      []string `yaml:"sources"`      // source marks of the pack
	HTML         string   `yaml:"-"`            // sanitised; headings start at h2
}

// frontMatter is a Lesson with the header's kind, which the lesson itself does not repeat.
type frontMatter struct {
	Kind   string `yaml:"kind"`
	Lesson `yaml:",inline"`
}

// Decode reads a lesson from its document. It is usable only when there are no errors. AL0016 marks text that
// the reader would never see (raw HTML, images, links that are not http or https), AL0017 a lesson without text.
func Decode(doc pack.Document) (Lesson, pack.Diagnostics) {
	var front frontMatter
	if doc.Kind != pack.KindLesson {
		return front.Lesson, pack.Diagnostics{doc.Report("AL0004", "`"+string(doc.Kind)+"` is not a lesson", "", "kind")}
	}
	if ds := doc.Decode(&front); ds.HasErrors() {
		return front.Lesson, ds
	}
	if strings.TrimSpace(doc.Markdown()) == "" {
		return front.Lesson, pack.Diagnostics{{ID: "AL0017", Severity: pack.Error, Position: doc.MarkdownAt(0),
			Message: "the lesson has no text", Fix: "write it below the front matter"}}
	}
	html, ds := render(doc)
	front.HTML = html
	return front.Lesson, ds
}
