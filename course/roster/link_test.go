package roster_test

import (
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

const chosen = "我自己选的新密码-7d"

var here = roster.SignIn{Address: "10.0.0.7"}

func newcomer(login string, roles ...roster.Role) roster.NewPerson {
	if len(roles) == 0 {
		roles = []roster.Role{roster.Trainee}
	}
	return roster.NewPerson{Login: login, Name: "王芳", Roles: roles}
}

func (b bundle) invite(t tester, login string) (roster.Row, roster.Link) {
	t.Helper()
	row, link, err := b.Invite(b.ctx, roster.Operator(), newcomer(login), "", "")
	require.NoError(t, err)
	return row, link
}

func TestLinks(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		b := setup(t, db)

		t.Run("FirstLinkIsTheOnlyWayIn", func(t *testing.T) {
			p, link := b.invite(t, "wang")
			require.Equal(t, roster.StatusInvited, p.Status)
			require.Equal(t, roster.LinkFirst, link.Kind)
			require.Len(t, link.Token, 43)
			require.Equal(t, now(t, b).Add(72*time.Hour), link.ExpiresAt)
			for _, guess := range []string{"", " ", password, link.Token} {
				_, err := b.SignIn(b.ctx, roster.SignIn{Login: "wang", Password: guess, Address: "10.0.0.1"})
				wants(t, fault.Unauthenticated, "sign_in_failed", err)
			}
			owner, err := b.OpenLink(b.ctx, link.Token)
			require.NoError(t, err)
			require.Equal(t, roster.LinkOwner{Login: "wang", Name: "王芳", Kind: roster.LinkFirst, ExpiresAt: link.ExpiresAt}, owner)

			s, err := b.RedeemLink(b.ctx, link.Token, chosen, here)
			require.NoError(t, err)
			require.NoError(t, b.alive(s))
			require.Equal(t, p.Person, s.Actor.Person())
			require.Len(t, s.Refresh, 43)
			require.NotEmpty(t, s.Device)
			_, err = b.Refresh(b.ctx, s.Refresh)
			require.NoError(t, err)
			_, err = b.SignIn(b.ctx, roster.SignIn{Login: "wang", Password: chosen, Address: "10.0.0.1"})
			require.NoError(t, err)
			require.Equal(t, []string{"person.invited", "link.redeemed", "session.started", "session.started"}, b.acts(t, p.ID))
			seen, err := b.Look(b.ctx, roster.Operator(), p.ID)
			require.NoError(t, err)
			require.Equal(t, roster.StatusActive, seen.Status)
			require.Equal(t, now(t, b), seen.LastSeenAt)
		})

		t.Run("OnlyTheHashIsStored", func(t *testing.T) {
			_, link := b.invite(t, "hashed")
			for _, table := range dbtest.Tables(t, db) {
				var rows []map[string]any
				require.NoError(t, db.Read.Table(table).Find(&rows).Error)
				for _, row := range rows {
					for column, v := range row {
						text, _ := v.(string)
						require.NotContains(t, text, link.Token, "%s.%s", table, column)
					}
				}
			}
		})

		// What each way of dying leaves to say.
		for name, c := range map[string]struct {
			code string
			do   func(t *testing.T, p roster.Row, link roster.Link)
		}{
			"NewLink": {"link_replaced", func(t *testing.T, p roster.Row, _ roster.Link) {
				fresh, err := b.IssueLink(b.ctx, roster.Operator(), p.ID)
				require.NoError(t, err)
				_, err = b.OpenLink(b.ctx, fresh.Token)
				require.NoError(t, err)
			}},
			"Disable": {"link_replaced", func(t *testing.T, p roster.Row, _ roster.Link) {
				require.NoError(t, b.DisableBy(b.ctx, roster.Operator(), p.ID, "离职"))
				require.NoError(t, b.EnableBy(b.ctx, roster.Operator(), p.ID, "回来了"))
			}},
			"OperatorsDisable": {"link_replaced", func(t *testing.T, p roster.Row, _ roster.Link) {
				require.NoError(t, b.Disable(b.ctx, "", p.ID))
			}},
			"SetPassword": {"link_replaced", func(t *testing.T, p roster.Row, _ roster.Link) {
				require.NoError(t, b.SetPassword(b.ctx, "", p.ID, password))
			}},
			"Redeem": {"link_used", func(t *testing.T, _ roster.Row, link roster.Link) {
				_, err := b.RedeemLink(b.ctx, link.Token, chosen, here)
				require.NoError(t, err)
			}},
			"Time": {"link_expired", func(*testing.T, roster.Row, roster.Link) { b.clock.step(roster.LinkLifetime) }},
		} {
			t.Run("DiesOf/"+name, func(t *testing.T) {
				p, link := b.invite(t, "mortal."+strings.ToLower(name))
				_, bystander := b.invite(t, "living."+strings.ToLower(name))
				c.do(t, p, link)
				_, err := b.OpenLink(b.ctx, link.Token)
				wants(t, fault.NotFound, c.code, err)
				_, err = b.RedeemLink(b.ctx, link.Token, "别的什么密码-5k", here)
				wants(t, fault.NotFound, c.code, err)
				if name != "Time" {
					_, err = b.OpenLink(b.ctx, bystander.Token)
					require.NoError(t, err, "nobody else's")
				}
			})
		}

		t.Run("LastMomentIsStillGood", func(t *testing.T) {
			_, link := b.invite(t, "late")
			b.clock.step(roster.LinkLifetime - time.Microsecond)
			_, err := b.OpenLink(b.ctx, link.Token)
			require.NoError(t, err)
		})

		t.Run("ResetEndsOlderSessions", func(t *testing.T) {
			p := b.person(t, "forgetful")
			one, two := b.signIn(t, "forgetful"), b.signIn(t, "forgetful")
			link, err := b.IssueLink(b.ctx, roster.Operator(), p.ID)
			require.NoError(t, err)
			require.Equal(t, roster.LinkReset, link.Kind)
			require.NoError(t, b.alive(one), "an unused link changes nothing")
			s, err := b.RedeemLink(b.ctx, link.Token, chosen, here)
			require.NoError(t, err)
			for _, dead := range []roster.Session{one, two} {
				wants(t, fault.Unauthenticated, "session_ended", b.alive(dead))
				_, err := b.Refresh(b.ctx, dead.Refresh)
				wants(t, fault.Unauthenticated, "session_ended", err)
			}
			require.NoError(t, b.alive(s))
			_, err = b.SignIn(b.ctx, roster.SignIn{Login: "forgetful", Password: password, Address: "10.0.0.1"})
			wants(t, fault.Unauthenticated, "sign_in_failed", err)
		})

		t.Run("BadPasswordLeavesTheLinkGood", func(t *testing.T) {
			_, link := b.invite(t, "careful.one")
			for bad, code := range map[string]string{
				"short": "password_too_short", strings.Repeat("长", 201): "password_too_long", "qwertyuiop": "password_common",
				"careful.one-2026": "password_common",
			} {
				_, err := b.RedeemLink(b.ctx, link.Token, bad, here)
				wants(t, fault.Invalid, code, err)
			}
			_, err := b.RedeemLink(b.ctx, link.Token, chosen, here)
			require.NoError(t, err)
		})

		t.Run("StrangeTokens", func(t *testing.T) {
			_, link := b.invite(t, "strange")
			for _, token := range []string{
				"", "x", link.Token + "A", link.Token[1:], " " + link.Token, strings.ToUpper(link.Token), strings.Repeat("A", 43), "' OR 1=1 --", "\x00",
			} {
				_, err := b.OpenLink(b.ctx, token)
				wants(t, fault.NotFound, "link_unknown", err)
				_, err = b.RedeemLink(b.ctx, token, chosen, here)
				wants(t, fault.NotFound, "link_unknown", err)
			}
		})

		t.Run("OfSixteenAtOnceOneWins", func(t *testing.T) {
			_, link := b.invite(t, "contested")
			var won, lost atomic.Int64
			var all sync.WaitGroup
			for range 16 {
				all.Go(func() {
					switch _, err := b.RedeemLink(b.ctx, link.Token, chosen, here); fault.CodeOf(err) {
					case "":
						won.Add(1)
					case "link_used":
						lost.Add(1)
					default:
						t.Errorf("redeem: %v", err)
					}
				})
			}
			all.Wait()
			require.EqualValues(t, 1, won.Load())
			require.EqualValues(t, 15, lost.Load())
		})
	})
}

