package course_test

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"agentladder/course"
	"agentladder/course/curriculum"
	"agentladder/course/fault"
	"agentladder/course/journal"
	"agentladder/course/library"
	"agentladder/course/pack"
	"agentladder/course/quiz"
	"agentladder/course/roster"
	"agentladder/course/shelf"
	"agentladder/migrations"
	"agentladder/migrations/dbtest"
)

// school is a classroom on one database.
type school struct {
	*course.Service
	journal   *journal.Journal
	shelf     *shelf.Shelf
	docs      []pack.Document
	catalogue *curriculum.Catalogue // of docs
	lin, zhou roster.Actor
	again     func() *course.Service // as another server on the same database, or this one after a restart
}

// clock is virtual time that every reading moves on, so that one installed set is newer than the other.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) read(context.Context, *gorm.DB) (time.Time, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(time.Second)
	return c.at, nil
}

func setup(t *testing.T, db *migrations.Database) *school {
	t.Helper()
	j := journal.New(db.Write, db.Read, (&clock{at: time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)}).read)
	people, err := roster.New(j, []byte(strings.Repeat("k", 32)), roster.Hashing(roster.Cost{MemoryKiB: 8, Passes: 1}, 4, 64))
	require.NoError(t, err)
	s := &school{journal: j, shelf: shelf.New(j)}
	for login, actor := range map[string]*roster.Actor{"lin": &s.lin, "zhou": &s.zhou} {
		p, err := people.CreatePerson(t.Context(), roster.System, roster.NewPerson{Login: login, Name: login, Password: "bamboo-river-42", Roles: []roster.Role{roster.Trainee}})
		require.NoError(t, err)
		*actor = roster.Actor{PersonID: p.ID, Login: login, Roles: p.Roles}
	}
	for _, root := range library.Shipped() {
		p, found := pack.Read(root)
		require.False(t, found.HasErrors(), "%v", found)
		s.docs = append(s.docs, p.Documents...)
	}
	var found pack.Diagnostics
	s.catalogue, found = curriculum.Compile(s.docs)
	require.Empty(t, found)
	s.again = func() *course.Service {
		return course.New(j, shelf.New(j), func(_ context.Context, id string) (string, bool) { return "场景" + id, id == "S01" })
	}
	s.Service = s.again()
	return s
}

func (s *school) install(t *testing.T, docs []pack.Document) {
	t.Helper()
	_, err := s.shelf.Install(t.Context(), shelf.Shipped, docs)
	require.NoError(t, err)
}

// changed is the shipped content with other words in one document.
func (s *school) changed(t *testing.T, path, old, replacement string) []pack.Document {
	t.Helper()
	docs := slices.Clone(s.docs)
	i := slices.IndexFunc(docs, func(d pack.Document) bool { return d.Path == path })
	require.GreaterOrEqual(t, i, 0)
	require.Contains(t, string(docs[i].Body), old)
	doc, found := pack.Parse(path, bytes.ReplaceAll(docs[i].Body, []byte(old), []byte(replacement)))
	require.Empty(t, found)
	docs[i] = doc
	return docs
}

// solve answers an attempt from the bank by the texts of the options; wrong is how many questions are answered wrongly.
func (s *school) solve(t *testing.T, a course.Attempt, wrong int) []quiz.Answer {
	t.Helper()
	ch, ok := s.catalogue.Chapter(a.ChapterID)
	require.True(t, ok)
	var out []quiz.Answer
	for i, shown := range a.Questions {
		bank := ch.Bank().Questions
		q := bank[slices.IndexFunc(bank, func(q quiz.Question) bool { return q.ID == shown.ID })]
		answer := quiz.Answer{Question: shown.ID}
		for _, o := range shown.Options {
			right := slices.ContainsFunc(q.Options, func(own quiz.Option) bool { return own.Text == o.Text && own.Right })
			if right != (i < wrong) {
				answer.Options = append(answer.Options, o.ID)
			}
		}
		out = append(out, answer)
	}
	return out
}

