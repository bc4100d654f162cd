package pack

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"gopkg.in/yaml.v3"
)

//go:embed schema/*.schema.json
var schemaFiles embed.FS

const (
	schemaFolder = "schema/"
	schemaSuffix = ".schema.json"
	manifestKind = Kind("pack") // the manifest's schema; no document has this kind
)

// Kinds are the kinds of documents that have a schema, sorted.
func Kinds() []Kind {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(schemas())), func(k Kind) bool { return k == manifestKind })
}

// Schema returns the JSON Schema (draft 2020-12) of a kind, or of the manifest for "pack".
func Schema(kind Kind) ([]byte, bool) {
	s, ok := schemas()[kind]
	return s.text, ok
}

// schema is one compiled schema file beside its plain form, which the explanations quote.
type schema struct {
	text     []byte
	plain    any
	compiled *jsonschema.Schema
}

func documentSchema(kind Kind) (schema, bool) {
	s, ok := schemas()[kind]
	return s, ok && kind != manifestKind
}

// schemas compiles the embedded files once. They are part of the program: a bad one is a bug, found by every test.
var schemas = sync.OnceValue(func() map[Kind]schema {
	entries, err := schemaFiles.ReadDir(strings.TrimSuffix(schemaFolder, "/"))
	if err != nil {
		panic("pack: embedded schemas: " + err.Error())
	}
	all := make(map[Kind]schema, len(entries))
	for _, entry := range entries {
		text, err := schemaFiles.ReadFile(schemaFolder + entry.Name())
		if err != nil {
			panic("pack: embedded schemas: " + err.Error())
		}
		s, err := compile(text)
		if err != nil {
			panic("pack: schema " + entry.Name() + ": " + err.Error())
		}
		all[Kind(strings.TrimSuffix(entry.Name(), schemaSuffix))] = s
	}
	return all
})

// closed is a loader that loads nothing: a schema refers to itself only.
type closed struct{}

func (closed) Load(address string) (any, error) {
	return nil, fmt.Errorf("a schema must not refer to %s", address)
}

func compile(text []byte) (schema, error) {
	plain, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return schema{}, err
	}
	var head struct {
		ID string `json:"$id"`
	}
	if err := json.Unmarshal(text, &head); err != nil {
		return schema{}, err
	}
	compiler := jsonschema.NewCompiler()
	compiler.DefaultDraft(jsonschema.Draft2020)
	compiler.UseLoader(closed{})
	if err := compiler.AddResource(head.ID, plain); err != nil {
		return schema{}, err
	}
	compiled, err := compiler.Compile(head.ID)
	return schema{text: text, plain: plain, compiled: compiled}, err
}

// check holds a mapping against the schema and explains every difference at its place.
func (s schema) check(path string, root *yaml.Node, lineBase int) Diagnostics {
	err := s.compiled.Validate(plain(root))
	if err == nil {
		return nil
	}
	var invalid *jsonschema.ValidationError
	if !errors.As(err, &invalid) {
		return Diagnostics{{ID: "AL0008", Severity: Error, Position: Position{Path: path, Line: root.Line + lineBase, Column: root.Column},
			Message: "the document cannot be checked: " + err.Error()}}
	}
	e := explainer{schema: s, path: path, lineBase: lineBase, root: root}
	e.explain(invalid)
	return e.found.Sorted()
}

// at resolves a schema address ("…#/properties/id") to the part of the plain schema, and further names below it.
func (s schema) at(address string, below ...string) map[string]any {
	_, fragment, _ := strings.Cut(address, "#")
	if decoded, err := url.PathUnescape(fragment); err == nil {
		fragment = decoded
	}
	unescape := strings.NewReplacer("~1", "/", "~0", "~")
	var steps []string
	for step := range strings.SplitSeq(fragment, "/") {
		if step != "" {
			steps = append(steps, unescape.Replace(step))
		}
	}
	steps = append(steps, below...)
	current := s.plain
	for _, step := range steps {
		switch part := current.(type) {
		case map[string]any:
			current = part[step]
		case []any:
			i, err := strconv.Atoi(step)
			if err != nil || i < 0 || i >= len(part) {
				return nil
			}
			current = part[i]
		default:
			return nil
		}
	}
	found, _ := current.(map[string]any)
	// A field that only refers to a definition is described there, unless it says something itself.
	if ref, ok := found["$ref"].(string); ok && found["description"] == nil && strings.HasPrefix(ref, "#/") {
		return s.at(ref)
	}
	return found
}
