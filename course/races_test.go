package course_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"agentladder/course"
	"agentladder/course/fault"
	"agentladder/migrations"
	"agentladder/migrations/dbtest"
)

// crowd is how many do the same thing at once.
const crowd = 16

// together lets a crowd act at the same time.
func together(act func(i int)) {
	var wg sync.WaitGroup
	gate := make(chan struct{})
	for i := range crowd {
		wg.Go(func() { <-gate; act(i) })
	}
	close(gate)
	wg.Wait()
}

func TestRaces(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		s := setup(t, db)
		s.install(t, s.docs)
		ctx, cancel := context.WithTimeout(t.Context(), 60*time.Second)
		defer cancel()

		t.Run("ManyStartsAreOneAttempt", func(t *testing.T) {
			cold := s.again() // nothing in memory: everybody loads at once
			attempts, errs := make([]course.Attempt, crowd), make([]error, crowd)
			together(func(i int) { attempts[i], errs[i] = cold.StartQuiz(ctx, s.zhou, "C1") })
			for i := range crowd {
				require.NoError(t, errs[i])
				require.Empty(t, cmp.Diff(attempts[0], attempts[i]))
			}
			require.Equal(t, 1, s.acts(t, s.zhou, "quiz.start"))
		})
		t.Run("TheSameAnswersManyTimesAreOneResult", func(t *testing.T) {
			for round := range 5 {
				attempt := s.start(t, s.lin)
				answers := s.solve(t, attempt, round)
				results, errs := make([]course.Result, crowd), make([]error, crowd)
				together(func(i int) { results[i], errs[i] = s.SubmitQuiz(ctx, s.lin, attempt.ID, answers) })
				for i := range crowd {
					require.NoError(t, errs[i])
					require.Empty(t, cmp.Diff(results[0], results[i]))
				}
				require.Equal(t, 100*(12-round)/12, results[0].Percent)
				require.Equal(t, round+1, s.acts(t, s.lin, "quiz.submit"))
			}
		})
		t.Run("OfDifferentAnswersOneSetCounts", func(t *testing.T) {
			for range 5 {
				before := s.acts(t, s.lin, "quiz.submit")
				attempt := s.start(t, s.lin)
				results, errs := make([]course.Result, crowd), make([]error, crowd)
				together(func(i int) { results[i], errs[i] = s.SubmitQuiz(ctx, s.lin, attempt.ID, s.solve(t, attempt, i%4)) })
				kept, err := s.Result(ctx, s.lin, attempt.ID)
				require.NoError(t, err)
				winners := 0
				for i := range crowd {
					if errs[i] == nil {
						winners++
						require.Empty(t, cmp.Diff(kept, results[i]))
						continue
					}
					require.ErrorIs(t, errs[i], fault.New(fault.Conflict, "quiz_submitted", nil))
				}
				require.Equal(t, crowd/4, winners, "everybody who gave the answers that count, and nobody else")
				require.Equal(t, before+1, s.acts(t, s.lin, "quiz.submit"))
			}
		})
		t.Run("ManyReadsAreOne", func(t *testing.T) {
			errs := make([]error, crowd)
			together(func(i int) { errs[i] = s.MarkRead(ctx, s.zhou, "L1.1") })
			for _, err := range errs {
				require.NoError(t, err)
			}
			require.Equal(t, 1, s.acts(t, s.zhou, "lesson.read"))
		})
	})
}
