// Package fault says what went wrong in words that the edge of the house can translate.
//
// A service returns a *Fault; package api turns it into a problem document in the reader's language, once.
// Any other error is "internal": it is logged whole and the client sees only a request id.
package fault

import (
	"errors"
	"fmt"
	"sort"
	"strings"
)

// Kind is the class of a fault. Each kind has exactly one HTTP status.
type Kind int

// The ten kinds.
const (
	Internal        Kind = iota // 500: a bug or a broken part; nothing the caller can mend
	Invalid                     // 400: the request does not have the form of the contract
	Unauthenticated             // 401: no token, or one that is not good any more
	Forbidden                   // 403: the function is not for this person
	NotFound                    // 404: no such object within the caller's scope
	Conflict                    // 409: the object is not in a state that allows it
	TooLarge                    // 413: over a stated limit
	Unprocessable               // 422: well formed, but contradicts what is stored or what it says itself
	Throttled                   // 429: too much, come back later
	Unavailable                 // 503: a part is away, come back later
)

var kindNames = [...]string{"internal", "invalid", "unauthenticated", "forbidden", "not_found", "conflict", "too_large", "unprocessable", "throttled", "unavailable"}

func (k Kind) String() string { return kindNames[k] }

// Params are the figures and names of the sentence.
type Params map[string]any

// Field is one wrong place in the input.
type Field struct {
	Path string // JSON pointer or parameter name
	Code string // locale key, e.g. "required"
}

// Fault is an error with a stable code. Codes are lower_snake_case and have a sentence in every locale.
type Fault struct { //nolint:errname // the word of the house: fault.New, *fault.Fault
	Kind   Kind
	Code   string
	Params Params
	Fields []Field
	Cause  error // for the log only, never sent
}

// New makes a fault of a kind. Params may be nil.
func New(kind Kind, code string, params Params) *Fault {
	return &Fault{Kind: kind, Code: code, Params: params}
}

// Because returns a copy that carries the cause for the log.
func (f *Fault) Because(cause error) *Fault {
	c := *f
	c.Cause = cause
	return &c
}

func (f *Fault) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s", f.Kind, f.Code)
	keys := make([]string, 0, len(f.Params))
	for k := range f.Params {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	for _, k := range keys {
		fmt.Fprintf(&b, " %s=%v", k, f.Params[k])
	}
	if f.Cause != nil {
		fmt.Fprintf(&b, ": %v", f.Cause)
	}
	return b.String()
}

func (f *Fault) Unwrap() error { return f.Cause }

// Is makes errors.Is(err, fault.New(kind, code, nil)) true for any parameters.
func (f *Fault) Is(target error) bool {
	t, ok := target.(*Fault)
	return ok && t.Kind == f.Kind && t.Code == f.Code
}

// CodeOf returns the code of the fault in err's chain, or "internal", or "" for nil.
func CodeOf(err error) string {
	if err == nil {
		return ""
	}
	var f *Fault
	if errors.As(err, &f) {
		return f.Code
	}
	return "internal"
}
