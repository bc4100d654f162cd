package api

import (
	"bytes"
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"
	"github.com/stretchr/testify/require"

	"agentladder/course/fault"
)

// answerTo is what a client gets when a handler fails with err, and what the log says.
func answerTo(t *testing.T, handler echo.HandlerFunc) (*httptest.ResponseRecorder, string) {
	t.Helper()
	var log bytes.Buffer
	s, err := New(Config{Tokens: mustTokens(t), Log: slog.New(slog.NewTextHandler(&log, nil))}, Services{People: mustPeople(t)})
	require.NoError(t, err)
	s.Echo.GET("/broken", handler)
	rec := httptest.NewRecorder()
	s.Echo.ServeHTTP(rec, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/broken", nil))
	return rec, log.String()
}

func TestProblems(t *testing.T) {
	t.Parallel()
	secret := "SELECT password_hash FROM people"
	for name, c := range map[string]struct {
		err    error
		status int
		after  string
		logged string // level of the line about the fault; "" for none
	}{
		"Unknown":          {errors.New(secret), 500, "", "level=ERROR"},
		"ConnectionLost":   {fmt.Errorf("read %s: %w", secret, driver.ErrBadConn), 503, "1", "level=WARN"},
		"TooSlow":          {fmt.Errorf("%s: %w", secret, context.DeadlineExceeded), 503, "1", "level=WARN"},
		"TheClientHasGone": {fmt.Errorf("%s: %w", secret, context.Canceled), 503, "1", ""},
		"NotReady":         {fault.New(fault.Unavailable, "not_ready", nil).Because(errors.New(secret)), 503, "1", "level=WARN"},
		"Throttled":        {fault.New(fault.Throttled, "busy", fault.Params{"retry_after": 7}), 429, "7", ""},
		"AFaultWithACause": {fault.New(fault.Conflict, "chat_ended", nil).Because(errors.New(secret)), 409, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rec, log := answerTo(t, func(echo.Context) error { return c.err })
			require.Equal(t, c.status, rec.Code)
			require.Equal(t, c.after, rec.Header().Get("Retry-After"))
			require.Equal(t, "application/problem+json", rec.Header().Get("Content-Type"))
			require.NotContains(t, rec.Body.String(), "password_hash")
			if c.logged == "" {
				require.NotContains(t, log, "password_hash")
				return
			}
			require.Contains(t, log, c.logged)
			require.Contains(t, log, "password_hash", "the log has the whole error")
		})
	}
	t.Run("APanicFailsItsRequestAloneAndSaysWhere", func(t *testing.T) {
		t.Parallel()
		rec, log := answerTo(t, func(echo.Context) error { panic("a bug\nlevel=INFO msg=forged") })
		require.Equal(t, http.StatusInternalServerError, rec.Code)
		require.NotContains(t, rec.Body.String(), "a bug")
		require.Contains(t, log, "problem_test.go")
		for line := range strings.Lines(log) {
			require.True(t, strings.HasPrefix(line, "time="), "a forged line: %s", line)
		}
	})
}
