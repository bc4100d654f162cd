package migrations

import (
	"bytes"
	"context"
	"database/sql"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"
)

func TestDurableSQLite(t *testing.T) {
	t.Parallel()
	for pragmas, setting := range map[string]string{
		"_pragma=journal_mode(delete)&_pragma=synchronous(full)&_pragma=foreign_keys(1)": "journal_mode",
		"_pragma=journal_mode(memory)&_pragma=synchronous(full)&_pragma=foreign_keys(1)": "journal_mode",
		"_pragma=journal_mode(wal)&_pragma=synchronous(normal)&_pragma=foreign_keys(1)":  "synchronous",
		"_pragma=journal_mode(wal)&_pragma=synchronous(off)&_pragma=foreign_keys(1)":     "synchronous",
		"_pragma=journal_mode(wal)&_pragma=synchronous(full)&_pragma=foreign_keys(0)":    "foreign_keys",
	} {
		t.Run("Refuses/"+pragmas, func(t *testing.T) {
			t.Parallel()
			db, err := sql.Open("sqlite", filepath.Join(t.TempDir(), "x.db")+"?"+pragmas)
			require.NoError(t, err)
			t.Cleanup(func() { require.NoError(t, db.Close()) })
			var unsafe *UnsafeError
			require.ErrorAs(t, durableSQLite(context.Background(), db), &unsafe)
			require.Equal(t, setting, unsafe.Setting)
		})
	}
}

func TestDurableSetting(t *testing.T) {
	t.Parallel()
	for _, setting := range []string{"fsync", "full_page_writes", "synchronous_commit"} {
		require.ErrorContains(t, durableSetting(setting, "off"), "database setting "+setting+` is "off"`)
		for _, value := range []string{"on", "local", "remote_write", "remote_apply"} {
			require.NoError(t, durableSetting(setting, value))
		}
	}
}

func TestQueryLog(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	db, err := Open(ctx, "sqlite:"+filepath.Join(t.TempDir(), "x.db"))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	require.NoError(t, db.Migrate(ctx))

	var text bytes.Buffer
	to := slog.New(slog.NewTextHandler(&text, &slog.HandlerOptions{Level: slog.LevelDebug}))
	for name, slow := range map[string]time.Duration{"slow": 0, "failed": time.Hour} {
		text.Reset()
		logged := db.Write.Session(&gorm.Session{Logger: &queryLog{to: to, slow: slow}})
		err := logged.Exec("INSERT INTO teams (id, nam) VALUES (?, ?)", "id-of-a-team", "words of a person").Error
		require.Error(t, err)
		require.Contains(t, text.String(), "INSERT INTO teams", name)
		require.Contains(t, text.String(), name, name)
		require.NotContains(t, text.String(), "words of a person")
		require.NotContains(t, text.String(), "id-of-a-team")
	}
}
