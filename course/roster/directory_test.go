package roster_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"agentladder/course/fault"
	"agentladder/course/roster"
	"agentladder/migrations"
	"agentladder/migrations/dbtest"
)

func logins(rows []roster.Row) []string {
	out := []string{}
	for _, r := range rows {
		out = append(out, r.Login)
	}
	return out
}

func TestPeople(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		b := setup(t, db)
		h := b.house(t)
		all := []string{"boss", "hr", "other", "super", "trainee"}
		list := func(t *testing.T, actor roster.Actor, f roster.PeopleFilter) []string {
			t.Helper()
			rows, next, err := b.People(b.ctx, actor, f)
			require.NoError(t, err)
			require.Empty(t, next)
			return logins(rows)
		}

		t.Run("Scope", func(t *testing.T) {
			require.Equal(t, all, list(t, h.hr, roster.PeopleFilter{}))
			require.Equal(t, all, list(t, h.admin, roster.PeopleFilter{}))
			require.Equal(t, []string{"super", "trainee"}, list(t, h.supervisor, roster.PeopleFilter{}))
			require.Empty(t, list(t, h.supervisor, roster.PeopleFilter{TeamID: h.theirs.ID}))
			require.Empty(t, list(t, roster.Actor{PersonID: h.trainee.PersonID, Roles: []roster.Role{roster.Supervisor}}, roster.PeopleFilter{}))
			for _, nobody := range []roster.Actor{h.trainee, {}} {
				_, _, err := b.People(b.ctx, nobody, roster.PeopleFilter{})
				wants(t, fault.Forbidden, "not_permitted", err)
			}
		})

		t.Run("RowsSayWhatTheStoreKnows", func(t *testing.T) {
			rows, _, err := b.People(b.ctx, h.hr, roster.PeopleFilter{Query: "super"})
			require.NoError(t, err)
			require.Equal(t, []roster.Row{{
				Person: h.supervisor.Person(), Status: roster.StatusActive, LastSeenAt: now(t, b), Version: 2,
			}}, rows)
		})

		odd := map[string]string{"odd1": "50%_折", "odd2": `C:\家`, "odd3": "Ángela LI", "odd4": "50分"}
		for login, name := range odd {
			_, err := b.CreatePerson(b.ctx, "", roster.NewPerson{Login: login, Name: name, Password: password, Tier: "junior"})
			require.NoError(t, err)
		}
		invited, _ := b.invite(t, "new")
		gone := b.person(t, "gone")
		require.NoError(t, b.Disable(b.ctx, "", gone.ID))
		for name, c := range map[string]struct {
			f    roster.PeopleFilter
			want []string
		}{
			"PartOfLogin":          {roster.PeopleFilter{Query: "aine"}, []string{"trainee"}},
			"CapitalsInQuery":      {roster.PeopleFilter{Query: "TRAIN"}, []string{"trainee"}},
			"SmallLettersForName":  {roster.PeopleFilter{Query: "li"}, []string{"odd3"}},
			"AccentsAsWritten":     {roster.PeopleFilter{Query: "Ángela"}, []string{"odd3"}},
			"Chinese":              {roster.PeopleFilter{Query: "小满", Limit: 200}, []string{"boss", "gone", "hr", "other", "super", "trainee"}},
			"PercentIsAPercent":    {roster.PeopleFilter{Query: "%"}, []string{"odd1"}},
			"UnderscoreIsItself":   {roster.PeopleFilter{Query: "_"}, []string{"odd1"}},
			"BackslashIsItself":    {roster.PeopleFilter{Query: `\`}, []string{"odd2"}},
			"PercentUnderscore":    {roster.PeopleFilter{Query: "0%_"}, []string{"odd1"}},
			"QuoteIsItself":        {roster.PeopleFilter{Query: "' OR 1=1 --"}, []string{}},
			"NULMatchesNothing":    {roster.PeopleFilter{Query: "\x00"}, []string{}},
			"BrokenMatchesNothing": {roster.PeopleFilter{Query: "a\xff"}, []string{}},
			"SpacesDoNotCount":     {roster.PeopleFilter{Query: "  trainee "}, []string{"trainee"}},
			"Role":                 {roster.PeopleFilter{Role: roster.HR}, []string{"hr"}},
			"Team":                 {roster.PeopleFilter{TeamID: h.mine.ID}, []string{"super", "trainee"}},
			"TeamNotAnId":          {roster.PeopleFilter{TeamID: "1"}, []string{}},
			"TeamUnknown":          {roster.PeopleFilter{TeamID: invited.ID}, []string{}},
			"Invited":              {roster.PeopleFilter{Status: roster.StatusInvited}, []string{"new"}},
			"Disabled":             {roster.PeopleFilter{Status: roster.StatusDisabled}, []string{"gone"}},
			"Active": {roster.PeopleFilter{Status: roster.StatusActive},
				[]string{"boss", "hr", "odd1", "odd2", "odd3", "odd4", "other", "super", "trainee"}},
			"Tier":         {roster.PeopleFilter{Tier: "junior"}, []string{"odd1", "odd2", "odd3", "odd4"}},
			"AllTogether":  {roster.PeopleFilter{Query: "t", Role: roster.Trainee, TeamID: h.theirs.ID, Status: roster.StatusActive, Tier: "none"}, []string{"other"}},
			"NoneTogether": {roster.PeopleFilter{Role: roster.HR, TeamID: h.theirs.ID}, []string{}},
		} {
			t.Run("Filter/"+name, func(t *testing.T) { require.Equal(t, c.want, list(t, h.hr, c.f)) })
		}

		for name, c := range map[string]struct {
			f    roster.PeopleFilter
			code string
		}{
			"Status":        {roster.PeopleFilter{Status: "asleep"}, "status_unknown"},
			"Role":          {roster.PeopleFilter{Role: "root"}, "role_unknown"},
			"Cursor":        {roster.PeopleFilter{Cursor: "%%%"}, "cursor_invalid"},
			"CursorContent": {roster.PeopleFilter{Cursor: "JyBPUiAxPTE"}, "cursor_invalid"},
		} {
			t.Run("Refuses/"+name, func(t *testing.T) {
				_, _, err := b.People(b.ctx, h.hr, c.f)
				wants(t, fault.Invalid, c.code, err)
			})
		}
	})
}

func TestPeoplePages(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		b := setup(t, db)
		team, err := b.CreateTeam(b.ctx, "", "大团队")
		require.NoError(t, err)
		var crowd []roster.Invitation
		for i := range 503 {
			n := newcomer(fmt.Sprintf("p%04d", (i*7919)%1000))
			n.Teams = []string{team.ID}
			crowd = append(crowd, roster.Invitation{NewPerson: n})
		}
		made, err := b.InviteAll(b.ctx, roster.Operator(), crowd)
		require.NoError(t, err)
		var want []string
		for _, m := range made {
			want = append(want, m.Login)
		}
		slices.Sort(want)

		heard := listen(t, db)
		for name, actor := range map[string]roster.Actor{
			"HR": {Roles: []roster.Role{roster.HR}}, "Supervisor": {Roles: []roster.Role{roster.Supervisor}, Teams: []roster.Team{team}},
		} {
			t.Run("EverybodyOnceInThreeStatementsAPage/"+name, func(t *testing.T) {
				var got []string
				f := roster.PeopleFilter{Limit: 50}
				for page := 0; page == 0 || f.Cursor != ""; page++ {
					_, asked := heard(func() {
						rows, next, err := b.People(b.ctx, actor, f)
						require.NoError(t, err)
						got, f.Cursor = append(got, logins(rows)...), next
					})
					require.Len(t, asked, 3, "page %d", page)
					require.NotContains(t, strings.ToUpper(asked[0]), "OFFSET")
					if name == "HR" && page > 0 {
						requireSeek(t, db, asked[0])
					}
				}
				require.Equal(t, want, got)
			})
		}

		t.Run("LimitHasBounds", func(t *testing.T) {
			for limit, want := range map[int]int{0: 50, -1: 50, 7: 7, 1000: 200} {
				rows, next, err := b.People(b.ctx, roster.Operator(), roster.PeopleFilter{Limit: limit})
				require.NoError(t, err)
				require.Len(t, rows, want)
				require.NotEmpty(t, next)
			}
		})
	})
}

// requireSeek asks the database how it would answer a page when the table is too big to be read whole: it enters the
// index of logins at the cursor and sorts nothing.
func requireSeek(t *testing.T, db *migrations.Database, query string) {
	t.Helper()
	var plan string
	if db.Dialect == migrations.Postgres {
		var lines []string
		tx := db.Read.Begin()
		defer tx.Rollback()
		require.NoError(t, tx.Exec("SET LOCAL enable_seqscan = off").Error)
		require.NoError(t, tx.Exec("SET LOCAL enable_bitmapscan = off").Error)
		require.NoError(t, tx.Raw("EXPLAIN "+query).Scan(&lines).Error)
		plan = strings.Join(lines, "\n")
		require.Contains(t, plan, "Index Cond: (login >")
	} else {
		var steps []struct{ Detail string }
		require.NoError(t, db.Read.Raw("EXPLAIN QUERY PLAN "+query).Scan(&steps).Error)
		for _, s := range steps {
			plan += s.Detail + "\n"
		}
		require.Contains(t, plan, "USING INDEX people_login (login>?)")
	}
	require.NotContains(t, strings.ToUpper(plan), "SORT")
	require.NotContains(t, strings.ToUpper(plan), "TEMP B-TREE")
}

func TestLook(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		b := setup(t, db)
		h := b.house(t)
		gone := b.person(t, "gone", roster.Trainee)
		require.NoError(t, b.Disable(b.ctx, "", gone.ID))
		for name, c := range map[string]struct {
			actor roster.Actor
			of    string
			may   []string // nil: not to be seen
			code  string
		}{
			"HRAtTrainee":            {h.hr, h.trainee.PersonID, []string{"change", "roles", "disable", "link", "spell", "grant"}, ""},
			"HRAtAdmin":              {h.hr, h.admin.PersonID, []string{"spell", "grant"}, ""},
			"HRAtOneself":            {h.hr, h.hr.PersonID, []string{"change"}, ""},
			"HRAtDisabled":           {h.hr, gone.ID, []string{"change", "roles", "enable", "spell", "grant"}, ""},
			"AdminAtTrainee":         {h.admin, h.trainee.PersonID, []string{"change", "roles", "disable", "link"}, ""},
			"AdminAtOneself":         {h.admin, h.admin.PersonID, []string{"change"}, ""},
			"SupervisorAtOwn":        {h.supervisor, h.trainee.PersonID, []string{}, ""},
			"SupervisorAtOther":      {h.supervisor, h.other.PersonID, nil, "person_unknown"},
			"SupervisorAtTeamless":   {h.supervisor, h.hr.PersonID, nil, "person_unknown"},
			"SupervisorAtNoId":       {h.supervisor, "1", nil, "person_unknown"},
			"HRAtUnknown":            {h.hr, "019340aa-0000-7000-8000-000000000001", nil, "person_unknown"},
			"TraineeAtOneself":       {h.trainee, h.trainee.PersonID, nil, "not_permitted"},
			"NobodyAtTrainee":        {roster.Actor{}, h.trainee.PersonID, nil, "not_permitted"},
			"TeamlessAtTeamlessness": {roster.Actor{Roles: []roster.Role{roster.Supervisor}}, h.hr.PersonID, nil, "person_unknown"},
		} {
			t.Run(name, func(t *testing.T) {
				d, err := b.Look(b.ctx, c.actor, c.of)
				require.Equal(t, c.code, fault.CodeOf(err))
				require.Equal(t, c.may, d.May)
			})
		}
	})
}

func TestTeamsList(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		b := setup(t, db)
		h := b.house(t)
		sizes := []roster.TeamSize{{Team: h.mine, People: 2}, {Team: h.theirs, People: 1}}
		slices.SortFunc(sizes, func(a, b roster.TeamSize) int { return strings.Compare(a.Name, b.Name) })
		for _, actor := range []roster.Actor{h.hr, h.admin} {
			got, err := b.Teams(b.ctx, actor)
			require.NoError(t, err)
			require.ElementsMatch(t, sizes, got)
		}
		own, err := b.Teams(b.ctx, h.supervisor)
		require.NoError(t, err)
		require.Equal(t, []roster.TeamSize{{Team: h.mine, People: 2}}, own)
		none, err := b.Teams(b.ctx, roster.Actor{Roles: []roster.Role{roster.Supervisor}})
		require.NoError(t, err)
		require.Empty(t, none)
		_, err = b.Teams(b.ctx, h.trainee)
		wants(t, fault.Forbidden, "not_permitted", err)

		require.NoError(t, b.DisableBy(b.ctx, h.hr, h.trainee.PersonID, "离职"))
		own, err = b.Teams(b.ctx, h.supervisor)
		require.NoError(t, err)
		require.Equal(t, 1, own[0].People, "who is disabled does not count")

		team, err := b.CreateTeamBy(b.ctx, h.hr, " 新团队 ")
		require.NoError(t, err)
		require.Equal(t, "新团队", team.Name)
		_, err = b.CreateTeamBy(b.ctx, h.admin, "新团队")
		wants(t, fault.Conflict, "team_taken", err)
		_, err = b.CreateTeamBy(b.ctx, h.supervisor, "我的团队")
		wants(t, fault.Forbidden, "not_permitted", err)
	})
}
