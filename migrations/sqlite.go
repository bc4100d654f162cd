package migrations

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/glebarez/sqlite"
	"gorm.io/gorm"
)

const sqliteReaders = 4

func openSQLite(ctx context.Context, path string) (*Database, error) {
	path, parameters, _ := strings.Cut(path, "?")
	if parameters != "" {
		// A parameter could switch off syncing or locking behind the back of the checks below.
		return nil, fmt.Errorf("database address: parameter %q is not allowed: the settings of SQLite are fixed by the program", parameters)
	}
	if path == "" || strings.HasPrefix(path, ":") || strings.HasPrefix(path, "file:") {
		return nil, errors.New("database address: sqlite: needs the path of a file")
	}
	if err := prepareFile(path); err != nil {
		return nil, fmt.Errorf("database file: %w", err)
	}

	write, err := sqlitePool(path, 1, "_txlock=immediate")
	if err != nil {
		return nil, err
	}
	read, err := sqlitePool(path, sqliteReaders, "_pragma=query_only(1)")
	if err != nil {
		return nil, errors.Join(err, write.Close())
	}
	d := &Database{Dialect: SQLite, writePool: write, readPool: read}
	if err := d.connectSQLite(ctx); err != nil {
		return nil, errors.Join(err, read.Close(), write.Close())
	}
	return d, nil
}

func (d *Database) connectSQLite(ctx context.Context) error {
	// The writer goes first: it turns the file into a write-ahead-log database.
	if err := durableSQLite(ctx, d.writePool); err != nil {
		return err
	}
	if err := durableSQLite(ctx, d.readPool); err != nil {
		return err
	}
	cfg := gorm.Config{PrepareStmt: true}
	var err error
	if d.Write, err = gorm.Open(&sqlite.Dialector{Conn: d.writePool}, gormConfig(cfg)); err != nil {
		return fmt.Errorf("open database: %w", err)
	}
	if d.Read, err = gorm.Open(&sqlite.Dialector{Conn: d.readPool}, gormConfig(cfg)); err != nil {
		return fmt.Errorf("open database: %w", err)
	}
	return nil
}

// prepareFile makes the folder and an empty file, so that nobody else can read what SQLite will put there.
func prepareFile(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

func sqlitePool(path string, size int, extra string) (*sql.DB, error) {
	dsn := "file:" + (&url.URL{Path: path}).EscapedPath() +
		"?_pragma=busy_timeout(5000)&_pragma=journal_mode(wal)&_pragma=synchronous(full)&_pragma=foreign_keys(1)&" + extra
	probe, err := sql.Open(sqlite.DriverName, dsn)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	base := probe.Driver()
	if err := probe.Close(); err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	pool := sql.OpenDB(&utcConnector{base: base, dsn: dsn})
	pool.SetMaxOpenConns(size)
	pool.SetMaxIdleConns(size)
	return pool, nil
}

// utcConnector opens SQLite connections that turn every time argument into UTC microseconds. SQLite compares times as
// text, so a value in another zone or with more digits would sort wrongly and silently.
type utcConnector struct {
	base driver.Driver
	dsn  string
}

func (c *utcConnector) Driver() driver.Driver { return c.base }

func (c *utcConnector) Connect(ctx context.Context) (driver.Conn, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	conn, err := c.base.Open(c.dsn)
	if err != nil {
		return nil, err
	}
	full, ok := conn.(sqliteConn)
	if !ok {
		return nil, errors.Join(fmt.Errorf("the SQLite driver's connection %T lacks context methods", conn), conn.Close())
	}
	return utcConn{full}, nil
}

// sqliteConn is what database/sql looks for on a connection; the wrapper must not hide any of it.
type sqliteConn interface {
	driver.Conn
	driver.Pinger
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
}

type utcConn struct{ sqliteConn }

// CheckNamedValue implements driver.NamedValueChecker.
func (utcConn) CheckNamedValue(arg *driver.NamedValue) error {
	v, err := driver.DefaultParameterConverter.ConvertValue(arg.Value)
	if err != nil {
		return err
	}
	if t, ok := v.(time.Time); ok {
		v = Moment(t)
	}
	arg.Value = v
	return nil
}
