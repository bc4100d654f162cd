package scenario_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"agentladder/course/pack"
	"agentladder/exam/scenario"
	"agentladder/grading/discourse"
)

// lexicon knows the frames of the test scenarios.
func lexicon(t *testing.T) *discourse.Lexicon {
	t.Helper()
	doc, ds := pack.Parse("lexicon/lexicon.yaml", read(t, "testdata/lexicon.yaml"))
	require.Empty(t, ds)
	lex, ds := discourse.Compile([]pack.Document{doc})
	require.Empty(t, ds)
	return lex
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	body, err := os.ReadFile(name)
	require.NoError(t, err)
	return body
}

func load(t *testing.T, name string) (*scenario.Scenario, pack.Document) {
	t.Helper()
	doc, ds := pack.Parse("scenarios/"+filepath.Base(name), read(t, name))
	require.Empty(t, ds, "the form must be right for the meaning to be judged")
	sc, ds := scenario.Decode(doc)
	require.Empty(t, ds)
	return sc, doc
}

func TestCheck(t *testing.T) {
	t.Parallel()
	lex := lexicon(t)

	t.Run("GoodScenarioHasNoFindings", func(t *testing.T) {
		t.Parallel()
		sc, doc := load(t, "testdata/good.yaml")
		require.Empty(t, sc.Check(doc, lex))
	})

	files, err := filepath.Glob("testdata/bad/*.yaml")
	require.NoError(t, err)
	ids := map[string]bool{}
	for _, file := range files {
		id, _, _ := strings.Cut(strings.TrimSuffix(filepath.Base(file), ".yaml"), "-")
		ids[id] = true
		t.Run(strings.TrimSuffix(filepath.Base(file), ".yaml"), func(t *testing.T) {
			t.Parallel()
			body := read(t, file)
			mark := bytes.Index(body, []byte("# <-"))
			require.GreaterOrEqual(t, mark, 0, "mark the line with # <-")
			line := 1 + bytes.Count(body[:mark], []byte("\n"))
			sc, doc := load(t, file)
			found := sc.Check(doc, lex)
			require.Len(t, found, 1, "%v", found)
			require.Equal(t, id, found[0].ID)
			require.Equal(t, line, found[0].Line, "%v", found[0])
			require.Equal(t, columns[filepath.Base(file)], found[0].Column, "%v", found[0])
			require.NotEmpty(t, found[0].Message)
			require.NotEmpty(t, found[0].Fix)
		})
	}

	t.Run("EveryDiagnosticHasABadScenario", func(t *testing.T) {
		t.Parallel()
		source := string(read(t, "check.go"))
		for _, id := range []string{"AL4001", "AL4002", "AL4003", "AL4004", "AL4005", "AL4007", "AL4008", "AL4009", "AL4010", "AL4011", "AL4012", "AL4013", "AL4014", "AL4015"} {
			require.True(t, ids[id], "%s has no bad scenario", id)
			require.Contains(t, source, `"`+id+`"`)
		}
		require.Equal(t, 14, countIDs(source), "a new diagnostic needs a bad scenario and a line here")
	})
}

func countIDs(source string) int {
	seen := map[string]bool{}
	for rest := source; ; {
		i := strings.Index(rest, `"AL4`)
		if i < 0 {
			return len(seen)
		}
		seen[rest[i+1:i+7]] = true
		rest = rest[i+7:]
	}
}

// columns are where each finding points, counted in characters.
var columns = map[string]int{
	"AL1021.yaml":            22,
	"AL4001-after.yaml":      13,
	"AL4001-opening.yaml":    14,
	"AL4001-success.yaml":    28,
	"AL4002.yaml":            5,
	"AL4003-brief.yaml":      8,
	"AL4003-row.yaml":        45,
	"AL4003-undeclared.yaml": 29,
	"AL4004-band.yaml":       12,
	"AL4004-opening.yaml":    3,
	"AL4004.yaml":            12,
	"AL4005.yaml":            16,
	"AL4007.yaml":            5,
	"AL4008-mood.yaml":       42,
	"AL4009-never.yaml":      14,
	"AL4009.yaml":            58,
	"AL4010-hidden.yaml":     5,
	"AL4010-trap.yaml":       5,
	"AL4010-volunteer.yaml":  5,
	"AL4011-hidden.yaml":     10,
	"AL4011-reaction.yaml":   10,
	"AL4011.yaml":            9,
	"AL4012.yaml":            3,
	"AL4013.yaml":            30,
	"AL4014.yaml":            5,
	"AL4015.yaml":            3,
}
