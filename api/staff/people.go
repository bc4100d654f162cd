package staff

import (
	"context"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"agentladder/api/answer"
	"agentladder/api/auth"
	"agentladder/api/openapi"
	"agentladder/course/fault"
	"agentladder/course/roster"
)

// ListPeople pages through the people within the caller's scope.
func (h Handlers) ListPeople(ctx context.Context, req openapi.ListPeopleRequestObject) (openapi.ListPeopleResponseObject, error) {
	p := req.Params
	filter := roster.PeopleFilter{Query: p.Q, Role: roster.Role(p.Role), Status: string(p.Status), Cursor: p.Cursor, Limit: p.Limit}
	if p.TeamId != uuid.Nil {
		filter.TeamID = p.TeamId.String()
	}
	rows, next, err := h.People.People(ctx, auth.ActorFrom(ctx), filter)
	if err != nil {
		return nil, err
	}
	return openapi.ListPeople200JSONResponse{Items: answer.Each(rows, answer.PersonRow), NextCursor: next}, nil
}

// CreatePerson invites a person. The link is in this answer only.
func (h Handlers) CreatePerson(ctx context.Context, req openapi.CreatePersonRequestObject) (openapi.CreatePersonResponseObject, error) {
	b := req.Body
	person := roster.NewPerson{Login: b.Login, Name: b.Name, Roles: rolesOf(b.Roles), Teams: teamsOf(b.TeamIds)}
	row, link, err := h.People.Invite(ctx, auth.ActorFrom(ctx), person, answer.DayText(b.HiredOn), req.Params.IdempotencyKey)
	if err != nil {
		return nil, err
	}
	return openapi.CreatePerson201JSONResponse{Person: answer.PersonRow(row), Link: answer.Link(link)}, nil
}

// GetPerson shows one person within the caller's scope.
func (h Handlers) GetPerson(ctx context.Context, req openapi.GetPersonRequestObject) (openapi.GetPersonResponseObject, error) {
	d, err := h.People.Look(ctx, auth.ActorFrom(ctx), req.PersonId.String())
	if err != nil {
		return nil, err
	}
	return openapi.GetPerson200JSONResponse{Body: answer.PersonDetail(d), Headers: openapi.GetPerson200ResponseHeaders{ETag: tag(d.Version)}}, nil
}

// ChangePerson changes a person whose version is still the one that was read.
func (h Handlers) ChangePerson(ctx context.Context, req openapi.ChangePersonRequestObject) (openapi.ChangePersonResponseObject, error) {
	version, err := versionOf(req.Params.IfMatch)
	if err != nil {
		return nil, err
	}
	b := req.Body
	change := roster.Change{Name: b.Name, Roles: rolesOf(b.Roles), Teams: teamsOf(b.TeamIds)}
	d, err := h.People.Change(ctx, auth.ActorFrom(ctx), req.PersonId.String(), version, change)
	if err != nil {
		return nil, err
	}
	return openapi.ChangePerson200JSONResponse{Body: answer.PersonDetail(d), Headers: openapi.ChangePerson200ResponseHeaders{ETag: tag(d.Version)}}, nil
}

// DisablePerson shuts a person out at once.
func (h Handlers) DisablePerson(ctx context.Context, req openapi.DisablePersonRequestObject) (openapi.DisablePersonResponseObject, error) {
	if err := h.People.DisableBy(ctx, auth.ActorFrom(ctx), req.PersonId.String(), req.Body.Reason); err != nil {
		return nil, err
	}
	return openapi.DisablePerson204Response{}, nil
}

// EnablePerson lets a disabled person in again.
func (h Handlers) EnablePerson(ctx context.Context, req openapi.EnablePersonRequestObject) (openapi.EnablePersonResponseObject, error) {
	if err := h.People.EnableBy(ctx, auth.ActorFrom(ctx), req.PersonId.String(), req.Body.Reason); err != nil {
		return nil, err
	}
	return openapi.EnablePerson204Response{}, nil
}

// IssueLink makes a new one-time link. It is in this answer only.
func (h Handlers) IssueLink(ctx context.Context, req openapi.IssueLinkRequestObject) (openapi.IssueLinkResponseObject, error) {
	link, err := h.People.IssueLink(ctx, auth.ActorFrom(ctx), req.PersonId.String())
	if err != nil {
		return nil, err
	}
	return openapi.IssueLink201JSONResponse(answer.Link(link)), nil
}

// RecordSpell records the begin of an employment, or its end.
func (h Handlers) RecordSpell(ctx context.Context, req openapi.RecordSpellRequestObject) (openapi.RecordSpellResponseObject, error) {
	d, err := h.People.RecordSpell(ctx, auth.ActorFrom(ctx), req.PersonId.String(), answer.DayText(req.Body.From), answer.DayText(req.Body.To))
	if err != nil {
		return nil, err
	}
	return openapi.RecordSpell201JSONResponse(answer.PersonDetail(d)), nil
}

// RecordGrant enters a tier that was granted before this program was in use.
func (h Handlers) RecordGrant(ctx context.Context, req openapi.RecordGrantRequestObject) (openapi.RecordGrantResponseObject, error) {
	b := req.Body
	d, err := h.People.RecordGrant(ctx, auth.ActorFrom(ctx), req.PersonId.String(), string(b.Tier), answer.DayText(b.On), b.Evidence)
	if err != nil {
		return nil, err
	}
	return openapi.RecordGrant201JSONResponse(answer.PersonDetail(d)), nil
}

// ListTeams shows the teams within the caller's scope.
func (h Handlers) ListTeams(ctx context.Context, _ openapi.ListTeamsRequestObject) (openapi.ListTeamsResponseObject, error) {
	teams, err := h.People.Teams(ctx, auth.ActorFrom(ctx))
	if err != nil {
		return nil, err
	}
	return openapi.ListTeams200JSONResponse{Items: answer.Each(teams, func(t roster.TeamSize) openapi.TeamRow {
		return openapi.TeamRow{Id: uuid.MustParse(t.ID), Name: t.Name, People: t.People}
	})}, nil
}

// CreateTeam adds a team.
func (h Handlers) CreateTeam(ctx context.Context, req openapi.CreateTeamRequestObject) (openapi.CreateTeamResponseObject, error) {
	team, err := h.People.CreateTeamBy(ctx, auth.ActorFrom(ctx), req.Body.Name)
	if err != nil {
		return nil, err
	}
	return openapi.CreateTeam201JSONResponse(answer.Team(team)), nil
}

func rolesOf(in []openapi.Role) []roster.Role {
	return answer.Each(in, func(r openapi.Role) roster.Role { return roster.Role(r) })
}

func teamsOf(in []uuid.UUID) []string { return answer.Each(in, uuid.UUID.String) }

// tag is a version as an entity tag.
func tag(version int) string { return strconv.Quote(strconv.Itoa(version)) }

// versionOf reads If-Match: the one tag that was read, with or without its quotes. A list or * would mean that the
// caller does not know what it overwrites. Fault: parameter_invalid.
func versionOf(match string) (int, error) {
	text := strings.TrimSpace(match)
	if bare, ok := strings.CutPrefix(text, `"`); ok {
		text, ok = strings.CutSuffix(bare, `"`)
		if !ok {
			text = ""
		}
	}
	version, err := strconv.Atoi(text)
	if err != nil || version < 1 || strconv.Itoa(version) != text {
		return 0, fault.New(fault.Invalid, "parameter_invalid", fault.Params{"parameter": "If-Match"})
	}
	return version, nil
}
