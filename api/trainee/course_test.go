package trainee_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"agentladder/api/auth"
	"agentladder/api/openapi"
	"agentladder/api/trainee"
	"agentladder/course"
	"agentladder/course/fault"
	"agentladder/course/journal"
	"agentladder/course/library"
	"agentladder/course/pack"
	"agentladder/course/roster"
	"agentladder/course/shelf"
	"agentladder/migrations"
	"agentladder/migrations/dbtest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// others are the operations of other handlers; no test here calls one.
type others struct{ openapi.StrictServerInterface }

type server struct {
	trainee.Course
	others
}

// classroom is a small server with the course behind the real guard.
type classroom struct {
	echo  *echo.Echo
	token map[roster.Role]string
}

// canary stands in every explanation; nobody may hear it before the attempt is handed in.
const canary = "金丝雀-7f3a"

func open(t *testing.T, db *migrations.Database) classroom {
	t.Helper()
	now := time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)
	j := journal.New(db.Write, db.Read, func(context.Context, *gorm.DB) (time.Time, error) { return now, nil })
	secret := []byte("\x8f\x12q9Zk\x03\xfe\x41\x7c\xd0vLw\x99\x1b\xe2\x05\xaa~Jx\x6d\xc3\x58\x0fPu\xb4\x21\xe8\x93\x5d")
	people, err := roster.New(j, secret, roster.Hashing(roster.Cost{MemoryKiB: 8, Passes: 1}, 2, 100))
	require.NoError(t, err)
	tokens, err := auth.NewTokens(secret)
	require.NoError(t, err)
	tokens.Now = func() time.Time { return now }
	guard, err := auth.NewGuard(auth.GuardConfig{Tokens: tokens, People: people, Operations: operations()})
	require.NoError(t, err)
	sh := shelf.New(j)
	_, err = sh.Install(t.Context(), shelf.Shipped, marked(t))
	require.NoError(t, err)
	lessons := trainee.Course{Service: course.New(j, sh, func(_ context.Context, id string) (string, bool) { return "场景", id == "S01" })}
	e := echo.New()
	e.HTTPErrorHandler = plainly
	openapi.RegisterHandlers(e, openapi.NewStrictHandler(server{Course: lessons}, []openapi.StrictMiddlewareFunc{guard.Strict()}))
	c := classroom{echo: e, token: map[roster.Role]string{}}
	for _, role := range roster.Roles {
		_, err := people.CreatePerson(t.Context(), "", roster.NewPerson{Login: string(role), Name: "员工", Password: "缺货就给顾客退款-2b", Roles: []roster.Role{role}})
		require.NoError(t, err)
		s, err := people.SignIn(t.Context(), roster.SignIn{Login: string(role), Password: "缺货就给顾客退款-2b", Address: "192.0.2.7"})
		require.NoError(t, err)
		c.token[role], err = tokens.Issue(s.Actor.PersonID, s.Actor.SessionID, s.Actor.SessionVersion)
		require.NoError(t, err)
	}
	return c
}

// marked is the shipped content with the canary in every explanation.
func marked(t *testing.T) []pack.Document {
	t.Helper()
	var docs []pack.Document
	for _, root := range library.Shipped() {
		p, found := pack.Read(root)
		require.False(t, found.HasErrors(), "%v", found)
		for _, doc := range p.Documents {
			if doc.Kind == pack.KindQuestions {
				edited, ds := pack.Parse(doc.Path, bytes.ReplaceAll(doc.Body, []byte("explanation: "), []byte("explanation: "+canary+"，")))
				require.Empty(t, ds)
				doc = edited
			}
			docs = append(docs, doc)
		}
	}
	return docs
}

func operations() []string {
	var out []string
	for m := range reflect.TypeFor[openapi.StrictServerInterface]().Methods() {
		out = append(out, strings.ToLower(m.Name[:1])+m.Name[1:])
	}
	return out
}

func plainly(err error, c echo.Context) {
	status, code := http.StatusInternalServerError, err.Error()
	var f *fault.Fault
	if errors.As(err, &f) {
		code = f.Code
		status = map[fault.Kind]int{fault.Invalid: 400, fault.Unauthenticated: 401, fault.Forbidden: 403, fault.NotFound: 404, fault.Conflict: 409}[f.Kind]
	}
	_ = c.JSON(status, map[string]string{"code": code})
}

// call asks as one of the roles and returns status and body.
func (c classroom) call(t *testing.T, as roster.Role, method, path string, body any) (int, string) {
	t.Helper()
	var sent bytes.Buffer
	if body != nil {
		require.NoError(t, json.NewEncoder(&sent).Encode(body))
	}
	req := httptest.NewRequestWithContext(t.Context(), method, path, &sent)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Authorization", "Bearer "+c.token[as])
	rec := httptest.NewRecorder()
	c.echo.ServeHTTP(rec, req)
	return rec.Code, rec.Body.String()
}

// tells matches what would give an answer away: the canary, and fields that only results have.
var tells = regexp.MustCompile(canary + `|"(explanation|right|correct|answers?)"`)

