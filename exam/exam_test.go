package exam_test

import (
	"context"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"agentladder/course/fault"
	"agentladder/course/journal"
	"agentladder/course/library"
	"agentladder/course/roster"
	"agentladder/course/shelf"
	"agentladder/exam"
	"agentladder/grading"
	"agentladder/grading/discourse"
	"agentladder/migrations"
	"agentladder/migrations/dbtest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// room is an exam room on one database with a clock that the test moves.
type room struct {
	*exam.Service
	clock *clock
	lin   roster.Actor
	zhou  roster.Actor
	db    *migrations.Database
	again func() *exam.Service // as another server on the same database, or this one after a restart
}

// clock is virtual time, shared by everything in a room.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) read(context.Context, *gorm.DB) (time.Time, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now, nil
}

func (c *clock) forward(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func setup(t *testing.T, db *migrations.Database) *room {
	t.Helper()
	r := &room{clock: &clock{now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}, db: db}
	j := journal.New(db.Write, db.Read, r.clock.read)
	people, err := roster.New(j, []byte(strings.Repeat("k", 32)), roster.Hashing(roster.Cost{MemoryKiB: 64, Passes: 1}, 4, 64))
	require.NoError(t, err)
	for login, actor := range map[string]*roster.Actor{"lin": &r.lin, "zhou": &r.zhou} {
		p, err := people.CreatePerson(t.Context(), roster.System, roster.NewPerson{Login: login, Name: login, Password: "bamboo-river-42", Roles: []roster.Role{roster.Trainee}})
		require.NoError(t, err)
		*actor = roster.Actor{PersonID: p.ID, Login: login, Roles: p.Roles}
	}
	sh := shelf.New(j)
	docs, err := library.Documents()
	require.NoError(t, err)
	_, err = sh.Install(t.Context(), shelf.Shipped, docs)
	require.NoError(t, err)
	r.again = func() *exam.Service { return exam.New(j, shelf.New(j), grading.New(j), slog.New(slog.DiscardHandler)) }
	r.Service = r.again()
	return r
}

func (r *room) start(t *testing.T, scenario string) string {
	t.Helper()
	view, err := r.Start(t.Context(), r.lin, scenario, uuid.NewString())
	require.NoError(t, err)
	return view.Chat.ID
}

func (r *room) say(t *testing.T, chatID, text string) exam.Said {
	t.Helper()
	said, err := r.Say(t.Context(), r.lin, exam.Saying{ChatID: chatID, ClientMessageID: uuid.NewString(), LastSeenSeq: 1 << 20, Text: text})
	require.NoError(t, err)
	return said
}

func (r *room) look(t *testing.T, chatID string) *exam.Chat {
	t.Helper()
	view, err := r.Look(t.Context(), r.lin, chatID)
	require.NoError(t, err)
	return view.Chat
}

func texts(c *exam.Chat, role discourse.Role) []string {
	var out []string
	for _, m := range c.Messages {
		if m.Role == role {
			out = append(out, m.Text)
		}
	}
	return out
}

func TestPractice(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		r := setup(t, db)
		id := r.start(t, "S16")
		r.clock.forward(10 * time.Second)
		require.NotEmpty(t, texts(r.look(t, id), discourse.Buyer), "the buyer opens the chat")
		require.False(t, r.look(t, id).WaitingSince().IsZero())

		said := r.say(t, id, "  您好，让您久等了非常抱歉，我马上联系快递核实，今天 18 点前给您答复。 ")
		require.Equal(t, "您好，让您久等了非常抱歉，我马上联系快递核实，今天 18 点前给您答复。", said.Message.Text)
		require.NotNil(t, said.Coach)
		require.NotEmpty(t, said.Coach.Landed)
		require.True(t, r.look(t, id).WaitingSince().IsZero(), "nobody waits for an answer now")
		before := len(texts(r.look(t, id), discourse.Buyer))
		r.clock.forward(15 * time.Second)
		require.Greater(t, len(texts(r.look(t, id), discourse.Buyer)), before, "the buyer answers when the line is due")

		_, err := r.Scorecard(t.Context(), r.lin, id)
		require.Equal(t, "chat_active", fault.CodeOf(err))
		graded, err := r.Finish(t.Context(), r.lin, id)
		require.NoError(t, err)
		require.Equal(t, exam.Closed, graded.View.Chat.Outcome)
		sum := 0
		for _, line := range graded.Card.Lines {
			sum += line.Points
		}
		require.Equal(t, graded.Card.Total, sum)
		again, err := r.Finish(t.Context(), r.lin, id)
		require.NoError(t, err)
		require.Equal(t, graded.Card, again.Card)

		_, err = r.Say(t.Context(), r.lin, exam.Saying{ChatID: id, ClientMessageID: uuid.NewString(), Text: "还在吗"})
		require.Equal(t, "chat_ended", fault.CodeOf(err))

		cards, err := r.Hall(t.Context(), r.lin)
		require.NoError(t, err)
		require.NotEmpty(t, cards)
		for _, c := range cards {
			if c.Face.ID == "S16" {
				require.Equal(t, 1, c.Attempts)
				require.Equal(t, graded.Card.Total, c.Best.Total)
				require.Equal(t, id, c.Last.ChatID)
				require.Empty(t, c.ActiveChatID)
			}
		}
	})
}

