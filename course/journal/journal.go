// Package journal decides what is written together: an act, its audit entry and the memory of its answer share one
// transaction and one moment, so a crash leaves all of them or none.
package journal

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

// tries is how often Do runs a unit that PostgreSQL sends back as a deadlock or serialization failure.
const tries = 4

// Clock tells the time for units of work. db is the transaction, or the read handle outside of one.
type Clock func(ctx context.Context, db *gorm.DB) (time.Time, error)

// ProcessClock is the clock of this process: right for SQLite, where one process owns the database.
func ProcessClock(context.Context, *gorm.DB) (time.Time, error) { return time.Now(), nil }

// DatabaseClock is the clock of PostgreSQL, which all servers share.
func DatabaseClock(_ context.Context, db *gorm.DB) (time.Time, error) {
	var at time.Time
	err := db.Raw("SELECT clock_timestamp()").Row().Scan(&at)
	return at, err
}

// Journal runs units of work on one database.
type Journal struct {
	write, read *gorm.DB
	clock       Clock
	shared      bool // several processes may write at once: PostgreSQL
}

// New makes a journal over the two handles of a database, which are the same one on PostgreSQL.
func New(write, read *gorm.DB, clock Clock) *Journal {
	return &Journal{write: write, read: read, clock: clock, shared: write.Name() == "postgres"}
}

// Read is a handle for reading what is committed. On SQLite it cannot write. Inside Do use Unit.DB instead.
func (j *Journal) Read(ctx context.Context) *gorm.DB { return j.read.WithContext(ctx) }

// Now is the current moment outside a unit of work, UTC, whole microseconds.
func (j *Journal) Now(ctx context.Context) (time.Time, error) {
	return j.moment(ctx, j.read.WithContext(ctx))
}

func (j *Journal) moment(ctx context.Context, db *gorm.DB) (time.Time, error) {
	at, err := j.clock(ctx, db)
	if err != nil {
		return time.Time{}, fmt.Errorf("read the clock: %w", err)
	}
	return at.UTC().Truncate(time.Microsecond), nil
}

// Do runs one unit of work in one transaction and commits it when act returns nil. On PostgreSQL act runs again, up to
// four times in all, after a deadlock or serialization failure; so it may have no effect but through u and variables
// that it sets anew each time. On SQLite writers queue, and an act that starts another Do waits for itself.
//
// An error of act comes back as it is. A database that is away or too busy comes back as fault "database_unavailable"
// (Unavailable): the outcome of a commit that was under way is then unknown, and the caller retries with the same key.
func (j *Journal) Do(ctx context.Context, act func(u *Unit) error) error {
	var err error
	for range tries {
		err = j.write.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
			u := &Unit{ctx: ctx, db: tx, journal: j}
			if err := act(u); err != nil {
				return err
			}
			return u.failed
		}, &sql.TxOptions{})
		if err == nil || !isContention(err) || ctx.Err() != nil {
			break
		}
	}
	return away(ctx, err)
}

// Unit is one running unit of work.
type Unit struct {
	ctx     context.Context
	db      *gorm.DB
	journal *Journal
	now     time.Time
	failed  error
}

// DB is the transaction. It ends with the unit.
func (u *Unit) DB() *gorm.DB { return u.db }

// Now is the one moment of the unit, UTC, whole microseconds. The clock is read when Now is first asked, so a unit
// that takes a Lock first has a moment after that of the previous holder. When the clock cannot be read the zero time
// comes back and the unit will not commit.
func (u *Unit) Now() time.Time {
	if u.now.IsZero() && u.failed == nil {
		u.now, u.failed = u.journal.moment(u.ctx, u.db)
	}
	return u.now
}

// NewID is a fresh UUIDv7 whose time is the unit's moment.
func (u *Unit) NewID() string {
	var id uuid.UUID
	_, _ = rand.Read(id[:]) // never fails: crypto/rand ends the process instead
	ms := u.Now().UnixMilli()
	for i := range 6 {
		id[i] = byte(ms >> (40 - 8*i))
	}
	id[6] = id[6]&0x0f | 0x70
	id[8] = id[8]&0x3f | 0x80
	return id.String()
}

// Lock lets only one unit at a time go on with this name, until the end of the transaction. SQLite has one writer
// anyway.
func (u *Unit) Lock(name string) error {
	if !u.journal.shared {
		return nil
	}
	return u.db.Exec("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))", name).Error
}

// IsDuplicate reports whether err is a broken unique index, on either database. On PostgreSQL the transaction is lost
// with it: where a duplicate is expected, use ON CONFLICT or Lock.
func IsDuplicate(err error) bool {
	return errors.Is(err, gorm.ErrDuplicatedKey) || isUniqueViolation(err)
}
