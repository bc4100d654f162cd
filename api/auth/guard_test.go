package auth

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"
	"github.com/stretchr/testify/require"
	"gopkg.in/yaml.v3"

	"agentladder/api/openapi"
	"agentladder/course/fault"
	"agentladder/course/roster"
	"agentladder/migrations/dbtest"
)

// contractIDs reads the operationIds out of openapi.yaml, without the packages that the server itself uses.
func contractIDs(t *testing.T) []string {
	t.Helper()
	var doc struct {
		Paths map[string]map[string]struct {
			OperationID string `yaml:"operationId"`
		}
	}
	require.NoError(t, yaml.Unmarshal(openapi.Contract, &doc))
	var ids []string
	for _, item := range doc.Paths {
		for _, op := range item {
			if op.OperationID != "" {
				ids = append(ids, op.OperationID)
			}
		}
	}
	return ids
}

func TestPolicy(t *testing.T) {
	t.Parallel()

	t.Run("CoversTheContractAndNothingElse", func(t *testing.T) {
		t.Parallel()
		ids := contractIDs(t)
		require.NotEmpty(t, ids)
		require.NoError(t, complete(policy, ids))
		for op, rule := range policy {
			require.True(t, rule.anyone || rule.signedIn || len(rule.roles) > 0, "%s lets nobody in", op)
		}
	})
	t.Run("OperationWithoutARowDoesNotStart", func(t *testing.T) {
		t.Parallel()
		err := complete(policy, append(contractIDs(t), "deleteEverything"))
		require.ErrorContains(t, err, `operation "deleteEverything" of the contract has no policy row`)
	})
	t.Run("RowWithoutAnOperationDoesNotStart", func(t *testing.T) {
		t.Parallel()
		ids := slices.DeleteFunc(contractIDs(t), func(id string) bool { return id == "getMe" })
		require.ErrorContains(t, complete(policy, ids), `policy row "getMe" has no operation in the contract`)
		tokens, err := NewTokens(secret)
		require.NoError(t, err)
		_, err = NewGuard(GuardConfig{Tokens: tokens, People: new(roster.Service), Operations: ids})
		require.Error(t, err)
	})
	t.Run("GuardNeedsRosterAndKey", func(t *testing.T) {
		t.Parallel()
		_, err := NewGuard(GuardConfig{Operations: contractIDs(t)})
		require.Error(t, err)
	})
}

