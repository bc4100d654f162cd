package auth

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"agentladder/api/openapi"
	"agentladder/course/roster"
)

// Rule says who may use an operation. The zero Rule lets nobody in.
type Rule struct {
	anyone   bool
	signedIn bool
	roles    []roster.Role
	demo     bool // anyone, but only on a demo server
}

var (
	anyone   = Rule{anyone: true}
	signedIn = Rule{signedIn: true}
)

func having(roles ...roster.Role) Rule { return Rule{roles: roles} }

func (r Rule) openOnDemo() Rule {
	r.demo = true
	return r
}

var (
	practice = having(roster.Trainee, roster.Supervisor) // own objects only: the domain checks the owner
	staff    = having(roster.Supervisor, roster.HR, roster.Admin)
	offices  = having(roster.HR, roster.Admin)
)

// policy is the whole table: operationId → who may.
var policy = map[string]Rule{
	"getServer":    anyone,
	"getHealth":    anyone,
	"getReadiness": anyone,

	"signIn":            anyone,
	"refreshSession":    anyone, // the refresh cookie is the credential
	"signOut":           signedIn,
	"signOutEverywhere": signedIn,
	"getMe":             signedIn,
	"openLink":          anyone, // the link is the credential
	"redeemLink":        anyone,
	"changePassword":    signedIn,

	"listScenarios": practice,
	"listChats":     practice,
	"startChat":     practice,
	"getChat":       practice,
	"sendMessage":   practice,
	"streamChat":    practice,
	"finishChat":    practice,
	"getScorecard":  practice,

	"getMyLadder":    practice,
	"getCourse":      practice,
	"getLesson":      having(roster.Roles...),
	"markLessonRead": practice,
	"startQuiz":      practice,
	"submitQuiz":     practice,
	"getQuizResult":  practice,

	// A supervisor sees the own teams only, and HR touches no administrators: the roster checks both.
	"listPeople":    staff,
	"listTeams":     staff,
	"getPerson":     staff,
	"createPerson":  offices,
	"importPeople":  offices,
	"changePerson":  offices,
	"disablePerson": offices,
	"enablePerson":  offices,
	"issueLink":     offices,
	"createTeam":    offices,
	"recordSpell":   having(roster.HR),
	"recordGrant":   having(roster.HR),

	"getPersonLadder": having(roster.Supervisor, roster.HR),
	"listLadder":      having(roster.HR),
	"listTeamScores":  having(roster.Supervisor),
	"listTeamChats":   having(roster.Supervisor),
	"getTeamChat":     having(roster.Supervisor),

	"getContract": staff.openOnDemo(),
}

// complete reports every operation without a row and every row without an operation. contract lists the operationIds
// of openapi.yaml; the generated interface is asked as well, because a stale one would route what the contract dropped.
func complete(table map[string]Rule, contract []string) error {
	var problems []error
	differ := func(source string, operations []string) {
		for _, op := range operations {
			if _, ok := table[op]; !ok {
				problems = append(problems, fmt.Errorf("operation %q of %s has no policy row", op, source))
			}
		}
		for op := range table {
			if !slices.Contains(operations, op) {
				problems = append(problems, fmt.Errorf("policy row %q has no operation in %s", op, source))
			}
		}
	}
	differ("the contract", contract)
	differ("the generated interface", generated())
	return errors.Join(problems...)
}

// generated are the operationIds of the generated server interface.
func generated() []string {
	var ids []string
	for method := range reflect.TypeFor[openapi.StrictServerInterface]().Methods() {
		ids = append(ids, operationID(method.Name))
	}
	return ids
}

// operationID turns the generator's name back into the contract's: SignIn → signIn.
func operationID(name string) string {
	if name == "" {
		return name
	}
	return strings.ToLower(name[:1]) + name[1:]
}
