package intake

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

var utf8Mark = []byte("\xef\xbb\xbf")

// decode makes UTF-8 of the file. With a byte order mark it must be UTF-8; without, GB18030 is tried after UTF-8: text in
// GB18030 is hardly ever valid UTF-8, while the reverse is common.
func decode(body []byte) (string, *Problem) {
	rest, marked := bytes.CutPrefix(body, utf8Mark)
	if utf8.Valid(rest) {
		return string(rest), nil
	}
	farthest := lineOf(string(rest), invalidAt(rest))
	if !marked {
		text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(rest)
		at := bytes.IndexRune(text, utf8.RuneError)
		if err == nil && at < 0 {
			return string(text), nil
		}
		if at >= 0 {
			farthest = max(farthest, lineOf(string(text), at))
		}
	}
	return "", &Problem{Line: farthest, Code: EncodingUnknown}
}

func invalidAt(text []byte) int {
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRune(text[at:])
		if r == utf8.RuneError && size == 1 {
			return at
		}
		at += size
	}
	return len(text)
}

// lineOf counts the line of a byte.
func lineOf(text string, at int) int {
	before := text[:at]
	return 1 + strings.Count(before, "\n") + strings.Count(before, "\r") - strings.Count(before, "\r\n")
}
