package roster_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agentladder/course/fault"
	"agentladder/course/roster"
	"agentladder/migrations"
	"agentladder/migrations/dbtest"
)

func TestInvite(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		b := setup(t, db)
		h := b.house(t)

		t.Run("MakesPersonEmploymentAndLink", func(t *testing.T) {
			n := newcomer("Wang.Fang", roster.Supervisor, roster.Trainee, roster.Trainee)
			n.Name, n.Teams = " 王芳 ", []string{h.mine.ID, h.mine.ID}
			row, link, err := b.Invite(b.ctx, h.hr, n, "2026-12-01", "")
			require.NoError(t, err)
			require.Equal(t, roster.Row{
				Person: roster.Person{
					ID: row.ID, Login: "wang.fang", Name: "王芳", Tier: "none", Roles: []roster.Role{roster.Trainee, roster.Supervisor},
					Teams: []roster.Team{h.mine},
				}, Status: roster.StatusInvited, Version: 1,
			}, row)
			d, err := b.Look(b.ctx, h.hr, row.ID)
			require.NoError(t, err)
			require.Equal(t, row, d.Row)
			require.Len(t, d.Spells, 1)
			require.Equal(t, roster.Spell{ID: d.Spells[0].ID, From: "2026-12-01"}, d.Spells[0])
			_, err = b.OpenLink(b.ctx, link.Token)
			require.NoError(t, err)
			require.Equal(t, []string{"person.invited"}, b.acts(t, row.ID))
		})

		t.Run("SameKeyGivesTheSameAnswer", func(t *testing.T) {
			row, link, err := b.Invite(b.ctx, h.hr, newcomer("keyed"), "2026-01-31", "key-00000001")
			require.NoError(t, err)
			b.clock.step(time.Minute)
			row2, link2, err := b.Invite(b.ctx, h.hr, newcomer(" KEYED "), "2026-01-31", "key-00000001")
			require.NoError(t, err)
			require.Equal(t, row, row2)
			require.Equal(t, link, link2)
			_, err = b.OpenLink(b.ctx, link2.Token)
			require.NoError(t, err)
			_, _, err = b.Invite(b.ctx, h.hr, newcomer("keyed2"), "2026-01-31", "key-00000001")
			wants(t, fault.Unprocessable, "idempotency_mismatch", err)
			_, _, err = b.Invite(b.ctx, h.hr, newcomer("keyed"), "2026-01-31", "key-00000002")
			wants(t, fault.Conflict, "login_taken", err)
			_, _, err = b.Invite(b.ctx, h.admin, newcomer("keyed"), "2026-01-31", "key-00000001")
			wants(t, fault.Conflict, "login_taken", err)
		})

		t.Run("SameKeyAtOnceMakesOne", func(t *testing.T) {
			tokens := make([]string, 8)
			var all sync.WaitGroup
			for i := range tokens {
				all.Go(func() {
					_, link, err := b.Invite(b.ctx, h.hr, newcomer("double.click"), "", "key-00000009")
					if err != nil {
						t.Errorf("invite: %v", err)
					}
					tokens[i] = link.Token
				})
			}
			all.Wait()
			for _, token := range tokens {
				require.Equal(t, tokens[0], token)
			}
		})

		for name, c := range map[string]struct {
			actor roster.Actor
			edit  func(n *roster.NewPerson)
			hired string
			kind  fault.Kind
			code  string
		}{
			"Supervisor":       {h.supervisor, func(*roster.NewPerson) {}, "", fault.Forbidden, "not_permitted"},
			"Trainee":          {h.trainee, func(*roster.NewPerson) {}, "", fault.Forbidden, "not_permitted"},
			"Nobody":           {roster.Actor{}, func(*roster.NewPerson) {}, "", fault.Forbidden, "not_permitted"},
			"HRGivesAdmin":     {h.hr, func(n *roster.NewPerson) { n.Roles = []roster.Role{roster.HR, roster.Admin} }, "", fault.Forbidden, "admin_protected"},
			"NoRole":           {h.hr, func(n *roster.NewPerson) { n.Roles = nil }, "", fault.Invalid, "role_missing"},
			"UnknownRole":      {h.hr, func(n *roster.NewPerson) { n.Roles = []roster.Role{"root"} }, "", fault.Invalid, "role_unknown"},
			"UnknownTeam":      {h.hr, func(n *roster.NewPerson) { n.Teams = []string{h.hr.PersonID} }, "", fault.NotFound, "team_unknown"},
			"TeamNotAnId":      {h.hr, func(n *roster.NewPerson) { n.Teams = []string{"1"} }, "", fault.NotFound, "team_unknown"},
			"LoginTaken":       {h.hr, func(n *roster.NewPerson) { n.Login = "BOSS" }, "", fault.Conflict, "login_taken"},
			"LoginInvalid":     {h.hr, func(n *roster.NewPerson) { n.Login = "王芳" }, "", fault.Invalid, "login_invalid"},
			"NameInvalid":      {h.hr, func(n *roster.NewPerson) { n.Name = "\u0085" }, "", fault.Invalid, "name_invalid"},
			"NoSuchDay":        {h.hr, func(*roster.NewPerson) {}, "2026-02-29", fault.Invalid, "date_invalid"},
			"DayWrittenOddly":  {h.hr, func(*roster.NewPerson) {}, "2026-2-3", fault.Invalid, "date_invalid"},
			"DayOfAnotherTime": {h.hr, func(*roster.NewPerson) {}, "0026-02-03", fault.Invalid, "date_invalid"},
		} {
			t.Run("Refuses/"+name, func(t *testing.T) {
				n := newcomer("refused")
				c.edit(&n)
				_, _, err := b.Invite(b.ctx, c.actor, n, c.hired, "")
				wants(t, c.kind, c.code, err)
				_, err = b.PersonByLogin(b.ctx, "refused")
				wants(t, fault.NotFound, "person_unknown", err)
			})
		}

		t.Run("PasswordAndTierDoNotComeAlong", func(t *testing.T) {
			n := newcomer("sly")
			n.Password, n.WeakPassword, n.Tier = password, true, "senior"
			row, _, err := b.Invite(b.ctx, h.hr, n, "", "")
			require.NoError(t, err)
			require.Equal(t, "none", row.Tier)
			_, err = b.SignIn(b.ctx, roster.SignIn{Login: "sly", Password: password, Address: "10.0.0.1"})
			wants(t, fault.Unauthenticated, "sign_in_failed", err)
		})

		t.Run("AdminGivesAdmin", func(t *testing.T) {
			row, _, err := b.Invite(b.ctx, h.admin, newcomer("boss2", roster.Admin), "", "")
			require.NoError(t, err)
			require.Equal(t, []roster.Role{roster.Admin}, row.Roles)
		})
	})
}

