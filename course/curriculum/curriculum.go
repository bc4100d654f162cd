// Package curriculum decides which lessons make the course, in which order, and which questions each chapter's quiz may
// ask.
package curriculum

import (
	"slices"

	"agentladder/course/lesson"
	"agentladder/course/quiz"
)

// Catalogue is the course with its lessons and questions, checked as a whole. It never changes and is safe for
// concurrent use. Without a curriculum in the pack it has no chapters.
type Catalogue struct {
	title    string
	chapters []Chapter
	lessons  map[string]lesson.Lesson // all of the pack, also those for reference only
	places   map[string]place
	order    []string // the course's lessons as they are read
}

// place is where a lesson stands in the course.
type place struct {
	chapter string
	index   int // in order
}

// Chapter is one chapter of the course.
type Chapter struct {
	ID      string   `yaml:"id"`
	Title   string   `yaml:"title"`
	Periods int      `yaml:"periods"` // 课时 of 45 minutes
	Lessons []string `yaml:"lessons"`
	Quiz    Quiz     `yaml:"quiz"`

	bank quiz.Bank
}

// Quiz says how a chapter's quiz is asked. The zero Quiz means that the chapter has none.
type Quiz struct {
	PassLine int `yaml:"pass_line"` // percent
	Draw     int `yaml:"draw"`      // 0: the whole bank
}

// HasQuiz reports whether the chapter ends with a quiz.
func (c Chapter) HasQuiz() bool { return c.Quiz.PassLine > 0 }

// Questions is how many questions one attempt asks.
func (c Chapter) Questions() int {
	if all := len(c.bank.Questions); c.Quiz.Draw == 0 || c.Quiz.Draw > all {
		return all
	}
	return c.Quiz.Draw
}

// Bank is all questions of the chapter, with their answers.
func (c Chapter) Bank() quiz.Bank { return c.bank }

// Title is the name of the course.
func (c *Catalogue) Title() string { return c.title }

// Chapters lists the chapters in order.
func (c *Catalogue) Chapters() []Chapter { return slices.Clone(c.chapters) }

// Chapter finds a chapter by id.
func (c *Catalogue) Chapter(id string) (Chapter, bool) {
	i := slices.IndexFunc(c.chapters, func(ch Chapter) bool { return ch.ID == id })
	if i < 0 {
		return Chapter{}, false
	}
	return c.chapters[i], true
}

// Lesson finds any lesson of the pack, also one that is only for reference.
func (c *Catalogue) Lesson(id string) (lesson.Lesson, bool) {
	l, ok := c.lessons[id]
	return l, ok
}

// ChapterOf is the chapter in which a lesson is read; none for a lesson that is only for reference.
func (c *Catalogue) ChapterOf(lessonID string) (string, bool) {
	p, ok := c.places[lessonID]
	return p.chapter, ok
}

// Order lists the ids of the course's lessons in the order in which they are read, across chapters.
func (c *Catalogue) Order() []string { return slices.Clone(c.order) }

// Neighbours are the ids of the lessons before and after one in the course; empty at the ends and for a lesson that is
// only for reference.
func (c *Catalogue) Neighbours(lessonID string) (previous, next string) {
	p, ok := c.places[lessonID]
	if !ok {
		return "", ""
	}
	if p.index > 0 {
		previous = c.order[p.index-1]
	}
	if p.index+1 < len(c.order) {
		next = c.order[p.index+1]
	}
	return previous, next
}
