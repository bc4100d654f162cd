package roster_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"agentladder/course/fault"
	"agentladder/course/roster"
	"agentladder/migrations"
	"agentladder/migrations/dbtest"
)

func TestSignIn(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		b := setup(t, db)
		p := b.person(t, "lin", roster.Trainee)
		gone := b.person(t, "gone")
		require.NoError(t, b.Disable(b.ctx, "", gone.ID))

		t.Run("RightPasswordOpensASession", func(t *testing.T) {
			s := b.signIn(t, " LIN ")
			require.Equal(t, p, s.Actor.Person())
			require.Len(t, s.Refresh, 43)
			require.NotEmpty(t, s.Device)
			got, err := b.Authenticate(b.ctx, s.Actor.SessionID, s.Actor.PersonID, s.Actor.SessionVersion)
			require.NoError(t, err)
			require.Equal(t, s.Actor, got)
			require.Equal(t, []string{"person.created", "session.started"}, b.acts(t, p.ID))
		})

		for name, in := range map[string]roster.SignIn{
			"WrongPassword": {Login: "lin", Password: password + "x"},
			"EmptyPassword": {Login: "lin"},
			"HugePassword":  {Login: "lin", Password: strings.Repeat(password, 1000)},
			"UnknownLogin":  {Login: "nobody", Password: password},
			"EmptyLogin":    {Password: password},
			"StrangeLogin":  {Login: "lin' OR 1=1 --", Password: password},
			"Disabled":      {Login: "gone", Password: password},
		} {
			t.Run("Refuses/"+name, func(t *testing.T) {
				_, err := b.SignIn(b.ctx, in)
				wants(t, fault.Unauthenticated, "sign_in_failed", err)
				require.Equal(t, "unauthenticated: sign_in_failed", err.Error(), "the same words for all")
			})
		}

		t.Run("SessionOfAnotherPersonIsNotMine", func(t *testing.T) {
			other := b.person(t, "other")
			s := b.signIn(t, "lin")
			_, err := b.Authenticate(b.ctx, s.Actor.SessionID, other.ID, s.Actor.SessionVersion)
			wants(t, fault.Unauthenticated, "session_ended", err)
		})
	})
}

// Who does not exist costs the same statements as who does, so that time does not tell.
func TestSignInDoesTheSameWork(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		b := setup(t, db)
		b.person(t, "lin")
		gone := b.person(t, "gone")
		require.NoError(t, b.Disable(b.ctx, "", gone.ID))
		var statements []string
		note := func(tx *gorm.DB) { statements = append(statements, tx.Statement.SQL.String()) }
		handles := []*gorm.DB{db.Read, db.Write}
		if db.Read == db.Write {
			handles = handles[:1]
		}
		for _, h := range handles {
			require.NoError(t, h.Callback().Query().After("gorm:query").Register("note", note))
			require.NoError(t, h.Callback().Create().After("gorm:create").Register("note", note))
			require.NoError(t, h.Callback().Delete().After("gorm:delete").Register("note", note))
			require.NoError(t, h.Callback().Row().After("gorm:row").Register("note", note))
			require.NoError(t, h.Callback().Raw().After("gorm:raw").Register("note", note))
		}
		work := func(login, pass string) []string {
			statements = nil
			_, err := b.SignIn(b.ctx, roster.SignIn{Login: login, Password: pass, Address: "10.0.0.1"})
			wants(t, fault.Unauthenticated, "sign_in_failed", err)
			return statements
		}
		known := work("lin", "wrong-password")
		require.NotEmpty(t, known)
		require.Equal(t, known, work("nobody", "wrong-password"))
		require.Equal(t, known, work("gone", password))
	})
}

