// Package pack decides whether a folder of YAML and Markdown is a well-formed content pack, and where it is not.
//
// It knows the form (manifest, headers, schemas, positions, digests). What a scenario or a rule means is
// decided by the package that owns the meaning, which reports through the same Diagnostics.
package pack

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"strconv"

	"gopkg.in/yaml.v3"
)

// Kind names what a document is.
type Kind string

// Kinds of documents. Each has a JSON Schema.
const (
	KindLexicon  Kind = "lexicon"
	KindRules    Kind = "rules"
	KindRubric   Kind = "rubric"
	KindPlatform Kind = "platform"
	KindScenario Kind = "scenario"
	KindPlan     Kind = "plan"
	KindLesson   Kind = "lesson"
)

// Document is one file of a pack: a header (kind, id, version) and a body that its owner decodes.
// A lesson is Markdown with the header as YAML front matter; everything else is YAML.
type Document struct {
	Kind    Kind
	ID      string
	Version int
	Path    string // slash-separated, relative to the pack's root
	Digest  string // SHA-256 of Body, hex
	Body    []byte

	root     *yaml.Node // the mapping
	markdown string     // lessons only
	lineBase int        // lines before the YAML starts
}

// header is what every document begins with.
type header struct {
	Kind    Kind   `yaml:"kind"`
	ID      string `yaml:"id"`
	Version int    `yaml:"version"`
}

// Parse reads the header of one file. The document is usable only when there are no errors.
func Parse(path string, body []byte) (Document, Diagnostics) {
	doc := Document{Path: path, Body: body, Digest: digest(body)}
	text := body
	if front, rest, ok := splitFrontMatter(body); ok {
		text, doc.markdown, doc.lineBase = front, string(rest), 1
	}
	var node yaml.Node
	if err := yaml.Unmarshal(text, &node); err != nil {
		return doc, Diagnostics{syntaxDiagnostic(path, doc.lineBase, err)}
	}
	if len(node.Content) == 0 || node.Content[0].Kind != yaml.MappingNode {
		return doc, Diagnostics{{ID: "AL0002", Severity: Error, Position: Position{Path: path, Line: 1, Column: 1},
			Message: "the file is not a mapping of fields", Fix: "start it with kind, id and version"}}
	}
	doc.root = node.Content[0]
	var h header
	if err := doc.root.Decode(&h); err != nil {
		return doc, Diagnostics{syntaxDiagnostic(path, doc.lineBase, err)}
	}
	doc.Kind, doc.ID, doc.Version = h.Kind, h.ID, h.Version
	return doc, checkSchema(doc)
}

// Markdown is the text below a lesson's front matter.
func (d Document) Markdown() string { return d.markdown }

// Decode fills into (a pointer to a struct with yaml tags) from the document's mapping.
// Unknown fields are already refused by the schema.
func (d Document) Decode(into any) Diagnostics {
	if err := d.root.Decode(into); err != nil {
		return Diagnostics{syntaxDiagnostic(d.Path, d.lineBase, err)}
	}
	return nil
}

// At finds the position of a value by field names (string) and list indexes (int), as far as the path exists.
func (d Document) At(path ...any) Position {
	n := d.root
	for _, step := range path {
		next := child(n, step)
		if next == nil {
			break
		}
		n = next
	}
	if n == nil {
		return Position{Path: d.Path}
	}
	return Position{Path: d.Path, Line: n.Line + d.lineBase, Column: n.Column}
}

// Report makes a finding of severity Error at a value of the document.
func (d Document) Report(id, message, fix string, path ...any) Diagnostic {
	return Diagnostic{ID: id, Severity: Error, Position: d.At(path...), Message: message, Fix: fix}
}

// Warn is Report with severity Warning.
func (d Document) Warn(id, message, fix string, path ...any) Diagnostic {
	w := d.Report(id, message, fix, path...)
	w.Severity = Warning
	return w
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

func digest(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}

func splitFrontMatter(body []byte) (front, rest []byte, ok bool) {
	if !bytes.HasPrefix(body, []byte("---\n")) {
		return nil, nil, false
	}
	after := body[4:]
	end := bytes.Index(after, []byte("\n---\n"))
	if end < 0 {
		return nil, nil, false
	}
	return after[:end+1], after[end+5:], true
}

var yamlLine = regexp.MustCompile(`line (\d+)`)

func syntaxDiagnostic(path string, lineBase int, err error) Diagnostic {
	pos := Position{Path: path, Line: 1, Column: 1}
	if m := yamlLine.FindStringSubmatch(err.Error()); m != nil {
		if n, convErr := strconv.Atoi(m[1]); convErr == nil {
			pos.Line = n + lineBase
		}
	}
	return Diagnostic{ID: "AL0001", Severity: Error, Position: pos, Message: fmt.Sprintf("not readable as YAML: %v", err),
		Fix: "check indentation, quotes and colons on this line"}
}
