package api

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"agentladder/api/locale"
	"agentladder/api/openapi"
	"agentladder/course/fault"
	"agentladder/course/journal"
)

// statusOf is the only place where a kind of fault becomes an HTTP status.
var statusOf = map[fault.Kind]int{
	fault.Internal:        http.StatusInternalServerError,
	fault.Invalid:         http.StatusBadRequest,
	fault.Unauthenticated: http.StatusUnauthorized,
	fault.Forbidden:       http.StatusForbidden,
	fault.NotFound:        http.StatusNotFound,
	fault.Conflict:        http.StatusConflict,
	fault.TooLarge:        http.StatusRequestEntityTooLarge,
	fault.Unprocessable:   http.StatusUnprocessableEntity,
	fault.Throttled:       http.StatusTooManyRequests,
	fault.Unavailable:     http.StatusServiceUnavailable,
}

// handleError turns any error of a handler or middleware into a problem document (RFC 9457).
func handleError(log *slog.Logger) echo.HTTPErrorHandler {
	return func(err error, c echo.Context) {
		if c.Response().Committed {
			log.WarnContext(c.Request().Context(), "failed after the answer began", "request", requestID(c), "error", err)
			return
		}
		f := asFault(err)
		switch {
		case f.Kind == fault.Internal:
			log.ErrorContext(c.Request().Context(), "internal fault", "request", requestID(c), "route", c.Path(), "error", err)
		case f.Kind == fault.Unavailable && !errors.Is(err, context.Canceled):
			log.WarnContext(c.Request().Context(), "unavailable", "request", requestID(c), "route", c.Path(), "error", err)
		}
		writeProblem(c, f)
	}
}

// asFault finds the fault in an error; what is not a fault is internal, except for echo's own errors.
func asFault(err error) *fault.Fault {
	var f *fault.Fault
	if errors.As(err, &f) {
		return f
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) || journal.IsAway(err) {
		return unavailable(err)
	}
	var he *echo.HTTPError
	if errors.As(err, &he) {
		switch he.Code {
		case http.StatusNotFound:
			return fault.New(fault.NotFound, "route_unknown", nil)
		case http.StatusMethodNotAllowed:
			return fault.New(fault.NotFound, "method_not_allowed", nil)
		case http.StatusUnsupportedMediaType:
			return fault.New(fault.Invalid, "content_type", fault.Params{"type": echo.MIMEApplicationJSON})
		case http.StatusRequestEntityTooLarge:
			return fault.New(fault.TooLarge, "body_too_large", fault.Params{"limit": maxBody})
		case http.StatusBadRequest:
			return fault.New(fault.Invalid, "parameter_invalid", fault.Params{"parameter": parameterName(he)}).Because(err)
		}
	}
	return fault.New(fault.Internal, "internal", nil).Because(err)
}

func unavailable(cause error) *fault.Fault {
	return fault.New(fault.Unavailable, "database_unavailable", fault.Params{"retry_after": retryAfter}).Because(cause)
}

// retryAfter is what a client is told to wait, in seconds, when the fault does not know better.
const retryAfter = 1

func writeProblem(c echo.Context, f *fault.Fault) {
	lang := locale.Match(c.Request().Header.Get("Accept-Language"))
	detail, known := locale.Detail(lang, f.Code, f.Params)
	if !known {
		detail, _ = locale.Detail(lang, "internal", nil)
	}
	p := openapi.Problem{
		Type: "urn:agentladder:problem:" + f.Code, Title: locale.Title(lang, f.Kind.String()), Status: statusOf[f.Kind],
		Code: f.Code, Detail: detail, Instance: requestID(c),
	}
	p.Params = f.Params
	for _, field := range f.Fields {
		p.Fields = append(p.Fields, openapi.FieldProblem{Path: field.Path, Code: field.Code, Detail: locale.Field(lang, field.Code)})
	}
	header := c.Response().Header()
	if after, ok := f.Params["retry_after"].(int); ok {
		header.Set("Retry-After", strconv.Itoa(after))
	} else if f.Kind == fault.Unavailable || f.Kind == fault.Throttled {
		header.Set("Retry-After", strconv.Itoa(retryAfter))
	}
	if f.Kind == fault.Unauthenticated {
		header.Set("WWW-Authenticate", "Bearer")
	}
	header.Set("Content-Type", "application/problem+json")
	header.Set("Content-Language", lang)
	c.Response().WriteHeader(p.Status)
	if c.Request().Method == http.MethodHead {
		return
	}
	_ = json.NewEncoder(c.Response()).Encode(p) // the client has gone; nothing left to tell it
}
