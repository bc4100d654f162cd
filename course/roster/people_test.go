package roster_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"agentladder/course/fault"
	"agentladder/course/roster"
	"agentladder/migrations"
	"agentladder/migrations/dbtest"
)

func TestCreatePerson(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		b := setup(t, db)
		team, err := b.CreateTeam(b.ctx, "", "售后一组")
		require.NoError(t, err)
		good := roster.NewPerson{
			Login: "Lin.Xiaoman", Name: " 林小满 ", Password: password, Teams: []string{team.ID},
			Roles: []roster.Role{roster.Supervisor, roster.Trainee, roster.Trainee},
		}
		made, err := b.CreatePerson(b.ctx, "", good)
		require.NoError(t, err)

		t.Run("KeepsWhatWasGiven", func(t *testing.T) {
			want := roster.Person{
				ID: made.ID, Login: "lin.xiaoman", Name: "林小满", Tier: "none",
				Roles: []roster.Role{roster.Trainee, roster.Supervisor}, Teams: []roster.Team{team},
			}
			require.Equal(t, want, made)
			read, err := b.Person(b.ctx, made.ID)
			require.NoError(t, err)
			require.Equal(t, want, read)
			read, err = b.PersonByLogin(b.ctx, "LIN.xiaoman")
			require.NoError(t, err)
			require.Equal(t, want, read)
			require.Equal(t, []string{"person.created"}, b.acts(t, made.ID))
		})

		for name, c := range map[string]struct {
			edit func(n *roster.NewPerson)
			kind fault.Kind
			code string
		}{
			"LoginTaken":       {func(n *roster.NewPerson) { n.Login = "lin.XIAOMAN" }, fault.Conflict, "login_taken"},
			"LoginTooShort":    {func(n *roster.NewPerson) { n.Login = "l" }, fault.Invalid, "login_invalid"},
			"LoginWithSpace":   {func(n *roster.NewPerson) { n.Login = "lin xiao" }, fault.Invalid, "login_invalid"},
			"LoginWithNewline": {func(n *roster.NewPerson) { n.Login = "lin\nxiao" }, fault.Invalid, "login_invalid"},
			"NameEmpty":        {func(n *roster.NewPerson) { n.Name = "  " }, fault.Invalid, "name_invalid"},
			"NameWithEscape":   {func(n *roster.NewPerson) { n.Name = "a\x1b[31m" }, fault.Invalid, "name_invalid"},
			"NameNotUTF8":      {func(n *roster.NewPerson) { n.Name = "a\xff" }, fault.Invalid, "name_invalid"},
			"NameTooLong":      {func(n *roster.NewPerson) { n.Name = strings.Repeat("长", 101) }, fault.Invalid, "name_invalid"},
			"RoleUnknown":      {func(n *roster.NewPerson) { n.Roles = []roster.Role{"root"} }, fault.Invalid, "role_unknown"},
			"TeamUnknown":      {func(n *roster.NewPerson) { n.Teams = []string{made.ID} }, fault.NotFound, "team_unknown"},
			"TeamNotAnId":      {func(n *roster.NewPerson) { n.Teams = []string{"1"} }, fault.NotFound, "team_unknown"},
			"PasswordShort":    {func(n *roster.NewPerson) { n.Password = "缺货就退款2b" }, fault.Invalid, "password_too_short"},
			"PasswordEmpty": {func(n *roster.NewPerson) { n.Password, n.WeakPassword = "", true },
				fault.Invalid, "password_too_short"},
		} {
			t.Run("Refuses/"+name, func(t *testing.T) {
				n := good
				n.Login = "other"
				c.edit(&n)
				_, err := b.CreatePerson(b.ctx, "", n)
				wants(t, c.kind, c.code, err)
				if n.Login == "other" {
					_, err = b.PersonByLogin(b.ctx, "other")
					wants(t, fault.NotFound, "person_unknown", err)
				}
			})
		}

		t.Run("DemoPeopleMayHaveWeakPasswords", func(t *testing.T) {
			_, err := b.CreatePerson(b.ctx, "", roster.NewPerson{Login: "demo", Name: "演示", Password: "demo", WeakPassword: true})
			require.NoError(t, err)
		})
	})
}

func TestTeams(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		b := setup(t, db)
		team, err := b.CreateTeam(b.ctx, "", "售前")
		require.NoError(t, err)
		_, err = b.CreateTeam(b.ctx, "", "售前")
		wants(t, fault.Conflict, "team_taken", err)
		found, err := b.TeamByName(b.ctx, "售前")
		require.NoError(t, err)
		require.Equal(t, team, found)
		_, err = b.TeamByName(b.ctx, "没有")
		wants(t, fault.NotFound, "team_unknown", err)

		p := b.person(t, "wang")
		require.NoError(t, b.SetTeams(b.ctx, p.ID, p.ID, []string{team.ID, team.ID}))
		read, err := b.Person(b.ctx, p.ID)
		require.NoError(t, err)
		require.Equal(t, []roster.Team{team}, read.Teams)
		require.NoError(t, b.SetTeams(b.ctx, "", p.ID, nil))
		read, err = b.Person(b.ctx, p.ID)
		require.NoError(t, err)
		require.Empty(t, read.Teams)
	})
}

