package roster_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"agentladder/course/fault"
	"agentladder/course/journal"
	"agentladder/course/roster"
	"agentladder/migrations"
	"agentladder/migrations/dbtest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

const password = "缺货就给顾客退款-2b"

var key = []byte(strings.Repeat("k3Y!", 8))

// tester is *testing.T or *rapid.T.
type tester interface {
	require.TestingT
	Helper()
}

// clock is a time that only tests move.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now(context.Context, *gorm.DB) (time.Time, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at, nil
}

func (c *clock) step(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

type bundle struct {
	*roster.Service
	journal *journal.Journal
	clock   *clock
	ctx     context.Context
}

func setup(t tester, db *migrations.Database) bundle {
	t.Helper()
	c := &clock{at: time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)}
	j := journal.New(db.Write, db.Read, c.now)
	s, err := roster.New(j, key, roster.Hashing(roster.Cost{MemoryKiB: 8, Passes: 1}, 4, 1000))
	require.NoError(t, err)
	return bundle{Service: s, journal: j, clock: c, ctx: context.Background()}
}

func (b bundle) person(t tester, login string, roles ...roster.Role) roster.Person {
	t.Helper()
	p, err := b.CreatePerson(b.ctx, "", roster.NewPerson{Login: login, Name: "林小满", Password: password, Roles: roles})
	require.NoError(t, err)
	return p
}

func (b bundle) signIn(t tester, login string) roster.Session {
	t.Helper()
	s, err := b.SignIn(b.ctx, roster.SignIn{Login: login, Password: password, Address: "10.0.0.1"})
	require.NoError(t, err)
	return s
}

func (b bundle) alive(s roster.Session) error {
	_, err := b.Authenticate(b.ctx, s.Actor.SessionID, s.Actor.PersonID, s.Actor.SessionVersion)
	return err
}

func wants(t tester, kind fault.Kind, code string, err error) {
	t.Helper()
	require.ErrorIs(t, err, fault.New(kind, code, nil))
}

// acts are the audit acts of a person in order; the chain must hold.
func (b bundle) acts(t tester, person string) []string {
	t.Helper()
	_, err := b.journal.Verify(b.ctx, "person:"+person)
	require.NoError(t, err)
	var acts []string
	require.NoError(t, b.journal.Read(b.ctx).Raw("SELECT act FROM audit_entries WHERE subject = ? ORDER BY seq", "person:"+person).Scan(&acts).Error)
	return acts
}
