package score

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"agentladder/grading/discourse"
	"agentladder/grading/rules"
)

// Transcript is a chat from a file: one line of a ranked benchmark, or one file to be graded.
// Fields that the program does not know are ignored.
type Transcript struct {
	ID       string
	Group    string // transcripts of a group are ranked against each other
	Rank     int    // 1 is best; 0: not ranked
	Quality  string // good, mediocre, bad; may be empty
	Stage    string
	Platform string
	Facts    []rules.Fact
	Expected []string // names of the rules that are broken
	Turns    []discourse.Turn
}

// Input is what the engine grades. Reply times are left to the caller, who knows the clock.
func (t Transcript) Input() Input {
	return Input{Case: rules.Case{Stage: t.Stage, Platform: t.Platform, Chat: discourse.Chat{Turns: t.Turns}, Facts: t.Facts}}
}

// InputError is a wrong place in a file. Line and Column are 1-based; columns count characters.
type InputError struct {
	Name    string
	Line    int
	Column  int
	Message string
}

func (e *InputError) Error() string {
	return fmt.Sprintf("%s:%d:%d: %s", e.Name, e.Line, e.Column, e.Message)
}

// most is what a file may hold, so that a wrong file is refused before it fills the memory.
const (
	mostTurns     = 2000
	mostTurnRunes = 20_000
)

// DecodeTranscript reads one JSON object. The error is an *InputError.
func DecodeTranscript(name string, text []byte) (Transcript, error) {
	return decodeTranscript(name, text, 1)
}

// DecodeTranscripts reads a file with one JSON object per line; empty lines are skipped. Ids must differ. The error is an *InputError.
func DecodeTranscripts(name string, text []byte) ([]Transcript, error) {
	var all []Transcript
	first := map[string]int{}
	line := 0
	for raw := range bytes.Lines(text) {
		line++
		if len(bytes.TrimSpace(raw)) == 0 {
			continue
		}
		t, err := decodeTranscript(name, raw, line)
		if err != nil {
			return nil, err
		}
		if t.ID == "" {
			return nil, &InputError{name, line, 1, "`id` is missing"}
		}
		if before, twice := first[t.ID]; twice {
			return nil, &InputError{name, line, 1, fmt.Sprintf("the id %q is already on line %d", t.ID, before)}
		}
		first[t.ID] = line
		all = append(all, t)
	}
	return all, nil
}

type transcriptJSON struct {
	ID       string          `json:"id"`
	Group    string          `json:"group"`
	Rank     int             `json:"rank"`
	Quality  string          `json:"quality"`
	Stage    string          `json:"stage"`
	Platform string          `json:"platform"`
	Facts    json.RawMessage `json:"facts"`
	Expected []string        `json:"expected_violations"`
	Turns    []turnJSON      `json:"turns"`
}

type turnJSON struct {
	Role string  `json:"role"`
	Text *string `json:"text"`
	At   string  `json:"at"`
}

// source is a text with the line of the file on which it begins.
type source struct {
	name string
	text []byte
	line int
}

func (s source) fail(offset int, format string, args ...any) error {
	before := s.text[:max(0, min(offset, len(s.text)))]
	start := bytes.LastIndexByte(before, '\n') + 1
	return &InputError{Name: s.name, Line: s.line + bytes.Count(before, []byte("\n")), Column: 1 + utf8.RuneCount(before[start:]), Message: fmt.Sprintf(format, args...)}
}

func decodeTranscript(name string, text []byte, line int) (Transcript, error) {
	s := source{name, text, line}
	if err := s.utf8(); err != nil {
		return Transcript{}, err
	}
	var raw transcriptJSON
	decoder := json.NewDecoder(bytes.NewReader(text))
	if err := decoder.Decode(&raw); err != nil {
		return Transcript{}, s.explain(err)
	}
	end := int(decoder.InputOffset())
	if rest := bytes.TrimLeft(text[end:], " \t\r\n"); len(rest) > 0 {
		return Transcript{}, s.fail(len(text)-len(rest), "something follows the JSON object")
	}
	return s.transcript(raw)
}

func (s source) utf8() error {
	for at := 0; at < len(s.text); {
		r, size := utf8.DecodeRune(s.text[at:])
		if r == utf8.RuneError && size == 1 {
			return s.fail(at, "byte 0x%02x is not UTF-8", s.text[at])
		}
		at += size
	}
	return nil
}

