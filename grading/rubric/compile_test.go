package rubric

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"agentladder/course/pack"
	"agentladder/grading/discourse"
	"agentladder/grading/rules"
)

func parse(t *testing.T, name string) pack.Document {
	t.Helper()
	body, err := os.ReadFile(filepath.FromSlash(name))
	require.NoError(t, err)
	doc, ds := pack.Parse(name, body)
	require.Empty(t, ds, "the form is right, only the meaning may be wrong")
	return doc
}

func small(t *testing.T) *discourse.Lexicon {
	t.Helper()
	lex, ds := discourse.Compile([]pack.Document{parse(t, "testdata/good/lexicon.yaml")})
	require.False(t, ds.HasErrors(), "%v", ds)
	return lex
}

// someRules is a book with one rule.
type someRules map[string]bool

func (b someRules) Find(id string) (rules.Rule, bool) { return rules.Rule{}, b[id] }

func TestCompile(t *testing.T) {
	t.Parallel()
	t.Run("a small good rubric has nothing to report", func(t *testing.T) {
		t.Parallel()
		r, ds := Compile([]pack.Document{parse(t, "testdata/good/rubric.yaml")}, small(t))
		require.Empty(t, ds)
		require.Equal(t, 40, r.Part(Attitude).Weight)
		require.Equal(t, 30, r.Deduction(rules.Severe))
		require.Zero(t, r.Deduction("TRIFLE"))
		require.Zero(t, r.Part("luck").Weight)
		require.NotEmpty(t, r.Digest())
		require.Empty(t, r.LinkRules(someRules{"R01": true}))
	})
	t.Run("a rule nobody defined is reported at its place", func(t *testing.T) {
		t.Parallel()
		r, ds := Compile([]pack.Document{parse(t, "testdata/good/rubric.yaml")}, small(t))
		require.Empty(t, ds)
		ds = r.LinkRules(someRules{})
		require.Len(t, ds, 1)
		require.Equal(t, "AL3007", ds[0].ID)
		require.Equal(t, r.doc.At("caps", 0, "when", "rule"), ds[0].Position)
	})
	t.Run("no rubric at all", func(t *testing.T) {
		t.Parallel()
		r, ds := Compile(nil, small(t))
		require.Nil(t, r)
		require.Equal(t, "AL3001", ds[0].ID)
	})
	t.Run("a second rubric under another id", func(t *testing.T) {
		t.Parallel()
		one := parse(t, "testdata/good/rubric.yaml")
		two := one
		two.ID, two.Path = "other", "other.yaml"
		_, ds := Compile([]pack.Document{one, two}, small(t))
		require.Equal(t, "AL3001", ds[0].ID)
		require.Equal(t, "other.yaml", ds[0].Path)
	})
	t.Run("of several versions the newest is taken", func(t *testing.T) {
		t.Parallel()
		doc, ds := newest([]pack.Document{{Kind: pack.KindRubric, ID: "a", Version: 2}, {Kind: pack.KindRubric, ID: "a", Version: 3}, {Kind: pack.KindRubric, ID: "a", Version: 1}}, pack.KindRubric)
		require.Empty(t, ds)
		require.Equal(t, 3, doc.Version)
	})
}

// Each file breaks one thing; its name begins with the id and the line of the finding carries a mark.
func TestBadPacks(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/bad/*.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		name := filepath.ToSlash(file)
		t.Run(strings.TrimSuffix(filepath.Base(file), ".yaml"), func(t *testing.T) {
			t.Parallel()
			doc := parse(t, name)
			var ds pack.Diagnostics
			if doc.Kind == pack.KindPlatform {
				p, found := CompilePlatforms([]pack.Document{doc})
				require.Nil(t, p)
				ds = found
			} else {
				r, found := Compile([]pack.Document{doc}, small(t))
				require.Nil(t, r)
				ds = found
			}
			id, _, _ := strings.Cut(filepath.Base(file), "-")
			line := 1 + strings.Count(string(doc.Body[:strings.Index(string(doc.Body), "# here")]), "\n")
			for _, d := range ds {
				if d.ID == id && d.Line == line {
					require.Positive(t, d.Column)
					require.NotEmpty(t, d.Fix)
					return
				}
			}
			require.Failf(t, "not found", "no %s on line %d in %v", id, line, ds)
		})
	}
}

func TestPlatforms(t *testing.T) {
	t.Parallel()
	p, ds := CompilePlatforms([]pack.Document{parse(t, "testdata/good/platform.yaml")})
	require.Empty(t, ds)
	mock := rules.Violation{Rule: "R01", SubRule: "R01.mock", Name: "ABUSE", Severity: rules.Fatal}
	insult := mock
	insult.SubRule = "R01.insult"
	for _, c := range []struct {
		outcome, platform, day, want string
		violation                    rules.Violation
	}{
		{"what held on the day is said", "pdd", "2021-12-31", "2020 any shop old", mock},
		{"a new entry begins on its day", "pdd", "2022-01-01", "2022 any shop new", mock},
		{"without a day only what still holds is said", "pdd", "", "2022 any shop new", mock},
		{"before all entries nothing is known", "pdd", "2019-12-31", "", mock},
		{"a platform's own entry comes first", "jd", "2023-01-01", "2023 京东 at jd", mock},
		{"a sub-rule's own entry comes before the platform's", "jd", "2023-01-01", "2023 any shop insult", insult},
		{"an unknown platform gets what holds for any", "", "2023-01-01", "2022 any shop new", mock},
		{"another rule gets nothing", "jd", "", "", rules.Violation{Rule: "R99", SubRule: "R99.x"}},
	} {
		t.Run(c.outcome, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, c.want, p.Consequence(c.violation, c.platform, c.day))
		})
	}
	t.Run("targets are per platform", func(t *testing.T) {
		t.Parallel()
		require.Equal(t, 45, p.Target("jd"))
		require.Equal(t, 300, p.Target("pdd"))
		require.Zero(t, p.Target("nowhere"))
	})
	t.Run("no platform pack knows nothing", func(t *testing.T) {
		t.Parallel()
		var none *Platforms
		require.Zero(t, none.Target("jd"))
		require.Empty(t, none.Consequence(mock, "jd", ""))
		require.Empty(t, none.Digest())
	})
	t.Run("an unknown rule is reported", func(t *testing.T) {
		t.Parallel()
		ds := p.LinkRules(someRules{"R01": true})
		require.Len(t, ds, 1)
		require.Equal(t, "AL3007", ds[0].ID)
		require.Equal(t, p.doc.At("consequences", 3, "sub_rule"), ds[0].Position)
	})
	t.Run("only days of the calendar are days", func(t *testing.T) {
		t.Parallel()
		for day, want := range map[string]bool{"2024-02-29": true, "2023-02-29": false, "1900-02-29": false, "2000-02-29": true,
			"2023-13-01": false, "2023-00-10": false, "2023-04-31": false, "2023-4-1": false, "2023/04/01": false, "20a3-04-01": false} {
			require.Equal(t, want, isDay(day), day)
		}
	})
}

func TestShippedPlatforms(t *testing.T) {
	t.Parallel()
	docs, _ := shipped(t)
	p, ds := CompilePlatforms(docs)
	require.Empty(t, ds)
	require.Equal(t, 45, p.Target("jd"))
	require.Equal(t, 180, p.Target("taobao"))
	require.Equal(t, 300, p.Target("pdd"))
}
