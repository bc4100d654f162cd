package journal_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"agentladder/course/fault"
	"agentladder/course/journal"
	"agentladder/migrations"
	"agentladder/migrations/dbtest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

var start = time.Date(2026, 11, 22, 1, 2, 3, 456789000, time.UTC)

func setup(db *migrations.Database) *journal.Journal {
	return journal.New(db.Write, db.Read, func(context.Context, *gorm.DB) (time.Time, error) {
		return start.In(time.FixedZone("CST", 8*3600)).Add(999), nil
	})
}

func teams(t *testing.T, j *journal.Journal) (names []string) {
	t.Helper()
	require.NoError(t, j.Read(context.Background()).Raw("SELECT name FROM teams ORDER BY name").Scan(&names).Error)
	return names
}

func addTeam(u *journal.Unit, name string) error {
	return u.DB().Exec("INSERT INTO teams (id, name) VALUES (?, ?)", u.NewID(), name).Error
}

func TestDo(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		j := setup(db)

		t.Run("CommitsEverythingTogether", func(t *testing.T) {
			require.NoError(t, j.Do(ctx, func(u *journal.Unit) error {
				require.Equal(t, start, u.Now())
				if err := addTeam(u, "together"); err != nil {
					return err
				}
				return u.Audit(journal.Entry{Subject: "team:1", Actor: "system", Act: "team.created"})
			}))
			require.Contains(t, teams(t, j), "together")
			n, err := j.Verify(ctx, "team:1")
			require.NoError(t, err)
			require.Equal(t, 1, n)
		})

		t.Run("FailureLeavesNothing", func(t *testing.T) {
			own := errors.New("own")
			require.ErrorIs(t, j.Do(ctx, func(u *journal.Unit) error {
				require.NoError(t, addTeam(u, "failed"))
				require.NoError(t, u.Audit(journal.Entry{Subject: "team:2", Actor: "system", Act: "team.created"}))
				return own
			}), own)
			require.NotContains(t, teams(t, j), "failed")
			n, err := j.Verify(ctx, "team:2")
			require.NoError(t, err)
			require.Zero(t, n)
		})

		t.Run("PanicLeavesNothingAndFreesTheWriter", func(t *testing.T) {
			require.Panics(t, func() {
				_ = j.Do(ctx, func(u *journal.Unit) error {
					require.NoError(t, addTeam(u, "panicked"))
					panic("boom")
				})
			})
			require.NotContains(t, teams(t, j), "panicked")
			require.NoError(t, j.Do(ctx, func(u *journal.Unit) error { return addTeam(u, "after panic") }))
		})

		t.Run("CancelledLeavesNothingAndFreesTheWriter", func(t *testing.T) {
			cancelled, cancel := context.WithCancel(ctx)
			require.Error(t, j.Do(cancelled, func(u *journal.Unit) error {
				require.NoError(t, addTeam(u, "cancelled"))
				cancel()
				return nil
			}))
			require.NotContains(t, teams(t, j), "cancelled")
			require.NoError(t, j.Do(ctx, func(u *journal.Unit) error { return addTeam(u, "after cancel") }))
		})

		t.Run("DuplicateIsRecognised", func(t *testing.T) {
			require.NoError(t, j.Do(ctx, func(u *journal.Unit) error { return addTeam(u, "twice") }))
			err := j.Do(ctx, func(u *journal.Unit) error { return addTeam(u, "twice") })
			require.True(t, journal.IsDuplicate(err), "%v", err)
			require.False(t, journal.IsDuplicate(errors.New("other")))
		})

		t.Run("BrokenClockDoesNotCommit", func(t *testing.T) {
			broken := journal.New(db.Write, db.Read, func(context.Context, *gorm.DB) (time.Time, error) {
				return time.Time{}, errors.New("no clock")
			})
			require.ErrorContains(t, broken.Do(ctx, func(u *journal.Unit) error { return addTeam(u, "timeless") }), "no clock")
			require.NotContains(t, teams(t, j), "timeless")
		})

		t.Run("IdsAreTimeOrderedAndUnique", func(t *testing.T) {
			require.NoError(t, j.Do(ctx, func(u *journal.Unit) error {
				id := uuid.MustParse(u.NewID())
				require.EqualValues(t, 7, id.Version())
				require.Equal(t, uuid.RFC4122, id.Variant())
				sec, nsec := id.Time().UnixTime()
				require.Equal(t, start.UnixMilli(), time.Unix(sec, nsec).UnixMilli())
				require.NotEqual(t, u.NewID(), u.NewID())
				return nil
			}))
		})
	})
}