func (s *school) start(t *testing.T, actor roster.Actor) course.Attempt {
	t.Helper()
	a, err := s.StartQuiz(t.Context(), actor, "C1")
	require.NoError(t, err)
	return a
}

// acts counts the audit entries of a person for an act; the chain must hold.
func (s *school) acts(t *testing.T, actor roster.Actor, act string) int {
	t.Helper()
	_, err := s.journal.Verify(t.Context(), "person:"+actor.PersonID)
	require.NoError(t, err)
	var n int64
	require.NoError(t, s.journal.Read(t.Context()).Table("audit_entries").Where("subject = ? AND act = ?", "person:"+actor.PersonID, act).Count(&n).Error)
	return int(n)
}

func wants(t *testing.T, kind fault.Kind, code string, err error) {
	t.Helper()
	require.ErrorIs(t, err, fault.New(kind, code, nil))
}

func TestReading(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		s := setup(t, db)
		_, err := s.Course(t.Context(), s.lin)
		wants(t, fault.Unavailable, "not_ready", err)
		s.install(t, s.docs)

		seen, err := s.Course(t.Context(), s.lin)
		require.NoError(t, err)
		require.NotEmpty(t, seen.Title)
		require.Equal(t, "L1.1", seen.Resume.ID)
		require.Equal(t, "C1", seen.Chapters[0].ID)
		require.Len(t, seen.Chapters[0].Lessons, 3)
		require.Equal(t, &course.QuizRow{Questions: 12, PassLine: 60}, seen.Chapters[0].Quiz)

		l, err := s.Lesson(t.Context(), s.lin, "L1.2")
		require.NoError(t, err)
		require.Equal(t, []string{"L1.1", "L1.3", "C1"}, []string{l.Previous.ID, l.Next.ID, l.ChapterID})
		require.NotEmpty(t, l.Previous.Title)
		require.Equal(t, []course.Ref{{ID: "S01", Title: "场景S01"}}, l.Practice)
		require.False(t, l.Read)
		require.Equal(t, 1, l.Periods)

		for range 3 {
			require.NoError(t, s.MarkRead(t.Context(), s.lin, "L1.2"))
		}
		require.Equal(t, 1, s.acts(t, s.lin, "lesson.read"), "saying it again changes nothing")
		l, err = s.Lesson(t.Context(), s.lin, "L1.2")
		require.NoError(t, err)
		require.True(t, l.Read)
		l, err = s.Lesson(t.Context(), s.zhou, "L1.2")
		require.NoError(t, err)
		require.False(t, l.Read, "what one has read another has not")

		reference, err := s.Lesson(t.Context(), s.lin, "L6.3")
		require.NoError(t, err)
		require.Zero(t, reference.Periods)
		require.Empty(t, reference.ChapterID)
		require.Equal(t, []course.Ref{{}, {}}, []course.Ref{reference.Previous, reference.Next})
		require.Empty(t, reference.Practice, "a scenario that nobody knows is not offered")

		_, err = s.Lesson(t.Context(), s.lin, "L9.9")
		wants(t, fault.NotFound, "lesson_unknown", err)
		wants(t, fault.NotFound, "lesson_unknown", s.MarkRead(t.Context(), s.lin, "L9.9"))

		require.NoError(t, s.MarkRead(t.Context(), s.lin, "L1.1"))
		seen, err = s.Course(t.Context(), s.lin)
		require.NoError(t, err)
		require.Equal(t, "L1.3", seen.Resume.ID, "the first that is not read")
		require.NoError(t, s.MarkRead(t.Context(), s.lin, "L1.3"))
		seen, err = s.Course(t.Context(), s.lin)
		require.NoError(t, err)
		require.Zero(t, seen.Resume)
	})
}

