// Package api is the REST server: the generated strict interface with its handlers, the order of middleware, and the
// only place where a fault becomes an HTTP answer.
package api

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"time"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"agentladder/api/auth"
	"agentladder/api/locale"
	"agentladder/api/openapi"
	"agentladder/api/staff"
	"agentladder/api/trainee"
	"agentladder/course"
	"agentladder/course/fault"
	"agentladder/course/roster"
	"agentladder/exam"
	"agentladder/grading"
)

// Config is what the server needs from outside.
type Config struct {
	Version    string
	Demo       bool
	DemoPeople []openapi.DemoPerson
	Proxies    []netip.Prefix // whose X-Forwarded-For is believed; with none, nobody's
	Secure     bool           // served over TLS, directly or behind a proxy: secure cookies and HSTS
	Frontend   fs.FS          // built files, or nil for a binary without a frontend
	Tokens     auth.Tokens
	Log        *slog.Logger
}

// Server is the HTTP side of the house.
type Server struct {
	Echo *echo.Echo
	hub  *hub
	log  *slog.Logger
}

// Services are what the operations call.
type Services struct {
	People      *roster.Service
	Chats       *exam.Service
	Course      *course.Service
	Eligibility *grading.Eligibility
}

type (
	signing   = auth.Handlers
	practice  = trainee.Handlers
	classroom = trainee.Course
	ownLadder = trainee.Ladder
	people    = staff.Handlers
	team      = staff.Team
	ladder    = staff.Ladder
)

// handlers is the whole contract; each part brings its own operations.
type handlers struct {
	signing
	practice
	classroom
	ownLadder
	people
	team
	ladder
	streams
	public
}

var _ openapi.StrictServerInterface = handlers{}

// New wires routes and middleware. It fails when contract, policy and handlers do not cover each other.
func New(cfg Config, s Services) (*Server, error) {
	c, err := loadContract()
	if err != nil {
		return nil, err
	}
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.HTTPErrorHandler = handleError(cfg.Log)
	e.IPExtractor = clientAddress(cfg.Proxies)

	guard, err := auth.NewGuard(auth.GuardConfig{Tokens: cfg.Tokens, People: s.People, Demo: cfg.Demo, Operations: c.ids()})
	if err != nil {
		return nil, err
	}
	e.Use(withRequestID, withLanguage, logRequests(cfg.Log), recoverPanics(cfg.Log), secureHeaders(cfg.Secure), c.withDeadline)
	e.Use(guard.Middleware(func(ctx echo.Context) (string, bool) {
		op, ok := c.find(ctx.Request().Method, ctx.Path())
		return op.ID, ok
	}))
	e.Use(c.strictBody)

	h := newHub(s.Chats, cfg.Log)
	openapi.RegisterHandlersWithBaseURL(e, openapi.NewStrictHandler(handlers{
		signing:   auth.NewHandlers(s.People, cfg.Tokens, cfg.Secure),
		practice:  trainee.Handlers{Chats: s.Chats},
		classroom: trainee.Course{Service: s.Course},
		ownLadder: trainee.Ladder{People: s.People, Eligibility: s.Eligibility},
		people:    staff.Handlers{People: s.People},
		team:      staff.Team{People: s.People, Chats: s.Chats},
		ladder:    staff.Ladder{People: s.People, Eligibility: s.Eligibility},
		streams:   streams{hub: h, chats: s.Chats, people: s.People},
		public:    public{version: cfg.Version, demo: cfg.Demo, people: cfg.DemoPeople, chats: s.Chats},
	}, []openapi.StrictMiddlewareFunc{guard.Strict()}), basePath)
	mountFrontend(e, cfg.Frontend)
	return &Server{Echo: e, hub: h, log: cfg.Log}, nil
}

const (
	readTime    = 30 * time.Second                        // for a whole request to arrive
	requestTime = 30 * time.Second                        // for an operation, once its request is read
	answerTime  = readTime + requestTime + 15*time.Second // from the headers of the request to the end of its answer; streams extend it
)

const headerRequestID = "X-Request-Id"

