package curriculum

import (
	"cmp"
	"fmt"
	"slices"

	"agentladder/course/lesson"
	"agentladder/course/pack"
	"agentladder/course/quiz"
)

// file is the curriculum document.
type file struct {
	Kind     string    `yaml:"kind"`
	ID       string    `yaml:"id"`
	Version  int       `yaml:"version"`
	Title    string    `yaml:"title"`
	Sources  []string  `yaml:"sources"`
	Chapters []Chapter `yaml:"chapters"`
}

// Compile makes the course from a pack's lessons, curriculum and banks of questions; other kinds are passed over. It goes
// on after errors, so that one call finds them all; the catalogue is nil when there are any. Of several versions the
// newest holds. A pack without curriculum and banks gives a catalogue without chapters.
func Compile(docs []pack.Document) (*Catalogue, pack.Diagnostics) {
	c := &compiler{out: &Catalogue{lessons: map[string]lesson.Lesson{}, places: map[string]place{}}, banks: map[string]bank{}}
	for _, doc := range newest(docs, pack.KindLesson) {
		if unit, ds := lesson.Decode(doc); c.note(ds) {
			c.out.lessons[unit.ID] = unit
		}
	}
	c.read(newest(docs, pack.KindCurriculum))
	c.readBanks(newest(docs, pack.KindQuestions))
	for i := range c.out.chapters {
		c.chapter(i)
	}
	if c.found.HasErrors() {
		return nil, c.found.Sorted()
	}
	return c.out, c.found.Sorted()
}

type compiler struct {
	out   *Catalogue
	doc   pack.Document // the curriculum
	banks map[string]bank
	found pack.Diagnostics
}

// bank is a chapter's questions with the document they come from.
type bank struct {
	quiz.Bank
	doc pack.Document
}

func (c *compiler) note(ds pack.Diagnostics) bool {
	c.found = append(c.found, ds...)
	return !ds.HasErrors()
}

func (c *compiler) report(doc pack.Document, id, fix string, at []any, format string, args ...any) {
	c.found = append(c.found, doc.Report(id, fmt.Sprintf(format, args...), fix, at...))
}

// read takes the one curriculum: AL8001 a second one, AL8002 a chapter or lesson that stands twice.
func (c *compiler) read(docs []pack.Document) {
	if len(docs) == 0 {
		return
	}
	for _, other := range docs[1:] {
		c.report(other, "AL8001", "put the chapters into one document", []any{"id"}, "there is already a curriculum %s", docs[0].ID)
	}
	c.doc = docs[0]
	var f file
	if !c.note(c.doc.Decode(&f)) {
		return
	}
	c.out.title, c.out.chapters = f.Title, f.Chapters
	chapters := map[string]bool{}
	for i, ch := range f.Chapters {
		if chapters[ch.ID] {
			c.report(c.doc, "AL8002", "give each chapter an id of its own", []any{"chapters", i, "id"}, "chapter %s stands twice", ch.ID)
		}
		chapters[ch.ID] = true
		for j, id := range ch.Lessons {
			if _, taken := c.out.places[id]; taken {
				c.report(c.doc, "AL8002", "keep it in one place", []any{"chapters", i, "lessons", j}, "lesson %s stands twice in the course", id)
				continue
			}
			c.out.places[id] = place{chapter: ch.ID, index: len(c.out.order)}
			c.out.order = append(c.out.order, id)
		}
	}
}

// readBanks takes one bank for each chapter: AL8007 a chapter that the course does not have or that has a bank already,
// AL8012 a question id that another bank has.
func (c *compiler) readBanks(docs []pack.Document) {
	ids := map[string]pack.Position{}
	for _, doc := range docs {
		b, ds := quiz.Decode(doc)
		if !c.note(ds) {
			continue
		}
		for i, q := range b.Questions {
			if first, taken := ids[q.ID]; taken {
				c.report(doc, "AL8012", "give each question an id of its own", []any{"questions", i, "id"}, "question %s already stands at %s", q.ID, first)
			}
			ids[q.ID] = doc.At("questions", i, "id")
		}
		_, twice := c.banks[b.Chapter]
		switch ch, known := c.out.Chapter(b.Chapter); {
		case !known:
			c.report(doc, "AL8007", "name a chapter of the curriculum", []any{"chapter"}, "the curriculum has no chapter %s", b.Chapter)
		case twice:
			c.report(doc, "AL8007", "put the questions of a chapter into one document", []any{"chapter"}, "chapter %s already has a bank of questions", b.Chapter)
		case !ch.HasQuiz():
			c.report(doc, "AL8007", "give the chapter a quiz with a pass line", []any{"chapter"}, "chapter %s has no quiz that would ask these questions", b.Chapter)
		default:
			c.banks[b.Chapter] = bank{Bank: b, doc: doc}
		}
	}
}

