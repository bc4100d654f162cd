package main

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"agentladder/course/curriculum"
	"agentladder/course/library"
	"agentladder/course/pack"
	"agentladder/exam/bundle"
	"agentladder/grading/ladder"
)

func (p *program) packCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "pack", Short: "Check content packs", Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() }}
	cmd.AddCommand(p.packLintCommand(), p.packTestCommand())
	return cmd
}

func (p *program) packLintCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "lint [FOLDER…]", Short: "Report everything that is wrong with packs, like a compiler",
		Long: "Report everything that is wrong with packs: form, meaning and links between them. Without a folder the shipped packs are checked.\n" +
			"Exit code 0 without errors, 1 with errors, 2 when a folder cannot be read.",
		Example: "  agentladder pack lint\n  agentladder pack lint ./my-pack --json",
		RunE: func(_ *cobra.Command, args []string) error {
			roots, err := packRoots(args)
			if err != nil {
				return err
			}
			_, found := loadRoots(roots)
			if err := p.printDiagnostics(found, asJSON); err != nil {
				return err
			}
			if found.HasErrors() {
				return errFailed
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the findings as JSON")
	return cmd
}

// packRoots opens the folders, or the shipped packs without any.
func packRoots(folders []string) ([]fs.FS, error) {
	if len(folders) == 0 {
		return library.Shipped(), nil
	}
	var roots []fs.FS
	for _, folder := range folders {
		info, err := os.Stat(folder)
		if err != nil {
			return nil, misuse{err}
		}
		if !info.IsDir() {
			return nil, misuse{fmt.Errorf("%s is not a folder", folder)}
		}
		roots = append(roots, os.DirFS(folder))
	}
	return roots, nil
}

// loadRoots reads and links packs. The bundle is nil when there are errors.
func loadRoots(roots []fs.FS) (*bundle.Bundle, pack.Diagnostics) {
	var docs []pack.Document
	var found pack.Diagnostics
	for _, root := range roots {
		one, ds := pack.Read(root)
		docs, found = append(docs, one.Documents...), append(found, ds...)
	}
	if found.HasErrors() {
		return nil, found.Sorted()
	}
	b, ds := bundle.Load(docs)
	_, lessons := curriculum.Compile(docs)
	found = append(append(found, ds...), lessons...)
	if len(pack.Of(docs, pack.KindLadder)) > 0 { // a pack may leave the ladder to another
		_, ds = ladder.Compile(docs)
		found = append(found, ds...)
	}
	if found.HasErrors() {
		b = nil
	}
	return b, slices.Compact(found.Sorted()) // faults of a lesson are found twice
}

func (p *program) printDiagnostics(found pack.Diagnostics, asJSON bool) error {
	if asJSON {
		if found == nil {
			found = pack.Diagnostics{}
		}
		enc := json.NewEncoder(p.out)
		enc.SetIndent("", "  ")
		enc.SetEscapeHTML(false)
		return enc.Encode(found)
	}
	errors := 0
	for _, d := range found {
		fmt.Fprintln(p.out, d)
		if d.Severity == pack.Error {
			errors++
		}
	}
	_, err := fmt.Fprintf(p.out, "%d error(s), %d warning(s)\n", errors, len(found)-errors)
	return err
}