func TestQuiz(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		s := setup(t, db)
		s.install(t, s.docs)
		ctx := t.Context()

		for _, chapter := range []string{"C2", "", "C1 "} {
			_, err := s.StartQuiz(ctx, s.lin, chapter)
			wants(t, fault.NotFound, "quiz_unknown", err)
		}
		first := s.start(t, s.lin)
		require.Len(t, first.Questions, 12)
		require.Equal(t, 60, first.PassLine)
		require.Equal(t, first, s.start(t, s.lin), "an open attempt goes on")
		resumed, err := s.again().StartQuiz(ctx, s.lin, "C1")
		require.NoError(t, err)
		require.Equal(t, first, resumed, "also after a restart")
		require.Equal(t, 1, s.acts(t, s.lin, "quiz.start"))
		require.NotEqual(t, first.ID, s.start(t, s.zhou).ID)
		seen, err := s.Course(ctx, s.lin)
		require.NoError(t, err)
		require.Equal(t, &course.QuizRow{Questions: 12, PassLine: 60, OpenAttemptID: first.ID}, seen.Chapters[0].Quiz)

		_, err = s.Result(ctx, s.lin, first.ID)
		wants(t, fault.Conflict, "quiz_open", err)
		for _, id := range []string{"", "x", "01900000-0000-7000-8000-000000000000"} {
			_, err = s.Result(ctx, s.lin, id)
			wants(t, fault.NotFound, "attempt_unknown", err)
		}
		_, err = s.SubmitQuiz(ctx, s.zhou, first.ID, s.solve(t, first, 0))
		wants(t, fault.NotFound, "attempt_unknown", err)
		_, err = s.SubmitQuiz(ctx, s.lin, first.ID, []quiz.Answer{{Question: "C1-99", Options: []string{"a"}}})
		wants(t, fault.Invalid, "answer_unknown", err)
		_, err = s.SubmitQuiz(ctx, s.lin, first.ID, []quiz.Answer{{Question: first.Questions[0].ID, Options: []string{"h"}}})
		wants(t, fault.Invalid, "answer_unknown", err)
		_, err = s.Result(ctx, s.lin, first.ID)
		wants(t, fault.Conflict, "quiz_open", err)

		answers := s.solve(t, first, 5) // 7 of 12 are 58 percent
		failed, err := s.SubmitQuiz(ctx, s.lin, first.ID, answers)
		require.NoError(t, err)
		require.Equal(t, 58, failed.Percent)
		require.False(t, failed.Passed)
		for i, item := range failed.Items {
			require.Equal(t, i >= 5, item.Correct)
			require.NotEmpty(t, item.Explanation)
			require.NotEmpty(t, item.Right)
			require.NotEmpty(t, item.Lesson.Title)
			require.Equal(t, first.Questions[i], item.Public, "in the order that was shown")
		}
		slices.Reverse(answers)
		again, err := s.SubmitQuiz(ctx, s.lin, first.ID, answers)
		require.NoError(t, err)
		require.Equal(t, failed, again, "the same answers again give the same result")
		_, err = s.SubmitQuiz(ctx, s.lin, first.ID, s.solve(t, first, 0))
		wants(t, fault.Conflict, "quiz_submitted", err)
		_, err = s.SubmitQuiz(ctx, s.lin, first.ID, nil)
		wants(t, fault.Conflict, "quiz_submitted", err)
		_, err = s.Result(ctx, s.zhou, first.ID)
		wants(t, fault.NotFound, "attempt_unknown", err)
		require.Equal(t, 1, s.acts(t, s.lin, "quiz.submit"))

		second := s.start(t, s.lin)
		require.NotEqual(t, first.ID, second.ID)
		passed, err := s.SubmitQuiz(ctx, s.lin, second.ID, s.solve(t, second, 1))
		require.NoError(t, err)
		require.True(t, passed.Passed)
		require.Equal(t, 91, passed.Percent)
		shown, err := s.Result(ctx, s.lin, second.ID)
		require.NoError(t, err)
		require.Equal(t, passed, shown)

		third := s.start(t, s.lin)
		_, err = s.SubmitQuiz(ctx, s.lin, third.ID, nil)
		require.NoError(t, err, "an empty sheet can be handed in")
		seen, err = s.Course(ctx, s.lin)
		require.NoError(t, err)
		require.Equal(t, &course.QuizRow{Questions: 12, PassLine: 60, Attempts: 3, Passed: true, Best: 91}, seen.Chapters[0].Quiz, "the best counts, a later failure takes nothing away")
	})
}