func TestWhoIssuesLinks(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		b := setup(t, db)
		h := b.house(t)
		for name, c := range map[string]struct {
			actor roster.Actor
			of    string
			kind  fault.Kind
			code  string
		}{
			"TraineeForOneself": {h.trainee, h.trainee.PersonID, fault.Forbidden, "not_permitted"},
			"Supervisor":        {h.supervisor, h.trainee.PersonID, fault.Forbidden, "not_permitted"},
			"HRForAdmin":        {h.hr, h.admin.PersonID, fault.Forbidden, "admin_protected"},
			"HRForOneself":      {h.hr, h.hr.PersonID, fault.Forbidden, "self_link"},
			"AdminForOneself":   {h.admin, h.admin.PersonID, fault.Forbidden, "self_link"},
			"Nobody":            {roster.Actor{}, h.trainee.PersonID, fault.Forbidden, "not_permitted"},
			"UnknownPerson":     {h.hr, "019340aa-0000-7000-8000-000000000001", fault.NotFound, "person_unknown"},
			"NoId":              {h.hr, "1", fault.NotFound, "person_unknown"},
		} {
			t.Run("Refuses/"+name, func(t *testing.T) {
				_, err := b.IssueLink(b.ctx, c.actor, c.of)
				wants(t, c.kind, c.code, err)
			})
		}
		for _, actor := range []roster.Actor{h.hr, h.admin} {
			_, err := b.IssueLink(b.ctx, actor, h.trainee.PersonID)
			require.NoError(t, err)
		}
		gone := b.person(t, "gone")
		require.NoError(t, b.Disable(b.ctx, "", gone.ID))
		_, err := b.IssueLink(b.ctx, h.hr, gone.ID)
		wants(t, fault.Conflict, "person_disabled", err)
	})
}

