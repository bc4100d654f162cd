package ladder

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"agentladder/course/pack"
)

func parse(t *testing.T, name string) pack.Document {
	t.Helper()
	body, err := os.ReadFile(filepath.FromSlash(name))
	require.NoError(t, err)
	doc, ds := pack.Parse(name, body)
	require.Empty(t, ds, "the form is right, only the meaning may be wrong")
	return doc
}

func small(t *testing.T) *Ladder {
	t.Helper()
	l, ds := Compile([]pack.Document{parse(t, "testdata/small.yaml"), parse(t, "testdata/course.yaml")})
	require.False(t, ds.HasErrors(), "%v", ds)
	return l
}

func TestCompile(t *testing.T) {
	t.Parallel()
	ladder, course := parse(t, "testdata/small.yaml"), parse(t, "testdata/course.yaml")

	t.Run("only chapters that are not on the shelf are told", func(t *testing.T) {
		t.Parallel()
		l, ds := Compile([]pack.Document{course, ladder})
		require.NotNil(t, l)
		require.Len(t, ds, 2)
		for _, d := range ds {
			require.Equal(t, "AL7010", d.ID)
			require.Equal(t, pack.Warning, d.Severity)
		}
		require.Equal(t, ladder.Digest, l.Document().Digest)
	})
	t.Run("no ladder at all", func(t *testing.T) {
		t.Parallel()
		l, ds := Compile([]pack.Document{course})
		require.Nil(t, l)
		require.Equal(t, "AL7001", ds[0].ID)
	})
	t.Run("of several versions the newest is taken", func(t *testing.T) {
		t.Parallel()
		newer := ladder
		newer.Version = 2
		for _, docs := range [][]pack.Document{{ladder, newer}, {newer, ladder}} {
			l, ds := Compile(docs)
			require.False(t, ds.HasErrors())
			require.Equal(t, 2, l.Document().Version)
		}
	})
	t.Run("of several versions of a curriculum the newest says what is on the shelf", func(t *testing.T) {
		t.Parallel()
		text := strings.NewReplacer("version: 1", "version: 2", "id: C3", "id: C2").Replace(string(course.Body))
		newer, ds := pack.Parse("course2.yaml", []byte(text))
		require.Empty(t, ds)
		_, ds = Compile([]pack.Document{ladder, newer, course})
		require.Len(t, ds, 1)
		require.Equal(t, "AL7011", ds[0].ID)
	})
}

// Each file breaks one thing; its name begins with the id and the line of the finding carries a mark.
func TestBadPacks(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/bad/*.yaml")
	require.NoError(t, err)
	require.Len(t, files, 19)
	for _, file := range files {
		name := filepath.ToSlash(file)
		id, _, _ := strings.Cut(filepath.Base(file), "-")
		t.Run(strings.TrimSuffix(filepath.Base(file), ".yaml"), func(t *testing.T) {
			t.Parallel()
			doc := parse(t, name)
			docs := []pack.Document{doc, parse(t, "testdata/course.yaml")}
			if id == "AL7001" {
				docs = append([]pack.Document{parse(t, "testdata/small.yaml")}, docs...)
			}
			l, ds := Compile(docs)
			line := 1 + strings.Count(string(doc.Body[:strings.Index(string(doc.Body), "# here")]), "\n")
			for _, d := range ds {
				if d.ID == id && d.Path == name && d.Line == line {
					require.Positive(t, d.Column)
					require.NotEmpty(t, d.Fix)
					require.Equal(t, d.Severity == pack.Error, l == nil)
					return
				}
			}
			require.Failf(t, "not found", "no %s on line %d in %v", id, line, ds)
		})
	}
}

// The form is refused before the meaning is looked at.
func TestForm(t *testing.T) {
	t.Parallel()
	body, err := os.ReadFile("testdata/small.yaml")
	require.NoError(t, err)
	for name, c := range map[string]struct{ old, new, id string }{
		"kind of requirement that is not known":     {"kind: tenure, in: none", "kind: tenyure, in: none", "AL0008"},
		"requirement without its figure":            {"in: none, months: 1", "in: none", "AL0006"},
		"figure of another kind":                    {"in: none, months: 1", "in: none, months: 1, percent: 60", "AL0005"},
		"tier that is not known":                    {"- id: intermediate", "- id: middle", "AL0008"},
		"policy that is not known":                  {"policy: continue", "policy: forget", "AL0008"},
		"length of interruption that has no effect": {"policy: continue", "policy: continue, after_days: 30", "AL0005"},
		"no months":                    {"months: 6", "months: 0", "AL0008"},
		"requirement without a source": {"basis: 定级资料, sources: [S2]", "basis: 定级资料", "AL0006"},
		"fact that cannot be shown":    {`  away: {label: 中断, value: "{value} 天"}` + "\n", "", "AL0006"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, 1, strings.Count(string(body), c.old))
			_, ds := pack.Parse("small.yaml", []byte(strings.Replace(string(body), c.old, c.new, 1)))
			require.Len(t, ds, 1)
			require.Equal(t, c.id, ds[0].ID, "%v", ds)
		})
	}
}
