package library

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"agentladder/course/curriculum"
	"agentladder/course/lesson"
	"agentladder/course/pack"
	"agentladder/course/quiz"

	"github.com/stretchr/testify/require"
)

func TestShippedPacksAreWellFormed(t *testing.T) {
	t.Parallel()
	roots := Shipped()
	require.NotEmpty(t, roots)
	for _, root := range roots {
		p, ds := pack.Read(root)
		require.Empty(t, ds)
		require.NotEmpty(t, p.Documents)
	}
}

func TestEverySourceMarkIsListed(t *testing.T) {
	t.Parallel()
	for _, root := range Shipped() {
		p, ds := pack.Read(root)
		require.Empty(t, ds)
		listed := map[string]bool{}
		for _, s := range p.Manifest.Sources {
			listed[s.ID] = true
		}
		for _, doc := range p.Documents {
			var body map[string]any
			require.Empty(t, doc.Decode(&body))
			for _, mark := range marks(body) {
				require.True(t, listed[mark], "%s cites %s, which pack.yaml does not list", doc.Path, mark)
			}
		}
	}
}

// marks collects every list named sources, at any depth.
func marks(v any) []string {
	var out []string
	switch v := v.(type) {
	case map[string]any:
		for name, field := range v {
			if list, ok := field.([]any); ok && name == "sources" {
				for _, mark := range list {
					out = append(out, fmt.Sprint(mark))
				}
				continue
			}
			out = append(out, marks(field)...)
		}
	case []any:
		for _, item := range v {
			out = append(out, marks(item)...)
		}
	}
	return out
}

func TestShippedLessons(t *testing.T) {
	t.Parallel()
	taught := map[string]bool{}
	for _, root := range Shipped() {
		p, ds := pack.Read(root)
		require.Empty(t, ds)
		catalogue, ds := curriculum.Compile(p.Documents)
		require.Empty(t, ds)
		for _, doc := range p.Of(pack.KindLesson) {
			got, ds := lesson.Decode(doc)
			require.Empty(t, ds)
			for _, id := range got.Teaches {
				taught[id] = true
			}
			require.True(t, strings.HasPrefix(path.Base(doc.Path), got.ID+"-"), "%s should be named after its id", doc.Path)
			require.Equal(t, "C"+strings.TrimPrefix(got.ID[:strings.IndexByte(got.ID, '.')], "L"), got.Chapter, doc.Path)
			require.Contains(t, got.HTML, "<table>", "%s shows no pairs", doc.Path)
			letters := 0
			for _, r := range doc.Markdown() {
				if unicode.IsLetter(r) || unicode.IsDigit(r) {
					letters++
				}
			}
			// A lesson of the course fills a period, one for reference a screen.
			least, most := 250, 600
			if _, inCourse := catalogue.ChapterOf(got.ID); inCourse {
				least, most = 900, 1600
			}
			require.True(t, letters >= least && letters <= most, "%s has %d letters", doc.Path, letters)
		}
	}
	for _, id := range []string{"A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8", "R01", "R03", "R04", "R06", "R11", "R14", "timeliness"} {
		require.True(t, taught[id], "no lesson teaches %s", id)
	}
}

func TestShippedCourse(t *testing.T) {
	t.Parallel()
	chapters := 0
	for _, root := range Shipped() {
		p, ds := pack.Read(root)
		require.Empty(t, ds)
		catalogue, ds := curriculum.Compile(p.Documents)
		require.Empty(t, ds)
		for _, ch := range catalogue.Chapters() {
			chapters++
			require.True(t, ch.HasQuiz(), "%s has no quiz", ch.ID)
			require.GreaterOrEqual(t, ch.Questions(), 12, "%s asks too little", ch.ID)
			kinds, telltale := map[quiz.Kind]int{}, 0
			for _, q := range ch.Bank().Questions {
				kinds[q.Kind]++
				longest, right := 0, 0
				for i, o := range q.Options {
					if utf8.RuneCountInString(o.Text) > utf8.RuneCountInString(q.Options[longest].Text) {
						longest = i
					}
					if o.Right {
						right = i
					}
				}
				if q.Kind == quiz.Single && longest == right {
					telltale++
				}
				require.GreaterOrEqual(t, utf8.RuneCountInString(q.Explanation), 40, "%s explains too little", q.ID)
			}
			for _, kind := range []quiz.Kind{quiz.Single, quiz.Multiple, quiz.Judge} {
				require.Positive(t, kinds[kind], "%s has no %s question", ch.ID, kind)
			}
			require.LessOrEqual(t, 2*telltale, kinds[quiz.Single], "in %s the longest option is the right one too often", ch.ID)
		}
	}
	require.Positive(t, chapters)
}

// The manual lists exactly the ids that packages pack and lesson report.
func TestManualListsEveryFormDiagnostic(t *testing.T) {
	t.Parallel()
	id := regexp.MustCompile(`AL0\d{3}`)
	var reported []string
	for _, pattern := range []string{"../pack/*.go", "../lesson/*.go"} {
		files, err := filepath.Glob(pattern)
		require.NoError(t, err)
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			source, err := os.ReadFile(name)
			require.NoError(t, err)
			reported = append(reported, id.FindAllString(string(source), -1)...)
		}
	}
	manual, err := os.ReadFile("README.md")
	require.NoError(t, err)
	var listed []string
	for _, row := range regexp.MustCompile(`(?m)^\| (AL0\d{3}) \|`).FindAllStringSubmatch(string(manual), -1) {
		listed = append(listed, row[1])
	}
	require.True(t, slices.IsSorted(listed))
	require.Equal(t, len(slices.Compact(slices.Clone(listed))), len(listed), "an id is listed twice")
	slices.Sort(reported)
	require.Equal(t, slices.Compact(reported), listed)
}
