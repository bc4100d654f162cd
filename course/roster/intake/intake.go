// Package intake decides which people a CSV file of a shop names, and says line by line what stands against it.
//
// A file that a spreadsheet wrote is taken as it is: UTF-8 with or without a byte order mark or GB18030 (which contains
// GBK and GB2312), separated by comma, semicolon or tab, lines ended by LF, CRLF or CR, fields quoted as in RFC 4180.
// The first line that is not blank names the columns, in Chinese or English, in any order. Nothing is guessed beyond
// that: what is not understood is a problem with its line and field. The package only computes.
package intake

import (
	"maps"
	"slices"
	"strings"
)

// Limits of a file.
const (
	MaxBytes    = 2 << 20
	MaxRows     = 5000
	MaxProblems = 200 // listed; the first problem already means that nothing is stored
)

// Person is one good line.
type Person struct {
	Line    int // where the row begins, from 1
	Login   string
	Name    string
	Roles   []string // trainee, supervisor, hr, admin; each once
	Teams   []Team   // each once
	HiredOn string   // YYYY-MM-DD or ""

	LoginAt, RolesAt Place // for what the caller finds against them
}

// Team is a team as a row names it. Which teams there are, the caller knows.
type Team struct {
	Name string
	Place
}

// Place is a field of the file.
type Place struct {
	Line   int
	Column int
	Header string // what the file calls the column
}

// Against makes a problem of this place.
func (p Place) Against(code Code, params Params) Problem {
	out := Problem{Line: p.Line, Column: p.Column, Code: code, Params: Params{"field": p.Header}}
	maps.Copy(out.Params, params)
	return out
}

// Sheet is what a file says.
type Sheet struct {
	Rows     int // lines with a person, good or bad
	People   []Person
	Problems []Problem
}

// Report adds a problem in its place in the file, while there is room.
func (s *Sheet) Report(p Problem) {
	if len(s.Problems) >= MaxProblems {
		return
	}
	at := len(s.Problems)
	for at > 0 && p.before(s.Problems[at-1]) {
		at--
	}
	s.Problems = slices.Insert(s.Problems, at, p)
}

// Read reads a whole file. A caller that reads from a stranger stops after MaxBytes+1 bytes; the result is the same as
// for the whole file. With a problem the people are those of the good lines.
func Read(body []byte) Sheet {
	r := reader{logins: map[string]int{}}
	r.read(body)
	return r.sheet
}

// reader is one reading under way.
type reader struct {
	sheet  Sheet
	header header
	logins map[string]int // first line of each login
}

func (r *reader) read(body []byte) {
	if len(body) > MaxBytes {
		r.report(Problem{Code: FileTooLarge, Params: Params{"limit": MaxBytes >> 20}})
		return
	}
	text, trouble := decode(body)
	if trouble != nil {
		r.report(*trouble)
		return
	}
	lines, ok := r.readHeader(text)
	if !ok {
		return
	}
	for row, more := lines.next(); more; row, more = lines.next() {
		if row.blank() {
			continue
		}
		r.sheet.Rows++
		if r.sheet.Rows > MaxRows {
			r.tooMany(row.line, lines)
			return
		}
		r.readRow(row)
	}
}

// tooMany replaces everything found so far: the reader of the report has one thing to do.
func (r *reader) tooMany(line int, lines *scanner) {
	for row, more := lines.next(); more; row, more = lines.next() {
		if !row.blank() {
			r.sheet.Rows++
		}
	}
	r.sheet.People, r.sheet.Problems = nil, nil
	r.report(Problem{Line: line, Code: TooManyRows, Params: Params{"limit": MaxRows, "count": r.sheet.Rows}})
}

func (r *reader) report(p Problem) { r.sheet.Report(p) }

// readRow takes one person. A row with a problem leaves no person, but its login stays taken.
func (r *reader) readRow(row record) {
	if at := slices.IndexFunc(row.fields, func(f field) bool { return f.trouble != "" }); at >= 0 {
		f := row.fields[at]
		r.report(Place{Line: f.line, Column: at + 1, Header: r.header.name(at)}.Against(f.trouble, nil))
		return
	}
	if row = row.cut(len(r.header.cells)); row.extra > 0 || len(row.fields) != len(r.header.cells) {
		r.report(Problem{Line: row.line, Code: RaggedRow, Params: Params{"count": len(row.fields) + row.extra, "expected": len(r.header.cells)}})
		return
	}
	p, good := Person{Line: row.line}, true
	for at, f := range row.fields {
		place := Place{Line: f.line, Column: at + 1, Header: r.header.name(at)}
		if trouble := r.readCell(&p, r.header.kinds[at], f.text, place); trouble != nil {
			r.report(place.Against(trouble.Code, trouble.Params))
			good = false
		}
	}
	if good {
		r.sheet.People = append(r.sheet.People, p)
	}
}

// readCell puts a cell into the person, or says what is wrong with it.
func (r *reader) readCell(p *Person, kind column, raw string, place Place) *Problem {
	if code := refused(raw); code != "" {
		return &Problem{Code: code}
	}
	text := strings.TrimSpace(raw)
	if text == "" {
		if kind.required() {
			return &Problem{Code: FieldEmpty}
		}
		return nil
	}
	var trouble *Problem
	switch kind {
	case loginColumn:
		p.LoginAt = place
		if p.Login, trouble = login(text); trouble == nil {
			trouble = r.once(p.Login, place.Line)
		}
	case nameColumn:
		p.Name, trouble = name(text)
	case rolesColumn:
		p.RolesAt = place
		p.Roles, trouble = roles(text)
	case teamsColumn:
		for _, one := range parts(text) {
			if code := refused(one); code != "" {
				return &Problem{Code: code}
			}
			p.Teams = append(p.Teams, Team{Name: one, Place: place})
		}
	case dayColumn:
		p.HiredOn, trouble = day(text)
	}
	return trouble
}

func (r *reader) once(login string, line int) *Problem {
	if first, taken := r.logins[login]; taken {
		return &Problem{Code: LoginTwice, Params: Params{"login": login, "first": first}}
	}
	r.logins[login] = line
	return nil
}
