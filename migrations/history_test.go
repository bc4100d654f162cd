package migrations_test

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/pressly/goose/v3"
	"github.com/stretchr/testify/require"

	"agentladder/migrations"
	"agentladder/migrations/dbtest"
)

// firstLight are rows of a database that the first version of the program has left: at least one in every table.
var firstLight = []string{
	`INSERT INTO people (id, login, name, password_hash, tier, session_version, disabled_at, created_at) VALUES
		('019340aa-0000-7000-8000-000000000001', 'lin', '林小满', '$argon2id$v=19$m=8,t=1,p=1$c2FsdA$aGFzaA', 'junior', 7, NULL, '2026-01-02 03:04:05.678901+00:00'),
		('019340aa-0000-7000-8000-000000000002', 'gone', '周 “四”', '$argon2id$v=19$m=8,t=1,p=1$c2FsdA$aGFzaA', 'none', 1, '2026-02-03 04:05:06+00:00', '2026-01-02 03:04:05.678901+00:00')`,
	`INSERT INTO roles (person_id, role) VALUES ('019340aa-0000-7000-8000-000000000001', 'trainee'), ('019340aa-0000-7000-8000-000000000001', 'hr')`,
	`INSERT INTO teams (id, name) VALUES ('019340aa-0000-7000-8000-000000000003', '售后一组')`,
	`INSERT INTO team_members (team_id, person_id) VALUES ('019340aa-0000-7000-8000-000000000003', '019340aa-0000-7000-8000-000000000001')`,
	`INSERT INTO login_sessions (id, person_id, seed, created_at, last_used_at) VALUES
		('019340aa-0000-7000-8000-000000000004', '019340aa-0000-7000-8000-000000000001', 'seed', '2026-01-02 03:04:05+00:00', '2026-01-02 03:04:05+00:00')`,
	`INSERT INTO refresh_tokens (token_hash, session_id, generation, issued_at, expires_at) VALUES
		('hash', '019340aa-0000-7000-8000-000000000004', 0, '2026-01-02 03:04:05+00:00', '2026-01-16 03:04:05+00:00')`,
	`INSERT INTO sign_in_attempts (id, bucket, at) VALUES ('019340aa-0000-7000-8000-000000000005', 'account:x', '2026-01-02 03:04:05+00:00')`,
	`INSERT INTO audit_entries (id, subject, seq, at, actor_id, act, object, payload_hash, previous_hash, hash) VALUES
		('019340aa-0000-7000-8000-000000000006', 'person:1', 1, '2026-01-02 03:04:05+00:00', 'system', 'person.created', 'person:1', 'p', '', 'h')`,
	`INSERT INTO audit_heads (subject, seq, hash) VALUES ('person:1', 1, 'h')`,
	`INSERT INTO audit_payloads (entry_id, salt, payload) VALUES ('019340aa-0000-7000-8000-000000000006', 's', '{"b": 1,  "a":2}')`,
	`INSERT INTO idempotency_keys (actor_id, operation, key, request_hash, response, created_at) VALUES
		('019340aa-0000-7000-8000-000000000001', 'startChat', 'key-1', 'r', '{"x":  1}', '2026-01-02 03:04:05+00:00')`,
	`INSERT INTO shelf_items (kind, id, version, digest, origin, path, body, installed_at) VALUES
		('lesson', 'L1', 1, 'd', 'o', 'lessons/L1.md', 'body', '2026-01-02 03:04:05+00:00')`,
	`INSERT INTO shelf_bundles (digest, items, activated_at) VALUES ('bundle', '["d"]', '2026-01-02 03:04:05+00:00')`,
	`INSERT INTO chats (id, person_id, scenario_id, scenario_title, stage, mode, status, seed, version, state, bundle_digest, started_at, last_seq) VALUES
		('019340aa-0000-7000-8000-000000000007', '019340aa-0000-7000-8000-000000000001', 'S01', '新手', 'pre', 'practice', 'active', 9007199254740993, 3,
		'{"z": 1,  "mood":50}', 'bundle', '2026-01-02 03:04:05.000001+00:00', 1)`,
	`INSERT INTO chat_messages (id, chat_id, seq, role, text, at, crossed, mood) VALUES
		('019340aa-0000-7000-8000-000000000008', '019340aa-0000-7000-8000-000000000007', 1, 'buyer', '在吗?', '2026-01-02 03:04:05+00:00', false, 50)`,
	`INSERT INTO scorecards (id, chat_id, version, engine, total, passed, body, transcript_digest, created_at) VALUES
		('019340aa-0000-7000-8000-000000000009', '019340aa-0000-7000-8000-000000000007', 1, 1, 61000, true, '{"total":  61000}', 't', '2026-01-02 03:04:05+00:00')`,
}

