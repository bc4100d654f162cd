package migrations_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agentladder/migrations"
	"agentladder/migrations/dbtest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

type person struct {
	ID             string
	Login          string
	Name           string
	PasswordHash   string
	Tier           string
	SessionVersion int
	DisabledAt     *time.Time
	CreatedAt      time.Time
	Version        int `gorm:"default:1"`
	LastSeenAt     *time.Time
}

func (person) TableName() string { return "people" }

func TestSchema(t *testing.T) {
	t.Parallel()

	t.Run("is the same on both databases", func(t *testing.T) {
		t.Parallel()
		if !dbtest.Postgres(t) {
			return
		}
		lite := dbtest.SQLite(t)
		post, err := migrations.Open(context.Background(), dbtest.MigratedPostgres(t))
		require.NoError(t, err)
		t.Cleanup(func() { require.NoError(t, post.Close()) })

		tables := dbtest.Tables(t, lite)
		require.Len(t, tables, 21)
		require.Equal(t, tables, dbtest.Tables(t, post))
		for _, table := range tables {
			require.Equal(t, dbtest.Columns(t, lite, table), dbtest.Columns(t, post, table), table)
			require.NotEmpty(t, dbtest.UniqueIndexes(t, lite, table), table)
			require.Equal(t, dbtest.UniqueIndexes(t, lite, table), dbtest.UniqueIndexes(t, post, table), table)
		}
	})

	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		dbtest.CompareModel(t, db, person{})

		at := time.Date(2026, 11, 22, 14, 5, 6, 123456789, time.FixedZone("CST", 8*3600))
		require.NoError(t, db.Write.Create(&person{
			ID: "019340aa-0000-7000-8000-000000000001", Login: "lin", CreatedAt: at, DisabledAt: &at,
		}).Error)
		var got person
		require.NoError(t, db.Read.First(&got).Error)
		want := time.Date(2026, 11, 22, 6, 5, 6, 123456000, time.UTC)
		require.Equal(t, want, got.CreatedAt)
		require.Equal(t, want, *got.DisabledAt)

		var found int64
		require.NoError(t, db.Read.Model(&person{}).Where("created_at <= ?", at).Count(&found).Error)
		require.EqualValues(t, 1, found, "an argument in another zone compares as the same moment")
		require.NoError(t, db.Read.Model(&person{}).Where("created_at < ?", &want).Count(&found).Error)
		require.Zero(t, found)
	})
}

func TestMigrate(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		ctx := context.Background()

		require.NoError(t, db.Migrate(ctx), "a second run has nothing to do")
		at, err := db.Status(ctx)
		require.NoError(t, err)
		require.EqualValues(t, 2, at.Latest)
		require.False(t, at.Pending())

		require.NoError(t, db.Write.Exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (?, ?)", 99, true).Error)
		var newer *migrations.NewerError
		require.ErrorAs(t, db.Migrate(ctx), &newer)
		require.Equal(t, migrations.NewerError{Database: 99, Program: at.Latest}, *newer)
		require.ErrorContains(t, newer, "database schema 99 is newer than this program's 2")
	})
}

func TestMigrateDown(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		ctx := context.Background()
		tables := dbtest.Tables(t, db)
		folder, err := migrations.Render(db.Dialect)
		require.NoError(t, err)
		_, err = provider(t, db, folder).DownTo(ctx, 0)
		require.NoError(t, err)
		require.Empty(t, dbtest.Tables(t, db))
		at, err := db.Status(ctx)
		require.NoError(t, err)
		require.True(t, at.Pending())
		require.NoError(t, db.Migrate(ctx))
		require.Equal(t, tables, dbtest.Tables(t, db))
	})
}

func TestOpen(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "x.db")

	for address, names := range map[string]string{
		"sqlite:" + path + "?_pragma=synchronous(off)": "synchronous(off)",
		"sqlite:" + path + "?_txlock=deferred":         "_txlock=deferred",
		"sqlite:" + path + "?vfs=unix-none":            "vfs=unix-none",
		"sqlite::memory:":                              "path of a file",
		"sqlite:":                                      "path of a file",
		"sqlite:file:" + path:                          "path of a file",
		"mysql://localhost/x":                          "postgres://",
		"":                                             "sqlite:PATH",
	} {
		t.Run("RefusesAddress/"+names, func(t *testing.T) {
			t.Parallel()
			_, err := migrations.Open(ctx, address)
			require.ErrorContains(t, err, names)
		})
	}

	t.Run("RefusesWeakCommitOfPostgres", func(t *testing.T) {
		t.Parallel()
		if !dbtest.Postgres(t) {
			return
		}
		_, err := migrations.Open(ctx, dbtest.EmptyPostgres(t)+"&synchronous_commit=off")
		var unsafe *migrations.UnsafeError
		require.ErrorAs(t, err, &unsafe)
		require.Equal(t, "synchronous_commit", unsafe.Setting)
	})

	t.Run("ReaderOfSQLiteCannotWrite", func(t *testing.T) {
		t.Parallel()
		db := dbtest.SQLite(t)
		err := db.Read.Exec("DELETE FROM people").Error
		require.ErrorContains(t, err, "readonly")
	})

	t.Run("RowsSurviveClosingAndOddPaths", func(t *testing.T) {
		t.Parallel()
		address := "sqlite:" + filepath.Join(t.TempDir(), "数据 100%", "a#b.db")
		for range 2 {
			db, err := migrations.Open(ctx, address)
			require.NoError(t, err)
			require.NoError(t, db.Migrate(ctx))
			require.NoError(t, db.Ping(ctx))
			require.NoError(t, db.Write.Exec("INSERT INTO teams (id, name) SELECT 'a', 'b' WHERE NOT EXISTS (SELECT 1 FROM teams)").Error)
			require.NoError(t, db.Close())
		}
		require.FileExists(t, filepath.Join(filepath.Dir(address[len("sqlite:"):]), "a#b.db"))
	})
}
