package migrations

import (
	"context"
	"database/sql"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
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