// old is a database of the first version with its rows, and what was in them.
type old struct {
	db      *migrations.Database
	address string
	tables  []string
	rows    map[string][]map[string]any
}

func makeOld(t *testing.T, address string) old {
	t.Helper()
	ctx := context.Background()
	db, err := migrations.Open(ctx, address)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	folder, err := migrations.Render(db.Dialect)
	require.NoError(t, err)
	_, err = provider(t, db, folder).UpTo(ctx, 1)
	require.NoError(t, err)
	for _, insert := range firstLight {
		require.NoError(t, db.Write.Exec(insert).Error)
	}
	o := old{db: db, address: address, tables: dbtest.Tables(t, db), rows: map[string][]map[string]any{}}
	require.Len(t, o.tables, 16)
	for _, table := range o.tables {
		o.rows[table] = rowsOf(t, db, table, columnsOf(t, db, table))
		require.NotEmpty(t, o.rows[table], table)
	}
	return o
}

func provider(t *testing.T, db *migrations.Database, folder fs.FS) *goose.Provider {
	t.Helper()
	pool, err := db.Write.DB()
	require.NoError(t, err)
	dialect := map[string]goose.Dialect{migrations.SQLite: goose.DialectSQLite3, migrations.Postgres: goose.DialectPostgres}[db.Dialect]
	p, err := goose.NewProvider(dialect, pool, folder, goose.WithDisableGlobalRegistry(true))
	require.NoError(t, err)
	return p
}

func columnsOf(t *testing.T, db *migrations.Database, table string) []string {
	t.Helper()
	var names []string
	for _, c := range dbtest.Columns(t, db, table) {
		names = append(names, c.Name)
	}
	return names
}

