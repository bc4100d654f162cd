package intake

import "strings"

// field is one field of a row without its quotes.
type field struct {
	text    string
	line    int  // where it begins
	trouble Code // quotes that are not as in RFC 4180
}

// blank says that a field holds nothing.
func (f field) blank() bool { return f.trouble == "" && strings.TrimSpace(f.text) == "" }

// maxFields are kept of a row; a file of two million separators shall not become two million fields.
const maxFields = 64

// record is one row of fields; it may run over several lines.
type record struct {
	line   int
	fields []field
	extra  int // fields beyond maxFields that are not blank
}

// blank says that a row holds nothing at all; spreadsheets write such rows for formatted but empty cells.
func (r record) blank() bool { return r.extra == 0 && len(r.cut(0).fields) == 0 }

// cut drops empty fields from the end until only n are left.
func (r record) cut(n int) record {
	for len(r.fields) > n && r.fields[len(r.fields)-1].blank() {
		r.fields = r.fields[:len(r.fields)-1]
	}
	return r
}

// scanner splits text into records.
type scanner struct {
	text      string
	separator byte
	at        int
	line      int
}

func scan(text string, separator byte) *scanner {
	return &scanner{text: text, separator: separator, line: 1}
}

// next returns the next record; ok is false at the end of the text.
func (s *scanner) next() (rec record, ok bool) {
	if s.at >= len(s.text) {
		return record{}, false
	}
	rec.line = s.line
	for {
		if f := s.field(); len(rec.fields) < maxFields {
			rec.fields = append(rec.fields, f)
		} else if !f.blank() {
			rec.extra++
		}
		if s.at < len(s.text) && s.text[s.at] == s.separator {
			s.at++
			continue
		}
		s.newline()
		return rec, true
	}
}

// field takes one field and stops before the separator, the end of the line or the end of the text.
func (s *scanner) field() field {
	f := field{line: s.line}
	if s.at >= len(s.text) || s.text[s.at] != '"' {
		f.text = s.plain()
		if strings.Contains(f.text, `"`) {
			f.trouble = QuoteStray
		}
		return f
	}
	s.at++
	text, closed := s.quoted()
	if !closed {
		f.trouble = QuoteUnclosed
		return f
	}
	rest := s.plain()
	if rest != "" {
		f.trouble = QuoteStray
	}
	f.text = text + rest
	return f
}

// plain reads up to a separator or the end of the line.
func (s *scanner) plain() string {
	begin := s.at
	for s.at < len(s.text) && s.text[s.at] != s.separator && s.text[s.at] != '\n' && s.text[s.at] != '\r' {
		s.at++
	}
	return s.text[begin:s.at]
}

// quoted reads behind an opening quote to behind the closing one. Doubled quotes are one.
func (s *scanner) quoted() (text string, closed bool) {
	var b strings.Builder
	for s.at < len(s.text) {
		c := s.text[s.at]
		switch {
		case c == '"' && strings.HasPrefix(s.text[s.at+1:], `"`):
			b.WriteByte(c)
			s.at += 2
		case c == '"':
			s.at++
			return b.String(), true
		case c == '\n' || c == '\r':
			begin := s.at
			s.newline()
			b.WriteString(s.text[begin:s.at])
		default:
			b.WriteByte(c)
			s.at++
		}
	}
	return b.String(), false
}

// newline steps over one end of a line, if one is here.
func (s *scanner) newline() {
	switch {
	case strings.HasPrefix(s.text[s.at:], "\r\n"):
		s.at += 2
	case s.at < len(s.text) && (s.text[s.at] == '\n' || s.text[s.at] == '\r'):
		s.at++
	default:
		return
	}
	s.line++
}
