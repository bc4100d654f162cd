package journal

import (
	"context"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"agentladder/course/fault"
)

// SQLite's result codes, primary in the low byte (sqlite.org/rescode.html).
const (
	sqliteBusy             = 5
	sqliteLocked           = 6
	sqliteConstraintUnique = 2067
	sqliteConstraintPK     = 1555
)

// coded is an error of the SQLite driver.
type coded interface {
	error
	Code() int
}

func isUniqueViolation(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code == "23505"
	}
	var lite coded
	return errors.As(err, &lite) && (lite.Code() == sqliteConstraintUnique || lite.Code() == sqliteConstraintPK)
}

// isContention: the same unit may well succeed when it runs again.
func isContention(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && (pg.Code == "40001" || pg.Code == "40P01")
}

// away turns errors that say "the database is not there or too busy" into a fault. What the caller itself called off
// stays what it is.
func away(ctx context.Context, err error) error {
	if err == nil || ctx.Err() != nil {
		return err
	}
	var known *fault.Fault
	if errors.As(err, &known) {
		return err
	}
	if isContention(err) || isAway(err) {
		return fault.New(fault.Unavailable, "database_unavailable", fault.Params{"retry_after": 1}).Because(err)
	}
	return err
}

// IsAway reports whether err, of a query outside of Do, says that the database is not there or too busy. Do says the same
// with a fault.
func IsAway(err error) bool { return err != nil && (isContention(err) || isAway(err)) }

func isAway(err error) bool {
	var lite coded
	if errors.As(err, &lite) {
		primary := lite.Code() & 0xff
		return primary == sqliteBusy || primary == sqliteLocked
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		// Class 08: connection; 53: resources; 57P0x: shutdown, start-up, dropped database; 25006: a read-only standby.
		return strings.HasPrefix(pg.Code, "08") || strings.HasPrefix(pg.Code, "53") ||
			strings.HasPrefix(pg.Code, "57P0") || pg.Code == "25006"
	}
	var connect *pgconn.ConnectError
	var network net.Error
	return errors.As(err, &connect) || errors.As(err, &network) || errors.Is(err, driver.ErrBadConn) ||
		errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed)
}
