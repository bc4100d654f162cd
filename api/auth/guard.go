package auth

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"agentladder/api/openapi"
	"agentladder/course/fault"
	"agentladder/course/roster"
)

// GuardConfig is what the guard needs.
type GuardConfig struct {
	Tokens     Tokens
	People     *roster.Service
	Demo       bool
	Operations []string // every operationId of the contract
}

// Guard stands before every operation.
type Guard struct{ cfg GuardConfig }

// NewGuard fails when policy table, contract and generated interface do not list the same operations.
func NewGuard(cfg GuardConfig) (*Guard, error) {
	if cfg.People == nil || len(cfg.Tokens.key) == 0 {
		return nil, errors.New("guard: no roster or no token key")
	}
	if err := complete(policy, cfg.Operations); err != nil {
		return nil, err
	}
	return &Guard{cfg: cfg}, nil
}

// Middleware decides before anything of the request is bound or parsed. find names the operation of a routed request;
// what it does not know passes only outside of the API.
func (g *Guard) Middleware(find func(echo.Context) (operation string, ok bool)) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			operation, ok := find(c)
			if !ok {
				if path := c.Request().URL.Path; path == "/api" || strings.HasPrefix(path, "/api/") {
					return fault.New(fault.NotFound, "route_unknown", nil)
				}
				return next(c)
			}
			if err := g.admit(c, operation); err != nil {
				return err
			}
			return next(c)
		}
	}
}

// Strict is the same decision for requests that did not pass Middleware; after Middleware it does nothing.
func (g *Guard) Strict() openapi.StrictMiddlewareFunc {
	return func(next openapi.StrictHandlerFunc, name string) openapi.StrictHandlerFunc {
		return func(c echo.Context, request any) (any, error) {
			operation := operationID(name)
			if v, ok := visitFrom(c.Request().Context()); !ok || v.operation != operation {
				if err := g.admit(c, operation); err != nil {
					return nil, err
				}
			}
			return next(c, request)
		}
	}
}

func (g *Guard) admit(c echo.Context, operation string) error {
	r := c.Request()
	v := &visit{operation: operation, request: r, header: c.Response().Header(), address: c.RealIP()}
	rule, ok := policy[operation]
	if !ok {
		return notPermitted()
	}
	if !rule.anyone && (!rule.demo || !g.cfg.Demo) {
		if err := g.identify(r, v); err != nil {
			return err
		}
		if !rule.signedIn && !v.actor.Has(rule.roles...) {
			return notPermitted()
		}
	}
	c.SetRequest(r.WithContext(context.WithValue(r.Context(), visitKey{}, v)))
	c.Response().Before(v.writeCookies)
	return nil
}

func notPermitted() error { return fault.New(fault.Forbidden, "not_permitted", nil) }

// identify reads the token and asks the roster what it is worth now.
func (g *Guard) identify(r *http.Request, v *visit) error {
	raw, err := bearer(r)
	if err != nil {
		return err
	}
	claims, err := g.cfg.Tokens.Verify(raw)
	if err != nil {
		return err
	}
	v.expires = claims.Expires
	v.actor, err = g.cfg.People.Authenticate(r.Context(), claims.SessionID, claims.PersonID, claims.SessionVersion)
	return err
}

// bearer takes the token out of the one Authorization header there may be. Tokens in the address are refused even next
// to a good header: they would end up in logs and histories.
func bearer(r *http.Request) (string, error) {
	values := r.Header.Values("Authorization")
	if strings.Contains(r.URL.RawQuery, "access_token") {
		return "", tokenInvalid(errors.New("token in the address"))
	}
	if len(values) == 0 {
		return "", fault.New(fault.Unauthenticated, "token_missing", nil)
	}
	if len(values) > 1 {
		return "", tokenInvalid(errors.New("more than one Authorization header"))
	}
	token, ok := strings.CutPrefix(values[0], "Bearer ")
	if !ok {
		return "", tokenInvalid(errors.New("not a bearer token"))
	}
	return token, nil
}

type visitKey struct{}

// visit is what the handlers of this package need to know about a request besides its body.
type visit struct {
	operation string
	request   *http.Request
	header    http.Header // of the answer
	cookies   []*http.Cookie
	address   string
	actor     roster.Actor
	expires   time.Time
}

func visitFrom(ctx context.Context) (*visit, bool) {
	v, ok := ctx.Value(visitKey{}).(*visit)
	return v, ok
}

// ActorFrom is the person behind the request, or the zero Actor, who may do nothing, on operations for anyone.
func ActorFrom(ctx context.Context) roster.Actor {
	if v, ok := visitFrom(ctx); ok {
		return v.actor
	}
	return roster.Actor{}
}

// ExpiresFrom is when the access token of the request runs out; zero on operations for anyone. A stream must not
// outlive it.
func ExpiresFrom(ctx context.Context) time.Time {
	if v, ok := visitFrom(ctx); ok {
		return v.expires
	}
	return time.Time{}
}
