package main

import (
	"context"
	"errors"

	"agentladder/course/fault"
	"agentladder/course/roster"
)

// firstAdmin is who a set-up link is for.
var firstAdmin = roster.NewPerson{Login: "admin", Name: "管理员", Roles: []roster.Role{roster.Admin}}

// setUpLink returns the token with which the first administrator chooses a password, or "" when somebody can sign in.
// There is no account with a known password at any time. An unused link of an earlier start stops working.
func (h *house) setUpLink(ctx context.Context) (string, error) {
	operator := roster.Operator()
	active, _, err := h.people.People(ctx, operator, roster.PeopleFilter{Status: roster.StatusActive, Limit: 1})
	if err != nil || len(active) > 0 {
		return "", err
	}
	waiting, _, err := h.people.People(ctx, operator, roster.PeopleFilter{Role: roster.Admin, Status: roster.StatusInvited, Limit: 1})
	if err != nil {
		return "", err
	}
	if len(waiting) > 0 {
		link, err := h.people.IssueLink(ctx, operator, waiting[0].ID)
		return link.Token, err
	}
	_, link, err := h.people.Invite(ctx, operator, firstAdmin, "", "")
	if errors.Is(err, fault.New(fault.Conflict, "login_taken", nil)) {
		return "", nil // another server on this database was faster, or a disabled person has the name: account create-admin helps
	}
	return link.Token, err
}
