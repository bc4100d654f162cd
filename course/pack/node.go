package pack

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// readMapping parses YAML whose top is a mapping and refuses every construct that hides what it says.
func readMapping(path string, text []byte, lineBase int) (*yaml.Node, Diagnostics) {
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	var node, second yaml.Node
	if err := decoder.Decode(&node); err != nil && !errors.Is(err, io.EOF) {
		return nil, Diagnostics{syntaxDiagnostic(path, lineBase, text, err)}
	}
	if len(node.Content) == 0 || node.Content[0].Kind != yaml.MappingNode {
		pos := Position{Path: path, Line: 1, Column: 1}
		if len(node.Content) > 0 {
			pos.Line, pos.Column = node.Content[0].Line+lineBase, node.Content[0].Column
		}
		return nil, Diagnostics{{ID: "AL0002", Severity: Error, Position: pos,
			Message: "the file is not a mapping of fields", Fix: "start it with kind, id and version"}}
	}
	if err := decoder.Decode(&second); err == nil {
		return nil, Diagnostics{{ID: "AL0001", Severity: Error, Position: Position{Path: path, Line: second.Line + lineBase, Column: second.Column},
			Message: "a second YAML document in one file", Fix: "give each document its own file"}}
	} else if !errors.Is(err, io.EOF) {
		return nil, Diagnostics{syntaxDiagnostic(path, lineBase, text, err)}
	}
	w := walker{path: path, lineBase: lineBase}
	w.walk(node.Content[0], 1)
	return node.Content[0], w.found
}

// walker collects the constructs that are legal YAML but not allowed in a pack.
type walker struct {
	path     string
	lineBase int
	tooDeep  bool
	found    Diagnostics
}

func (w *walker) report(n *yaml.Node, id, message, fix string) {
	w.found = append(w.found, Diagnostic{ID: id, Severity: Error, Message: message, Fix: fix,
		Position: Position{Path: w.path, Line: n.Line + w.lineBase, Column: n.Column}})
}

func (w *walker) walk(n *yaml.Node, depth int) {
	if len(w.found) > MaxFindings {
		return
	}
	if n.Kind == yaml.AliasNode {
		w.report(n, "AL0010", "alias *"+clip(n.Value)+" is refused", "write the value out")
		return
	}
	if n.Anchor != "" {
		w.report(n, "AL0010", "anchor &"+clip(n.Anchor)+" is refused", "write the value out where it is needed")
	}
	if n.Style&yaml.TaggedStyle != 0 {
		w.report(n, "AL0010", "tag "+clip(n.Tag)+" is refused", "write the value without a tag; quote it to make it text")
	}
	if n.Kind == yaml.ScalarNode {
		w.scalar(n)
		return
	}
	if depth > MaxDepth {
		if !w.tooDeep {
			w.tooDeep = true
			w.report(n, "AL0011", fmt.Sprintf("nested deeper than %d levels", MaxDepth), "flatten the document")
		}
		return
	}
	if n.Kind == yaml.MappingNode {
		w.mapping(n, depth)
		return
	}
	for _, item := range n.Content {
		w.walk(item, depth+1)
	}
}

func (w *walker) mapping(n *yaml.Node, depth int) {
	lineOf := map[string]int{}
	for i := 0; i+1 < len(n.Content) && len(w.found) <= MaxFindings; i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		switch {
		case key.Kind == yaml.AliasNode || key.Anchor != "" || key.Style&yaml.TaggedStyle != 0:
			w.walk(key, depth)
		case key.Kind != yaml.ScalarNode:
			w.report(key, "AL0007", "a field name must be text", "use a plain word before the colon")
		case key.ShortTag() == "!!merge":
			w.report(key, "AL0010", "merge key << is refused", "write the fields out")
		case key.ShortTag() != "!!str" && key.ShortTag() != "!!int":
			w.report(key, "AL0007", "the field name `"+clip(key.Value)+"` is not text", "put it in quotes")
		case lineOf[key.Value] != 0:
			w.report(key, "AL0009", fmt.Sprintf("the field `%s` is given twice, first on line %d", clip(key.Value), lineOf[key.Value]), "keep one of them")
		default:
			lineOf[key.Value] = key.Line + w.lineBase
		}
		w.walk(value, depth+1)
	}
}

func (w *walker) scalar(n *yaml.Node) {
	if n.ShortTag() != "!!float" {
		return
	}
	var f float64
	if n.Decode(&f) != nil || math.IsInf(f, 0) || math.IsNaN(f) {
		w.report(n, "AL0008", "`"+clip(n.Value)+"` is not a number that can be used", "write a plain number, or quote it to make it text")
	}
}

