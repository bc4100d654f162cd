package roster

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"agentladder/course/fault"
	"agentladder/course/journal"
)

// Change is what a person's page sends back: all of it replaces what was there.
type Change struct {
	Name  string
	Roles []Role
	Teams []string // ids
}

const reasonMax = 500

// Change replaces name, roles and teams of a person whose version is still the one that was read. New roles or teams
// make older access tokens worthless; the next refresh brings the new rights. Faults: not_permitted, person_unknown,
// admin_protected, self_roles, self_teams, person_changed, last_admin, name_invalid, role_unknown, role_missing, team_unknown.
func (s *Service) Change(ctx context.Context, actor Actor, personID string, version int, c Change) (Detail, error) {
	if err := office(actor); err != nil {
		return Detail{}, err
	}
	name, err := checkName(c.Name)
	if err != nil {
		return Detail{}, err
	}
	c.Name, c.Teams = name, slices.Compact(slices.Sorted(slices.Values(c.Teams)))
	err = s.journal.Do(ctx, func(u *journal.Unit) error {
		row, err := takePerson(u.DB(), personID, true)
		if err != nil {
			return err
		}
		person, err := account(u.DB(), actor, row)
		if err != nil {
			return err
		}
		if row.Version != version {
			return fault.New(fault.Conflict, "person_changed", nil)
		}
		return alter(u, actor, row, person, c)
	})
	if err != nil {
		return Detail{}, err
	}
	return s.Look(ctx, actor, personID)
}

func alter(u *journal.Unit, actor Actor, row personRow, person Person, c Change) error {
	roles, err := grants(actor, c.Roles)
	if err != nil {
		return err
	}
	newRoles := !slices.Equal(roles, person.Roles)
	newTeams := !slices.Equal(c.Teams, slices.Sorted(slices.Values(teamIDs(person.Teams))))
	switch {
	case newRoles && self(actor, row.ID):
		return fault.New(fault.Forbidden, "self_roles", nil)
	case newTeams && self(actor, row.ID) && actor.Has(Supervisor): // the teams are what a supervisor may look into
		return fault.New(fault.Forbidden, "self_teams", nil)
	case !newRoles && !newTeams && c.Name == row.Name:
		return nil
	}
	if slices.Contains(person.Roles, Admin) && !slices.Contains(roles, Admin) {
		if err := notLast(u, row.ID); err != nil {
			return err
		}
	}
	if newRoles {
		if err := writeRoles(u, row.ID, roles); err != nil {
			return err
		}
	}
	if newTeams {
		if err := writeTeams(u, row.ID, c.Teams); err != nil {
			return err
		}
	}
	if newRoles || newTeams {
		row.SessionVersion++
	}
	row.Name = c.Name
	return save(u, row, actor.PersonID, "person.changed", map[string]any{"name": c.Name, "roles": roles, "teams": c.Teams})
}

// notLast keeps one administrator who can sign in besides this person. Two who disable each other at the same moment
// take turns here.
func notLast(u *journal.Unit, person string) error {
	if err := u.Lock("roster:admins"); err != nil {
		return err
	}
	var others int64
	err := u.DB().Table("people AS p").Joins("JOIN roles r ON r.person_id = p.id").
		Where("r.role = ? AND p.id <> ? AND p.disabled_at IS NULL AND p.password_hash <> ''", string(Admin), person).
		Count(&others).Error
	if err != nil {
		return fmt.Errorf("count administrators: %w", err)
	}
	if others == 0 {
		return fault.New(fault.Conflict, "last_admin", nil)
	}
	return nil
}

func checkReason(reason string) (string, error) {
	reason = strings.TrimSpace(reason)
	strange := func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }
	if n := utf8.RuneCountInString(reason); n < 1 || n > reasonMax || !utf8.ValidString(reason) || strings.ContainsFunc(reason, strange) {
		return "", fault.New(fault.Invalid, "reason_invalid", fault.Params{"limit": reasonMax})
	}
	return reason, nil
}

// DisableBy shuts a person out at once: sessions, access tokens and links die, history stays. Disabling twice changes
// nothing. Faults: not_permitted, person_unknown, admin_protected, self_disable, last_admin, reason_invalid.
func (s *Service) DisableBy(ctx context.Context, actor Actor, personID, reason string) error {
	return s.switchBy(ctx, actor, personID, reason, "person.disabled", func(u *journal.Unit, row *personRow, person Person) (bool, error) {
		if row.DisabledAt != nil {
			return false, nil
		}
		if slices.Contains(person.Roles, Admin) {
			if err := notLast(u, row.ID); err != nil {
				return false, err
			}
		}
		return true, shut(u, row)
	})
}

// EnableBy lets a disabled person sign in again, with the password they had; who never had one needs a new link.
// Enabling twice changes nothing. Faults: not_permitted, person_unknown, admin_protected, self_disable, reason_invalid.
func (s *Service) EnableBy(ctx context.Context, actor Actor, personID, reason string) error {
	return s.switchBy(ctx, actor, personID, reason, "person.enabled", func(_ *journal.Unit, row *personRow, _ Person) (bool, error) {
		was := row.DisabledAt != nil
		row.DisabledAt = nil
		return was, nil
	})
}

func (s *Service) switchBy(
	ctx context.Context, actor Actor, personID, reason, act string,
	do func(u *journal.Unit, row *personRow, person Person) (changed bool, err error),
) error {
	if err := office(actor); err != nil {
		return err
	}
	reason, err := checkReason(reason)
	if err != nil {
		return err
	}
	return s.journal.Do(ctx, func(u *journal.Unit) error {
		row, err := takePerson(u.DB(), personID, true)
		if err != nil {
			return err
		}
		person, err := account(u.DB(), actor, row)
		if err != nil {
			return err
		}
		if self(actor, personID) {
			return fault.New(fault.Forbidden, "self_disable", nil)
		}
		changed, err := do(u, &row, person)
		if err != nil || !changed {
			return err
		}
		row.SessionVersion++
		return save(u, row, actor.PersonID, act, map[string]string{"reason": reason})
	})
}
