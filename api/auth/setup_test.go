package auth

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"agentladder/api/openapi"
	"agentladder/course/fault"
	"agentladder/course/journal"
	"agentladder/course/roster"
	"agentladder/migrations"
	"agentladder/migrations/dbtest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

const password = "缺货就给顾客退款-2b"

var secret = []byte("\x8f\x12q9Zk\x03\xfe\x41\x7c\xd0vLw\x99\x1b\xe2\x05\xaa~Jx\x6d\xc3\x58\x0fPu\xb4\x21\xe8\x93\x5d")

type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) step(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// server is the smallest server around the guard: what lies behind the other operations only says that it was reached.
type server struct {
	Handlers
	openapi.StrictServerInterface
}

func (s server) SignIn(ctx context.Context, r openapi.SignInRequestObject) (openapi.SignInResponseObject, error) {
	return s.Handlers.SignIn(ctx, r)
}

func (s server) RefreshSession(ctx context.Context, r openapi.RefreshSessionRequestObject) (openapi.RefreshSessionResponseObject, error) {
	return s.Handlers.RefreshSession(ctx, r)
}

func (s server) SignOut(ctx context.Context, r openapi.SignOutRequestObject) (openapi.SignOutResponseObject, error) {
	return s.Handlers.SignOut(ctx, r)
}

func (s server) SignOutEverywhere(ctx context.Context, r openapi.SignOutEverywhereRequestObject) (openapi.SignOutEverywhereResponseObject, error) {
	return s.Handlers.SignOutEverywhere(ctx, r)
}

func (s server) GetMe(ctx context.Context, r openapi.GetMeRequestObject) (openapi.GetMeResponseObject, error) {
	return s.Handlers.GetMe(ctx, r)
}

func (s server) OpenLink(ctx context.Context, r openapi.OpenLinkRequestObject) (openapi.OpenLinkResponseObject, error) {
	return s.Handlers.OpenLink(ctx, r)
}

func (s server) RedeemLink(ctx context.Context, r openapi.RedeemLinkRequestObject) (openapi.RedeemLinkResponseObject, error) {
	return s.Handlers.RedeemLink(ctx, r)
}

func (s server) ChangePassword(ctx context.Context, r openapi.ChangePasswordRequestObject) (openapi.ChangePasswordResponseObject, error) {
	return s.Handlers.ChangePassword(ctx, r)
}

type bundle struct {
	echo   *echo.Echo
	people *roster.Service
	tokens Tokens
	clock  *clock
	routes []*echo.Route
	ctx    context.Context
}

const reached = http.StatusTeapot // the guard let the request through to an operation of another package

func setup(t *testing.T, db *migrations.Database, secure, demo bool) bundle {
	t.Helper()
	c := &clock{at: time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)}
	j := journal.New(db.Write, db.Read, func(context.Context, *gorm.DB) (time.Time, error) { return c.now(), nil })
	people, err := roster.New(j, secret, roster.Hashing(roster.Cost{MemoryKiB: 8, Passes: 1}, 2, 100))
	require.NoError(t, err)
	tokens, err := NewTokens(secret)
	require.NoError(t, err)
	tokens.Now = c.now
	guard, err := NewGuard(GuardConfig{Tokens: tokens, People: people, Demo: demo, Operations: generated()})
	require.NoError(t, err)

	e := echo.New()
	e.IPExtractor = echo.ExtractIPDirect()
	e.HTTPErrorHandler = func(err error, c echo.Context) {
		status, code := http.StatusInternalServerError, "internal"
		var f *fault.Fault
		var he *echo.HTTPError
		switch {
		case errors.As(err, &f):
			code = f.Code
			status = map[fault.Kind]int{
				fault.Invalid: 400, fault.Unauthenticated: 401, fault.Forbidden: 403, fault.NotFound: 404, fault.Conflict: 409, fault.Throttled: 429,
			}[f.Kind]
		case errors.As(err, &he):
			status, code = he.Code, "echo"
		}
		if !c.Response().Committed {
			_ = c.JSON(status, map[string]string{"code": code})
		}
	}
	named := map[string]string{}
	e.Use(guard.Middleware(func(c echo.Context) (string, bool) {
		op, ok := named[c.Request().Method+" "+c.Path()]
		return op, ok
	}))
	stop := func(f openapi.StrictHandlerFunc, name string) openapi.StrictHandlerFunc {
		switch operationID(name) {
		case "signIn", "refreshSession", "signOut", "signOutEverywhere", "getMe", "openLink", "redeemLink", "changePassword":
			return f
		}
		return func(echo.Context, any) (any, error) { return nil, echo.NewHTTPError(reached) }
	}
	handlers := server{Handlers: NewHandlers(people, tokens, secure)}
	openapi.RegisterHandlersWithBaseURL(e, openapi.NewStrictHandler(handlers, []openapi.StrictMiddlewareFunc{stop}), "/api/v1")
	for _, r := range e.Routes() {
		// "…(*ServerInterfaceWrapper).SignIn-fm"
		name := strings.TrimSuffix(r.Name[strings.LastIndex(r.Name, ".")+1:], "-fm")
		named[r.Method+" "+r.Path] = operationID(name)
	}
	return bundle{echo: e, people: people, tokens: tokens, clock: c, routes: e.Routes(), ctx: context.Background()}
}

