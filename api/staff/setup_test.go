package staff

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"agentladder/api/auth"
	"agentladder/api/locale"
	"agentladder/api/openapi"
	"agentladder/course/fault"
	"agentladder/course/journal"
	"agentladder/course/roster"
	"agentladder/migrations"
	"agentladder/migrations/dbtest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

var secret = []byte("\x8f\x12q9Zk\x03\xfe\x41\x7c\xd0vLw\x99\x1b\xe2\x05\xaa~Jx\x6d\xc3\x58\x0fPu\xb4\x21\xe8\x93\x5d")

const password = "缺货就给顾客退款-2b"

// others are the operations of other packages; no test here calls one.
type others struct{ openapi.StrictServerInterface }

type server struct {
	Handlers
	others
}

// desk is a small server with the people desk behind the real guard.
type desk struct {
	echo   *echo.Echo
	people *roster.Service
	tokens auth.Tokens
	token  map[string]string // by login
}

// staff are the people who call: one of each role, and somebody to look after.
var staff = map[string][]roster.Role{
	"ada": {roster.Admin}, "hua": {roster.HR}, "sun": {roster.Supervisor}, "tao": {roster.Trainee},
}

func open(t *testing.T, db *migrations.Database) desk {
	t.Helper()
	now := time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)
	j := journal.New(db.Write, db.Read, func(context.Context, *gorm.DB) (time.Time, error) { return now, nil })
	people, err := roster.New(j, secret, roster.Hashing(roster.Cost{MemoryKiB: 8, Passes: 1}, 2, 100))
	require.NoError(t, err)
	tokens, err := auth.NewTokens(secret)
	require.NoError(t, err)
	tokens.Now = func() time.Time { return now }
	guard, err := auth.NewGuard(auth.GuardConfig{Tokens: tokens, People: people, Operations: operations()})
	require.NoError(t, err)

	e := echo.New()
	e.HTTPErrorHandler = plainly
	e.Use(func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			r := c.Request()
			c.SetRequest(r.WithContext(locale.NewContext(r.Context(), locale.Match(r.Header.Get("Accept-Language")))))
			return next(c)
		}
	})
	openapi.RegisterHandlers(e, openapi.NewStrictHandler(server{Handlers: Handlers{People: people}}, []openapi.StrictMiddlewareFunc{guard.Strict()}))
	d := desk{echo: e, people: people, tokens: tokens, token: map[string]string{}}
	for login, roles := range staff {
		_, err := people.CreatePerson(t.Context(), "", roster.NewPerson{Login: login, Name: "员工" + login, Password: password, Roles: roles})
		require.NoError(t, err)
		d.signIn(t, login)
	}
	return d
}

func operations() []string {
	face := reflect.TypeFor[openapi.StrictServerInterface]()
	var out []string
	for m := range face.Methods() {
		out = append(out, strings.ToLower(m.Name[:1])+m.Name[1:])
	}
	return out
}

func plainly(err error, c echo.Context) {
	status, code := http.StatusInternalServerError, err.Error()
	var f *fault.Fault
	if errors.As(err, &f) {
		code = f.Code
		status = map[fault.Kind]int{
			fault.Invalid: 400, fault.Unauthenticated: 401, fault.Forbidden: 403, fault.NotFound: 404, fault.Conflict: 409, fault.TooLarge: 413, fault.Unprocessable: 422,
		}[f.Kind]
	}
	_ = c.JSON(status, map[string]string{"code": code})
}

func (d desk) signIn(t *testing.T, login string) {
	t.Helper()
	s, err := d.people.SignIn(t.Context(), roster.SignIn{Login: login, Password: password, Address: "192.0.2.7"})
	require.NoError(t, err)
	d.token[login], err = d.tokens.Issue(s.Actor.PersonID, s.Actor.SessionID, s.Actor.SessionVersion)
	require.NoError(t, err)
}

func (d desk) id(t *testing.T, login string) string {
	t.Helper()
	p, err := d.people.PersonByLogin(t.Context(), login)
	require.NoError(t, err)
	return p.ID
}

// call sends a request as login. body is text, or a value that becomes JSON. into may be nil.
func (d desk) call(t *testing.T, login, method, path string, body any, header map[string]string, into any) *httptest.ResponseRecorder {
	t.Helper()
	var reader io.Reader
	kind := "text/csv"
	switch b := body.(type) {
	case nil:
	case string:
		reader = strings.NewReader(b)
	default:
		encoded, err := json.Marshal(b)
		require.NoError(t, err)
		reader, kind = strings.NewReader(string(encoded)), "application/json"
	}
	r := httptest.NewRequestWithContext(t.Context(), method, path, reader)
	r.Header.Set("Content-Type", kind)
	r.Header.Set("Authorization", "Bearer "+d.token[login])
	for k, v := range header {
		r.Header.Set(k, v)
	}
	w := httptest.NewRecorder()
	d.echo.ServeHTTP(w, r)
	if into != nil {
		require.Less(t, w.Code, 300, w.Body.String())
		require.NoError(t, json.Unmarshal(w.Body.Bytes(), into), w.Body.String())
	}
	return w
}

func wants(t *testing.T, w *httptest.ResponseRecorder, status int, code string) {
	t.Helper()
	require.Equal(t, status, w.Code, w.Body.String())
	if code != "" {
		require.JSONEq(t, fmt.Sprintf(`{"code":%q}`, code), w.Body.String())
	}
}

func key() map[string]string { return map[string]string{"Idempotency-Key": uuid.NewString()} }
