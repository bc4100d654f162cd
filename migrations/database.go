// Package migrations decides what the database looks like and whether it is safe to write to.
//
// One folder of SQL is rendered for SQLite and PostgreSQL. Open refuses a database that could lose acknowledged
// writes; Migrate refuses a schema that is newer than the program. Every moment is written and read in UTC with
// microseconds on both databases, whatever zone the caller's value is in.
package migrations

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"gorm.io/gorm"
)

// The dialects of Database.Dialect.
const (
	SQLite   = "sqlite"
	Postgres = "postgres"
)

// Database is an open database. On PostgreSQL Write and Read are the same handle; on SQLite Write is one connection
// that takes the write lock when a transaction begins, and Read is a pool that cannot write.
type Database struct {
	Write, Read *gorm.DB
	Dialect     string // SQLite or Postgres

	writePool, readPool *sql.DB
}

// Open opens "sqlite:PATH" or "postgres://…" and checks that its settings are durable. It does not migrate.
// The folder of a SQLite file is made when it is missing; file and folder belong to the current user only.
// The address of a SQLite database takes no parameters.
func Open(ctx context.Context, url string) (*Database, error) {
	switch {
	case strings.HasPrefix(url, "sqlite:"):
		return openSQLite(ctx, strings.TrimPrefix(url, "sqlite:"))
	case strings.HasPrefix(url, "postgres://"), strings.HasPrefix(url, "postgresql://"):
		return openPostgres(ctx, url)
	}
	return nil, errors.New(`database address: want "sqlite:PATH" or "postgres://…"`)
}

// Ping reports whether the database answers.
func (d *Database) Ping(ctx context.Context) error {
	if err := d.writePool.PingContext(ctx); err != nil {
		return err
	}
	if d.readPool == d.writePool {
		return nil
	}
	return d.readPool.PingContext(ctx)
}

// Close closes all connections. On SQLite it first moves the write-ahead log into the main file.
func (d *Database) Close() error {
	if d.readPool == d.writePool {
		return d.writePool.Close()
	}
	err := d.readPool.Close()
	if _, failed := d.writePool.ExecContext(context.Background(), "PRAGMA wal_checkpoint(TRUNCATE)"); failed != nil {
		err = errors.Join(err, fmt.Errorf("checkpoint: %w", failed))
	}
	return errors.Join(err, d.writePool.Close())
}

func gormConfig(cfg gorm.Config) *gorm.Config {
	cfg.Logger = &queryLog{slow: 500 * time.Millisecond}
	cfg.NowFunc = func() time.Time { return Moment(time.Now()) }
	cfg.TranslateError = true
	cfg.DisableForeignKeyConstraintWhenMigrating = true
	return &cfg
}

// Moment is t as both databases keep it: UTC, whole microseconds.
func Moment(t time.Time) time.Time {
	return t.UTC().Truncate(time.Microsecond)
}