func TestClocks(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		clock := journal.Clock(journal.ProcessClock)
		if db.Dialect == migrations.Postgres {
			clock = journal.DatabaseClock
		}
		j := journal.New(db.Write, db.Read, clock)
		now, err := j.Now(context.Background())
		require.NoError(t, err)
		require.Equal(t, time.UTC, now.Location())
		require.WithinDuration(t, time.Now(), now, time.Minute)
		require.Zero(t, now.Nanosecond()%1000)
		require.NoError(t, j.Do(context.Background(), func(u *journal.Unit) error {
			first := u.Now()
			require.False(t, first.Before(now))
			require.Equal(t, first, u.Now(), "one moment per unit")
			return nil
		}))
	})
}

func TestConcurrentWriters(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		const writers, rounds = 16, 25
		j := setup(db)
		ctx := context.Background()
		require.NoError(t, j.Do(ctx, func(u *journal.Unit) error { return addTeam(u, "0") }))

		var all sync.WaitGroup
		var failed atomic.Int64
		began := time.Now()
		for w := range writers {
			all.Go(func() {
				for range rounds {
					err := j.Do(ctx, func(u *journal.Unit) error {
						if err := u.Lock("counter"); err != nil {
							return err
						}
						// Read, then write: what fails with SQLITE_BUSY when transactions begin without the write lock.
						var n int
						if err := u.DB().Raw("SELECT CAST(name AS INTEGER) FROM teams").Scan(&n).Error; err != nil {
							return err
						}
						if err := u.Audit(journal.Entry{Subject: "counter", Actor: "system", Act: "counted", Payload: w}); err != nil {
							return err
						}
						return u.DB().Exec("UPDATE teams SET name = ?", fmt.Sprint(n+1)).Error
					})
					if err != nil {
						failed.Add(1)
						t.Errorf("writer %d: %v", w, err)
					}
				}
			})
		}
		all.Wait()
		t.Logf("n=%d failures=%d wall=%s", writers*rounds, failed.Load(), time.Since(began).Round(time.Millisecond))
		require.Equal(t, []string{fmt.Sprint(writers * rounds)}, teams(t, j))
		n, err := j.Verify(ctx, "counter")
		require.NoError(t, err)
		require.Equal(t, writers*rounds, n)
	})
}

func TestDeadlockIsRetried(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		j := setup(db)
		ctx := context.Background()
		var met sync.WaitGroup // both hold their first lock before either asks for the second
		met.Add(2)
		var all sync.WaitGroup
		cross := func(first, second string) {
			try := 0
			require.NoError(t, j.Do(ctx, func(u *journal.Unit) error {
				try++
				if err := u.Lock(first); err != nil {
					return err
				}
				if try == 1 && db.Dialect == migrations.Postgres {
					met.Done()
					met.Wait()
				}
				if err := u.Lock(second); err != nil {
					return err
				}
				return addTeam(u, first+second)
			}))
		}
		all.Go(func() { cross("a", "b") })
		all.Go(func() { cross("b", "a") })
		all.Wait()
		require.Equal(t, []string{"ab", "ba"}, teams(t, j))
	})
}

func TestUnavailable(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		if db.Dialect == migrations.SQLite {
			// Another process (a second program, a backup) holds the write lock for longer than the busy timeout.
			require.NoError(t, db.Write.Exec("PRAGMA busy_timeout = 10").Error)
			other := openAgain(t, db)
			require.NoError(t, other.Write.Transaction(func(*gorm.DB) error {
				err := setup(db).Do(context.Background(), func(u *journal.Unit) error { return addTeam(u, "x") })
				require.ErrorIs(t, err, fault.New(fault.Unavailable, "database_unavailable", nil))
				return nil
			}))
			return
		}
		var name string
		require.NoError(t, db.Read.Raw("SELECT current_database()").Scan(&name).Error)
		err := setup(db).Do(context.Background(), func(u *journal.Unit) error {
			return u.DB().Exec("SELECT pg_terminate_backend(pg_backend_pid())").Error
		})
		require.ErrorIs(t, err, fault.New(fault.Unavailable, "database_unavailable", nil))
	})
}

func openAgain(t *testing.T, db *migrations.Database) *migrations.Database {
	t.Helper()
	var path string
	require.NoError(t, db.Read.Raw("SELECT file FROM pragma_database_list WHERE name = 'main'").Scan(&path).Error)
	other, err := migrations.Open(context.Background(), "sqlite:"+path)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, other.Close()) })
	return other
}