// An invited person costs the statements of a known one.
func TestInvitedDoesTheSameWork(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		b := setup(t, db)
		b.person(t, "lin")
		b.invite(t, "wang")
		heard := listen(t, db)
		work := func(login string) []string {
			sent, _ := heard(func() {
				_, err := b.SignIn(b.ctx, roster.SignIn{Login: login, Password: "wrong-password", Address: "10.0.0.1"})
				wants(t, fault.Unauthenticated, "sign_in_failed", err)
			})
			return sent
		}
		require.Equal(t, work("lin"), work("wang"))
	})
}

// listen notes what the database is asked. The function it returns gives the statements of one act, as they were sent and
// with their values.
func listen(t *testing.T, db *migrations.Database) func(do func()) (sent, whole []string) {
	t.Helper()
	var sent, whole []string
	note := func(tx *gorm.DB) {
		sql := tx.Statement.SQL.String()
		sent, whole = append(sent, sql), append(whole, tx.Explain(sql, tx.Statement.Vars...))
	}
	handles := []*gorm.DB{db.Read, db.Write}
	if db.Read == db.Write {
		handles = handles[:1]
	}
	for _, h := range handles {
		require.NoError(t, h.Callback().Query().After("gorm:query").Register("note", note))
		require.NoError(t, h.Callback().Create().After("gorm:create").Register("note", note))
		require.NoError(t, h.Callback().Delete().After("gorm:delete").Register("note", note))
		require.NoError(t, h.Callback().Row().After("gorm:row").Register("note", note))
	}
	return func(do func()) ([]string, []string) {
		sent, whole = nil, nil
		do()
		require.NotEmpty(t, sent)
		return sent, whole
	}
}