func TestThrottle(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		t.Run("TenChecksPerAccountIn15MinutesFromAnyAddress", func(t *testing.T) {
			b := setup(t, db)
			b.person(t, "victim")
			home := b.signIn(t, "victim")
			tries := 10_000
			if testing.Short() || db.Dialect == migrations.Postgres {
				tries = 2_000
			}
			var checked []time.Time
			for i := range tries {
				_, err := b.SignIn(b.ctx, roster.SignIn{Login: "victim", Password: fmt.Sprint("wrong", i), Address: fmt.Sprintf("198.51.100.%d", i%100)})
				switch fault.CodeOf(err) {
				case "sign_in_failed":
					checked = append(checked, now(t, b))
				case "sign_in_throttled":
					var f *fault.Fault
					require.ErrorAs(t, err, &f)
					wait := f.Params["retry_after"].(int)
					require.True(t, 1 <= wait && wait <= 15*60+1, wait)
				default:
					require.NoError(t, err)
				}
				b.clock.step(time.Second)
			}
			worst := 0
			for i, from := range checked {
				n := 0
				for _, at := range checked[i:] {
					if at.Sub(from) < roster.ThrottleWindow {
						n++
					}
				}
				worst = max(worst, n)
			}
			t.Logf("n=%d checks=%d worst window=%d", tries, len(checked), worst)
			require.Equal(t, roster.AccountLimit, worst)

			_, err := b.SignIn(b.ctx, roster.SignIn{Login: "victim", Password: password, Address: "192.0.2.1"})
			wants(t, fault.Throttled, "sign_in_throttled", err)
			_, err = b.SignIn(b.ctx, roster.SignIn{Login: "VICTIM", Password: password, Address: "192.0.2.2"})
			wants(t, fault.Throttled, "sign_in_throttled", err)
			back, err := b.SignIn(b.ctx, roster.SignIn{Login: "victim", Password: password, Address: "192.0.2.1", Device: home.Device})
			require.NoError(t, err, "the known device gets in")
			require.Empty(t, back.Device, "and keeps its token")
			_, err = b.Refresh(b.ctx, home.Refresh)
			require.NoError(t, err, "open sessions go on")
		})

		t.Run("UnknownLoginsAreThrottledAlike", func(t *testing.T) {
			b := setup(t, db)
			for i := range 12 {
				_, err := b.SignIn(b.ctx, roster.SignIn{Login: "ghost", Password: "wrong", Address: fmt.Sprint("203.0.113.", i)})
				if i < roster.AccountLimit {
					wants(t, fault.Unauthenticated, "sign_in_failed", err)
				} else {
					wants(t, fault.Throttled, "sign_in_throttled", err)
				}
			}
		})

		t.Run("OneAddressCannotTryEverybody", func(t *testing.T) {
			b := setup(t, db)
			checks := 0
			for i := range 300 {
				// Inside one /64 an attacker has all the addresses he wants.
				_, err := b.SignIn(b.ctx, roster.SignIn{Login: fmt.Sprint("sprayed", i%100), Password: "wrong", Address: fmt.Sprintf("2001:db8:0:1::%x", i)})
				if fault.CodeOf(err) == "sign_in_failed" {
					checks++
				}
			}
			require.Equal(t, roster.AddressLimit, checks)
			_, err := b.SignIn(b.ctx, roster.SignIn{Login: "sprayed0", Password: "wrong", Address: "2001:db8:0:2::1"})
			wants(t, fault.Unauthenticated, "sign_in_failed", err)
		})

		t.Run("SuccessesAreGivenBack", func(t *testing.T) {
			b := setup(t, db)
			b.person(t, "busy.bee")
			for range 2 * roster.AccountLimit {
				_, err := b.SignIn(b.ctx, roster.SignIn{Login: "busy.bee", Password: password, Address: "192.0.2.77"})
				require.NoError(t, err)
			}
			for i := range roster.AccountLimit {
				_, err := b.SignIn(b.ctx, roster.SignIn{Login: "busy.bee", Password: fmt.Sprint("wrong", i), Address: "192.0.2.77"})
				wants(t, fault.Unauthenticated, "sign_in_failed", err)
			}
		})

		t.Run("TogetherIsCountedToo", func(t *testing.T) {
			b := setup(t, db)
			b.person(t, "crowd")
			var checks atomic.Int64
			var all sync.WaitGroup
			for i := range 64 {
				all.Go(func() {
					_, err := b.SignIn(b.ctx, roster.SignIn{Login: "crowd", Password: "wrong", Address: fmt.Sprint("198.51.100.", i)})
					switch fault.CodeOf(err) {
					case "sign_in_failed":
						checks.Add(1)
					case "sign_in_throttled":
					default:
						t.Errorf("%v", err)
					}
				})
			}
			all.Wait()
			require.EqualValues(t, roster.AccountLimit, checks.Load())
		})

		t.Run("DeviceTokensAreBoundAndTamperProof", func(t *testing.T) {
			b := setup(t, db)
			b.person(t, "device.a")
			b.person(t, "device.b")
			token := b.signIn(t, "device.b").Device
			own := b.signIn(t, "device.a").Device
			for i := range roster.AccountLimit {
				_, err := b.SignIn(b.ctx, roster.SignIn{Login: "device.a", Password: "wrong", Address: fmt.Sprint("192.0.2.", i)})
				wants(t, fault.Unauthenticated, "sign_in_failed", err)
			}
			for name, device := range map[string]string{
				"another login's": token, "none": "", "changed": "A" + own[1:], "short": own[:40], "long": own + "AAAA", "text": "not base64!",
			} {
				_, err := b.SignIn(b.ctx, roster.SignIn{Login: "device.a", Password: password, Address: "192.0.2.200", Device: device})
				require.Equal(t, "sign_in_throttled", fault.CodeOf(err), name)
			}
			for i := range roster.DeviceLimit + 1 { // a known device has tries of its own, not endless ones
				_, err := b.SignIn(b.ctx, roster.SignIn{Login: "device.a", Password: "wrong", Address: "192.0.2.201", Device: own})
				want := "sign_in_failed"
				if i == roster.DeviceLimit {
					want = "sign_in_throttled"
				}
				require.Equal(t, want, fault.CodeOf(err))
			}
			b.clock.step(roster.DeviceLifetime)
			fresh, err := b.SignIn(b.ctx, roster.SignIn{Login: "device.a", Password: password, Address: "192.0.2.202", Device: own})
			require.NoError(t, err)
			require.NotEmpty(t, fresh.Device, "an old device is introduced again")
		})
	})
}

