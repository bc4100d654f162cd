// Package pack decides whether a folder of YAML and Markdown is a well-formed content pack, and where it is not.
//
// It knows the form (manifest, headers, schemas, positions, digests). What a scenario or a rule means is
// decided by the package that owns the meaning, which reports through the same Diagnostics.
package pack

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"path"

	"gopkg.in/yaml.v3"
)

// Kind names what a document is.
type Kind string

// Kinds of documents. Each has a JSON Schema.
const (
	KindLexicon    Kind = "lexicon"
	KindRules      Kind = "rules"
	KindRubric     Kind = "rubric"
	KindPlatform   Kind = "platform"
	KindScenario   Kind = "scenario"
	KindPlan       Kind = "plan"
	KindLesson     Kind = "lesson"
	KindCurriculum Kind = "curriculum"
	KindQuestions  Kind = "questions"
	KindLadder     Kind = "ladder"
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

	root         *yaml.Node // the mapping
	markdown     string     // lessons only
	lineBase     int        // lines before the YAML starts
	markdownLine int        // line of the file on which the Markdown starts
}

// Parse reads one file and holds it against the schema of its kind. The path decides the form: .md has
// front matter, everything else is YAML. The document is usable only when there are no errors.
func Parse(name string, body []byte) (Document, Diagnostics) {
	doc := Document{Path: name, Body: body, Digest: digest(body)}
	if ds := checkBytes(name, body); ds != nil {
		return doc, ds
	}
	text := body
	if path.Ext(name) == ".md" {
		front, rest, ok := splitFrontMatter(body)
		if !ok {
			return doc, Diagnostics{{ID: "AL0002", Severity: Error, Position: Position{Path: name, Line: 1, Column: 1},
				Message: "the text has no front matter", Fix: "start the file with a line ---, the fields, and a line ---"}}
		}
		text, doc.markdown, doc.lineBase = front, string(rest), 1
		doc.markdownLine = 1 + lines(body[:len(body)-len(rest)])
	}
	root, ds := readMapping(name, text, doc.lineBase)
	if ds == nil {
		doc.root = root
		ds = doc.readHeader()
	}
	return doc, clamp(body, ds)
}

// readHeader fills kind, id and version and holds the whole document against its schema.
func (d *Document) readHeader() Diagnostics {
	kind := child(d.root, "kind")
	switch {
	case kind == nil:
		return Diagnostics{d.Report("AL0006", "the field `kind` is missing", "add one of: "+join(Kinds()))}
	case kind.Kind != yaml.ScalarNode || kind.ShortTag() != "!!str":
		return Diagnostics{d.Report("AL0007", "`kind` must be text", "write one of: "+join(Kinds()), "kind")}
	}
	d.Kind = Kind(kind.Value)
	schema, known := documentSchema(d.Kind)
	if !known {
		return Diagnostics{d.Report("AL0004", "`"+clip(kind.Value)+"` is not a kind of document", suggest(kind.Value, Kinds()), "kind")}
	}
	if ds := schema.check(d.Path, d.root, d.lineBase); ds != nil {
		return ds
	}
	var header struct {
		ID      string `yaml:"id"`
		Version int    `yaml:"version"`
	}
	ds := d.Decode(&header)
	d.ID, d.Version = header.ID, header.Version
	return ds
}

// Markdown is the text below a lesson's front matter.
func (d Document) Markdown() string { return d.markdown }

// MarkdownAt is the position of a byte offset within Markdown. Offsets beyond the text give its end.
func (d Document) MarkdownAt(offset int) Position {
	before := []byte(d.markdown[:min(max(offset, 0), len(d.markdown))])
	line, column := lineColumn(before, len(before))
	return Position{Path: d.Path, Line: d.markdownLine + line - 1, Column: column}
}

// Decode fills into (a pointer to a struct with yaml tags) from the document's mapping.
// Unknown fields and wrong types are already refused where the schema is strict; what the
// struct cannot hold all the same comes back as AL0007. A document without a mapping is AL0002.
func (d Document) Decode(into any) Diagnostics {
	if d.root == nil {
		return Diagnostics{d.Report("AL0002", "the document was not read", "")}
	}
	err := d.root.Decode(into)
	if err == nil {
		return nil
	}
	var mismatch *yaml.TypeError
	if !errors.As(err, &mismatch) {
		return Diagnostics{syntaxDiagnostic(d.Path, d.lineBase, nil, err)}
	}
	ds := make(Diagnostics, 0, len(mismatch.Errors))
	for _, message := range mismatch.Errors {
		ds = append(ds, Diagnostic{ID: "AL0007", Severity: Error, Message: "a value has the wrong type: " + message,
			Position: Position{Path: d.Path, Line: reportedLine(message) + d.lineBase, Column: 1}, Fix: "see the schema of " + string(d.Kind)})
	}
	return ds
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

func digest(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}