func TestInviteAll(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		b := setup(t, db)
		h := b.house(t)
		crowd := func(prefix string, n int) []roster.Invitation {
			out := make([]roster.Invitation, n)
			for i := range out {
				p := newcomer(fmt.Sprintf("%s%04d", prefix, i))
				p.Teams = []string{h.mine.ID, h.theirs.ID}
				out[i] = roster.Invitation{NewPerson: p, HiredOn: "2026-03-01"}
			}
			return out
		}
		people := func() int64 {
			var n int64
			require.NoError(t, db.Read.Table("people").Count(&n).Error)
			return n
		}

		t.Run("All", func(t *testing.T) {
			made, err := b.InviteAll(b.ctx, h.hr, crowd("all", 1200))
			require.NoError(t, err)
			require.Len(t, made, 1200)
			for _, i := range []int{0, 499, 500, 1199} {
				require.Equal(t, fmt.Sprintf("all%04d", i), made[i].Login)
				owner, err := b.OpenLink(b.ctx, made[i].Link.Token)
				require.NoError(t, err)
				require.Equal(t, made[i].Login, owner.Login)
				d, err := b.Look(b.ctx, h.hr, made[i].ID)
				require.NoError(t, err)
				require.Equal(t, made[i].Row, d.Row)
				require.Equal(t, "2026-03-01", d.Spells[0].From)
				require.Equal(t, []string{"person.invited"}, b.acts(t, made[i].ID))
			}
		})

		for name, c := range map[string]struct {
			edit func(rows []roster.Invitation)
			code string
		}{
			"LastLoginTaken":   {func(r []roster.Invitation) { r[599].Login = "boss" }, "login_taken"},
			"LastLoginTwice":   {func(r []roster.Invitation) { r[599].Login = "NONE0000" }, "login_twice"},
			"LastTeamUnknown":  {func(r []roster.Invitation) { r[599].Teams = []string{h.hr.PersonID} }, "team_unknown"},
			"LastBecomesAdmin": {func(r []roster.Invitation) { r[599].Roles = []roster.Role{roster.Admin} }, "admin_protected"},
			"LastDayInvalid":   {func(r []roster.Invitation) { r[599].HiredOn = "2026-13-01" }, "date_invalid"},
		} {
			t.Run("None/"+name, func(t *testing.T) {
				before := people()
				rows := crowd("none", 600)
				c.edit(rows)
				_, err := b.InviteAll(b.ctx, h.hr, rows)
				require.Equal(t, c.code, fault.CodeOf(err))
				var f *fault.Fault
				require.ErrorAs(t, err, &f)
				require.NotEmpty(t, f.Params["login"])
				require.Equal(t, before, people())
			})
		}

		t.Run("Bounds", func(t *testing.T) {
			made, err := b.InviteAll(b.ctx, h.hr, nil)
			require.NoError(t, err)
			require.Empty(t, made)
			_, err = b.InviteAll(b.ctx, h.supervisor, nil)
			wants(t, fault.Forbidden, "not_permitted", err)
			_, err = b.InviteAll(b.ctx, h.hr, make([]roster.Invitation, roster.InvitedAtOnce+1))
			wants(t, fault.TooLarge, "too_many_people", err)
		})

		t.Run("TakenLogins", func(t *testing.T) {
			taken, err := b.TakenLogins(b.ctx, []string{"boss", "hr", "free", "' OR 1=1"})
			require.NoError(t, err)
			require.Equal(t, map[string]bool{"boss": true, "hr": true}, taken)
		})
	})
}
