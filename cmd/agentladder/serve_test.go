package main

import (
	"bytes"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestDemoPeopleStayAmongThemselves starts a real server on the database of a demo server, whose passwords are known
// to everybody.
func TestDemoPeopleStayAmongThemselves(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	c := &config{DataDir: data, Address: "127.0.0.1:0", Timezone: "Asia/Shanghai", LogLevel: "info", LogFormat: "text"}
	require.NoError(t, c.check(nil))
	key, err := c.tokenKey()
	require.NoError(t, err)
	h, err := openHouse(t.Context(), c, key, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	require.NoError(t, h.refuseDemoPeople(t.Context()), "an empty database is anybody's")
	require.NoError(t, h.inviteDemoPeople(t.Context()))
	require.NoError(t, h.close())

	var out, log bytes.Buffer
	code := newProgram(strings.NewReader(""), &out, &log).run(t.Context(), []string{"serve", "--data", data, "--address", "127.0.0.1:0"})
	require.Equal(t, exitMisused, code, log.String())
	require.Contains(t, log.String(), "--demo")
	require.NotContains(t, out.String(), "is ready")
}

func TestTokenKey(t *testing.T) {
	t.Parallel()
	t.Run("CommandsThatStartTogetherShareOneKey", func(t *testing.T) {
		t.Parallel()
		for range 20 {
			dir := filepath.Join(t.TempDir(), "data")
			var wg sync.WaitGroup
			keys, errs := make([][]byte, 8), make([]error, 8)
			for i := range keys {
				wg.Go(func() { keys[i], errs[i] = (&config{DataDir: dir}).tokenKey() })
			}
			wg.Wait()
			for i := range keys {
				require.NoError(t, errs[i])
				require.Equal(t, keys[0], keys[i])
			}
			left, err := os.ReadDir(dir)
			require.NoError(t, err)
			require.Len(t, left, 1)
			info, err := left[0].Info()
			require.NoError(t, err)
			require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
		}
	})
	t.Run("AKeyThatWasCutOffIsRefused", func(t *testing.T) {
		t.Parallel()
		dir := t.TempDir()
		require.NoError(t, os.WriteFile(filepath.Join(dir, "token.key"), []byte("AAAA\n"), 0o600))
		_, err := (&config{DataDir: dir}).tokenKey()
		require.Error(t, err)
	})
}
