package intake

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// refused says why a cell is not even looked at. A cell that begins like a formula would run in the spreadsheet of
// whoever exports the people again (CWE-1236), with or without spaces before it and in full width too.
func refused(text string) Code {
	if strings.ContainsRune(text, 0) {
		return NULRefused
	}
	for _, t := range []string{text, strings.TrimSpace(text)} {
		if r, _ := utf8.DecodeRuneInString(t); t != "" && strings.ContainsRune("=+-@\t\r＝＋－＠", r) {
			return FormulaRefused
		}
	}
	return ""
}

var loginForm = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{1,63}$`) // as package roster has it

func login(text string) (string, *Problem) {
	text = strings.ToLower(text)
	if !loginForm.MatchString(text) {
		return "", &Problem{Code: LoginInvalid, Params: Params{"value": clip(text)}}
	}
	return text, nil
}

// name refuses what package roster refuses, and signs without a glyph that make a name look like another.
func name(text string) (string, *Problem) {
	invisible := func(r rune) bool { return unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp) }
	if utf8.RuneCountInString(text) > 100 || strings.ContainsFunc(text, invisible) {
		return "", &Problem{Code: NameInvalid, Params: Params{"value": clip(text)}}
	}
	return text, nil
}

// roleNames are the roles as a shop writes them.
var roleNames = map[string]string{
	"trainee": "trainee", "学员": "trainee", "客服": "trainee",
	"supervisor": "supervisor", "主管": "supervisor",
	"hr": "hr", "人事": "hr",
	"admin": "admin", "管理员": "admin",
}

func roles(text string) ([]string, *Problem) {
	var out []string
	for _, one := range parts(text) {
		role, ok := roleNames[strings.ToLower(one)]
		if !ok {
			return nil, &Problem{Code: RoleUnknown, Params: Params{"role": clip(one)}}
		}
		if !slices.Contains(out, role) {
			out = append(out, role)
		}
	}
	if len(out) == 0 {
		return nil, &Problem{Code: FieldEmpty}
	}
	return out, nil
}

// parts splits a list in one cell; each part is there once.
func parts(text string) []string {
	var out []string
	for _, one := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("|｜、", r) }) {
		if one = strings.TrimSpace(one); one != "" && !slices.Contains(out, one) {
			out = append(out, one)
		}
	}
	return out
}

// dayForms are the ways in which spreadsheets in China write a day; none is ambiguous.
var dayForms = []string{"2006-1-2", "2006/1/2", "2006年1月2日"}

// day makes YYYY-MM-DD. Years outside of 1970 to 2100 are slips of the finger.
func day(text string) (string, *Problem) {
	for _, form := range dayForms {
		if t, err := time.Parse(form, text); err == nil && t.Year() >= 1970 && t.Year() <= 2100 {
			return t.Format(time.DateOnly), nil
		}
	}
	return "", &Problem{Code: DateInvalid, Params: Params{"value": clip(text)}}
}

const clipAt = 40 // characters of the file in a sentence

// clip shortens a piece of the file for a sentence and takes out what does not print.
func clip(text string) string {
	text = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return '·'
		}
		return r
	}, strings.TrimSpace(text))
	if utf8.RuneCountInString(text) > clipAt {
		return string([]rune(text)[:clipAt]) + "…"
	}
	return text
}
