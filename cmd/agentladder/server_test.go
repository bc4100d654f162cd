package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

// running is a demo server in a process of its own.
type running struct {
	url string
	cmd *exec.Cmd
	log *syncBuffer
}

// startServer starts a demo server on a free port. database may be empty: SQLite in data.
func startServer(t *testing.T, data, database string) *running {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "serve", "--demo", "--data", data, "--address", "127.0.0.1:0")
	cmd.Env = append(os.Environ(), asProgram+"=1", "AGENTLADDER_DATABASE_URL="+database, "AGENTLADDER_LOG_LEVEL=warn")
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	r := &running{cmd: cmd, log: &syncBuffer{}}
	cmd.Stderr = r.log
	require.NoError(t, cmd.Start())
	ready := regexp.MustCompile(`is ready: (http://\S+)`)
	scanner := bufio.NewScanner(out)
	for scanner.Scan() {
		if m := ready.FindStringSubmatch(scanner.Text()); m != nil {
			r.url = m[1] + "/api/v1"
			break
		}
	}
	require.NotEmpty(t, r.url, "the server did not become ready:\n%s", r.log)
	go func() { _, _ = io.Copy(io.Discard, out) }() // until the process ends
	return r
}

// kill ends the process as a power cut would, without a word to it.
func (r *running) kill(t *testing.T) {
	t.Helper()
	require.NoError(t, r.cmd.Process.Signal(syscall.SIGKILL))
	_ = r.cmd.Wait() // "signal: killed"
}

// stop asks the process to end and expects it to do so well.
func (r *running) stop(t *testing.T) {
	t.Helper()
	require.NoError(t, r.cmd.Process.Signal(syscall.SIGTERM))
	require.NoError(t, r.cmd.Wait(), "graceful stop:\n%s", r.log)
}

// client talks to a server as one person.
type client struct {
	r     *running
	token string
}

// signIn returns a client for a demo person.
func signIn(t *testing.T, r *running, login string) *client {
	t.Helper()
	c := &client{r: r}
	var session struct{ AccessToken string }
	require.Equal(t, http.StatusOK, c.do(t, http.MethodPost, "/auth/sign-in", map[string]string{"login": login, "password": demoPassword}, nil, &session))
	c.token = session.AccessToken
	return c
}

// do sends one request; a transport error is status 0. into may be nil.
func (c *client) do(t *testing.T, method, path string, body any, header map[string]string, into any) int {
	t.Helper()
	var reader io.Reader
	if body != nil {
		encoded, err := json.Marshal(body)
		require.NoError(t, err)
		reader = bytes.NewReader(encoded)
	}
	req, err := http.NewRequestWithContext(t.Context(), method, c.r.url+path, reader)
	require.NoError(t, err)
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if c.token != "" {
		req.Header.Set("Authorization", "Bearer "+c.token)
	}
	for k, v := range header {
		req.Header.Set(k, v)
	}
	client := http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
	res, err := client.Do(req)
	if err != nil {
		return 0
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	if err != nil {
		return 0
	}
	if into != nil && res.StatusCode < 300 {
		require.NoError(t, json.Unmarshal(answer, into), "%s", answer)
	}
	return res.StatusCode
}

type chatAnswer struct {
	ID       string
	Status   string
	Messages []struct {
		Seq                         int
		Role, Text, ClientMessageID string
		At                          time.Time
	}
}

// startChat begins a chat on a scenario.
func (c *client) startChat(t *testing.T, scenario string) chatAnswer {
	t.Helper()
	var chat chatAnswer
	status := c.do(t, http.MethodPost, "/chats", map[string]string{"scenarioId": scenario}, map[string]string{"Idempotency-Key": uuid.NewString()}, &chat)
	require.Equal(t, http.StatusCreated, status, "%s", c.r.log)
	return chat
}

// say sends one message and returns the status, 0 when the answer did not arrive.
func (c *client) say(t *testing.T, chatID, clientMessageID, text string) int {
	t.Helper()
	return c.do(t, http.MethodPost, fmt.Sprintf("/chats/%s/messages", chatID), map[string]any{"clientMessageId": clientMessageID, "lastSeenSeq": 0, "text": text}, nil, nil)
}

// syncBuffer collects a process's log while a test reads it.
type syncBuffer struct {
	mu sync.Mutex
	b  strings.Builder
}

func (s *syncBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *syncBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}
