package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// rank orders the rooms: an import may only go to a room of the same or a lower rank (cmd → api → exam → grading → course).
var rank = map[string]int{"cmd": 4, "api": 3, "exam": 2, "grading": 1, "course": 0}

// fittings may be imported by cmd and by tests only.
var fittings = []string{"migrations", "frontend"}

// stores are the packages that may reach a database. All others below api only compute.
var stores = []string{"course", "course/roster", "course/journal", "course/shelf", "exam", "grading"}

// impure imports are not for packages that only compute.
var impure = []string{"database/sql", "net", "net/http", "os", "os/exec", "math/rand", "crypto/rand", "gorm.io/gorm", "github.com/labstack/echo/v4",
	"agentladder/course", "agentladder/course/journal", "agentladder/course/roster", "agentladder/course/shelf", "agentladder/migrations"}

// inward lists extra directions inside a room: the key must not import the values.
var inward = map[string][]string{
	"grading/discourse": {"grading/rules", "grading/rubric", "grading/score"},
	"grading/rules":     {"grading/rubric", "grading/score"},
	"grading/rubric":    {"grading/score"},
	"exam/scenario":     {"exam/buyer", "exam/bundle", "exam/plantest"},
	"exam/buyer":        {"exam/bundle", "exam/plantest"},
	"exam/clock":        {"exam/scenario", "exam/buyer", "exam/bundle", "exam/plantest"},
	"course/fault":      {"course/pack", "course/lesson", "course/journal", "course/roster", "course/shelf"},
	"course/pack":       {"course/lesson", "course/journal", "course/roster", "course/shelf", "course/library"},
	"api/trainee":       {"api/staff"},
	"api/staff":         {"api/trainee"},
}

// hiddenFrom trainees' handlers: packages that carry what a buyer does not tell.
var hiddenFrom = map[string][]string{"api/trainee": {"exam/buyer", "exam/bundle", "exam/plantest"}}

// source is one Go file of the house.
type source struct {
	path, room string // room: folder relative to the module, slash-separated
	test       bool
	file       *ast.File
}

func TestHouse(t *testing.T) {
	t.Parallel()
	sources := readHouse(t, filepath.Join("..", ".."))
	require.Greater(t, len(sources), 50, "the walk found too little to be the house")

	t.Run("every breach of direction or purity is found", func(t *testing.T) {
		t.Parallel()
		planted := map[string]string{
			"course/pack/x.go":       `package pack; import _ "agentladder/grading"`,
			"grading/rules/x.go":     `package rules; import _ "agentladder/exam"`,
			"grading/score/x.go":     `package score; import _ "os"`,
			"exam/buyer/x.go":        `package buyer; import "time"; var T = time.Now()`,
			"exam/scenario/x.go":     `package scenario; import _ "agentladder/exam/buyer"`,
			"api/trainee/x.go":       `package trainee; import _ "agentladder/exam/buyer"`,
			"exam/x.go":              `package exam; import _ "agentladder/migrations"`,
			"api/x.go":               `package api; import _ "agentladder/frontend"`,
			"grading/discourse/x.go": `package discourse; import _ "agentladder/grading/rules"`,
		}
		for path, text := range planted {
			file, err := parser.ParseFile(token.NewFileSet(), path, text, 0)
			require.NoError(t, err)
			require.NotEmpty(t, breaches(source{path: path, room: filepath.ToSlash(filepath.Dir(path)), file: file}), path)
		}
	})
	t.Run("the house keeps its direction and purity", func(t *testing.T) {
		t.Parallel()
		var found []string
		for _, s := range sources {
			found = append(found, breaches(s)...)
		}
		require.Empty(t, found)
	})
	t.Run("every package says what it decides", func(t *testing.T) {
		t.Parallel()
		documented, rooms := map[string]bool{}, map[string]bool{}
		for _, s := range sources {
			if s.test || strings.HasSuffix(s.path, ".gen.go") {
				continue
			}
			rooms[s.room] = true
			documented[s.room] = documented[s.room] || s.file.Doc != nil
		}
		for room := range rooms {
			require.True(t, documented[room], "%s has no package comment", room)
		}
	})
}

func readHouse(t *testing.T, root string) []source {
	t.Helper()
	var sources []source
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if slices.Contains([]string{".git", "node_modules", "testdata", "dist", "bin", "data", "out"}, entry.Name()) {
				return filepath.SkipDir
			}
			return nil
		}
		if filepath.Ext(path) != ".go" {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		sources = append(sources, source{path: rel, room: filepath.ToSlash(filepath.Dir(rel)), test: strings.HasSuffix(path, "_test.go"), file: file})
		return nil
	})
	require.NoError(t, err)
	_, err = os.Stat(filepath.Join(root, "go.mod"))
	require.NoError(t, err)
	return sources
}

// breaches says what a file does that its room may not.
func breaches(s source) []string {
	top, _, _ := strings.Cut(s.room, "/")
	from, known := rank[top]
	if !known || s.test || strings.HasPrefix(s.room, "migrations/dbtest") {
		return nil // fittings lean on nothing above them; tests may look anywhere
	}
	pure := from <= rank["exam"] && !slices.Contains(stores, s.room)
	var out []string
	breach := func(format string, args ...any) { out = append(out, s.path+": "+fmt.Sprintf(format, args...)) }
	for _, spec := range s.file.Imports {
		path, _ := strconv.Unquote(spec.Path.Value) // the parser accepted it
		if pure && slices.Contains(impure, path) {
			breach("only computes, but imports %s", path)
		}
		target, ok := strings.CutPrefix(path, "agentladder/")
		if !ok {
			continue
		}
		targetTop, _, _ := strings.Cut(target, "/")
		if to, isRoom := rank[targetTop]; isRoom && to > from {
			breach("imports %s, which is above it", target)
		}
		if slices.Contains(fittings, targetTop) && top != "cmd" {
			breach("imports %s, which is for cmd and tests", target)
		}
		if slices.Contains(inward[s.room], target) || slices.Contains(hiddenFrom[s.room], target) {
			breach("may not see %s", target)
		}
	}
	if pure {
		ast.Inspect(s.file, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok {
				if pkg, ok := sel.X.(*ast.Ident); ok && pkg.Name == "time" && slices.Contains([]string{"Now", "Since", "Until", "Sleep", "After", "NewTicker", "NewTimer"}, sel.Sel.Name) {
					breach("only computes, but asks time.%s", sel.Sel.Name)
				}
			}
			return true
		})
	}
	return out
}
