// Package course keeps what people have studied: which lessons they have read and which quizzes they have taken.
//
// An attempt belongs to the content under which it began: it is shown, marked and shown again under exactly that
// content, whatever is installed later. Answers and explanations leave only after an attempt was handed in.
package course

import (
	"context"

	"agentladder/course/curriculum"
	"agentladder/course/fault"
	"agentladder/course/journal"
	"agentladder/course/lesson"
	"agentladder/course/roster"
	"agentladder/course/shelf"
)

// ScenarioTitle names a practice situation of the active content; false when there is none with this id.
type ScenarioTitle func(ctx context.Context, id string) (title string, ok bool)

// Service is the classroom.
type Service struct {
	journal   *journal.Journal
	content   *content
	scenarios ScenarioTitle
}

// New makes the service. It teaches the content that the shelf holds. Without scenarios, lessons name none.
func New(j *journal.Journal, sh *shelf.Shelf, scenarios ScenarioTitle) *Service {
	if scenarios == nil {
		scenarios = func(context.Context, string) (string, bool) { return "", false }
	}
	return &Service{journal: j, content: newContent(sh), scenarios: scenarios}
}

// Ref names a lesson or a scenario. The zero Ref is none.
type Ref struct{ ID, Title string }

// Overview is the course as one person sees it.
type Overview struct {
	Title    string
	Chapters []Chapter
	Resume   Ref // the first lesson that is not read yet
}

// Chapter is one chapter with the person's progress.
type Chapter struct {
	ID, Title string
	Periods   int // 课时 of 45 minutes
	Lessons   []LessonRow
	Quiz      *QuizRow // nil when the chapter has none
}

// LessonRow is one lesson in the list of its chapter.
type LessonRow struct {
	ID, Title string
	Periods   int
	Read      bool
}

// QuizRow is where the person stands with the quiz of a chapter.
type QuizRow struct {
	Questions     int // of one attempt
	PassLine      int // percent
	Attempts      int // handed in
	Passed        bool
	Best          int    // percent; means something from the first attempt on
	OpenAttemptID string // begun and not handed in
}

// Course shows chapters and lessons with the actor's own progress. Fault: Unavailable not_ready on an empty shelf.
func (s *Service) Course(ctx context.Context, actor roster.Actor) (Overview, error) {
	catalogue, _, err := s.content.current(ctx)
	if err != nil {
		return Overview{}, err
	}
	db := s.journal.Read(ctx)
	read, err := readsOf(db, actor.PersonID)
	if err != nil {
		return Overview{}, err
	}
	quizzes, err := quizzesOf(db, actor.PersonID)
	if err != nil {
		return Overview{}, err
	}
	out := Overview{Title: catalogue.Title()}
	for _, ch := range catalogue.Chapters() {
		row := Chapter{ID: ch.ID, Title: ch.Title, Periods: ch.Periods}
		for _, id := range ch.Lessons {
			l, _ := catalogue.Lesson(id) // a catalogue has all lessons of its chapters
			row.Lessons = append(row.Lessons, LessonRow{ID: id, Title: l.Title, Periods: l.Periods, Read: read[id]})
			if !read[id] && out.Resume == (Ref{}) {
				out.Resume = Ref{ID: id, Title: l.Title}
			}
		}
		if ch.HasQuiz() {
			q := quizzes[ch.ID]
			q.Questions, q.PassLine = ch.Questions(), ch.Quiz.PassLine
			row.Quiz = &q
		}
		out.Chapters = append(out.Chapters, row)
	}
	return out, nil
}

// Lesson is one lesson with its place in the course and the person's progress.
type Lesson struct {
	lesson.Lesson
	ChapterID      string // empty when the lesson is only for reference
	Read           bool
	Previous, Next Ref
	Practice       []Ref // scenarios that the content has
}

// Lesson shows one lesson of the active content to anybody. Fault: NotFound lesson_unknown.
func (s *Service) Lesson(ctx context.Context, actor roster.Actor, id string) (Lesson, error) {
	catalogue, l, err := s.lesson(ctx, id)
	if err != nil {
		return Lesson{}, err
	}
	out := Lesson{Lesson: l}
	if out.ChapterID, _ = catalogue.ChapterOf(id); out.ChapterID == "" {
		out.Periods = 0
	}
	previous, next := catalogue.Neighbours(id)
	out.Previous, out.Next = ref(catalogue, previous), ref(catalogue, next)
	for _, scenario := range l.Scenarios {
		if title, ok := s.scenarios(ctx, scenario); ok {
			out.Practice = append(out.Practice, Ref{ID: scenario, Title: title})
		}
	}
	if out.Read, err = hasRead(s.journal.Read(ctx), actor.PersonID, id); err != nil {
		return Lesson{}, err
	}
	return out, nil
}

func (s *Service) lesson(ctx context.Context, id string) (*curriculum.Catalogue, lesson.Lesson, error) {
	catalogue, _, err := s.content.current(ctx)
	if err != nil {
		return nil, lesson.Lesson{}, err
	}
	l, ok := catalogue.Lesson(id)
	if !ok {
		return nil, lesson.Lesson{}, fault.New(fault.NotFound, "lesson_unknown", fault.Params{"lesson": id})
	}
	return catalogue, l, nil
}

// ref names a lesson of the catalogue; the zero Ref for one that it does not have.
func ref(catalogue *curriculum.Catalogue, id string) Ref {
	l, ok := catalogue.Lesson(id)
	if !ok {
		return Ref{}
	}
	return Ref{ID: id, Title: l.Title}
}

// MarkRead notes that the actor has read a lesson. Saying it twice changes nothing. Fault: NotFound lesson_unknown.
func (s *Service) MarkRead(ctx context.Context, actor roster.Actor, id string) error {
	if _, _, err := s.lesson(ctx, id); err != nil {
		return err
	}
	return s.journal.Do(ctx, func(u *journal.Unit) error {
		isNew, err := insertRead(u, actor.PersonID, id)
		if err != nil || !isNew {
			return err
		}
		return u.Audit(journal.Entry{Subject: "person:" + actor.PersonID, Actor: actor.PersonID, Act: "lesson.read", Object: "lesson:" + id})
	})
}
