package staff

import (
	"context"
	"fmt"
	"io"

	"agentladder/api/answer"
	"agentladder/api/auth"
	"agentladder/api/locale"
	"agentladder/api/openapi"
	"agentladder/course/fault"
	"agentladder/course/roster"
	"agentladder/course/roster/intake"
)

// ImportPeople reads a CSV file of people. It stores all or none, and on a dry run none; both find the same problems.
func (h Handlers) ImportPeople(ctx context.Context, req openapi.ImportPeopleRequestObject) (openapi.ImportPeopleResponseObject, error) {
	body, err := io.ReadAll(io.LimitReader(req.Body, intake.MaxBytes+1))
	if err != nil {
		return nil, fault.New(fault.Invalid, "body_incomplete", nil).Because(err)
	}
	actor := auth.ActorFrom(ctx)
	sheet := intake.Read(body)
	invitations, err := h.check(ctx, actor, &sheet)
	if err != nil {
		return nil, err
	}
	report := openapi.ImportPeople200JSONResponse{Rows: sheet.Rows, People: []openapi.ImportedPerson{}, Problems: sentences(ctx, sheet.Problems)}
	if len(sheet.Problems) > 0 {
		return report, nil
	}
	for _, p := range sheet.People {
		report.People = append(report.People, openapi.ImportedPerson{Line: p.Line, Login: p.Login, Name: p.Name})
	}
	if req.Params.DryRun || len(invitations) == 0 {
		return report, nil
	}
	made, err := h.People.InviteAll(ctx, actor, invitations)
	if err != nil {
		return nil, err
	}
	for i, m := range made {
		report.People[i].Link = answer.Link(m.Link)
	}
	report.Stored = true
	return report, nil
}

// check holds the good lines against what is stored and who asks, and adds what stands against them.
func (h Handlers) check(ctx context.Context, actor roster.Actor, sheet *intake.Sheet) ([]roster.Invitation, error) {
	teams, err := h.People.Teams(ctx, actor)
	if err != nil {
		return nil, err
	}
	ids := make(map[string]string, len(teams))
	for _, t := range teams {
		ids[t.Name] = t.ID
	}
	taken, err := h.People.TakenLogins(ctx, answer.Each(sheet.People, func(p intake.Person) string { return p.Login }))
	if err != nil {
		return nil, err
	}
	invitations := make([]roster.Invitation, 0, len(sheet.People))
	for _, p := range sheet.People {
		if taken[p.Login] {
			sheet.Report(p.LoginAt.Against(intake.LoginTaken, intake.Params{"login": p.Login}))
		}
		n := roster.Invitation{NewPerson: roster.NewPerson{Login: p.Login, Name: p.Name}, HiredOn: p.HiredOn}
		n.Roles = answer.Each(p.Roles, func(role string) roster.Role { return roster.Role(role) })
		if !actor.Has(roster.Admin) && (roster.Actor{Roles: n.Roles}).Has(roster.Admin) {
			sheet.Report(p.RolesAt.Against(intake.AdminProtected, nil))
		}
		for _, t := range p.Teams {
			id, ok := ids[t.Name]
			if !ok {
				sheet.Report(t.Against(intake.TeamUnknown, intake.Params{"team": t.Name}))
			}
			n.Teams = append(n.Teams, id)
		}
		invitations = append(invitations, n)
	}
	return invitations, nil
}

// sentences says problems in the reader's language, in the order of the file.
func sentences(ctx context.Context, problems []intake.Problem) []openapi.ImportProblem {
	lang := locale.FromContext(ctx)
	return answer.Each(problems, func(p intake.Problem) openapi.ImportProblem {
		detail, ok := locale.Detail(lang, "intake_"+string(p.Code), p.Params)
		if !ok {
			detail = fmt.Sprint(p.Code)
		}
		return openapi.ImportProblem{Line: p.Line, Column: p.Column, Code: string(p.Code), Detail: detail}
	})
}
