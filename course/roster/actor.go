package roster

import "slices"

// Role is what a person may do here. One person may have several.
type Role string

// The roles.
const (
	Trainee    Role = "trainee"
	Supervisor Role = "supervisor"
	HR         Role = "hr"
	Admin      Role = "admin"
)

// Roles are all roles, in the order in which they are shown.
var Roles = []Role{Trainee, Supervisor, HR, Admin}

// Team is a group of people with its supervisors.
type Team struct {
	ID   string
	Name string
}

// Person is one human being on the roster.
type Person struct {
	ID       string
	Login    string
	Name     string
	Tier     string
	Roles    []Role // in the order of Roles
	Teams    []Team // by name
	Disabled bool
}

// Actor is the person behind a request with the rights of this moment. The zero Actor may do nothing.
//
// Operator is the actor for who runs the program on its machine.
type Actor struct {
	PersonID       string
	Login          string
	Name           string
	Tier           string
	SessionID      string
	SessionVersion int
	Roles          []Role
	Teams          []Team
}

// Operator acts for whoever runs the program on its machine: an administrator who is nobody on the roster. Audit entries
// name System.
func Operator() Actor { return Actor{Roles: []Role{Admin}} }

// Has reports whether the actor has at least one of the roles.
func (a Actor) Has(any ...Role) bool {
	return slices.ContainsFunc(any, func(r Role) bool { return slices.Contains(a.Roles, r) })
}

// InTeam reports whether the actor belongs to the team.
func (a Actor) InTeam(id string) bool {
	return slices.ContainsFunc(a.Teams, func(t Team) bool { return t.ID == id })
}

// Person is the actor without the session.
func (a Actor) Person() Person {
	return Person{ID: a.PersonID, Login: a.Login, Name: a.Name, Tier: a.Tier, Roles: a.Roles, Teams: a.Teams}
}
