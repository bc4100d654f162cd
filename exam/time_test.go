package exam_test

import (
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

func TestTheClockIsSetBack(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		r := setup(t, db)
		id := r.start(t, "S16")
		r.say(t, id, "您好，让您久等了，我马上帮您查一下。")
		r.clock.forward(20 * time.Second)
		require.Greater(t, r.look(t, id).LastSeq, 2)
		r.clock.forward(-time.Hour)
		r.say(t, id, "已经联系快递网点核实，今天 18 点前给您答复。")
		graded, err := r.Finish(t.Context(), r.lin, id)
		require.NoError(t, err)
		chat := graded.View.Chat
		last := chat.StartedAt
		for _, m := range chat.Messages {
			require.False(t, m.At.Before(last), "message %d is before message %d", m.Seq, m.Seq-1)
			last = m.At
		}
		require.False(t, chat.EndedAt.Before(last), "the chat ended before its last message")
	})
}

func TestCrossing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		r := setup(t, db)
		reply := func(t *testing.T, after time.Duration) *exam.Chat {
			id := r.start(t, "S16")
			r.clock.forward(2 * time.Second) // less than it takes to type a second opening line
			r.look(t, id)
			r.clock.forward(after)
			_, err := r.Say(t.Context(), r.lin, exam.Saying{ChatID: id, ClientMessageID: uuid.NewString(), LastSeenSeq: 0, Text: "您好，在的"})
			require.NoError(t, err)
			return r.look(t, id)
		}
		t.Run("ALineOfAMomentAgoMayBeUnseen", func(t *testing.T) {
			require.True(t, reply(t, time.Second).Messages[0].Crossed)
		})
		t.Run("NobodyCanClaimNotToHaveSeenAnOldLine", func(t *testing.T) {
			require.False(t, reply(t, time.Minute).Messages[0].Crossed)
		})
	})
}

func TestAfterTheEnd(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		r := setup(t, db)
		id := r.start(t, "S16")
		saying := exam.Saying{ChatID: id, ClientMessageID: "before-the-end", LastSeenSeq: 99, Text: "您好，在的"}
		first, err := r.Say(t.Context(), r.lin, saying)
		require.NoError(t, err)
		for range 12 { // nobody looks; the buyer has gone long before the next message
			r.clock.forward(time.Hour)
			if _, err := r.Sweep(t.Context(), 1); err != nil {
				require.NoError(t, err)
			}
		}
		t.Run("ALateMessageIsRefusedAndNotKept", func(t *testing.T) {
			_, err := r.Say(t.Context(), r.lin, exam.Saying{ChatID: id, ClientMessageID: uuid.NewString(), LastSeenSeq: 99, Text: "还在吗"})
			require.Equal(t, "chat_ended", fault.CodeOf(err))
			require.Equal(t, []string{"您好，在的"}, texts(r.look(t, id), discourse.Agent))
		})
		t.Run("ARetryOfAnEarlierMessageIsAnsweredAsThen", func(t *testing.T) {
			again, err := r.Say(t.Context(), r.lin, saying)
			require.NoError(t, err)
			require.Equal(t, first, again)
		})
		t.Run("FinishingIsTooLateToBeTheTraineesEnd", func(t *testing.T) {
			graded, err := r.Finish(t.Context(), r.lin, id)
			require.NoError(t, err)
			require.Equal(t, exam.Outcome("left"), graded.View.Chat.Outcome)
		})
	})
}

func TestTheBuyerLeavesWhileTheTraineeTypes(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		r := setup(t, db)
		id := r.start(t, "S16")
		for range 12 {
			r.clock.forward(time.Hour)
			_, err := r.Say(t.Context(), r.lin, exam.Saying{ChatID: id, ClientMessageID: "one-and-the-same", LastSeenSeq: 99, Text: "还在吗"})
			if err != nil {
				require.Equal(t, "chat_ended", fault.CodeOf(err))
				break
			}
		}
		r.clock.forward(12 * time.Hour)
		_, err := r.Say(t.Context(), r.lin, exam.Saying{ChatID: id, ClientMessageID: uuid.NewString(), LastSeenSeq: 99, Text: "您还在吗"})
		require.Equal(t, "chat_ended", fault.CodeOf(err))
		_, err = r.Scorecard(t.Context(), r.lin, id)
		require.NoError(t, err, "the end is real and graded when the answer comes")
	})
}
