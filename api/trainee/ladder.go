package trainee

import (
	"context"

	"agentladder/api/answer"
	"agentladder/api/auth"
	"agentladder/api/openapi"
	"agentladder/course/roster"
	"agentladder/grading"
)

// Ladder shows people how far they have come.
type Ladder struct {
	People      *roster.Service
	Eligibility *grading.Eligibility
}

// GetMyLadder shows where the caller stands.
func (h Ladder) GetMyLadder(ctx context.Context, _ openapi.GetMyLadderRequestObject) (openapi.GetMyLadderResponseObject, error) {
	person, err := h.People.Person(ctx, auth.ActorFrom(ctx).PersonID) // the tier may have changed since the token was issued
	if err != nil {
		return nil, err
	}
	standing, err := h.Eligibility.Standing(ctx, person)
	if err != nil {
		return nil, err
	}
	return openapi.GetMyLadder200JSONResponse(answer.Standing(roster.Row{Person: person, Status: roster.StatusActive}, standing)), nil
}
