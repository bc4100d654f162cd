package staff

import (
	"cmp"
	"context"
	"slices"

	"github.com/google/uuid"

	"agentladder/api/answer"
	"agentladder/api/auth"
	"agentladder/api/openapi"
	"agentladder/course/roster"
	"agentladder/exam"
)

const (
	teamPage  = 20  // chats on a page when the client does not say
	teamLimit = 500 // people of a supervisor's own teams
)

// Team answers what a supervisor asks about the own teams.
type Team struct {
	People *roster.Service
	Chats  *exam.Service
}

// own returns the people of the actor's own teams who practise.
func (h Team) own(ctx context.Context, actor roster.Actor) ([]roster.Row, error) {
	var own []roster.Row
	filter := roster.PeopleFilter{Role: roster.Trainee, Limit: 200}
	for len(own) < teamLimit {
		rows, next, err := h.People.People(ctx, actor, filter)
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			if slices.ContainsFunc(row.Teams, func(t roster.Team) bool { return actor.InTeam(t.ID) }) {
				own = append(own, row)
			}
		}
		if next == "" {
			break
		}
		filter.Cursor = next
	}
	return own, nil
}

func ids(rows []roster.Row) []string {
	out := make([]string, len(rows))
	for i, row := range rows {
		out[i] = row.ID
	}
	return out
}

// ListTeamScores shows the people of the own teams, those who need attention first.
func (h Team) ListTeamScores(ctx context.Context, _ openapi.ListTeamScoresRequestObject) (openapi.ListTeamScoresResponseObject, error) {
	own, err := h.own(ctx, auth.ActorFrom(ctx))
	if err != nil {
		return nil, err
	}
	scores, err := h.Chats.ScoresOf(ctx, ids(own))
	if err != nil {
		return nil, err
	}
	items := make([]openapi.TeamScore, 0, len(own))
	for _, row := range own {
		s := scores[row.ID]
		items = append(items, openapi.TeamScore{Person: answer.PersonRow(row), Chats: s.Chats, Passed: s.Passed, Average: s.Average, Last: s.Last, LastAt: s.LastAt, Change: s.Change})
	}
	slices.SortStableFunc(items, func(a, b openapi.TeamScore) int {
		return cmp.Or(cmp.Compare(attention(a), attention(b)), cmp.Compare(value(a.Average), value(b.Average)), cmp.Compare(a.Person.Login, b.Person.Login))
	})
	return openapi.ListTeamScores200JSONResponse{Days: exam.TeamDays, Items: items}, nil
}

// attention orders people: those who fell, those who do not pass, those who did not practise, the others.
func attention(s openapi.TeamScore) int {
	switch {
	case s.Change != nil && *s.Change < 0:
		return 0
	case s.Chats > s.Passed:
		return 1
	case s.Chats == 0:
		return 2
	}
	return 3
}

func value(milli *int) int {
	if milli == nil {
		return 0
	}
	return *milli
}

// ListTeamChats shows the chats behind a number.
func (h Team) ListTeamChats(ctx context.Context, req openapi.ListTeamChatsRequestObject) (openapi.ListTeamChatsResponseObject, error) {
	own, err := h.own(ctx, auth.ActorFrom(ctx))
	if err != nil {
		return nil, err
	}
	p := req.Params
	names, asked := map[string]string{}, []string{}
	for _, row := range own {
		names[row.ID] = row.Name
		if p.PersonId == (uuid.UUID{}) || p.PersonId.String() == row.ID {
			asked = append(asked, row.ID)
		}
	}
	page, err := h.Chats.ListOf(ctx, asked, exam.Filter{Status: exam.Ended, ScenarioID: p.ScenarioId, Passed: p.Passed, Cursor: p.Cursor, Limit: cmp.Or(p.Limit, teamPage)})
	if err != nil {
		return nil, err
	}
	items := answer.Each(page.Chats, func(c *exam.Chat) openapi.TeamChat {
		return openapi.TeamChat{Chat: answer.Summary(c), PersonId: uuid.MustParse(c.PersonID), PersonName: names[c.PersonID]}
	})
	return openapi.ListTeamChats200JSONResponse{Items: items, NextCursor: page.Next}, nil
}

// GetTeamChat shows one ended chat of the own teams.
func (h Team) GetTeamChat(ctx context.Context, req openapi.GetTeamChatRequestObject) (openapi.GetTeamChatResponseObject, error) {
	own, err := h.own(ctx, auth.ActorFrom(ctx))
	if err != nil {
		return nil, err
	}
	graded, err := h.Chats.ReviewOf(ctx, ids(own), req.ChatId.String())
	if err != nil {
		return nil, err
	}
	return openapi.GetTeamChat200JSONResponse(answer.Review(graded)), nil
}
