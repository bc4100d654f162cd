package pack

import (
	"bytes"
	"fmt"
	"unicode/utf8"
)

var byteOrderMark = []byte("\xef\xbb\xbf")

// checkBytes refuses what must not reach a parser.
func checkBytes(path string, body []byte) Diagnostics {
	refuse := func(id string, offset int, message, fix string) Diagnostics {
		line, column := lineColumn(body, offset)
		return Diagnostics{{ID: id, Severity: Error, Position: Position{Path: path, Line: line, Column: column}, Message: message, Fix: fix}}
	}
	if len(body) > MaxFileBytes {
		return Diagnostics{{ID: "AL0011", Severity: Error, Position: Position{Path: path},
			Message: fmt.Sprintf("the file has %d bytes, more than %d", len(body), MaxFileBytes), Fix: "split it into several documents"}}
	}
	if bytes.HasPrefix(body, byteOrderMark) {
		return refuse("AL0012", 0, "the file starts with a byte order mark", "save it as UTF-8 without BOM")
	}
	for offset := 0; offset < len(body); {
		r, size := utf8.DecodeRune(body[offset:])
		if r == utf8.RuneError && size == 1 {
			return refuse("AL0012", offset, fmt.Sprintf("byte 0x%02x is not UTF-8", body[offset]), "save the file as UTF-8")
		}
		if r < ' ' && r != '\n' && r != '\r' && r != '\t' {
			return refuse("AL0012", offset, fmt.Sprintf("control character U+%04X in the text", r), "delete it")
		}
		offset += size
	}
	return nil
}

// lineColumn turns a byte offset into a 1-based line and a 1-based column counted in characters.
func lineColumn(body []byte, offset int) (line, column int) {
	before := body[:offset]
	start := bytes.LastIndexByte(before, '\n') + 1
	return 1 + lines(before), 1 + utf8.RuneCount(before[start:])
}

func lines(text []byte) int { return bytes.Count(text, []byte("\n")) }

// splitFrontMatter cuts a text at its two --- lines. The front part keeps the file's line numbers but for the first.
func splitFrontMatter(body []byte) (front, rest []byte, ok bool) {
	first, after, found := bytes.Cut(body, []byte("\n"))
	if !found || !fence(first) {
		return nil, nil, false
	}
	for at := 0; at < len(after); {
		line, _, more := bytes.Cut(after[at:], []byte("\n"))
		next := at + len(line)
		if more {
			next++
		}
		if fence(line) {
			return after[:at], after[next:], true
		}
		at = next
	}
	return nil, nil, false
}

func fence(line []byte) bool { return string(bytes.TrimSuffix(line, []byte("\r"))) == "---" }
