package api

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/stretchr/testify/require"

	"agentladder/api/openapi"
	"agentladder/migrations"
	"agentladder/migrations/dbtest"
)

// wire leads to a database and can be cut.
type wire struct {
	mu    sync.Mutex
	cut   bool
	conns []net.Conn
}

// lay puts a wire before the PostgreSQL at an address and returns the address of its end.
func lay(t *testing.T, address string) (*wire, string) {
	t.Helper()
	config, err := pgconn.ParseConfig(address)
	require.NoError(t, err)
	network, target := pgconn.NetworkAddress(config.Host, config.Port)
	listener, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // for the length of a test
	require.NoError(t, err)
	t.Cleanup(func() { _ = listener.Close() })
	w := &wire{}
	go func() {
		for {
			near, err := listener.Accept()
			if err != nil {
				return
			}
			far, err := net.Dial(network, target) //nolint:noctx // for the length of a test
			if err != nil || !w.join(near, far) {
				_ = near.Close()
				continue
			}
			go func() { _, _ = io.Copy(far, near); _ = far.Close() }()
			go func() { _, _ = io.Copy(near, far); _ = near.Close() }()
		}
	}()
	u, err := url.Parse(address)
	require.NoError(t, err)
	u.Host = listener.Addr().String()
	query := u.Query()
	query.Del("host")
	query.Del("port")
	u.RawQuery = query.Encode()
	return w, u.String()
}

func (w *wire) join(near, far net.Conn) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.cut {
		_ = far.Close()
		return false
	}
	w.conns = append(w.conns, near, far)
	return true
}

// set cuts the wire or mends it.
func (w *wire) set(cut bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.cut = cut
	if cut {
		for _, c := range w.conns {
			_ = c.Close()
		}
		w.conns = nil
	}
}

// TestTheDatabaseIsAway cuts the wire to PostgreSQL under a running server.
func TestTheDatabaseIsAway(t *testing.T) {
	t.Parallel()
	if !dbtest.Postgres(t) {
		return
	}
	w, address := lay(t, dbtest.MigratedPostgres(t))
	db, err := migrations.Open(t.Context(), address)
	require.NoError(t, err)
	t.Cleanup(func() { _ = db.Close() })
	s := setup(t, db)
	lin := s.signIn(t, "lin")
	chat := s.startChat(t, lin).Id.String()
	body := fmt.Sprintf(`{"clientMessageId":%q,"lastSeenSeq":1,"text":"您好，在的"}`, uuid.NewString())
	refused := func(t *testing.T, method, path, body string) {
		t.Helper()
		a := s.ask(t, lin, method, path, body, "Accept-Language", "en", "Idempotency-Key", uuid.NewString())
		require.Equal(t, http.StatusServiceUnavailable, a.StatusCode, "%s %s: %s", method, path, a.body)
		require.NotEmpty(t, a.Header.Get("Retry-After"), "%s %s", method, path)
		require.Contains(t, []string{"database_unavailable", "not_ready"}, a.problem(t).Code)
	}
	w.set(true)
	for range 3 { // whatever the pool still holds
		refused(t, http.MethodGet, "/me", "")
		refused(t, http.MethodGet, "/chats/"+chat, "")
		refused(t, http.MethodGet, "/scenarios", "")
		refused(t, http.MethodGet, "/chats/"+chat+"/events", "")
		refused(t, http.MethodPost, "/chats/"+chat+"/messages", body)
		refused(t, http.MethodPost, "/chats", `{"scenarioId":"S16"}`)
		refused(t, http.MethodGet, "/ready", "")
	}
	require.Equal(t, http.StatusOK, s.ask(t, "", http.MethodGet, "/health", "").StatusCode)

	w.set(false)
	first := s.ask(t, lin, http.MethodPost, "/chats/"+chat+"/messages", body)
	require.Equal(t, http.StatusOK, first.StatusCode, "it comes back by itself: %s", first.body)
	again := s.ask(t, lin, http.MethodPost, "/chats/"+chat+"/messages", body)
	require.JSONEq(t, string(first.body), string(again.body))
	var now openapi.Chat
	require.NoError(t, json.Unmarshal(s.ask(t, lin, http.MethodGet, "/chats/"+chat, "").body, &now))
	own := 0
	for _, m := range now.Messages {
		if m.Role == openapi.Agent {
			own++
		}
	}
	require.Equal(t, 1, own)
}
