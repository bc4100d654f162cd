package exam_test

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"agentladder/course/fault"
	"agentladder/exam"
	"agentladder/grading/discourse"
	"agentladder/migrations"
	"agentladder/migrations/dbtest"
)

func TestRaces(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		r := setup(t, db)
		t.Run("ManyFinishesEndOnce", func(t *testing.T) {
			for range 10 {
				id := r.start(t, "S16")
				var wrong atomic.Int64
				totals := sync.Map{}
				together(16, func(int) {
					graded, err := r.Finish(t.Context(), r.lin, id)
					if err != nil {
						wrong.Add(1)
						return
					}
					totals.Store(graded.Card.Total, true)
				})
				require.Zero(t, wrong.Load())
				distinct := 0
				totals.Range(func(any, any) bool { distinct++; return true })
				require.Equal(t, 1, distinct)
				var cards int64
				require.NoError(t, r.db.Read.Table("scorecards").Where("chat_id = ?", id).Count(&cards).Error)
				require.EqualValues(t, 1, cards)
			}
		})
		t.Run("MessagesAndLooksKeepSeqGapless", func(t *testing.T) {
			id := r.start(t, "S06")
			var sent, busy atomic.Int64
			together(12, func(i int) {
				if i%3 == 0 {
					r.clock.forward(3 * time.Second)
					_, _ = r.Look(t.Context(), r.lin, id)
					return
				}
				_, err := r.Say(t.Context(), r.lin, exam.Saying{ChatID: id, ClientMessageID: fmt.Sprintf("racing-%d", i), LastSeenSeq: 99, Text: "您好，我帮您看一下优惠"})
				switch fault.CodeOf(err) {
				case "":
					sent.Add(1)
				case "chat_stale": // said so, and may be tried again
					busy.Add(1)
				default:
					t.Errorf("say: %v", err)
				}
			})
			chat := r.look(t, id)
			require.EqualValues(t, sent.Load(), len(texts(chat, discourse.Agent)))
			require.Positive(t, sent.Load())
			for i, m := range chat.Messages {
				require.Equal(t, i+1, m.Seq)
			}
			t.Logf("%d sent, %d told to try again", sent.Load(), busy.Load())
		})
	})
}

// together runs n acts at the same time.
func together(n int, act func(i int)) {
	var wg sync.WaitGroup
	gate := make(chan struct{})
	for i := range n {
		wg.Go(func() { <-gate; act(i) })
	}
	close(gate)
	wg.Wait()
}

// TestAfterARestart lets more chats go on at once than the database has connections, while no content is in memory.
func TestAfterARestart(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		r := setup(t, db)
		const chats = 40
		ids := make([]string, chats)
		for i := range ids {
			ids[i] = r.start(t, "S16")
		}
		fresh := r.again()
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
		defer cancel()
		errs := make([]error, chats)
		together(chats, func(i int) {
			_, errs[i] = fresh.Say(ctx, r.lin, exam.Saying{ChatID: ids[i], ClientMessageID: uuid.NewString(), LastSeenSeq: 1, Text: "您好，在的"})
		})
		for _, err := range errs {
			require.NoError(t, err)
		}
	})
}

// TestRetriesAtOnce sends one message many times at the same moment.
func TestRetriesAtOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		r := setup(t, db)
		id := r.start(t, "S16")
		const retries = 16
		said, errs := make([]exam.Said, retries), make([]error, retries)
		together(retries, func(i int) {
			said[i], errs[i] = r.Say(t.Context(), r.lin, exam.Saying{ChatID: id, ClientMessageID: "the-same-id", LastSeenSeq: i, Text: "您好，在的"})
		})
		for i := range retries {
			require.NoError(t, errs[i])
			require.Equal(t, said[0], said[i])
		}
		require.Equal(t, []string{"您好，在的"}, texts(r.look(t, id), discourse.Agent))
	})
}