func now(t tester, b bundle) time.Time {
	t.Helper()
	at, err := b.clock.now(context.Background(), nil)
	require.NoError(t, err)
	return at
}

// A password change or disabling that commits while the old password is being checked wins.
func TestSignInLosesAgainstChange(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		b := setup(t, db)
		for round := range 20 {
			login := fmt.Sprint("racer", round)
			p := b.person(t, login)
			var all sync.WaitGroup
			var opened []roster.Session
			var mu sync.Mutex
			for range 4 {
				all.Go(func() {
					s, err := b.SignIn(b.ctx, roster.SignIn{Login: login, Password: password, Address: "10.0.0.9"})
					switch {
					case err == nil:
						mu.Lock()
						opened = append(opened, s)
						mu.Unlock()
					case !errors.Is(err, fault.New(fault.Unauthenticated, "sign_in_failed", nil)):
						t.Errorf("sign in: %v", err)
					}
				})
			}
			all.Go(func() {
				if err := b.SetPassword(b.ctx, "", p.ID, "换一个新的密码吧-3c"); err != nil {
					t.Errorf("set password: %v", err)
				}
			})
			all.Wait()
			for _, s := range opened {
				wants(t, fault.Unauthenticated, "session_ended", b.alive(s))
				_, err := b.Refresh(b.ctx, s.Refresh)
				wants(t, fault.Unauthenticated, "session_ended", err)
			}
		}
	})
}