// plain turns a checked node into the values that JSON knows. Dates and the like stay text.
func plain(n *yaml.Node) any {
	switch n.Kind {
	case yaml.MappingNode:
		m := make(map[string]any, len(n.Content)/2)
		for i := 0; i+1 < len(n.Content); i += 2 {
			m[n.Content[i].Value] = plain(n.Content[i+1])
		}
		return m
	case yaml.SequenceNode:
		list := make([]any, len(n.Content))
		for i, item := range n.Content {
			list[i] = plain(item)
		}
		return list
	}
	switch n.ShortTag() {
	case "!!null":
		return nil
	case "!!bool", "!!int", "!!float":
		var v any
		if err := n.Decode(&v); err == nil {
			return v
		}
	}
	return n.Value
}

// find walks from a mapping by names and indexes written as text, as a schema error gives them.
func find(n *yaml.Node, location []string) *yaml.Node {
	for _, step := range location {
		var next *yaml.Node
		if n.Kind == yaml.SequenceNode {
			if i, err := strconv.Atoi(step); err == nil {
				next = child(n, i)
			}
		} else {
			next = child(n, step)
		}
		if next == nil {
			return n
		}
		n = next
	}
	return n
}

// keyOf is the node of a field's name, or the mapping itself when it has no such field.
func keyOf(mapping *yaml.Node, name string) *yaml.Node {
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		if mapping.Kind == yaml.MappingNode && mapping.Content[i].Value == name {
			return mapping.Content[i]
		}
	}
	return mapping
}

// findKey is the first field of that name at any depth, nil when there is none.
func findKey(n *yaml.Node, name string) *yaml.Node {
	for i, item := range n.Content {
		if n.Kind == yaml.MappingNode && i%2 == 0 {
			if item.Value == name {
				return item
			}
			continue
		}
		if key := findKey(item, name); key != nil {
			return key
		}
	}
	return nil
}

func child(n *yaml.Node, step any) *yaml.Node {
	if n == nil {
		return nil
	}
	switch s := step.(type) {
	case string:
		if n.Kind != yaml.MappingNode {
			return nil
		}
		for i := 0; i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value == s {
				return n.Content[i+1]
			}
		}
	case int:
		if n.Kind == yaml.SequenceNode && s >= 0 && s < len(n.Content) {
			return n.Content[s]
		}
	}
	return nil
}

var (
	yamlLine   = regexp.MustCompile(`line (\d+)`)
	yamlPrefix = regexp.MustCompile(`^yaml: line \d+: `)
)

// reportedLine is the line a YAML error names, at least 1.
func reportedLine(message string) int {
	if m := yamlLine.FindStringSubmatch(message); m != nil {
		if n, err := strconv.Atoi(m[1]); err == nil && n > 0 {
			return n
		}
	}
	return 1
}

// syntaxDiagnostic places a YAML error at the first line that cannot be read after the lines above it,
// because the parser names the start of the construct, or a line beside it, or none.
func syntaxDiagnostic(path string, lineBase int, text []byte, err error) Diagnostic {
	line := brokenLine(text, reportedLine(err.Error()))
	column := brokenColumn(text, line)
	message := strings.TrimPrefix(yamlPrefix.ReplaceAllString(err.Error(), ""), "yaml: ")
	return Diagnostic{ID: "AL0001", Severity: Error, Position: Position{Path: path, Line: line + lineBase, Column: column},
		Message: "not readable as YAML: " + clip(tidy(message)), Fix: "check indentation, quotes and colons on this line"}
}

// maxTrialWork bounds, in bytes parsed, what brokenLine and brokenColumn each spend on one file.
const maxTrialWork = 1 << 19

// brokenLine finds the line after the last readable beginning of the text. Long texts are searched from the
// parser's hint on.
func brokenLine(text []byte, hint int) int {
	total := lines(text) + 1
	hint = min(hint, total)
	broken, from := 1, 1
	if len(text)*total/2 > maxTrialWork {
		broken, from = hint, hint-1
	}
	work := 0
	for number, end := 1, 0; end < len(text) && work < maxTrialWork; number++ {
		if i := bytes.IndexByte(text[end:], '\n'); i >= 0 {
			end += i + 1
		} else {
			end = len(text)
		}
		if number < from {
			continue
		}
		work += end
		var n yaml.Node
		if yaml.Unmarshal(text[:end], &n) == nil {
			broken = number + 1
		}
	}
	return min(broken, total)
}

// brokenColumn finds the first item that cannot be read of a flow list or mapping that starts on the line, and
// otherwise the first character that is not blank.
func brokenColumn(text []byte, line int) int {
	start := 0
	for range line - 1 {
		start += bytes.IndexByte(text[start:], '\n') + 1
	}
	row, _, _ := bytes.Cut(text[start:], []byte("\n"))
	item, work := 0, 0
	for at, r := range row {
		if r != ',' || work > maxTrialWork {
			continue
		}
		for _, closing := range []string{"]", "}"} {
			trial := append(slices.Clone(row[:at]), closing...)
			work += len(trial)
			var n yaml.Node
			if yaml.Unmarshal(trial, &n) == nil {
				item = at + 1
			}
		}
	}
	blank := len(row[item:]) - len(bytes.TrimLeft(row[item:], " \t"))
	return 1 + utf8.RuneCount(row[:item+blank])
}