// chapter checks one chapter against its lessons and its bank.
func (c *compiler) chapter(i int) {
	ch := &c.out.chapters[i]
	known, periods := true, 0
	for j, id := range ch.Lessons {
		l, ok := c.out.lessons[id]
		if !ok {
			c.report(c.doc, "AL8003", "add the lesson, or name another", []any{"chapters", i, "lessons", j}, "no lesson has the id %s", id)
			known = false
			continue
		}
		if l.Chapter != ch.ID {
			c.report(c.doc, "AL8004", "correct one of the two", []any{"chapters", i, "lessons", j}, "lesson %s says that it belongs to chapter %s", id, l.Chapter)
		}
		periods += l.Periods
	}
	if known && periods != ch.Periods {
		c.report(c.doc, "AL8005", "correct the sum", []any{"chapters", i, "periods"}, "chapter %s has %d periods, its lessons have %d", ch.ID, ch.Periods, periods)
	}
	if !ch.HasQuiz() {
		return
	}
	b, ok := c.banks[ch.ID]
	if !ok {
		c.report(c.doc, "AL8006", "add a bank of questions, or take the quiz out", []any{"chapters", i, "quiz"}, "chapter %s has a quiz and no questions", ch.ID)
		return
	}
	ch.bank = b.Bank
	if ch.Quiz.Draw > len(b.Questions) {
		c.report(c.doc, "AL8006", "write more questions, or draw fewer", []any{"chapters", i, "quiz", "draw"}, "the quiz of chapter %s asks %d questions, the bank has %d", ch.ID, ch.Quiz.Draw, len(b.Questions))
	}
	c.objectives(i, b)
}

// objectives: AL8008 and AL8009 a question about something that the chapter does not teach, AL8010 an objective that
// nothing asks about, AL8011 an attempt too short to ask about every objective.
func (c *compiler) objectives(i int, b bank) {
	ch := c.out.chapters[i]
	type objective struct {
		lesson string
		number int
	}
	asked := map[objective]bool{}
	for n, q := range b.Questions {
		l, known := c.out.lessons[q.Lesson]
		switch {
		case !slices.Contains(ch.Lessons, q.Lesson):
			c.report(b.doc, "AL8008", "name a lesson of the chapter", []any{"questions", n, "lesson"}, "question %s names lesson %s, which is not in chapter %s", q.ID, q.Lesson, ch.ID)
		case known && q.Objective > len(l.Objectives):
			c.report(b.doc, "AL8009", "count the lesson's objectives from 1", []any{"questions", n, "objective"}, "question %s asks about objective %d, lesson %s has %d", q.ID, q.Objective, q.Lesson, len(l.Objectives))
		}
		asked[objective{q.Lesson, q.Objective}] = true
	}
	all := 0
	for j, id := range ch.Lessons {
		for n, text := range c.out.lessons[id].Objectives {
			all++
			if !asked[objective{id, n + 1}] {
				c.report(c.doc, "AL8010", "write a question about it", []any{"chapters", i, "lessons", j}, "no question asks about objective %d of lesson %s: %s", n+1, id, text)
			}
		}
	}
	if ch.Quiz.Draw > 0 && ch.Quiz.Draw < all {
		c.report(c.doc, "AL8011", "draw more questions", []any{"chapters", i, "quiz", "draw"}, "the quiz of chapter %s asks %d questions about %d objectives", ch.ID, ch.Quiz.Draw, all)
	}
}

// newest keeps the highest version of each id, by id.
func newest(docs []pack.Document, kind pack.Kind) []pack.Document {
	best := map[string]pack.Document{}
	for _, d := range pack.Of(docs, kind) {
		if old, ok := best[d.ID]; !ok || d.Version > old.Version {
			best[d.ID] = d
		}
	}
	out := make([]pack.Document, 0, len(best))
	for _, d := range best {
		out = append(out, d)
	}
	slices.SortFunc(out, func(a, b pack.Document) int { return cmp.Compare(a.ID, b.ID) })
	return out
}
