package roster_test

import (
	"github.com/stretchr/testify/require"

	"agentladder/course/roster"
)

// house is a small shop: a supervisor and a trainee in one team, a trainee in another, HR and an administrator.
type house struct {
	admin, hr, supervisor, trainee, other roster.Actor
	mine, theirs                          roster.Team
}

func (b bundle) house(t tester) house {
	t.Helper()
	var h house
	var err error
	h.mine, err = b.CreateTeam(b.ctx, "", "售后一组")
	require.NoError(t, err)
	h.theirs, err = b.CreateTeam(b.ctx, "", "售前二组")
	require.NoError(t, err)
	person := func(login string, role roster.Role, teams ...roster.Team) roster.Actor {
		p := b.person(t, login, role)
		var ids []string
		for _, team := range teams {
			ids = append(ids, team.ID)
		}
		require.NoError(t, b.SetTeams(b.ctx, "", p.ID, ids))
		return b.signIn(t, login).Actor
	}
	h.admin = person("boss", roster.Admin)
	h.hr = person("hr", roster.HR)
	h.supervisor = person("super", roster.Supervisor, h.mine)
	h.trainee = person("trainee", roster.Trainee, h.mine)
	h.other = person("other", roster.Trainee, h.theirs)
	return h
}
