package intake

import "strings"

// column is what a column of the file means.
type column int

const (
	unknownColumn column = iota
	loginColumn
	nameColumn
	rolesColumn
	teamsColumn
	dayColumn
)

func (c column) required() bool { return c == loginColumn || c == nameColumn || c == rolesColumn }

// columnNames are the names a header may use, folded.
var columnNames = map[string]column{
	"账号": loginColumn, "帐号": loginColumn, "登录名": loginColumn, "login": loginColumn, "account": loginColumn,
	"姓名": nameColumn, "名字": nameColumn, "name": nameColumn,
	"角色": rolesColumn, "roles": rolesColumn, "role": rolesColumn,
	"团队": teamsColumn, "小组": teamsColumn, "teams": teamsColumn, "team": teamsColumn,
	"入职日期": dayColumn, "hired_on": dayColumn,
}

// wanted are the columns a file must have, with the name to tell.
var wanted = []struct {
	column column
	name   string
}{{loginColumn, "账号 / login"}, {nameColumn, "姓名 / name"}, {rolesColumn, "角色 / roles"}}

func columnOf(cell string) column {
	return columnNames[strings.ReplaceAll(strings.ToLower(strings.TrimSpace(cell)), " ", "_")]
}

// header is the row that names the columns.
type header struct {
	cells []string
	kinds []column
}

// name is what the file calls a field; beyond the header it has only its number.
func (h header) name(at int) string {
	if at < len(h.cells) {
		return h.cells[at]
	}
	return ""
}

// readHeader finds separator and columns and returns the scanner behind the header.
func (r *reader) readHeader(text string) (*scanner, bool) {
	lines, row := separate(text)
	if row.fields == nil {
		r.report(Problem{Code: HeaderMissing})
		return nil, false
	}
	row = row.cut(0)
	seen := map[column]int{}
	for at, f := range row.fields {
		kind, cell := columnOf(f.text), clip(f.text)
		r.header.cells, r.header.kinds = append(r.header.cells, cell), append(r.header.kinds, kind)
		problem := Problem{Line: f.line, Column: at + 1, Params: Params{"field": cell}}
		switch first, twice := seen[kind]; {
		case f.trouble != "":
			problem.Code = f.trouble
			r.report(problem)
			return nil, false // where the columns are is a guess now
		case strings.ContainsRune(f.text, 0):
			problem.Code = NULRefused
		case kind == unknownColumn:
			problem.Code = ColumnUnknown
		case twice:
			problem.Code, problem.Params["first"] = ColumnTwice, first
		default:
			seen[kind] = at + 1
			continue
		}
		r.report(problem)
	}
	if row.extra > 0 {
		r.report(Problem{Line: row.line, Column: maxFields + 1, Code: ColumnUnknown, Params: Params{"field": "…"}})
	}
	if len(seen) == 0 {
		r.sheet.Problems = nil
		r.report(Problem{Line: row.line, Code: HeaderMissing})
		return nil, false
	}
	for _, w := range wanted {
		if seen[w.column] == 0 {
			r.report(Problem{Line: row.line, Code: ColumnMissing, Params: Params{"field": w.name}})
		}
	}
	return lines, len(r.sheet.Problems) == 0
}

// separate picks the separator under which the first row that is not blank has the most known columns.
func separate(text string) (best *scanner, header record) {
	most := -1
	for _, separator := range []byte{',', ';', '\t'} {
		lines := scan(text, separator)
		row, more := lines.next()
		for more && row.blank() {
			row, more = lines.next()
		}
		if !more {
			return nil, record{} // nothing but blank rows
		}
		known := 0
		for _, f := range row.fields {
			if columnOf(f.text) != unknownColumn {
				known++
			}
		}
		if known > most {
			best, header, most = lines, row, known
		}
	}
	return best, header
}
