package pack

import (
	"io/fs"
	"path"
	"slices"
	"strings"
)

// Pack is a folder of documents under one manifest.
type Pack struct {
	Manifest  Manifest
	Documents []Document // by path
}

// Manifest is pack.yaml.
type Manifest struct {
	ID          string `yaml:"id"`
	Version     int    `yaml:"version"`
	Name        string `yaml:"name"`
	Language    string `yaml:"language"` // BCP 47
	License     string `yaml:"license"`
	Description string `yaml:"description"`
	Sources     []struct {
		ID    string `yaml:"id"`
		Title string `yaml:"title"`
	} `yaml:"sources"`
}

// Read reads the pack whose root is fsys. The pack is usable only when there are no errors.
func Read(fsys fs.FS) (Pack, Diagnostics) {
	var p Pack
	var ds Diagnostics
	err := fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		ext := path.Ext(name)
		if entry.IsDir() || name == "pack.yaml" || (ext != ".yaml" && ext != ".md") || strings.EqualFold(path.Base(name), "README.md") {
			return nil
		}
		body, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		doc, found := Parse(name, body)
		ds = append(ds, found...)
		if !found.HasErrors() {
			p.Documents = append(p.Documents, doc)
		}
		return nil
	})
	if err != nil {
		ds = append(ds, Diagnostic{ID: "AL0003", Severity: Error, Position: Position{Path: "."}, Message: "the pack cannot be read: " + err.Error()})
	}
	return p, ds.Sorted()
}

// Of returns the documents of one kind, by path.
func (p Pack) Of(kind Kind) []Document { return Of(p.Documents, kind) }

// Of picks the documents of one kind, keeping their order.
func Of(docs []Document, kind Kind) []Document {
	return slices.DeleteFunc(slices.Clone(docs), func(d Document) bool { return d.Kind != kind })
}