func TestAnAttemptKeepsItsContent(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		s := setup(t, db)
		s.install(t, s.docs)
		before := s.start(t, s.lin)
		answers := s.solve(t, before, 2)
		s.install(t, s.changed(t, "questions/C1.yaml", "right: true", "right: false"))
		_, err := s.Course(t.Context(), s.lin)
		require.Error(t, err, "content that does not compile is not taught")
		require.Equal(t, "internal", fault.CodeOf(err))

		s.install(t, s.changed(t, "questions/C1.yaml", "prompt: ", "prompt: 新题，"))
		require.Equal(t, before, s.start(t, s.lin), "an open attempt shows the questions it began with")
		fresh := s.start(t, s.zhou)
		require.True(t, strings.HasPrefix(fresh.Questions[0].Prompt, "新题，"))

		s.install(t, s.changed(t, "curriculum/course.yaml", "pass_line: 60", "pass_line: 95"))
		result, err := s.SubmitQuiz(t.Context(), s.lin, before.ID, answers)
		require.NoError(t, err)
		require.Equal(t, 83, result.Percent)
		require.Equal(t, 60, result.PassLine)
		require.True(t, result.Passed, "the pass line is the one of the beginning")
		require.Equal(t, 95, s.start(t, s.lin).PassLine)
		shown, err := s.again().Result(t.Context(), s.lin, before.ID)
		require.NoError(t, err)
		require.Equal(t, result, shown)
	})
}

func TestFacts(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		s := setup(t, db)
		s.install(t, s.docs)
		ctx := t.Context()
		ask := func() course.Facts {
			facts, err := s.Facts(ctx, []string{s.zhou.PersonID, s.lin.PersonID})
			require.NoError(t, err)
			require.Equal(t, course.Facts{ChaptersRead: map[string]bool{}, QuizBest: map[string]int{}}, facts[s.zhou.PersonID])
			return facts[s.lin.PersonID]
		}
		for _, id := range []string{"L1.1", "L1.2", "L6.3"} {
			require.NoError(t, s.MarkRead(ctx, s.lin, id))
		}
		require.Empty(t, ask().ChaptersRead, "one lesson is missing")
		require.NoError(t, s.MarkRead(ctx, s.lin, "L1.3"))
		require.Equal(t, map[string]bool{"C1": true}, ask().ChaptersRead)

		attempt := s.start(t, s.lin)
		require.Empty(t, ask().QuizBest, "an open attempt is no fact")
		_, err := s.SubmitQuiz(ctx, s.lin, attempt.ID, s.solve(t, attempt, 3))
		require.NoError(t, err)
		attempt = s.start(t, s.lin)
		_, err = s.SubmitQuiz(ctx, s.lin, attempt.ID, nil)
		require.NoError(t, err)
		require.Equal(t, map[string]int{"C1": 75}, ask().QuizBest)

		many := make([]string, 0, 1201)
		for range 1200 {
			many = append(many, "01900000-0000-7000-8000-000000000000")
		}
		facts, err := s.Facts(ctx, append(many, s.lin.PersonID))
		require.NoError(t, err)
		require.Equal(t, 75, facts[s.lin.PersonID].QuizBest["C1"], "more people than one query takes")
		facts, err = s.Facts(ctx, nil)
		require.NoError(t, err)
		require.Empty(t, facts)
	})
}
