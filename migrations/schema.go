package migrations

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed sql/*.sql
var folder embed.FS

// NewerError says that a newer program has already migrated the database.
type NewerError struct {
	Database, Program int64
}

func (e *NewerError) Error() string {
	return fmt.Sprintf("database schema %d is newer than this program's %d: use the newer program or restore an older backup", e.Database, e.Program)
}

// Status is where the schema stands.
type Status struct {
	Current int64 // last migration applied; 0 for an empty database
	Latest  int64 // last migration this program knows
}

// Pending reports whether Migrate has something to do.
func (s Status) Pending() bool { return s.Current < s.Latest }

// Status reads the schema's version. It does not complain about a newer one; Migrate does.
func (d *Database) Status(ctx context.Context) (Status, error) {
	p, err := d.provider()
	if err != nil {
		return Status{}, err
	}
	return status(ctx, p)
}

func status(ctx context.Context, p *goose.Provider) (Status, error) {
	current, latest, err := p.GetVersions(ctx)
	if err != nil {
		return Status{}, fmt.Errorf("read schema version: %w", err)
	}
	return Status{Current: current, Latest: latest}, nil
}

// Migrate brings the schema to the program's version. Each migration is one transaction, so a killed run can simply
// be repeated. On PostgreSQL an advisory lock lets only one of several starting servers do it. *NewerError comes
// back, and nothing is changed, when the database is ahead of the program.
func (d *Database) Migrate(ctx context.Context) error {
	p, err := d.provider()
	if err != nil {
		return err
	}
	at, err := status(ctx, p)
	if err != nil {
		return err
	}
	if at.Current > at.Latest {
		return &NewerError{Database: at.Current, Program: at.Latest}
	}
	if !at.Pending() {
		return nil
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

func (d *Database) provider() (*goose.Provider, error) {
	rendered, err := Render(d.Dialect)
	if err != nil {
		return nil, err
	}
	options := []goose.ProviderOption{goose.WithDisableGlobalRegistry(true)}
	dialect := goose.DialectSQLite3
	if d.Dialect == Postgres {
		dialect = goose.DialectPostgres
		// Tried every second, for as long as the longest migration may take.
		locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 600))
		if err != nil {
			return nil, fmt.Errorf("migration lock: %w", err)
		}
		options = append(options, goose.WithSessionLocker(locker))
	}
	p, err := goose.NewProvider(dialect, d.writePool, rendered, options...)
	if err != nil {
		return nil, fmt.Errorf("migrations: %w", err)
	}
	return p, nil
}

// words are the tokens of the SQL folder. JSON on PostgreSQL is not JSONB, because answers, audit payloads and
// scorecards must come back byte for byte.
var words = map[string][]string{
	SQLite:   {"{{key}}", "TEXT", "{{json}}", "TEXT", "{{time}}", "DATETIME", "{{bytes}}", "BLOB"},
	Postgres: {"{{key}}", "UUID", "{{json}}", "JSON", "{{time}}", "TIMESTAMPTZ", "{{bytes}}", "BYTEA"},
}

// Render is the SQL folder in the words of one dialect.
func Render(dialect string) (fs.FS, error) {
	pairs, ok := words[dialect]
	if !ok {
		return nil, fmt.Errorf("no migrations for dialect %q", dialect)
	}
	sub, err := fs.Sub(folder, "sql")
	if err != nil {
		return nil, err
	}
	return &rendered{FS: sub, words: strings.NewReplacer(pairs...)}, nil
}

type rendered struct {
	fs.FS
	words *strings.Replacer
}

// Open implements fs.FS. Folders pass through; files come out rendered.
func (r *rendered) Open(name string) (fs.File, error) {
	f, err := r.FS.Open(name)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil || info.IsDir() {
		return f, err
	}
	raw, err := fs.ReadFile(r.FS, name)
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, err
	}
	text := r.words.Replace(string(raw))
	if at := strings.Index(text, "{{"); at >= 0 {
		return nil, fmt.Errorf("%s: unknown token %.12q", name, text[at:])
	}
	return &renderedFile{Reader: strings.NewReader(text), info: info}, nil
}

type renderedFile struct {
	*strings.Reader
	info fs.FileInfo
}

func (f *renderedFile) Stat() (fs.FileInfo, error) { return renderedInfo{f.info, f.Size()}, nil }
func (f *renderedFile) Close() error               { return nil }

type renderedInfo struct {
	fs.FileInfo
	size int64
}

func (i renderedInfo) Size() int64 { return i.size }