func (s source) explain(err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.Is(err, io.EOF):
		return s.fail(len(s.text), "there is no JSON object")
	case errors.Is(err, io.ErrUnexpectedEOF):
		return s.fail(len(bytes.TrimRight(s.text, " \t\r\n")), "the JSON ends too early")
	case errors.As(err, &syntax):
		return s.fail(int(syntax.Offset)-1, "not JSON: %s", syntax.Error())
	case errors.As(err, &kind):
		at := places(s.text)
		where := kind.Field
		if where == "" {
			where = "the file"
		}
		offset, known := at[s.locate(at, kind)]
		if !known {
			offset = int(kind.Offset) - 1
		}
		return s.fail(offset, "%s is %s, which does not fit", where, kind.Value)
	}
	return s.fail(0, "not readable: %v", err)
}

// locate finds the value that ends where the decoder gave up: its offset is behind the value's first token.
func (s source) locate(at map[string]int, kind *json.UnmarshalTypeError) string {
	best, bestAt := "", -1
	for path, offset := range at {
		if offset < int(kind.Offset) && offset > bestAt {
			best, bestAt = path, offset
		}
	}
	return best
}

func (s source) transcript(raw transcriptJSON) (Transcript, error) {
	at := places(s.text)
	t := Transcript{ID: raw.ID, Group: raw.Group, Rank: raw.Rank, Quality: raw.Quality, Stage: raw.Stage, Platform: raw.Platform, Expected: raw.Expected}
	if !slices.Contains([]string{"", "pre", "in", "after"}, raw.Stage) {
		return t, s.fail(at["/stage"], "`stage` is %q; write pre, in or after", raw.Stage)
	}
	if raw.Rank < 0 {
		return t, s.fail(at["/rank"], "`rank` is negative; 1 is best")
	}
	facts, ok := factText(raw.Facts)
	if !ok {
		return t, s.fail(at["/facts"], "`facts` must be text, or a list of texts")
	}
	t.Facts = rules.ParseFacts(facts)
	switch {
	case len(raw.Turns) == 0:
		return t, s.fail(at["/turns"], "`turns` is missing or empty")
	case len(raw.Turns) > mostTurns:
		return t, s.fail(at["/turns"], "%d turns are more than %d", len(raw.Turns), mostTurns)
	}
	for i, turn := range raw.Turns {
		here := func(field string) int {
			if offset, ok := at[fmt.Sprintf("/turns/%d/%s", i, field)]; ok && field != "" {
				return offset
			}
			return at[fmt.Sprintf("/turns/%d", i)]
		}
		role := discourse.Role(turn.Role)
		if role != discourse.Buyer && role != discourse.Agent {
			return t, s.fail(here("role"), "turns[%d]: `role` is %q; write buyer or agent", i, turn.Role)
		}
		if turn.Text == nil {
			return t, s.fail(here(""), "turns[%d]: `text` is missing", i)
		}
		if n := utf8.RuneCountInString(*turn.Text); n > mostTurnRunes {
			return t, s.fail(here("text"), "turns[%d]: the text has %d characters, more than %d", i, n, mostTurnRunes)
		}
		line := discourse.Turn{Seq: i + 1, Role: role, Text: *turn.Text}
		if turn.At != "" {
			when, err := time.Parse(time.RFC3339, turn.At)
			if err != nil {
				return t, s.fail(here("at"), "turns[%d]: `at` is %q; write a time like 2026-03-02T09:00:00+08:00", i, turn.At)
			}
			line.At = when
		}
		t.Turns = append(t.Turns, line)
	}
	return t, nil
}

func factText(raw json.RawMessage) (string, bool) {
	if len(raw) == 0 || string(raw) == "null" {
		return "", true
	}
	var one string
	if json.Unmarshal(raw, &one) == nil {
		return one, true
	}
	var many []string
	if json.Unmarshal(raw, &many) == nil {
		return strings.Join(many, "; "), true
	}
	return "", false
}

// places maps the JSON pointer of every value to the offset of its first byte. The text must be JSON.
func places(text []byte) map[string]int {
	w := placer{text: text, decoder: json.NewDecoder(bytes.NewReader(text)), at: map[string]int{}}
	w.value("")
	return w.at
}

type placer struct {
	text    []byte
	decoder *json.Decoder
	at      map[string]int
}

func (w *placer) value(path string) {
	offset := int(w.decoder.InputOffset())
	for offset < len(w.text) && strings.IndexByte(" \t\r\n,:", w.text[offset]) >= 0 {
		offset++
	}
	w.at[path] = offset
	token, err := w.decoder.Token()
	if err != nil {
		return
	}
	switch token {
	case json.Delim('{'):
		for w.decoder.More() {
			key, err := w.decoder.Token()
			if err != nil {
				return
			}
			w.value(fmt.Sprintf("%s/%v", path, key))
		}
	case json.Delim('['):
		for i := 0; w.decoder.More(); i++ {
			w.value(fmt.Sprintf("%s/%d", path, i))
		}
	default:
		return
	}
	_, _ = w.decoder.Token() // the closing bracket; a broken text was refused before
}
