package staff

import (
	"context"
	"slices"

	"agentladder/api/answer"
	"agentladder/api/auth"
	"agentladder/api/openapi"
	"agentladder/course/roster"
	"agentladder/grading"
)

// Ladder shows HR and supervisors how far their people have come.
type Ladder struct {
	People      *roster.Service
	Eligibility *grading.Eligibility
}

// GetPersonLadder shows where one person stands.
func (h Ladder) GetPersonLadder(ctx context.Context, req openapi.GetPersonLadderRequestObject) (openapi.GetPersonLadderResponseObject, error) {
	detail, err := h.People.Look(ctx, judging(auth.ActorFrom(ctx)), req.PersonId.String())
	if err != nil {
		return nil, err
	}
	standing, err := h.Eligibility.Standing(ctx, detail.Person)
	if err != nil {
		return nil, err
	}
	return openapi.GetPersonLadder200JSONResponse(answer.Standing(detail.Row, standing)), nil
}

// ListLadder shows one page of the people who practise, with what is still open for each.
func (h Ladder) ListLadder(ctx context.Context, req openapi.ListLadderRequestObject) (openapi.ListLadderResponseObject, error) {
	p := req.Params
	filter := roster.PeopleFilter{Query: p.Q, Role: roster.Trainee, Tier: string(p.Tier), Cursor: p.Cursor, Limit: p.Limit}
	rows, next, err := h.People.People(ctx, judging(auth.ActorFrom(ctx)), filter)
	if err != nil {
		return nil, err
	}
	standings, err := h.Eligibility.Standings(ctx, answer.Each(rows, func(r roster.Row) roster.Person { return r.Person }))
	if err != nil {
		return nil, err
	}
	items := answer.Each(rows, func(r roster.Row) openapi.LadderRow { return answer.LadderRow(r, standings[r.ID]) })
	return openapi.ListLadder200JSONResponse{Items: items, NextCursor: next}, nil
}

// judging is the actor without the administration of accounts, which gives no look into how people stand.
func judging(actor roster.Actor) roster.Actor {
	actor.Roles = slices.DeleteFunc(slices.Clone(actor.Roles), func(r roster.Role) bool { return r == roster.Admin })
	return actor
}