func TestSay(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		r := setup(t, db)
		id := r.start(t, "S06")
		r.clock.forward(10 * time.Second)
		saying := exam.Saying{ChatID: id, ClientMessageID: "client-1", LastSeenSeq: 99, Text: "您好，在的"}

		t.Run("TheSameIdIsOneMessage", func(t *testing.T) {
			first, err := r.Say(t.Context(), r.lin, saying)
			require.NoError(t, err)
			r.clock.forward(time.Minute)
			second, err := r.Say(t.Context(), r.lin, saying)
			require.NoError(t, err)
			require.Equal(t, first, second)
			require.Equal(t, []string{"您好，在的"}, texts(r.look(t, id), discourse.Agent))
		})
		t.Run("TheSameIdWithOtherWordsIsRefused", func(t *testing.T) {
			other := saying
			other.Text = "别的话"
			_, err := r.Say(t.Context(), r.lin, other)
			require.Equal(t, "idempotency_mismatch", fault.CodeOf(err))
		})
		t.Run("BadText", func(t *testing.T) {
			for text, code := range map[string]string{"": "message_empty", strings.Repeat("\u3000", 3): "message_empty", "a\xffb": "message_encoding", "a\x00b": "message_encoding",
				strings.Repeat("好", exam.MaxMessageRunes+1): "message_too_long"} {
				_, err := r.Say(t.Context(), r.lin, exam.Saying{ChatID: id, ClientMessageID: uuid.NewString(), Text: text})
				require.Equal(t, code, fault.CodeOf(err), "%.20q", text)
			}
			r.say(t, id, strings.Repeat("好", exam.MaxMessageRunes))
		})
		t.Run("SomebodyElsesChatIsNotThere", func(t *testing.T) {
			for _, chat := range []string{id, uuid.NewString(), "not-an-id"} {
				saying := exam.Saying{ChatID: chat, ClientMessageID: uuid.NewString(), Text: "您好"}
				_, err := r.Say(t.Context(), r.zhou, saying)
				require.Equal(t, "chat_unknown", fault.CodeOf(err))
				_, err = r.Look(t.Context(), r.zhou, chat)
				require.Equal(t, "chat_unknown", fault.CodeOf(err))
				_, err = r.Finish(t.Context(), r.zhou, chat)
				require.Equal(t, "chat_unknown", fault.CodeOf(err))
				_, err = r.Scorecard(t.Context(), r.zhou, chat)
				require.Equal(t, "chat_unknown", fault.CodeOf(err))
			}
		})
		t.Run("ALineThatCrossedIsMarked", func(t *testing.T) {
			chat := r.look(t, id)
			seen := chat.LastSeq
			r.say(t, id, "请问您想要什么颜色呢？")
			r.clock.forward(20 * time.Second) // the buyer's line arrives, the trainee has not looked
			_, err := r.Say(t.Context(), r.lin, exam.Saying{ChatID: id, ClientMessageID: uuid.NewString(), LastSeenSeq: seen, Text: "满 128 减 5 的券您领一下，124 就可以带走。"})
			require.NoError(t, err)
			var crossed, unseen int
			for _, m := range r.look(t, id).Messages {
				if m.Role == discourse.Buyer && m.Seq > seen+1 {
					unseen++
				}
				if m.Crossed {
					crossed++
					require.Greater(t, m.Seq, seen)
				}
			}
			require.Positive(t, crossed)
			require.Equal(t, unseen, crossed)
		})
	})
}

func TestStart(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		r := setup(t, db)
		_, err := r.Start(t.Context(), r.lin, "S99", uuid.NewString())
		require.Equal(t, "scenario_unknown", fault.CodeOf(err))
		one, err := r.Start(t.Context(), r.lin, "S01", "the-same-key")
		require.NoError(t, err)
		two, err := r.Start(t.Context(), r.lin, "S01", "the-same-key")
		require.NoError(t, err)
		require.Equal(t, one.Chat.ID, two.Chat.ID)
		_, err = r.Start(t.Context(), r.lin, "S06", "the-same-key")
		require.Equal(t, "idempotency_mismatch", fault.CodeOf(err))
		other, err := r.Start(t.Context(), r.zhou, "S01", "the-same-key")
		require.NoError(t, err)
		require.NotEqual(t, one.Chat.ID, other.Chat.ID, "keys belong to a person")
	})
}

