package roster_test

import (
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"agentladder/course/fault"
	"agentladder/course/roster"
	"agentladder/migrations"
	"agentladder/migrations/dbtest"
)

func TestChange(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		b := setup(t, db)
		h := b.house(t)
		fresh := func(t *testing.T) (roster.Detail, roster.Session) {
			t.Helper()
			login := "p-" + strings.ToLower(fmt.Sprint(len(t.Name()), "-", t.Name()[strings.LastIndex(t.Name(), "/")+1:]))
			p := b.person(t, login, roster.Trainee)
			d, err := b.Look(b.ctx, h.hr, p.ID)
			require.NoError(t, err)
			return d, b.signIn(t, login)
		}

		t.Run("ReplacesAll", func(t *testing.T) {
			d, s := fresh(t)
			got, err := b.Change(b.ctx, h.hr, d.ID, d.Version, roster.Change{
				Name: " 李雷 ", Roles: []roster.Role{roster.Supervisor, roster.Trainee}, Teams: []string{h.mine.ID, h.mine.ID},
			})
			require.NoError(t, err)
			require.Equal(t, "李雷", got.Name)
			require.Equal(t, []roster.Role{roster.Trainee, roster.Supervisor}, got.Roles)
			require.Equal(t, []roster.Team{h.mine}, got.Teams)
			require.Equal(t, d.Version+1, got.Version)
			wants(t, fault.Unauthenticated, "session_ended", b.alive(s))
			next, err := b.Refresh(b.ctx, s.Refresh)
			require.NoError(t, err)
			require.Equal(t, got.Roles, next.Actor.Roles)
			acts := b.acts(t, d.ID)
			require.Equal(t, "person.changed", acts[len(acts)-1])
		})

		t.Run("NewNameAloneLeavesTheTokenGood", func(t *testing.T) {
			d, s := fresh(t)
			_, err := b.Change(b.ctx, h.hr, d.ID, d.Version, roster.Change{Name: "韩梅梅", Roles: d.Roles})
			require.NoError(t, err)
			require.NoError(t, b.alive(s))
		})

		t.Run("NothingNewIsNoChange", func(t *testing.T) {
			d, _ := fresh(t)
			got, err := b.Change(b.ctx, h.hr, d.ID, d.Version, roster.Change{Name: d.Name, Roles: d.Roles})
			require.NoError(t, err)
			require.Equal(t, d.Version, got.Version)
			require.NotContains(t, b.acts(t, d.ID), "person.changed")
		})

		t.Run("StaleVersionIsRefused", func(t *testing.T) {
			d, _ := fresh(t)
			for _, act := range []struct {
				name string
				do   func(version int) error
			}{
				{"change", func(version int) error {
					_, err := b.Change(b.ctx, h.hr, d.ID, version, roster.Change{Name: "新名字", Roles: d.Roles})
					return err
				}},
				{"spell", func(int) error { _, err := b.RecordSpell(b.ctx, h.hr, d.ID, "2026-01-01", ""); return err }},
				{"grant", func(int) error {
					_, err := b.RecordGrant(b.ctx, h.hr, d.ID, "junior", "2026-02-01", "纸质证书 12 号")
					return err
				}},
				{"disable", func(int) error { return b.DisableBy(b.ctx, h.hr, d.ID, "离职") }},
				{"enable", func(int) error { return b.EnableBy(b.ctx, h.hr, d.ID, "回来") }},
				{"teams", func(int) error { return b.SetTeams(b.ctx, "", d.ID, []string{h.mine.ID}) }},
			} {
				before, err := b.Look(b.ctx, h.hr, d.ID)
				require.NoError(t, err)
				require.NoError(t, act.do(before.Version), act.name)
				after, err := b.Look(b.ctx, h.hr, d.ID)
				require.NoError(t, err)
				require.Equal(t, before.Version+1, after.Version, act.name)
				_, err = b.Change(b.ctx, h.hr, d.ID, before.Version, roster.Change{Name: "谁的名字", Roles: d.Roles})
				wants(t, fault.Conflict, "person_changed", err)
				last, err := b.Look(b.ctx, h.hr, d.ID)
				require.NoError(t, err)
				require.Equal(t, after, last, act.name)
			}
		})

		t.Run("OfEightWithOneVersionOneWins", func(t *testing.T) {
			d, _ := fresh(t)
			var won atomic.Int64
			var all sync.WaitGroup
			for i := range 8 {
				all.Go(func() {
					_, err := b.Change(b.ctx, h.hr, d.ID, d.Version, roster.Change{Name: fmt.Sprint("名字", i), Roles: d.Roles})
					switch fault.CodeOf(err) {
					case "":
						won.Add(1)
					case "person_changed":
					default:
						t.Errorf("change: %v", err)
					}
				})
			}
			all.Wait()
			require.EqualValues(t, 1, won.Load())
		})

		trainee := []roster.Role{roster.Trainee}
		for name, c := range map[string]struct {
			actor roster.Actor
			of    roster.Actor
			c     roster.Change
			kind  fault.Kind
			code  string
		}{
			"Supervisor":      {h.supervisor, h.trainee, roster.Change{Name: "x", Roles: trainee}, fault.Forbidden, "not_permitted"},
			"TraineeOneself":  {h.trainee, h.trainee, roster.Change{Name: "x", Roles: trainee}, fault.Forbidden, "not_permitted"},
			"HROnAdmin":       {h.hr, h.admin, roster.Change{Name: "x", Roles: []roster.Role{roster.Admin}}, fault.Forbidden, "admin_protected"},
			"HRGivesAdmin":    {h.hr, h.trainee, roster.Change{Name: "x", Roles: []roster.Role{roster.Admin}}, fault.Forbidden, "admin_protected"},
			"HROwnRoles":      {h.hr, h.hr, roster.Change{Name: "x", Roles: trainee}, fault.Forbidden, "self_roles"},
			"AdminOwnRoles":   {h.admin, h.admin, roster.Change{Name: "x", Roles: []roster.Role{roster.Admin, roster.HR}}, fault.Forbidden, "self_roles"},
			"NoRole":          {h.hr, h.trainee, roster.Change{Name: "x"}, fault.Invalid, "role_missing"},
			"UnknownRole":     {h.hr, h.trainee, roster.Change{Name: "x", Roles: []roster.Role{"root"}}, fault.Invalid, "role_unknown"},
			"NameEmpty":       {h.hr, h.trainee, roster.Change{Roles: trainee}, fault.Invalid, "name_invalid"},
			"UnknownTeam":     {h.hr, h.trainee, roster.Change{Name: "x", Roles: trainee, Teams: []string{"1"}}, fault.NotFound, "team_unknown"},
			"UnknownPerson":   {h.hr, roster.Actor{PersonID: h.mine.ID}, roster.Change{Name: "x", Roles: trainee}, fault.NotFound, "person_unknown"},
			"NobodyAnybody":   {roster.Actor{}, h.trainee, roster.Change{Name: "x", Roles: trainee}, fault.Forbidden, "not_permitted"},
			"OperatorTheLast": {roster.Operator(), h.admin, roster.Change{Name: "x", Roles: trainee}, fault.Conflict, "last_admin"},
		} {
			t.Run("Refuses/"+name, func(t *testing.T) {
				version := 0
				before, err := b.Look(b.ctx, h.hr, c.of.PersonID)
				if err == nil {
					version = before.Version
				}
				_, err = b.Change(b.ctx, c.actor, c.of.PersonID, version, c.c)
				wants(t, c.kind, c.code, err)
				after, err := b.Look(b.ctx, h.hr, c.of.PersonID)
				if err == nil {
					require.Equal(t, before, after)
				}
			})
		}

		t.Run("SupervisorsDoNotChooseWhomToLookInto", func(t *testing.T) {
			p := b.person(t, "hr.and.super", roster.HR, roster.Supervisor)
			actor := b.signIn(t, p.Login).Actor
			_, err := b.Change(b.ctx, actor, p.ID, 1, roster.Change{Name: p.Name, Roles: p.Roles, Teams: []string{h.mine.ID}})
			wants(t, fault.Forbidden, "self_teams", err)
			_, err = b.Change(b.ctx, h.hr, p.ID, 1, roster.Change{Name: p.Name, Roles: p.Roles, Teams: []string{h.mine.ID}})
			require.NoError(t, err)
		})

		t.Run("OwnNameIsOnesOwn", func(t *testing.T) {
			before, err := b.Look(b.ctx, h.hr, h.hr.PersonID)
			require.NoError(t, err)
			got, err := b.Change(b.ctx, h.hr, h.hr.PersonID, before.Version, roster.Change{Name: "人事小周", Roles: before.Roles})
			require.NoError(t, err)
			require.Equal(t, "人事小周", got.Name)
		})
	})
}