func TestAnswersLeaveOnlyAfterHandingIn(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		c := open(t, db)
		silent := func(as roster.Role, want int, method, path string, body any) string {
			status, text := c.call(t, as, method, path, body)
			require.Equal(t, want, status, "%s %s: %s", method, path, text)
			require.Empty(t, tells.FindString(text), "%s %s", method, path)
			return text
		}
		silent(roster.Trainee, 200, "GET", "/course", nil)
		for _, role := range roster.Roles {
			silent(role, 200, "GET", "/lessons/L1.1", nil)
		}
		silent(roster.HR, 403, "POST", "/chapters/C1/quiz-attempts", nil)
		silent(roster.HR, 403, "GET", "/course", nil)
		silent(roster.Trainee, 404, "POST", "/chapters/C9/quiz-attempts", nil)

		var attempt openapi.QuizAttempt
		require.NoError(t, json.Unmarshal([]byte(silent(roster.Trainee, 200, "POST", "/chapters/C1/quiz-attempts", nil)), &attempt))
		require.Len(t, attempt.Questions, 12)
		for _, q := range attempt.Questions {
			require.True(t, slices.IsSortedFunc(q.Options, func(a, b openapi.Option) int { return strings.Compare(a.Id, b.Id) }), "ids follow the place shown, not the place in the bank")
		}
		at := "/quiz-attempts/" + attempt.Id.String()
		answers := openapi.QuizAnswers{Answers: []openapi.QuizAnswer{{QuestionId: attempt.Questions[0].Id, Options: []string{"a"}}}}
		silent(roster.Trainee, 409, "GET", at, nil)
		silent(roster.Supervisor, 404, "GET", at, nil)
		silent(roster.Supervisor, 404, "POST", at+"/submit", answers)
		silent(roster.Trainee, 400, "POST", at+"/submit", openapi.QuizAnswers{Answers: []openapi.QuizAnswer{{QuestionId: "C1-99", Options: []string{"a"}}}})
		silent(roster.Trainee, 200, "GET", "/course", nil)

		status, text := c.call(t, roster.Trainee, "POST", at+"/submit", answers)
		require.Equal(t, 200, status, text)
		var result openapi.QuizResult
		require.NoError(t, json.Unmarshal([]byte(text), &result))
		require.Len(t, result.Items, 12)
		for i, item := range result.Items {
			require.Contains(t, item.Explanation, canary, "the test would notice a leak")
			require.Equal(t, attempt.Questions[i], item.Question)
			require.NotEmpty(t, item.Right)
			require.NotNil(t, item.Chosen)
			require.NotEmpty(t, item.Lesson.Title)
		}
		status, shown := c.call(t, roster.Trainee, "GET", at, nil)
		require.Equal(t, 200, status)
		require.JSONEq(t, text, shown)
		silent(roster.Supervisor, 404, "GET", at, nil)
		silent(roster.Trainee, 409, "POST", at+"/submit", openapi.QuizAnswers{Answers: []openapi.QuizAnswer{}})
	})
}

func TestProgressIsShown(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		c := open(t, db)
		look := func() openapi.Course {
			status, text := c.call(t, roster.Trainee, "GET", "/course", nil)
			require.Equal(t, 200, status)
			var seen openapi.Course
			require.NoError(t, json.Unmarshal([]byte(text), &seen))
			return seen
		}
		seen := look()
		require.Equal(t, "L1.1", seen.Resume.Id)
		require.Nil(t, seen.Chapters[0].Quiz.Best, "nothing was handed in yet")
		for _, l := range seen.Chapters[0].Lessons {
			for range 2 {
				status, text := c.call(t, roster.Trainee, "POST", fmt.Sprintf("/lessons/%s/read", l.Id), nil)
				require.Equal(t, 204, status, text)
			}
			status, text := c.call(t, roster.Trainee, "GET", "/lessons/"+l.Id, nil)
			require.Equal(t, 200, status)
			var shown openapi.Lesson
			require.NoError(t, json.Unmarshal([]byte(text), &shown))
			require.True(t, shown.Read)
			require.Equal(t, "C1", shown.ChapterId)
			require.Equal(t, []openapi.ScenarioRef{{Id: "S01", Title: "场景"}}, shown.Scenarios)
			require.NotEmpty(t, shown.Difficulties)
		}
		status, text := c.call(t, roster.Trainee, "POST", "/chapters/C1/quiz-attempts", nil)
		require.Equal(t, 200, status)
		var attempt openapi.QuizAttempt
		require.NoError(t, json.Unmarshal([]byte(text), &attempt))
		require.Equal(t, attempt.Id, look().Chapters[0].Quiz.OpenAttemptId)
		status, _ = c.call(t, roster.Trainee, "POST", "/quiz-attempts/"+attempt.Id.String()+"/submit", openapi.QuizAnswers{Answers: []openapi.QuizAnswer{}})
		require.Equal(t, 200, status)
		seen = look()
		require.Zero(t, seen.Resume)
		require.Equal(t, 0, *seen.Chapters[0].Quiz.Best, "nothing right is a result too")
		require.Equal(t, 1, seen.Chapters[0].Quiz.Attempts)
	})
}