// withRequestID names every request. A client cannot choose the name.
func withRequestID(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		c.Response().Header().Set(headerRequestID, uuid.Must(uuid.NewV7()).String())
		return next(c)
	}
}

// clientAddress reads the client's address from the connection, or from what a trusted proxy says of it.
func clientAddress(proxies []netip.Prefix) echo.IPExtractor {
	if len(proxies) == 0 {
		return echo.ExtractIPDirect()
	}
	trust := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, p := range proxies {
		address := p.Addr().AsSlice()
		trust = append(trust, echo.TrustIPRange(&net.IPNet{IP: address, Mask: net.CIDRMask(p.Bits(), len(address)*8)}))
	}
	return echo.ExtractIPFromXFFHeader(trust...)
}

// withLanguage tells handlers the reader's language, for sentences that are not problems.
func withLanguage(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		c.SetRequest(r.WithContext(locale.NewContext(r.Context(), locale.Match(r.Header.Get("Accept-Language")))))
		return next(c)
	}
}

func requestID(c echo.Context) string { return c.Response().Header().Get(headerRequestID) }

// logRequests writes one structured line a request. Paths are logged by route, so no id or query reaches the log.
func logRequests(log *slog.Logger) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			begin := time.Now()
			err := next(c)
			if err != nil {
				c.Error(err)
			}
			log.InfoContext(c.Request().Context(), "request", "request", requestID(c), "method", c.Request().Method, "route", c.Path(),
				"status", c.Response().Status, "bytes", c.Response().Size, "ms", time.Since(begin).Milliseconds())
			return nil
		}
	}
}

// recoverPanics turns a panic into an internal fault of its request alone and logs where it came from.
func recoverPanics(log *slog.Logger) echo.MiddlewareFunc {
	return middleware.RecoverWithConfig(middleware.RecoverConfig{LogErrorFunc: func(c echo.Context, err error, stack []byte) error {
		log.ErrorContext(c.Request().Context(), "panic", "request", requestID(c), "error", err, "stack", string(stack))
		return err
	}})
}

// withDeadline ends what waits too long, for a lock or for a database that does not answer. Streams stay open.
func (c *contract) withDeadline(next echo.HandlerFunc) echo.HandlerFunc {
	return func(ctx echo.Context) error {
		op, ok := c.find(ctx.Request().Method, ctx.Path())
		if !ok || op.ID == "streamChat" {
			return next(ctx)
		}
		limited, cancel := context.WithTimeout(ctx.Request().Context(), requestTime)
		defer cancel()
		ctx.SetRequest(ctx.Request().WithContext(limited))
		err := next(ctx)
		var known *fault.Fault
		if err != nil && limited.Err() != nil && !errors.As(err, &known) {
			return unavailable(errors.Join(limited.Err(), err)) // not every driver says why it stopped
		}
		return err
	}
}

const contentPolicy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

func secureHeaders(secure bool) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			h := c.Response().Header()
			h.Set("Content-Security-Policy", contentPolicy)
			h.Set("X-Content-Type-Options", "nosniff")
			h.Set("Referrer-Policy", "no-referrer")
			h.Set("Cross-Origin-Opener-Policy", "same-origin")
			if secure {
				h.Set("Strict-Transport-Security", "max-age=31536000")
			}
			if under(c.Request().URL.Path) {
				h.Set("Cache-Control", "no-store")
			}
			return next(c)
		}
	}
}

// unknownRoute is the answer for API paths that do not exist.
func unknownRoute(echo.Context) error { return fault.New(fault.NotFound, "route_unknown", nil) }

// Run polls for the open streams until ctx ends.
func (s *Server) Run(ctx context.Context) { s.hub.run(ctx) }

// HTTP is the server for a listener. Streams end when ctx does; other requests finish.
func (s *Server) HTTP(ctx context.Context) *http.Server {
	s.hub.life = ctx
	return &http.Server{Handler: s.Echo, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: readTime, WriteTimeout: answerTime, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10,
		ErrorLog: slog.NewLogLogger(s.log.Handler(), slog.LevelWarn)}
}