func TestDisableAndEnable(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		b := setup(t, db)
		h := b.house(t)

		t.Run("EverythingDiesAndThePersonComesBack", func(t *testing.T) {
			p := b.person(t, "lin", roster.Trainee)
			s := b.signIn(t, "lin")
			link, err := b.IssueLink(b.ctx, h.hr, p.ID)
			require.NoError(t, err)
			require.NoError(t, b.DisableBy(b.ctx, h.hr, p.ID, " 离职 "))
			require.NoError(t, b.DisableBy(b.ctx, h.hr, p.ID, "再点一次"))
			wants(t, fault.Unauthenticated, "session_ended", b.alive(s))
			_, err = b.Refresh(b.ctx, s.Refresh)
			wants(t, fault.Unauthenticated, "session_ended", err)
			_, err = b.OpenLink(b.ctx, link.Token)
			wants(t, fault.NotFound, "link_replaced", err)
			_, err = b.SignIn(b.ctx, roster.SignIn{Login: "lin", Password: password, Address: "10.0.0.1"})
			wants(t, fault.Unauthenticated, "sign_in_failed", err)

			require.NoError(t, b.EnableBy(b.ctx, h.hr, p.ID, "回来了"))
			require.NoError(t, b.EnableBy(b.ctx, h.hr, p.ID, "再点一次"))
			wants(t, fault.Unauthenticated, "session_ended", b.alive(s))
			b.signIn(t, "lin")
			require.Equal(t, []string{
				"person.created", "session.started", "link.issued", "person.disabled", "person.enabled", "session.started",
			}, b.acts(t, p.ID))
			var payload string
			require.NoError(t, db.Read.Raw(`SELECT p.payload FROM audit_payloads p JOIN audit_entries e ON e.id = p.entry_id
				WHERE e.subject = ? AND e.act = 'person.disabled'`, "person:"+p.ID).Scan(&payload).Error)
			require.JSONEq(t, `{"reason":"离职"}`, payload)
		})

		t.Run("InvitedComesBackInvited", func(t *testing.T) {
			p, _ := b.invite(t, "wang")
			require.NoError(t, b.DisableBy(b.ctx, h.hr, p.ID, "没来"))
			require.NoError(t, b.EnableBy(b.ctx, h.hr, p.ID, "来了"))
			d, err := b.Look(b.ctx, h.hr, p.ID)
			require.NoError(t, err)
			require.Equal(t, roster.StatusInvited, d.Status)
		})

		for name, c := range map[string]struct {
			actor  roster.Actor
			of     string
			reason string
			kind   fault.Kind
			code   string
		}{
			"Supervisor":    {h.supervisor, h.trainee.PersonID, "x", fault.Forbidden, "not_permitted"},
			"HROnAdmin":     {h.hr, h.admin.PersonID, "x", fault.Forbidden, "admin_protected"},
			"HROneself":     {h.hr, h.hr.PersonID, "x", fault.Forbidden, "self_disable"},
			"AdminOneself":  {h.admin, h.admin.PersonID, "x", fault.Forbidden, "self_disable"},
			"Unknown":       {h.hr, h.mine.ID, "x", fault.NotFound, "person_unknown"},
			"NoReason":      {h.hr, h.trainee.PersonID, "  ", fault.Invalid, "reason_invalid"},
			"LongReason":    {h.hr, h.trainee.PersonID, strings.Repeat("长", 501), fault.Invalid, "reason_invalid"},
			"ControlReason": {h.hr, h.trainee.PersonID, "a\x00b", fault.Invalid, "reason_invalid"},
		} {
			t.Run("Refuses/"+name, func(t *testing.T) {
				wants(t, c.kind, c.code, b.DisableBy(b.ctx, c.actor, c.of, c.reason))
				wants(t, c.kind, c.code, b.EnableBy(b.ctx, c.actor, c.of, c.reason))
			})
		}
		wants(t, fault.Conflict, "last_admin", b.DisableBy(b.ctx, roster.Operator(), h.admin.PersonID, "误操作"))
	})
}

// Administrators who disable each other at the same moment leave one of them.
func TestOneAdminStays(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		b := setup(t, db)
		for round := range 10 {
			one, two := b.person(t, fmt.Sprint("one", round), roster.Admin), b.person(t, fmt.Sprint("two", round), roster.Admin)
			as := func(p roster.Person) roster.Actor { return roster.Actor{PersonID: p.ID, Roles: p.Roles} }
			errs := make([]error, 2)
			var all sync.WaitGroup
			all.Go(func() { errs[0] = b.DisableBy(b.ctx, as(one), two.ID, "抢先") })
			all.Go(func() { errs[1] = b.DisableBy(b.ctx, as(two), one.ID, "抢先") })
			all.Wait()
			rows, _, err := b.People(b.ctx, roster.Operator(), roster.PeopleFilter{Role: roster.Admin, Status: roster.StatusActive})
			require.NoError(t, err)
			require.Len(t, rows, 1)
			require.ElementsMatch(t, []string{"", "last_admin"}, []string{fault.CodeOf(errs[0]), fault.CodeOf(errs[1])})
			require.NoError(t, b.SetRoles(b.ctx, "", rows[0].ID, []roster.Role{roster.Trainee})) // the next round begins without
		}
	})
}