func TestChangePassword(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		b := setup(t, db)

		t.Run("EndsTheOthersOnly", func(t *testing.T) {
			p := b.person(t, "lin")
			mine, other := b.signIn(t, "lin"), b.signIn(t, "lin")
			reset, err := b.IssueLink(b.ctx, roster.Operator(), p.ID)
			require.NoError(t, err)
			require.NoError(t, b.ChangePassword(b.ctx, mine.Actor, password, chosen))
			for _, dead := range []roster.Session{mine, other} {
				wants(t, fault.Unauthenticated, "session_ended", b.alive(dead))
			}
			fresh, err := b.Refresh(b.ctx, mine.Refresh)
			require.NoError(t, err)
			require.NoError(t, b.alive(fresh))
			require.Equal(t, mine.Actor.SessionID, fresh.Actor.SessionID)
			_, err = b.Refresh(b.ctx, other.Refresh)
			wants(t, fault.Unauthenticated, "session_ended", err)
			_, err = b.OpenLink(b.ctx, reset.Token)
			wants(t, fault.NotFound, "link_replaced", err)
			_, err = b.SignIn(b.ctx, roster.SignIn{Login: "lin", Password: password, Address: "10.0.0.1"})
			wants(t, fault.Unauthenticated, "sign_in_failed", err)
			_, err = b.SignIn(b.ctx, roster.SignIn{Login: "lin", Password: chosen, Address: "10.0.0.1"})
			require.NoError(t, err)
			require.Contains(t, b.acts(t, p.ID), "person.password_changed")
		})

		t.Run("Refuses", func(t *testing.T) {
			b.person(t, "zhao")
			s := b.signIn(t, "zhao")
			_, link := b.invite(t, "unready")
			invited, err := b.PersonByLogin(b.ctx, "unready")
			require.NoError(t, err)
			for name, c := range map[string]struct {
				actor         roster.Actor
				current, next string
				kind          fault.Kind
				code          string
			}{
				"WrongCurrent": {s.Actor, "不是这个密码-1", chosen, fault.Invalid, "password_wrong"},
				"HugeCurrent":  {s.Actor, strings.Repeat(password, 1000), chosen, fault.Invalid, "password_wrong"},
				"Same":         {s.Actor, password, password, fault.Invalid, "password_same"},
				"Short":        {s.Actor, password, "短", fault.Invalid, "password_too_short"},
				"Common":       {s.Actor, password, "password123", fault.Invalid, "password_common"},
				"Nobody":       {roster.Actor{}, password, chosen, fault.Unauthenticated, "session_ended"},
				"Operator":     {roster.Operator(), password, chosen, fault.Unauthenticated, "session_ended"},
				"Invited": {roster.Actor{PersonID: invited.ID, SessionID: s.Actor.SessionID}, "", chosen,
					fault.Unauthenticated, "session_ended"},
			} {
				err := b.ChangePassword(b.ctx, c.actor, c.current, c.next)
				require.ErrorIs(t, err, fault.New(c.kind, c.code, nil), name)
			}
			require.NoError(t, b.alive(s))
			_, err = b.OpenLink(b.ctx, link.Token)
			require.NoError(t, err)
		})

		t.Run("WrongTriesAreThrottledAndLockNobodyOut", func(t *testing.T) {
			b.person(t, "qian")
			s := b.signIn(t, "qian")
			for range roster.AccountLimit {
				wants(t, fault.Invalid, "password_wrong", b.ChangePassword(b.ctx, s.Actor, "不是这个密码-1", chosen))
			}
			wants(t, fault.Throttled, "sign_in_throttled", b.ChangePassword(b.ctx, s.Actor, password, chosen))
			b.signIn(t, "qian")
			b.clock.step(roster.ThrottleWindow)
			require.NoError(t, b.ChangePassword(b.ctx, s.Actor, password, chosen))
		})
	})
}

func TestLastSeen(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		b := setup(t, db)
		p := b.person(t, "lin")
		last := func() roster.Detail {
			d, err := b.Look(b.ctx, roster.Operator(), p.ID)
			require.NoError(t, err)
			return d
		}
		require.Zero(t, last().LastSeenAt)
		s := b.signIn(t, "lin")
		require.Equal(t, now(t, b), last().LastSeenAt)
		b.clock.step(time.Hour)
		_, err := b.SignIn(b.ctx, roster.SignIn{Login: "lin", Password: "wrong", Address: "10.0.0.1"})
		wants(t, fault.Unauthenticated, "sign_in_failed", err)
		require.Equal(t, now(t, b).Add(-time.Hour), last().LastSeenAt, "a failed try is no visit")
		_, err = b.Refresh(b.ctx, s.Refresh)
		require.NoError(t, err)
		require.Equal(t, now(t, b), last().LastSeenAt)
		b.clock.step(time.Hour)
		_, err = b.Refresh(b.ctx, s.Refresh)
		wants(t, fault.Unauthenticated, "refresh_reused", err)
		require.Equal(t, now(t, b).Add(-time.Hour), last().LastSeenAt, "a thief is no visit")
		require.Equal(t, 1, last().Version, "a visit is no change")
	})
}