func TestUnknownPeople(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		b := setup(t, db)
		for _, id := range []string{"", "1", "019340aa-0000-7000-8000-000000000001", "019340AA-0000-7000-8000-000000000001", "' OR 1=1"} {
			_, err := b.Person(b.ctx, id)
			wants(t, fault.NotFound, "person_unknown", err)
			wants(t, fault.NotFound, "person_unknown", b.Disable(b.ctx, "", id))
			wants(t, fault.NotFound, "person_unknown", b.SetRoles(b.ctx, "", id, nil))
			wants(t, fault.NotFound, "person_unknown", b.SetPassword(b.ctx, "", id, password))
			wants(t, fault.NotFound, "person_unknown", b.SignOutEverywhere(b.ctx, "", id))
			_, err = b.Authenticate(b.ctx, id, id, 1)
			wants(t, fault.Unauthenticated, "session_ended", err)
			wants(t, fault.Unauthenticated, "session_ended", b.SignOut(b.ctx, roster.Actor{SessionID: id}))
		}
	})
}

// Every change of rights kills the access token that was issued before it, at once.
func TestRightsChange(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		b := setup(t, db)
		for name, c := range map[string]struct {
			act     string
			refresh string // code of a refresh afterwards; "" when the session goes on with the new rights
			do      func(p roster.Person, s roster.Session) error
		}{
			"SignOut": {"session.ended", "session_ended", func(_ roster.Person, s roster.Session) error { return b.SignOut(b.ctx, s.Actor) }},
			"SignOutEverywhere": {"session.all_ended", "session_ended", func(p roster.Person, _ roster.Session) error {
				return b.SignOutEverywhere(b.ctx, p.ID, p.ID)
			}},
			"SetPassword": {"person.password_set", "session_ended", func(p roster.Person, _ roster.Session) error {
				return b.SetPassword(b.ctx, p.ID, p.ID, "换一个新的密码吧-3c")
			}},
			"Disable": {"person.disabled", "session_ended", func(p roster.Person, _ roster.Session) error { return b.Disable(b.ctx, "", p.ID) }},
			"SetRoles": {"person.roles_set", "", func(p roster.Person, _ roster.Session) error {
				return b.SetRoles(b.ctx, "", p.ID, []roster.Role{roster.HR})
			}},
			"SetTeams": {"person.teams_set", "", func(p roster.Person, _ roster.Session) error { return b.SetTeams(b.ctx, "", p.ID, nil) }},
		} {
			t.Run(name, func(t *testing.T) {
				login := strings.ToLower(name)
				p := b.person(t, login, roster.Trainee)
				bystander := b.person(t, login+"2", roster.Trainee)
				mine, other, stranger := b.signIn(t, login), b.signIn(t, login), b.signIn(t, login+"2")
				require.NoError(t, b.alive(mine))

				require.NoError(t, c.do(p, mine))
				wants(t, fault.Unauthenticated, "session_ended", b.alive(mine))
				if name == "SignOut" {
					require.NoError(t, b.alive(other), "only this device")
				} else {
					wants(t, fault.Unauthenticated, "session_ended", b.alive(other))
				}
				require.NoError(t, b.alive(stranger), "nobody else")
				acts := b.acts(t, p.ID)
				require.Equal(t, c.act, acts[len(acts)-1])
				require.NotContains(t, b.acts(t, bystander.ID), c.act)

				fresh, err := b.Refresh(b.ctx, mine.Refresh)
				if c.refresh != "" {
					wants(t, fault.Unauthenticated, c.refresh, err)
					return
				}
				require.NoError(t, err)
				require.NoError(t, b.alive(fresh))
				if name == "SetRoles" {
					require.Equal(t, []roster.Role{roster.HR}, fresh.Actor.Roles)
				}
			})
		}
	})
}

func TestActor(t *testing.T) {
	t.Parallel()
	a := roster.Actor{Roles: []roster.Role{roster.Trainee, roster.HR}, Teams: []roster.Team{{ID: "1"}}}
	require.True(t, a.Has(roster.Admin, roster.HR))
	require.False(t, a.Has(roster.Admin))
	require.False(t, a.Has())
	require.True(t, a.InTeam("1"))
	require.False(t, a.InTeam("2"))
	require.False(t, roster.Actor{}.Has(roster.Roles...))
}
