package main

import (
	"context"
	"errors"

	"agentladder/api/openapi"
	"agentladder/course/fault"
	"agentladder/course/roster"
)

// demoPassword is published on the sign-in page of a demo server, which listens on loopback only.
const demoPassword = "demo-kefu-2026"

// demoTeam is where the demo people work.
const demoTeam = "晚霞家居旗舰店 · 一组"

// demoPeople are the people of a demo server, one for each role and a second trainee.
var demoPeople = []roster.NewPerson{
	{Login: "lin", Name: "林晓", Roles: []roster.Role{roster.Trainee}},
	{Login: "zhou", Name: "周一鸣", Roles: []roster.Role{roster.Trainee}},
	{Login: "chen", Name: "陈主管", Roles: []roster.Role{roster.Supervisor, roster.Trainee}},
	{Login: "wu", Name: "吴人事", Roles: []roster.Role{roster.HR}},
	{Login: "admin", Name: "管理员", Roles: []roster.Role{roster.Admin}},
}

// demoFaces are the demo people as the sign-in page offers them.
func demoFaces() []openapi.DemoPerson {
	faces := make([]openapi.DemoPerson, 0, len(demoPeople))
	for _, p := range demoPeople {
		face := openapi.DemoPerson{Login: p.Login, Name: p.Name, Password: demoPassword}
		for _, r := range p.Roles {
			face.Roles = append(face.Roles, openapi.Role(r))
		}
		faces = append(faces, face)
	}
	return faces
}

// inviteDemoPeople creates the demo people who are not there yet.
func (h *house) inviteDemoPeople(ctx context.Context) error {
	team, err := h.people.TeamByName(ctx, demoTeam)
	if errors.Is(err, fault.New(fault.NotFound, "team_unknown", nil)) {
		team, err = h.people.CreateTeam(ctx, roster.System, demoTeam)
	}
	if err != nil {
		return err
	}
	for _, p := range demoPeople {
		if _, err := h.people.PersonByLogin(ctx, p.Login); err == nil {
			continue
		} else if !errors.Is(err, fault.New(fault.NotFound, "person_unknown", nil)) {
			return err
		}
		p.Password, p.WeakPassword, p.Teams = demoPassword, true, []string{team.ID}
		if _, err := h.people.CreatePerson(ctx, roster.System, p); err != nil {
			return err
		}
	}
	return nil
}

// refuseDemoPeople keeps a server that is no demo off a database with demo people: everybody knows their passwords.
func (h *house) refuseDemoPeople(ctx context.Context) error {
	_, err := h.people.TeamByName(ctx, demoTeam)
	switch {
	case err == nil:
		return misuse{errors.New("this database was made by a demo server, whose passwords are published: start with --demo, or with another database or --data folder")}
	case errors.Is(err, fault.New(fault.NotFound, "team_unknown", nil)):
		return nil
	}
	return err
}
