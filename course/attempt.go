package course

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"encoding/json"
	"reflect"

	"agentladder/course/curriculum"
	"agentladder/course/fault"
	"agentladder/course/journal"
	"agentladder/course/quiz"
	"agentladder/course/roster"
)

// Attempt is a quiz that was begun, as it may be shown before it is handed in.
type Attempt struct {
	ID        string
	ChapterID string
	Title     string // of the chapter
	PassLine  int    // percent
	Questions []quiz.Public
}

// Result is an attempt that was handed in, with answers and explanations.
type Result struct {
	AttemptID string
	ChapterID string
	Title     string // of the chapter
	Percent   int
	PassLine  int // percent
	Passed    bool
	Items     []Item
}

// Item is one question of a result.
type Item struct {
	quiz.Item
	Lesson Ref // that teaches it
}

// StartQuiz begins the quiz of a chapter, or goes on with the attempt that is open, under the content it began with.
// Fault: NotFound quiz_unknown.
func (s *Service) StartQuiz(ctx context.Context, actor roster.Actor, chapterID string) (Attempt, error) {
	catalogue, digest, err := s.content.current(ctx)
	if err != nil {
		return Attempt{}, err
	}
	ch, ok := catalogue.Chapter(chapterID)
	if !ok || !ch.HasQuiz() {
		return Attempt{}, fault.New(fault.NotFound, "quiz_unknown", fault.Params{"chapter": chapterID})
	}
	var row attemptRow
	err = s.journal.Do(ctx, func(u *journal.Unit) error {
		if err := u.Lock("quiz:" + actor.PersonID + ":" + chapterID); err != nil {
			return err
		}
		open, found, err := openAttempt(u.DB(), actor.PersonID, chapterID)
		if row = open; err != nil || found {
			return err
		}
		sheet, err := json.Marshal(quiz.Draw(newSeed(), ch.Bank(), ch.Quiz.Draw))
		if err != nil {
			return err
		}
		row = attemptRow{ID: u.NewID(), PersonID: actor.PersonID, ChapterID: chapterID, BundleDigest: digest, Questions: string(sheet), StartedAt: u.Now()}
		if err := u.DB().Create(&row).Error; err != nil {
			return err
		}
		return u.Audit(journal.Entry{Subject: "person:" + actor.PersonID, Actor: actor.PersonID, Act: "quiz.start", Object: "attempt:" + row.ID,
			Payload: map[string]any{"chapter": chapterID, "content": digest}})
	})
	if err != nil {
		return Attempt{}, err
	}
	paper, err := s.paper(ctx, row)
	if err != nil {
		return Attempt{}, err
	}
	shown, err := paper.sheet.Public(paper.chapter.Bank())
	if err != nil {
		return Attempt{}, err
	}
	return Attempt{ID: row.ID, ChapterID: chapterID, Title: paper.chapter.Title, PassLine: paper.chapter.Quiz.PassLine, Questions: shown}, nil
}

// SubmitQuiz hands an own attempt in, once. The same answers again give the same result. Faults: NotFound
// attempt_unknown; Invalid answer_unknown, answer_twice; Conflict quiz_submitted when other answers were handed in.
func (s *Service) SubmitQuiz(ctx context.Context, actor roster.Actor, attemptID string, answers []quiz.Answer) (Result, error) {
	row, err := takeAttempt(s.journal.Read(ctx), actor.PersonID, attemptID)
	if err != nil {
		return Result{}, err
	}
	paper, err := s.paper(ctx, row)
	if err != nil {
		return Result{}, err
	}
	tidy, err := paper.sheet.Tidy(answers)
	if err != nil {
		return Result{}, err
	}
	score, err := paper.sheet.Score(paper.chapter.Bank(), tidy)
	if err != nil {
		return Result{}, err
	}
	passed := score.Percent >= paper.chapter.Quiz.PassLine
	err = s.journal.Do(ctx, func(u *journal.Unit) error {
		first, err := closeAttempt(u, attemptID, tidy, score.Percent, passed)
		if err != nil {
			return err
		}
		if !first {
			return sameAnswers(u, actor.PersonID, attemptID, tidy)
		}
		return u.Audit(journal.Entry{Subject: "person:" + actor.PersonID, Actor: actor.PersonID, Act: "quiz.submit", Object: "attempt:" + attemptID,
			Payload: map[string]any{"chapter": row.ChapterID, "percent": score.Percent, "passed": passed}})
	})
	if err != nil {
		return Result{}, err
	}
	return s.Result(ctx, actor, attemptID)
}

// sameAnswers is nil when an attempt was handed in with exactly these answers.
func sameAnswers(u *journal.Unit, personID, attemptID string, tidy []quiz.Answer) error {
	row, err := takeAttempt(u.DB(), personID, attemptID)
	if err != nil {
		return err
	}
	stored, err := row.answers()
	if err != nil {
		return err
	}
	if !reflect.DeepEqual(stored, tidy) {
		return fault.New(fault.Conflict, "quiz_submitted", nil)
	}
	return nil
}

// Result shows an own attempt that was handed in. Faults: NotFound attempt_unknown; Conflict quiz_open.
func (s *Service) Result(ctx context.Context, actor roster.Actor, attemptID string) (Result, error) {
	row, err := takeAttempt(s.journal.Read(ctx), actor.PersonID, attemptID)
	if err != nil {
		return Result{}, err
	}
	if row.SubmittedAt == nil || row.Percent == nil || row.Passed == nil {
		return Result{}, fault.New(fault.Conflict, "quiz_open", nil)
	}
	paper, err := s.paper(ctx, row)
	if err != nil {
		return Result{}, err
	}
	answers, err := row.answers()
	if err != nil {
		return Result{}, err
	}
	score, err := paper.sheet.Score(paper.chapter.Bank(), answers)
	if err != nil {
		return Result{}, err
	}
	out := Result{AttemptID: row.ID, ChapterID: row.ChapterID, Title: paper.chapter.Title, Percent: *row.Percent, PassLine: paper.chapter.Quiz.PassLine, Passed: *row.Passed}
	for _, item := range score.Items {
		out.Items = append(out.Items, Item{Item: item, Lesson: ref(paper.catalogue, item.Lesson)})
	}
	return out, nil
}

// paper is an attempt with the content under which it began.
type paper struct {
	catalogue *curriculum.Catalogue
	chapter   curriculum.Chapter
	sheet     quiz.Sheet
}

func (s *Service) paper(ctx context.Context, row attemptRow) (paper, error) {
	catalogue, err := s.content.of(ctx, row.BundleDigest)
	if err != nil {
		return paper{}, err
	}
	ch, ok := catalogue.Chapter(row.ChapterID)
	if !ok {
		return paper{}, fault.New(fault.Conflict, "quiz_content_missing", nil)
	}
	sheet, err := row.sheet()
	return paper{catalogue: catalogue, chapter: ch, sheet: sheet}, err
}

// newSeed is unpredictable, so nobody can choose the questions they get.
func newSeed() uint64 {
	var b [8]byte
	_, _ = rand.Read(b[:]) // never fails (crypto/rand)
	return binary.LittleEndian.Uint64(b[:])
}
