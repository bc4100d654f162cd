// Package dbtest runs store tests on both databases.
//
// A package that uses it has
//
//	func TestMain(m *testing.M) { dbtest.Main(m) }
//
// and calls Each. PostgreSQL comes from AGENTLADDER_TEST_POSTGRES_URL (a role that may create databases) or from a
// temporary cluster made of the binaries of this machine. When there is neither, one line on standard error says so and
// SQLite runs alone; AGENTLADDER_TEST_REQUIRE_POSTGRES=1 turns that into a failure.
package dbtest

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // driver for the administrative connection
	"github.com/stretchr/testify/require"

	"agentladder/migrations"
)

// template is the migrated database that every PostgreSQL test copies.
const template = "agentladder_template"

var shared struct {
	main  bool // Main is in charge of stopping the cluster
	once  sync.Once
	admin string // address of the administrative database; "" when PostgreSQL is left out
	why   string // why it is left out
	stop  func()
	db    *sql.DB
	made  atomic.Int64

	mu    sync.Mutex // one CREATE DATABASE at a time: copies of a template exclude each other
	model string     // name of the migrated template of this process
}

// Main runs the tests, then stops what Each started. It does not return.
func Main(m *testing.M) { os.Exit(Run(m)) }

// Run is Main for a TestMain that has more to do: it returns the exit code.
func Run(m *testing.M) int {
	shared.main = true
	code := m.Run()
	stopShared()
	return code
}

func stopShared() {
	if shared.db != nil {
		if shared.model != "" {
			_, _ = shared.db.ExecContext(context.Background(), "DROP DATABASE IF EXISTS "+shared.model)
		}
		_ = shared.db.Close()
	}
	if shared.stop != nil {
		shared.stop()
	}
}

// Each runs test as two parallel subtests, "sqlite" and "postgres", each with a fresh migrated database of its own.
func Each(t *testing.T, test func(t *testing.T, db *migrations.Database)) {
	t.Helper()
	t.Run(migrations.SQLite, func(t *testing.T) {
		t.Parallel()
		test(t, openMigrated(t, "sqlite:"+filepath.Join(t.TempDir(), "test.db")))
	})
	if !Postgres(t) {
		return
	}
	t.Run(migrations.Postgres, func(t *testing.T) {
		t.Parallel()
		test(t, openMigrated(t, newPostgres(t, true)))
	})
}

// SQLite opens a fresh migrated SQLite database.
func SQLite(t *testing.T) *migrations.Database {
	t.Helper()
	return openMigrated(t, "sqlite:"+filepath.Join(t.TempDir(), "test.db"))
}

// Postgres reports whether PostgreSQL is there. It fails the test when it is required and missing.
func Postgres(t *testing.T) bool {
	t.Helper()
	require.True(t, shared.main, "the package needs: func TestMain(m *testing.M) { dbtest.Main(m) }")
	shared.once.Do(findPostgres)
	if shared.why != "" && os.Getenv("AGENTLADDER_TEST_REQUIRE_POSTGRES") == "1" {
		require.Fail(t, "PostgreSQL is required but left out: "+shared.why)
	}
	return shared.why == ""
}

// EmptyPostgres makes an empty PostgreSQL database and returns its address. Call it only when Postgres is true.
func EmptyPostgres(t *testing.T) string {
	t.Helper()
	return newPostgres(t, false)
}

// MigratedPostgres is EmptyPostgres with the schema in it.
func MigratedPostgres(t *testing.T) string {
	t.Helper()
	return newPostgres(t, true)
}

func openMigrated(t *testing.T, address string) *migrations.Database {
	t.Helper()
	db, err := migrations.Open(context.Background(), address)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	require.NoError(t, db.Migrate(context.Background()))
	return db
}

func findPostgres() {
	shared.admin = os.Getenv("AGENTLADDER_TEST_POSTGRES_URL")
	if shared.admin == "" {
		c, err := startCluster()
		if err != nil {
			leaveOut(err)
			return
		}
		shared.admin, shared.stop = c.url, c.stop
	}
	db, err := sql.Open("pgx", shared.admin)
	if err == nil {
		err = db.PingContext(context.Background())
	}
	if err != nil {
		leaveOut(err)
		return
	}
	shared.db = db
}

func leaveOut(why error) {
	shared.why = why.Error()
	fmt.Fprintln(os.Stderr, "PostgreSQL left out:", shared.why)
}

func newPostgres(t *testing.T, migrated bool) string {
	t.Helper()
	name := fmt.Sprintf("agentladder_%d_%d", os.Getpid(), shared.made.Add(1))

	shared.mu.Lock()
	defer shared.mu.Unlock()
	source := "template1"
	if migrated {
		makeTemplate(t)
		source = shared.model
	}
	_, err := shared.db.ExecContext(context.Background(), "CREATE DATABASE "+name+" TEMPLATE "+source)
	require.NoError(t, err)
	t.Cleanup(func() {
		_, err := shared.db.ExecContext(context.Background(), "DROP DATABASE "+name+" WITH (FORCE)")
		require.NoError(t, err)
	})
	return address(t, name)
}

// makeTemplate migrates once per process; copying is several times faster than migrating. The lock is held.
func makeTemplate(t *testing.T) {
	t.Helper()
	if shared.model != "" {
		return
	}
	name := fmt.Sprintf("%s_%d", template, os.Getpid())
	_, err := shared.db.ExecContext(context.Background(), "CREATE DATABASE "+name)
	require.NoError(t, err)
	db, err := migrations.Open(context.Background(), address(t, name))
	require.NoError(t, err)
	require.NoError(t, db.Migrate(context.Background()))
	require.NoError(t, db.Close())
	shared.model = name
}

func address(t *testing.T, database string) string {
	t.Helper()
	u, err := url.Parse(shared.admin)
	require.NoError(t, err)
	u.Path = "/" + database
	return u.String()
}
