package roster

import (
	"slices"

	"gorm.io/gorm"

	"agentladder/course/fault"
)

func notPermitted() error { return fault.New(fault.Forbidden, "not_permitted", nil) }

// office lets HR and administrators pass. Fault: not_permitted.
func office(actor Actor) error {
	if !actor.Has(HR, Admin) {
		return notPermitted()
	}
	return nil
}

// self says whether the actor is the person. The operator of the machine is nobody on the roster.
func self(actor Actor, person string) bool { return actor.PersonID != "" && actor.PersonID == person }

// manages says whether the actor may change the account of a person with these roles: HR keeps off administrators.
func manages(actor Actor, roles []Role) bool {
	return actor.Has(Admin) || actor.Has(HR) && !slices.Contains(roles, Admin)
}

// account checks that the actor may change this person's account. Faults: not_permitted, admin_protected.
func account(db *gorm.DB, actor Actor, row personRow) (Person, error) {
	person, err := describe(db, row)
	if err == nil && !manages(actor, person.Roles) {
		err = fault.New(fault.Forbidden, "admin_protected", nil)
	}
	return person, err
}

// grants checks that the actor may give these roles to somebody, and puts them in order. Faults: role_unknown,
// role_missing, admin_protected.
func grants(actor Actor, roles []Role) ([]Role, error) {
	if err := checkRoles(roles); err != nil {
		return nil, err
	}
	if len(roles) == 0 {
		return nil, fault.New(fault.Invalid, "role_missing", nil)
	}
	if slices.Contains(roles, Admin) && !actor.Has(Admin) {
		return nil, fault.New(fault.Forbidden, "admin_protected", nil)
	}
	return slices.DeleteFunc(slices.Clone(Roles), func(r Role) bool { return !slices.Contains(roles, r) }), nil
}

// within narrows a query on people, called p, to those whom the actor may see. Fault: not_permitted for those who see
// nobody whatever their teams.
func within(db *gorm.DB, actor Actor) (*gorm.DB, error) {
	switch {
	case actor.Has(HR, Admin):
		return db, nil
	case !actor.Has(Supervisor):
		return nil, notPermitted()
	case len(actor.Teams) == 0:
		return db.Where("1 = 0"), nil
	}
	return db.Where("EXISTS (SELECT 1 FROM team_members m WHERE m.person_id = p.id AND m.team_id IN ?)", teamIDs(actor.Teams)), nil
}

func teamIDs(teams []Team) []string {
	ids := make([]string, len(teams))
	for i, t := range teams {
		ids[i] = t.ID
	}
	return ids
}

// may lists what the actor may do with a person, in the words of the contract.
func may(actor Actor, row Row) []string {
	mine, out := self(actor, row.ID), []string{}
	allow := func(word string, ok bool) {
		if ok {
			out = append(out, word)
		}
	}
	disabled, managed := row.Status == StatusDisabled, manages(actor, row.Roles)
	allow("change", managed)
	allow("roles", managed && !mine)
	allow("disable", managed && !mine && !disabled)
	allow("enable", managed && !mine && disabled)
	allow("link", managed && !mine && !disabled)
	allow("spell", actor.Has(HR) && !mine)
	allow("grant", actor.Has(HR) && !mine)
	return out
}
