package main

import (
	"go/ast"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"agentladder/course/pack"
	"agentladder/course/pack/packtest"
	"agentladder/exam/plantest"
	"agentladder/exam/scenario"
	"agentladder/grading/rubric"
	"agentladder/grading/rules"
)

// TestSchemasMatchStructs holds the schema of each kind against the struct that reads it. The lexicon's struct is
// private to its package; lesson and manifest are compared in packtest.
func TestSchemasMatchStructs(t *testing.T) {
	t.Parallel()
	tests := map[pack.Kind]struct {
		into   any
		except []string
	}{
		pack.KindScenario: {into: scenario.Scenario{}},
		pack.KindPlan:     {into: plantest.Plan{}},
		pack.KindPlatform: {into: rubric.Platforms{}},
		pack.KindRubric: {into: rubric.Rubric{}, except: []string{ // what is said at level 0 shares the struct of the levels, but is no level that has to be reached
			"criteria[].none.level: only the struct knows it",
			"criteria[].none.spread: only the struct knows it",
			"criteria[].none.when: only the struct knows it",
		}},
		pack.KindRules: {
			into: struct {
				Title string
				Rules []rules.Rule
			}{},
			except: []string{"sources: only the schema knows it"}, // of the whole document: for its readers and for the check of the marks
		},
	}
	for kind, test := range tests {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			require.Equal(t, test.except, packtest.Differences(kind, test.into))
		})
	}
}

// shownInTests are the ids whose bad example is no single document in a testdata folder, with the test that builds it.
var shownInTests = map[string]string{
	"AL0016": "course/lesson/lesson_test.go",       // a line of Markdown each
	"AL0017": "course/lesson/lesson_test.go",       // nothing below the front matter
	"AL1022": "grading/discourse/evaluate_test.go", // the schemas of all kinds refuse the values first
	"AL2003": "cmd/agentladder/schema_test.go",     // the schema refuses the value first
	"AL3001": "grading/rubric/compile_test.go",     // the document is missing, or there are two
	"AL3007": "grading/rubric/compile_test.go",     // needs a book that lacks the rule
	"AL5002": "exam/plantest/run_test.go",          // a fault of the program, not of a pack
	"AL5008": "exam/plantest/run_test.go",          // needs a scenario that its own check refuses
	"AL5009": "exam/plantest/run_test.go",          // a plan is missing
	"AL6001": "exam/bundle/load_test.go",           // AL6xxx are between documents
	"AL6002": "exam/bundle/load_test.go",
	"AL6003": "exam/bundle/load_test.go",
	"AL6004": "exam/bundle/load_test.go",
	"AL6005": "exam/bundle/load_test.go",
	"AL6006": "exam/bundle/load_test.go",
}

// TestUnknownSeverityIsReported is the bad example of AL2003: the schema stops it in a pack, so the rule is compiled in spite of that.
func TestUnknownSeverityIsReported(t *testing.T) {
	t.Parallel()
	docs, b := shipped(t)
	book := pack.Of(docs, pack.KindRules)[0]
	_, found := rules.Compile([]pack.Document{book}, b.Lexicon())
	require.Empty(t, found)
	text := strings.Replace(string(book.Body), "severity: FATAL", "severity: HARSH", 1)
	require.NotEqual(t, string(book.Body), text)
	doc, refused := pack.Parse(book.Path, []byte(text))
	require.True(t, refused.HasErrors())
	_, found = rules.Compile([]pack.Document{doc}, b.Lexicon())
	require.Len(t, found, 1)
	require.Equal(t, "AL2003", found[0].ID)
	require.Equal(t, refused[0].Position, found[0].Position)
}

// TestDiagnosticIds holds the ids that the program reports against the manual and against bad examples.
func TestDiagnosticIds(t *testing.T) {
	t.Parallel()
	root := filepath.Join("..", "..")
	id, exactly := regexp.MustCompile(`AL\d{4}`), regexp.MustCompile(`^AL\d{4}$`)
	reported := map[string][]string{}  // id → rooms that report it
	mentioned := map[string][]string{} // test file → ids in its literals
	reading := map[string]bool{}       // rooms whose tests read testdata
	for _, s := range readHouse(t, root) {
		ast.Inspect(s.file, func(n ast.Node) bool {
			literal, ok := n.(*ast.BasicLit)
			if !ok {
				return true
			}
			text, err := strconv.Unquote(literal.Value)
			switch {
			case err != nil:
			case s.test:
				mentioned[s.path] = append(mentioned[s.path], id.FindAllString(text, -1)...)
				if strings.Contains(text, "testdata") {
					reading[s.room] = true
				}
			case exactly.MatchString(text):
				reported[text] = append(reported[text], s.room)
			}
			return true
		})
	}
	require.Greater(t, len(reported), 60, "the walk found too few ids")

	t.Run("the manual lists exactly what is reported, in order", func(t *testing.T) {
		t.Parallel()
		manual, err := os.ReadFile(filepath.Join(root, "course", "library", "README.md"))
		require.NoError(t, err)
		var listed []string
		for _, row := range regexp.MustCompile(`(?m)^\| (AL\d{4}) \|`).FindAllStringSubmatch(string(manual), -1) {
			listed = append(listed, row[1])
		}
		require.Equal(t, slices.Sorted(maps.Keys(reported)), listed)
	})
	t.Run("every id has a bad example", func(t *testing.T) {
		t.Parallel()
		for id, file := range shownInTests {
			require.Contains(t, reported, id)
			require.Contains(t, mentioned[file], id, "%s should build the bad example", file)
		}
		var missing []string
		for id, rooms := range reported {
			_, shown := shownInTests[id]
			for room := range reading { // what two packages share is shown by the one whose documents can hold it
				files, err := filepath.Glob(filepath.Join(root, filepath.FromSlash(room), "testdata", "bad", id+"*"))
				require.NoError(t, err)
				shown = shown || len(files) > 0
			}
			if !shown {
				missing = append(missing, id+" of "+rooms[0])
			}
		}
		require.Empty(t, missing)
	})
}
