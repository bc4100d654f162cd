package pack_test

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"agentladder/course/pack"

	"github.com/stretchr/testify/require"
)

// findings is how a test writes down what a bad pack must say: every id with its exact place.
func findings(ds pack.Diagnostics) []string {
	out := make([]string, len(ds))
	for i, d := range ds {
		out[i] = d.Position.String() + " " + d.ID
	}
	return out
}

// badPacks are the folders of testdata/bad and all that must be said about each.
var badPacks = map[string][]string{
	"AL0001": {
		"lessons/front.md:4:1 AL0001",
		"rules/colon.yaml:4:1 AL0001",
		"rules/flow.yaml:5:17 AL0001",
		"rules/quote.yaml:4:1 AL0001",
		"rules/second.yaml:4:1 AL0001",
		"rules/tab.yaml:6:2 AL0001",
	},
	"AL0002": {"lessons/bare.md:1:1 AL0002", "rules/empty.yaml:1:1 AL0002", "rules/list.yaml:3:3 AL0002"},
	"AL0003": {"rules/link.yaml AL0003"},
	"AL0004": {"rules/a.yaml:3:8 AL0004", "rules/pack.yaml:1:7 AL0004"},
	"AL0005": {"lessons/typo.md:8:1 AL0005", "pack.yaml AL0014", "pack.yaml:7:1 AL0005", "pack.yaml:12:5 AL0005"},
	"AL0006": {"lessons/nokind.md:2:1 AL0006", "lessons/two.md:2:1 AL0006", "lessons/two.md:2:1 AL0006"},
	"AL0007": {
		"lessons/kind.md:2:7 AL0007",
		"lessons/types.md:4:10 AL0007",
		"lessons/types.md:5:7 AL0007",
		"lessons/types.md:8:13 AL0007",
		"rules/keys.yaml:4:1 AL0007",
		"rules/keys.yaml:5:3 AL0007",
	},
	"AL0008": {"lessons/values.md:3:5 AL0008", "lessons/values.md:7:10 AL0008", "lessons/values.md:11:15 AL0008", "rules/inf.yaml:4:9 AL0008"},
	"AL0009": {"lessons/twice.md:8:1 AL0009"},
	"AL0010": {
		"rules/a.yaml:4:6 AL0010",
		"rules/a.yaml:5:6 AL0010",
		"rules/a.yaml:6:9 AL0010",
		"rules/a.yaml:6:13 AL0010",
		"rules/a.yaml:7:7 AL0010",
		"rules/a.yaml:8:7 AL0010",
		"rules/a.yaml:9:7 AL0010",
	},
	"AL0011":         {"rules/deep.yaml:4:38 AL0011"},
	"AL0012":         {"rules/bom.yaml:1:1 AL0012", "rules/control.yaml:2:6 AL0012", "rules/gbk.yaml:4:8 AL0012", "rules/separator.yaml:4:9 AL0012"},
	"AL0013":         {"lessons/second.md:3:5 AL0013"},
	"AL0014/absent":  {"pack.yaml AL0014"},
	"AL0014/invalid": {"pack.yaml AL0014", "pack.yaml:1:9 AL0008"},
	"AL0014/linked":  {"pack.yaml AL0003", "pack.yaml AL0014"},
	"AL0014/twice":   {"pack.yaml AL0014", "pack.yaml:10:10 AL0014"},
	"AL0015":         {"b.md:2:7 AL0015", "lessons/lesson.yaml:1:7 AL0015", "rules/a.md:2:7 AL0015", "rules/c.yml AL0015"},
}

func TestBadPacks(t *testing.T) {
	t.Parallel()
	for dir, want := range badPacks {
		t.Run(dir, func(t *testing.T) {
			t.Parallel()
			_, ds := pack.Read(os.DirFS(filepath.Join("testdata", "bad", dir)))
			require.Equal(t, want, findings(ds), "%v", ds)
			for _, d := range ds {
				require.Equal(t, pack.Error, d.Severity)
				require.NotEmpty(t, d.Message)
			}
		})
	}
}

// Each id that the code can report has a bad pack of its own name that provokes it.
func TestEveryIDHasABadPack(t *testing.T) {
	t.Parallel()
	var inCode []string
	files, err := filepath.Glob("*.go")
	require.NoError(t, err)
	for _, name := range files {
		if ok, _ := filepath.Match("*_test.go", name); ok {
			continue
		}
		source, err := os.ReadFile(name)
		require.NoError(t, err)
		inCode = append(inCode, regexp.MustCompile(`AL[0-9]{4}`).FindAllString(string(source), -1)...)
	}
	slices.Sort(inCode)
	var provoked []string
	for dir, want := range badPacks {
		id := dir[:6]
		require.True(t, slices.ContainsFunc(want, func(line string) bool { return line[len(line)-6:] == id }), "%s does not provoke its own id", dir)
		provoked = append(provoked, id)
	}
	slices.Sort(provoked)
	require.Equal(t, slices.Compact(inCode), slices.Compact(provoked))
	entries, err := os.ReadDir(filepath.Join("testdata", "bad"))
	require.NoError(t, err)
	for _, e := range entries {
		require.True(t, slices.ContainsFunc(slices.Collect(maps.Keys(badPacks)), func(dir string) bool { return dir[:6] == e.Name() }), "%s is not in the table", e.Name())
	}
}
