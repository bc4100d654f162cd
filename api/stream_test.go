package api

import (
	"bufio"
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"agentladder/api/openapi"
	"agentladder/course/fault"
	"agentladder/course/journal"
	"agentladder/course/roster"
	"agentladder/course/shelf"
	"agentladder/exam"
	"agentladder/grading"
	"agentladder/migrations"
	"agentladder/migrations/dbtest"
)

func TestStream(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		s := setup(t, db)
		lin := s.signIn(t, "lin")
		chat := s.startChat(t, lin)
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.url+"/chats/"+chat.Id.String()+"/events?after=0", nil)
		require.NoError(t, err)
		req.Header.Set("Authorization", "Bearer "+lin)
		res, err := http.DefaultClient.Do(req)
		require.NoError(t, err)
		defer res.Body.Close()
		require.Equal(t, "text/event-stream", res.Header.Get("Content-Type"))

		events := bufio.NewScanner(res.Body)
		next := func() (name, data string) {
			for events.Scan() {
				line := events.Text()
				if v, ok := strings.CutPrefix(line, "event: "); ok {
					name = v
				}
				if v, ok := strings.CutPrefix(line, "data: "); ok {
					data = v
				}
				if line == "" && name != "" {
					return name, data
				}
			}
			return "", ""
		}
		// The buyer's opening line comes by itself, then the end that another request brings about.
		seen := map[string]int{}
		for {
			name, data := next()
			require.NotEmpty(t, name, "the stream broke off before the end")
			seen[name]++
			require.NotContains(t, data, "mood")
			if name == "end" {
				break
			}
			if name == "message" && seen[name] == 1 {
				var m openapi.Message
				require.NoError(t, json.Unmarshal([]byte(data), &m))
				require.Equal(t, 1, m.Seq)
				require.Equal(t, http.StatusOK, s.ask(t, lin, http.MethodPost, "/chats/"+chat.Id.String()+"/finish", "").StatusCode)
			}
		}
		require.Positive(t, seen["message"])
		require.Equal(t, 1, seen["end"])
		require.GreaterOrEqual(t, seen["status"], 1)
	})
}

func TestStreamsOfOnePersonAreLimited(t *testing.T) {
	t.Parallel()
	h := newHub(nil, slog.New(slog.DiscardHandler))
	var leave []func()
	for range streamsPerson {
		_, done, err := h.watch("lin", uuid.NewString())
		require.NoError(t, err)
		leave = append(leave, done)
	}
	_, _, err := h.watch("lin", uuid.NewString())
	require.Equal(t, "stream_limit", fault.CodeOf(err))
	_, done, err := h.watch("zhou", uuid.NewString())
	require.NoError(t, err, "another person is not held up")
	leave = append(leave, done)
	leave[0]()
	_, done, err = h.watch("lin", uuid.NewString())
	require.NoError(t, err, "a closed stream makes room")
	leave[0] = done
	for _, done := range leave {
		done()
	}
	require.Empty(t, h.people)
	require.Empty(t, h.watchers)
}

func TestHubForgetsWhoLeft(t *testing.T) {
	t.Parallel()
	h := newHub(nil, slog.New(slog.DiscardHandler))
	wake, leave, err := h.watch("lin", "chat")
	require.NoError(t, err)
	h.tell([]exam.Pulse{{ChatID: "chat", LastSeq: 1}})
	require.Len(t, wake, 1)
	<-wake
	h.tell([]exam.Pulse{{ChatID: "chat", LastSeq: 1}})
	require.Empty(t, wake, "nothing new")
	leave()
	h.tell([]exam.Pulse{{ChatID: "chat", LastSeq: 2}}) // a poll that was under way when the stream ended
	require.Empty(t, h.seen)
}

// closedHouse is a house whose database has gone away.
func closedHouse(t *testing.T) (*roster.Service, *exam.Service) {
	t.Helper()
	db, err := migrations.Open(t.Context(), "sqlite:"+t.TempDir()+"/gone.db")
	require.NoError(t, err)
	require.NoError(t, db.Migrate(t.Context()))
	require.NoError(t, db.Close())
	j := journal.New(db.Write, db.Read, journal.ProcessClock)
	people, err := roster.New(j, []byte("a key for tests that is 32 bytes!!"))
	require.NoError(t, err)
	return people, exam.New(j, shelf.New(j), grading.New(j), slog.New(slog.DiscardHandler))
}

func TestHubLogsAnOutageOnce(t *testing.T) {
	t.Parallel()
	_, chats := closedHouse(t)
	var log bytes.Buffer
	h := newHub(chats, slog.New(slog.NewTextHandler(&log, nil)))
	_, leave, err := h.watch("lin", uuid.NewString())
	require.NoError(t, err)
	for range 5 {
		h.poll(t.Context())
	}
	leave()
	h.poll(t.Context()) // nobody watches, so nothing is asked: no news of the database
	require.Equal(t, 1, strings.Count(log.String(), "level=WARN"), log.String())
}

// TestAliveCheck: the moment at which a stream asks whether its login session still lives.
func TestAliveCheck(t *testing.T) {
	t.Parallel()
	check := func(t *testing.T, people *roster.Service) string {
		rec := httptest.NewRecorder()
		alive := make(chan time.Time, 1)
		alive <- time.Now()
		s := stream{streams: streams{hub: newHub(nil, slog.New(slog.DiscardHandler)), people: people}, ctx: t.Context(),
			actor: roster.Actor{PersonID: uuid.NewString(), SessionID: uuid.NewString()}}
		require.False(t, s.wait(alive, nil, &eventWriter{w: rec, control: http.NewResponseController(rec)}))
		return rec.Body.String()
	}
	t.Run("ADeadSessionEndsTheStreamForGood", func(t *testing.T) {
		t.Parallel()
		require.Contains(t, check(t, mustPeople(t)), "event: end")
	})
	t.Run("AnOutageOnlyBreaksItOff", func(t *testing.T) {
		t.Parallel()
		people, _ := closedHouse(t)
		require.Empty(t, check(t, people))
	})
}
