package intake

// Code says what is wrong. Codes have a sentence in every locale under intake_<code>.
type Code string

// The codes. LoginTaken, TeamUnknown and AdminProtected are for the caller, who knows what is stored and who asks.
const (
	FileTooLarge    Code = "file_too_large"
	TooManyRows     Code = "too_many_rows"
	EncodingUnknown Code = "encoding_unknown"
	HeaderMissing   Code = "header_missing"
	ColumnUnknown   Code = "column_unknown"
	ColumnMissing   Code = "column_missing"
	ColumnTwice     Code = "column_twice"
	RaggedRow       Code = "ragged_row"
	QuoteUnclosed   Code = "quote_unclosed"
	QuoteStray      Code = "quote_stray"
	FieldEmpty      Code = "field_empty"
	LoginInvalid    Code = "login_invalid"
	LoginTwice      Code = "login_twice"
	LoginTaken      Code = "login_taken"
	NameInvalid     Code = "name_invalid"
	RoleUnknown     Code = "role_unknown"
	TeamUnknown     Code = "team_unknown"
	AdminProtected  Code = "admin_protected"
	DateInvalid     Code = "date_invalid"
	FormulaRefused  Code = "formula_refused"
	NULRefused      Code = "nul_refused"
)

// Codes are all codes.
var Codes = []Code{
	FileTooLarge, TooManyRows, EncodingUnknown, HeaderMissing, ColumnUnknown, ColumnMissing, ColumnTwice, RaggedRow, QuoteUnclosed, QuoteStray,
	FieldEmpty, LoginInvalid, LoginTwice, LoginTaken, NameInvalid, RoleUnknown, TeamUnknown, AdminProtected, DateInvalid, FormulaRefused, NULRefused,
}

// Params are the figures and names of the sentence; field is the name of the column as the file writes it.
type Params map[string]any

// Problem is one thing that stands against the file.
type Problem struct {
	Line   int // of the file, from 1; 0 for the whole file
	Column int // field of the line, from 1; 0 for the whole line
	Code   Code
	Params Params
}

func (p Problem) before(other Problem) bool {
	return p.Line < other.Line || p.Line == other.Line && p.Column < other.Column
}