func rowsOf(t *testing.T, db *migrations.Database, table string, columns []string) []map[string]any {
	t.Helper()
	var rows []map[string]any
	require.NoError(t, db.Write.Table(table).Select(columns).Find(&rows).Error)
	slices.SortFunc(rows, func(a, b map[string]any) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
	return rows
}

// requireOldRows compares every old column of every old row.
func (o old) requireOldRows(t *testing.T, db *migrations.Database) {
	t.Helper()
	for _, table := range o.tables {
		var columns []string
		for name := range o.rows[table][0] {
			columns = append(columns, name)
		}
		slices.Sort(columns)
		require.Equal(t, o.rows[table], rowsOf(t, db, table, columns), table)
	}
}

func (o old) requireAt(t *testing.T, db *migrations.Database, version int64) {
	t.Helper()
	at, err := db.Status(context.Background())
	require.NoError(t, err)
	require.Equal(t, version, at.Current)
	o.requireOldRows(t, db)
}

func eachEmpty(t *testing.T, test func(t *testing.T, address string)) {
	t.Helper()
	t.Run(migrations.SQLite, func(t *testing.T) {
		t.Parallel()
		test(t, "sqlite:"+filepath.Join(t.TempDir(), "old.db"))
	})
	if !dbtest.Postgres(t) {
		return
	}
	t.Run(migrations.Postgres, func(t *testing.T) {
		t.Parallel()
		test(t, dbtest.EmptyPostgres(t))
	})
}

func TestOldRowsSurvive(t *testing.T) {
	t.Parallel()
	eachEmpty(t, func(t *testing.T, address string) {
		ctx := context.Background()
		o := makeOld(t, address)
		require.NoError(t, o.db.Migrate(ctx))
		o.requireAt(t, o.db, 2)
		var added []struct {
			Version    int
			LastSeenAt *string
		}
		require.NoError(t, o.db.Read.Table("people").Select("version, last_seen_at").Scan(&added).Error)
		require.Len(t, added, 2)
		for _, p := range added {
			require.Equal(t, 1, p.Version)
			require.Nil(t, p.LastSeenAt)
		}

		folder, err := migrations.Render(o.db.Dialect)
		require.NoError(t, err)
		_, err = provider(t, o.db, folder).DownTo(ctx, 1)
		require.NoError(t, err)
		o.requireAt(t, o.db, 1)
		require.Equal(t, o.tables, dbtest.Tables(t, o.db))
		require.NoError(t, o.db.Migrate(ctx))
		o.requireAt(t, o.db, 2)
	})
}

// steps are the statements of the second migration and its text with something put in after the first n of them.
func steps(t *testing.T, dialect string) (statements []string, with func(n int, extra string) fs.FS) {
	t.Helper()
	folder, err := migrations.Render(dialect)
	require.NoError(t, err)
	const name = "0002_offices.sql"
	raw, err := fs.ReadFile(folder, name)
	require.NoError(t, err)
	up, down, ok := strings.Cut(string(raw), "-- +goose Down")
	require.True(t, ok)
	statements = strings.SplitAfter(strings.TrimSpace(up), ";\n")
	first, err := fs.ReadFile(folder, "0001_first_light.sql")
	require.NoError(t, err)
	return statements, func(n int, extra string) fs.FS {
		text := strings.Join(statements[:n], "") + "\n" + extra + "\n" + strings.Join(statements[n:], "") + "\n-- +goose Down" + down
		return fstest.MapFS{name: {Data: []byte(text)}, "0001_first_light.sql": {Data: first}}
	}
}

// What a program that is killed between two statements of the migration leaves behind is the old database, and the next
// start migrates it.
func TestKilledMidway(t *testing.T) {
	t.Parallel()

	t.Run(migrations.SQLite, func(t *testing.T) {
		t.Parallel()
		ctx := context.Background()
		o := makeOld(t, "sqlite:"+filepath.Join(t.TempDir(), "old.db"))
		statements, _ := steps(t, migrations.SQLite)
		require.Greater(t, len(statements), 8)
		require.NoError(t, o.db.Write.Exec("PRAGMA cache_size = 1").Error, "pages reach the log long before the commit")
		tx := o.db.Write.Begin()
		require.NoError(t, tx.Error)
		for n, statement := range statements {
			require.NoError(t, tx.Exec(statement).Error)
			// A kill leaves the files as they are at this moment.
			left := filepath.Join(t.TempDir(), "left.db")
			for _, part := range []string{"", "-wal"} {
				bytes, err := os.ReadFile(strings.TrimPrefix(o.address, "sqlite:") + part)
				require.NoError(t, err)
				require.NoError(t, os.WriteFile(left+part, bytes, 0o600))
			}
			db, err := migrations.Open(ctx, "sqlite:"+left)
			require.NoError(t, err)
			o.requireAt(t, db, 1)
			require.Equal(t, o.tables, dbtest.Tables(t, db), "after statement %d", n+1)
			require.NoError(t, db.Migrate(ctx))
			o.requireAt(t, db, 2)
			require.NoError(t, db.Close())
		}
		require.NoError(t, tx.Rollback().Error)
	})

	if !dbtest.Postgres(t) {
		return
	}
	t.Run(migrations.Postgres, func(t *testing.T) {
		t.Parallel()
		ctx := context.Background()
		o := makeOld(t, dbtest.EmptyPostgres(t))
		statements, with := steps(t, migrations.Postgres)
		for n := range statements {
			_, err := provider(t, o.db, with(n+1, "SELECT pg_terminate_backend(pg_backend_pid());")).Up(ctx)
			require.Error(t, err)
			o.requireAt(t, o.db, 1)
			require.Equal(t, o.tables, dbtest.Tables(t, o.db), "after statement %d", n+1)
		}
		require.NoError(t, o.db.Migrate(ctx))
		o.requireAt(t, o.db, 2)
	})

	t.Run("ServersThatStartTogetherMigrateOnce", func(t *testing.T) {
		t.Parallel()
		ctx := context.Background()
		o := makeOld(t, dbtest.EmptyPostgres(t))
		var all sync.WaitGroup
		for range 3 {
			all.Go(func() {
				db, err := migrations.Open(ctx, o.address)
				if err == nil {
					err = db.Migrate(ctx)
				}
				if err == nil {
					err = db.Close()
				}
				if err != nil {
					t.Errorf("start: %v", err)
				}
			})
		}
		all.Wait()
		o.requireAt(t, o.db, 2)
	})
}

// One open attempt per person and chapter; those that were handed in do not count.
func TestOneOpenAttempt(t *testing.T) {
	t.Parallel()
	eachEmpty(t, func(t *testing.T, address string) {
		o := makeOld(t, address)
		require.NoError(t, o.db.Migrate(context.Background()))
		put := func(id int, chapter, submitted string) error {
			return o.db.Write.Exec(fmt.Sprintf(`INSERT INTO quiz_attempts (id, person_id, chapter_id, bundle_digest, questions, started_at, submitted_at) VALUES
				('019340aa-0000-7000-8000-0000000001%02d', '019340aa-0000-7000-8000-000000000001', '%s', 'bundle', '[]', '2026-01-02 03:04:05+00:00', %s)`,
				id, chapter, submitted)).Error
		}
		require.NoError(t, put(1, "C1", "'2026-01-02 03:05:05+00:00'"))
		require.NoError(t, put(2, "C1", "'2026-01-02 03:06:05+00:00'"))
		require.NoError(t, put(3, "C1", "NULL"))
		require.NoError(t, put(4, "C2", "NULL"))
		require.Error(t, put(5, "C1", "NULL"))
	})
}