func TestList(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		r := setup(t, db)
		foreign := func() { // before and after, so a cursor that forgets whose list it is would show one
			_, err := r.Start(t.Context(), r.zhou, "S01", uuid.NewString())
			require.NoError(t, err)
		}
		foreign()
		want := map[string]bool{}
		for i := range 7 {
			want[r.start(t, []string{"S01", "S16"}[i%2])] = true
			if i%3 == 0 {
				r.clock.forward(time.Second) // some begin in the same moment
			}
		}
		foreign()
		got := map[string]bool{}
		filter := exam.Filter{Limit: 2}
		for pages := 0; ; pages++ {
			require.Less(t, pages, 10)
			page, err := r.List(t.Context(), r.lin, filter)
			require.NoError(t, err)
			for _, c := range page.Chats {
				require.False(t, got[c.ID], "twice")
				got[c.ID] = true
			}
			if page.Next == "" {
				break
			}
			filter.Cursor = page.Next
		}
		require.Equal(t, want, got)
		page, err := r.List(t.Context(), r.lin, exam.Filter{Limit: 50, ScenarioID: "S16", Status: exam.Active})
		require.NoError(t, err)
		require.Len(t, page.Chats, 3)
		for _, bad := range []string{"x", "!!", "Zm9v"} {
			_, err := r.List(t.Context(), r.lin, exam.Filter{Limit: 2, Cursor: bad})
			require.Equal(t, "cursor_invalid", fault.CodeOf(err))
		}
	})
}

func TestLeftAlone(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		r := setup(t, db)
		id := r.start(t, "S16")
		for range 40 {
			r.clock.forward(5 * time.Minute)
			_, err := r.Sweep(t.Context(), 100)
			require.NoError(t, err)
		}
		chat := r.look(t, id)
		require.Equal(t, exam.Ended, chat.Status, "a buyer who is never answered goes")
		require.Equal(t, exam.Outcome("left"), chat.Outcome)
		require.NotNil(t, chat.Total)
		require.False(t, *chat.Passed)
		require.False(t, chat.EndedAt.After(r.clock.now))
		touched, err := r.Sweep(t.Context(), 100)
		require.NoError(t, err)
		require.Zero(t, touched)
	})
}

func TestABuyerWhoLeavesFailsTheChat(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		r := setup(t, db)
		id := r.start(t, "S16")
		for range 8 { // the same friendly sentence again and again helps nobody
			r.clock.forward(20 * time.Second)
			_, err := r.Say(t.Context(), r.lin, exam.Saying{ChatID: id, ClientMessageID: uuid.NewString(), LastSeenSeq: 99, Text: "您好，非常理解您的心情，我马上帮您查询，请您放心。"})
			if fault.CodeOf(err) == "chat_ended" {
				break
			}
			require.NoError(t, err)
		}
		for range 40 {
			r.clock.forward(5 * time.Minute)
			r.look(t, id)
		}
		graded, err := r.Scorecard(t.Context(), r.lin, id)
		require.NoError(t, err)
		require.Equal(t, exam.Outcome("left"), graded.View.Chat.Outcome)
		require.False(t, graded.Card.Passed)
		require.Less(t, graded.Card.Total, graded.Card.PassLine)
		var fails []string
		for _, a := range graded.Card.AutoFails {
			fails = append(fails, a.ID)
		}
		require.Contains(t, fails, "left")
	})
}

func TestReplay(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		r := setup(t, db)
		replies := []string{"您好，非常抱歉让您久等了，我马上联系快递", "你自己打电话问快递", "今天 18 点前给您答复，如果没有动我给您补发", "急也没用", "保证明天一定到", "好的"}
		const chats = 100
		for i := range chats {
			id := r.start(t, []string{"S01", "S06", "S16"}[i%3])
			for k := range 3 {
				r.clock.forward(20 * time.Second)
				_, err := r.Say(t.Context(), r.lin, exam.Saying{ChatID: id, ClientMessageID: uuid.NewString(), LastSeenSeq: 99, Text: replies[(i+k)%len(replies)]})
				if fault.CodeOf(err) != "chat_ended" {
					require.NoError(t, err)
				}
			}
			_, err := r.Finish(t.Context(), r.lin, id)
			require.NoError(t, err)
		}
		for range 2 { // 200 replays on each database
			same := 0
			require.NoError(t, r.Replay(t.Context(), func(one exam.Replayed) error {
				require.True(t, one.Same, "%+v", one)
				require.False(t, one.Altered)
				same++
				return nil
			}))
			require.Equal(t, chats, same)
		}
		t.Logf("%d replays: %d identical scorecards", 2*chats, 2*chats)

		require.NoError(t, r.db.Write.Exec("UPDATE chat_messages SET text = text || '！' WHERE seq = 2").Error)
		altered := 0
		require.NoError(t, r.Replay(t.Context(), func(one exam.Replayed) error {
			if one.Altered {
				altered++
			}
			return nil
		}))
		require.Positive(t, altered, "an edited transcript is noticed")
	})
}