// Every role meets every operation; the expectation is written out here, not derived from the table.
func TestWhoMay(t *testing.T) {
	t.Parallel()
	all := []roster.Role{roster.Trainee, roster.Supervisor, roster.HR, roster.Admin}
	lets := map[string][]roster.Role{"getContract": all[1:], "getLesson": all}
	for names, roles := range map[string][]roster.Role{
		"listScenarios listChats startChat getChat sendMessage streamChat finishChat getScorecard": {roster.Trainee, roster.Supervisor},
		"getMyLadder getCourse markLessonRead startQuiz submitQuiz getQuizResult":                  {roster.Trainee, roster.Supervisor},
		"listPeople listTeams getPerson": {roster.Supervisor, roster.HR, roster.Admin},
		"createPerson importPeople changePerson disablePerson enablePerson issueLink createTeam": {roster.HR, roster.Admin},
		"recordSpell recordGrant listLadder":                                                     {roster.HR},
		"getPersonLadder":                                                                        {roster.Supervisor, roster.HR},
		"listTeamScores listTeamChats getTeamChat":                                               {roster.Supervisor},
	} {
		for _, op := range strings.Fields(names) {
			lets[op] = roles
		}
	}
	open := []string{"getServer", "getHealth", "getReadiness"}
	// What this package answers is tested elsewhere.
	own := []string{"signIn", "refreshSession", "signOut", "signOutEverywhere", "getMe", "openLink", "redeemLink", "changePassword"}
	for _, demo := range []bool{false, true} {
		b := setup(t, dbtest.SQLite(t), false, demo)
		for login, roles := range map[string][]roster.Role{
			"anon": nil, "none": {}, "trainee": {roster.Trainee}, "supervisor": {roster.Supervisor}, "hr": {roster.HR}, "admin": {roster.Admin},
			"both": {roster.HR, roster.Trainee},
		} {
			edit := func(*http.Request) {}
			if login != "anon" {
				b.person(t, login, roles...)
				edit = bearing(b.signIn(t, login).access)
			}
			for _, route := range b.routes {
				op := operationOf(route.Name)
				if slices.Contains(own, op) {
					continue
				}
				want, code := reached, "echo"
				roleAllows := slices.ContainsFunc(lets[op], func(r roster.Role) bool { return slices.Contains(roles, r) })
				allowed := slices.Contains(open, op) || roleAllows || op == "getContract" && demo
				switch {
				case allowed:
				case login == "anon":
					want, code = http.StatusUnauthorized, "token_missing"
				default:
					want, code = http.StatusForbidden, "not_permitted"
				}
				body := ""
				if allowed && route.Method != http.MethodGet {
					body = `{}`
				}
				path := concrete(route.Path)
				if op == "importPeople" {
					path += "?dryRun=true"
				}
				a := b.do(t, route.Method, path, body, func(r *http.Request) {
					r.Header.Set("Idempotency-Key", "key-00000001")
					r.Header.Set("If-Match", "1")
					if op == "importPeople" {
						r.Header.Set("Content-Type", "text/csv")
					}
					edit(r)
				})
				require.Equal(t, want, a.ResponseRecorder.Code, "%s %s demo=%v: %s", login, op, demo, a.Body)
				require.Equal(t, code, a.Code.Code)
			}
		}
	}
}

func TestGuardComesFirst(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.SQLite(t), false, false)
	// Who is not signed in learns nothing about parameters and bodies.
	b.do(t, http.MethodGet, "/api/v1/chats/not-a-uuid", "", nil).wants(t, http.StatusUnauthorized, "token_missing")
	b.do(t, http.MethodPost, "/api/v1/chats", `{"broken`, nil).wants(t, http.StatusUnauthorized, "token_missing")
	b.do(t, http.MethodGet, "/api/v1/nothing", "", nil).wants(t, http.StatusNotFound, "route_unknown")
	b.do(t, http.MethodGet, "/api/v2/me", "", nil).wants(t, http.StatusNotFound, "route_unknown")
	b.do(t, http.MethodGet, "/index.html", "", nil).wants(t, http.StatusNotFound, "echo") // not the guard's business
}

func TestStrictDeniesByItself(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.SQLite(t), false, false)
	b.person(t, "lin", roster.Trainee)
	w := b.signIn(t, "lin")
	guard, err := NewGuard(GuardConfig{Tokens: b.tokens, People: b.people, Operations: contractIDs(t)})
	require.NoError(t, err)
	passed := errors.New("passed")
	call := func(name string, edit func(r *http.Request)) (err error) {
		e := echo.New()
		e.GET("/", func(c echo.Context) error {
			_, err = guard.Strict()(func(echo.Context, any) (any, error) { return nil, passed }, name)(c, nil)
			return nil
		})
		bundle{echo: e}.do(t, http.MethodGet, "/", "", edit)
		return err
	}
	require.ErrorIs(t, call("GetHealth", nil), passed)
	require.Equal(t, "token_missing", fault.CodeOf(call("GetMe", nil)))
	require.ErrorIs(t, call("GetMe", bearing(w.access)), passed)
	require.ErrorIs(t, call("ListChats", bearing(w.access)), passed)
	require.Equal(t, "not_permitted", fault.CodeOf(call("GetContract", bearing(w.access))))
	require.Equal(t, "not_permitted", fault.CodeOf(call("Unlisted", bearing(w.access))))
}
