package pack

import (
	"cmp"
	"fmt"
	"slices"
)

// Position is a place in a pack's file. Line and Column are 1-based and Column counts characters; 0 means the whole file.
type Position struct {
	Path   string `json:"path"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
}

func (p Position) String() string {
	if p.Line == 0 {
		return p.Path
	}
	return fmt.Sprintf("%s:%d:%d", p.Path, p.Line, p.Column)
}

// Severity of a diagnostic.
type Severity string

// Errors stop a pack from being used; warnings do not.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
)

// Diagnostic is one finding about a pack, like a compiler's: where, what, and what to do.
// ID is stable (AL followed by four digits) and documented in the README of the library.
type Diagnostic struct {
	ID       string   `json:"id"`
	Severity Severity `json:"severity"`
	Position
	Message string `json:"message"`
	Fix     string `json:"fix,omitempty"`
}

func (d Diagnostic) String() string {
	s := fmt.Sprintf("%s: %s %s: %s", d.Position, d.Severity, d.ID, d.Message)
	if d.Fix != "" {
		s += "\n    " + d.Fix
	}
	return s
}

// Diagnostics are findings in reading order.
type Diagnostics []Diagnostic

// HasErrors says whether any finding stops the pack from being used.
func (ds Diagnostics) HasErrors() bool {
	return slices.ContainsFunc(ds, func(d Diagnostic) bool { return d.Severity == Error })
}

// FirstError returns the first finding that stops the pack from being used.
func (ds Diagnostics) FirstError() (Diagnostic, bool) {
	for _, d := range ds.Sorted() {
		if d.Severity == Error {
			return d, true
		}
	}
	return Diagnostic{}, false
}

// Sorted returns the findings by path, line, column and id.
func (ds Diagnostics) Sorted() Diagnostics {
	out := slices.Clone(ds)
	slices.SortStableFunc(out, func(a, b Diagnostic) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), cmp.Compare(a.ID, b.ID))
	})
	return out
}
