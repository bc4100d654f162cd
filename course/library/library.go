// Package library decides which content packs ship inside the binary.
//
// The packs are embedded as they lie in this folder, one per <language>/<pack>, and are read
// through package pack like any pack from disk. README.md is the author's manual of the format.
package library

import (
	"embed"
	"fmt"
	"io/fs"

	"agentladder/course/pack"
)

//go:embed all:zh-CN
var files embed.FS

// Shipped returns the roots of the shipped packs, by language and name. Each is ready for pack.Read.
func Shipped() []fs.FS {
	// The pattern is constant and the files are in the binary, so neither call can fail on input.
	names, err := fs.Glob(files, "*/*/pack.yaml")
	if err != nil {
		panic(fmt.Sprintf("library: embedded packs: %v", err))
	}
	roots := make([]fs.FS, 0, len(names))
	for _, name := range names {
		root, err := fs.Sub(files, name[:len(name)-len("/pack.yaml")])
		if err != nil {
			panic(fmt.Sprintf("library: embedded pack %s: %v", name, err))
		}
		roots = append(roots, root)
	}
	return roots
}

// Documents reads all shipped packs. An error means that the program was built with a broken pack.
func Documents() ([]pack.Document, error) {
	var docs []pack.Document
	for _, root := range Shipped() {
		p, found := pack.Read(root)
		if broken, ok := found.FirstError(); ok {
			return nil, fmt.Errorf("a shipped pack is broken: %s", broken)
		}
		docs = append(docs, p.Documents...)
	}
	return docs, nil
}