func (b bundle) person(t *testing.T, login string, roles ...roster.Role) roster.Person {
	t.Helper()
	p, err := b.people.CreatePerson(b.ctx, "", roster.NewPerson{Login: login, Name: "林小满", Password: password, Roles: roles})
	require.NoError(t, err)
	return p
}

// answer is what came back.
type answer struct {
	*httptest.ResponseRecorder
	Code struct{ Code string }
}

func (b bundle) do(t *testing.T, method, path, body string, edit func(r *http.Request)) answer {
	t.Helper()
	r := httptest.NewRequestWithContext(context.Background(), method, path, strings.NewReader(body))
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	if edit != nil {
		edit(r)
	}
	a := answer{ResponseRecorder: httptest.NewRecorder()}
	b.echo.ServeHTTP(a.ResponseRecorder, r)
	if a.ResponseRecorder.Code >= 400 {
		require.NoError(t, json.Unmarshal(a.Body.Bytes(), &a.Code), a.Body.String())
	}
	return a
}

func (a answer) wants(t *testing.T, status int, code string) {
	t.Helper()
	require.Equal(t, status, a.ResponseRecorder.Code, a.Body.String())
	require.Equal(t, code, a.Code.Code)
}

func bearing(token string) func(r *http.Request) {
	return func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+token) }
}

// signedIn is one browser: its access token and its cookies.
type browser struct {
	access  string
	cookies map[string]*http.Cookie
}

func (w *browser) keep(t *testing.T, a answer) {
	t.Helper()
	require.Equal(t, http.StatusOK, a.ResponseRecorder.Code, a.Body.String())
	var s openapi.Session
	require.NoError(t, json.Unmarshal(a.Body.Bytes(), &s))
	w.access = s.AccessToken
	if w.cookies == nil {
		w.cookies = map[string]*http.Cookie{}
	}
	for _, c := range a.Result().Cookies() {
		w.cookies[c.Name] = c
	}
}

func (w *browser) send(r *http.Request) {
	for _, c := range w.cookies {
		r.AddCookie(&http.Cookie{Name: c.Name, Value: c.Value})
	}
	r.Header.Set("Sec-Fetch-Site", "same-origin")
}

func (b bundle) signIn(t *testing.T, login string) *browser {
	t.Helper()
	w := &browser{}
	w.keep(t, b.do(t, http.MethodPost, "/api/v1/auth/sign-in", `{"login":"`+login+`","password":"`+password+`"}`, w.send))
	return w
}

func concrete(path string) string {
	const id = "019340aa-0000-7000-8000-000000000001"
	return strings.NewReplacer(":chatId", id, ":personId", id, ":attemptId", id, ":lessonId", "L01", ":chapterId", "C1").Replace(path)
}
