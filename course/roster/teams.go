package roster

import (
	"context"
	"fmt"
)

// TeamSize is a team with the number of its people who are not disabled.
type TeamSize struct {
	Team
	People int
}

// Teams lists teams by name: all for HR and administrators, the own ones for a supervisor. Fault: not_permitted.
func (s *Service) Teams(ctx context.Context, actor Actor) ([]TeamSize, error) {
	query := s.journal.Read(ctx).Table("teams AS t").
		Select("t.id, t.name, (SELECT count(*) FROM team_members m JOIN people p ON p.id = m.person_id " +
			"WHERE m.team_id = t.id AND p.disabled_at IS NULL) AS people")
	switch {
	case actor.Has(HR, Admin):
	case !actor.Has(Supervisor):
		return nil, notPermitted()
	case len(actor.Teams) == 0:
		return []TeamSize{}, nil
	default:
		query = query.Where("t.id IN ?", teamIDs(actor.Teams))
	}
	var rows []struct {
		ID, Name string
		People   int
	}
	if err := query.Order("t.name, t.id").Scan(&rows).Error; err != nil {
		return nil, fmt.Errorf("read teams: %w", err)
	}
	out := make([]TeamSize, len(rows))
	for i, r := range rows {
		out[i] = TeamSize{Team: Team{ID: r.ID, Name: r.Name}, People: r.People}
	}
	return out, nil
}

// CreateTeamBy adds a team. Faults: not_permitted, name_invalid, team_taken.
func (s *Service) CreateTeamBy(ctx context.Context, actor Actor, name string) (Team, error) {
	if err := office(actor); err != nil {
		return Team{}, err
	}
	return s.CreateTeam(ctx, actor.PersonID, name)
}
