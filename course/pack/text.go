package pack

import (
	"bytes"
	"fmt"
	"unicode/utf8"
)

var byteOrderMark = []byte("\xef\xbb\xbf")

// checkBytes refuses what must not reach a parser.
func checkBytes(path string, body []byte) Diagnostics {
	refuse := func(offset int, message, fix string) Diagnostics {
		line, column := lineColumn(body, offset)
		return Diagnostics{{ID: "AL0012", Severity: Error, Position: Position{Path: path, Line: line, Column: column}, Message: message, Fix: fix}}
	}
	if len(body) > MaxFileBytes {
		return Diagnostics{{ID: "AL0011", Severity: Error, Position: Position{Path: path},
			Message: fmt.Sprintf("the file has %d bytes, more than %d", len(body), MaxFileBytes), Fix: "split it into several documents"}}
	}
	if bytes.HasPrefix(body, byteOrderMark) {
		return refuse(0, "the file starts with a byte order mark", "save it as UTF-8 without BOM")
	}
	for offset := 0; offset < len(body); {
		r, size := utf8.DecodeRune(body[offset:])
		if r == utf8.RuneError && size == 1 {
			return refuse(offset, fmt.Sprintf("byte 0x%02x is not UTF-8", body[offset]), "save the file as UTF-8")
		}
		if r < ' ' && r != '\n' && r != '\r' && r != '\t' {
			return refuse(offset, fmt.Sprintf("control character U+%04X in the text", r), "delete it")
		}
		// YAML ends a line at these where editors do not, so positions would drift.
		if r == 0x85 || r == 0x2028 || r == 0x2029 || r == '\r' && !bytes.HasPrefix(body[offset+1:], []byte("\n")) {
			return refuse(offset, fmt.Sprintf("line separator U+%04X in the text", r), "end lines with LF or CR LF")
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

// clamp moves findings that the YAML parser places behind the end of the file, as it does for a value that is
// not there, back to its end. Of too many findings it keeps the first and says so.
func clamp(body []byte, ds Diagnostics) Diagnostics {
	if len(ds) > MaxFindings {
		path := ds[0].Path
		ds = ds.Sorted()[:MaxFindings]
		ds = append(ds, Diagnostic{ID: "AL0011", Severity: Error, Position: Position{Path: path},
			Message: fmt.Sprintf("more than %d findings in this file; the others are left out", MaxFindings), Fix: "mend these first"})
	}
	lastLine, lastColumn := lineColumn(body, len(body))
	for i := range ds {
		if ds[i].Line > lastLine {
			ds[i].Line, ds[i].Column = lastLine, lastColumn
		}
	}
	return ds
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
