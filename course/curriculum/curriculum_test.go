package curriculum

import (
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"agentladder/course/pack"
	"agentladder/course/pack/packtest"
	"agentladder/course/quiz"
)

// load reads every file of a folder; the name of the file is its path.
func load(t *testing.T, folder string) map[string]pack.Document {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(filepath.FromSlash(folder), "*"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	docs := map[string]pack.Document{}
	for _, file := range files {
		body, err := os.ReadFile(file)
		require.NoError(t, err)
		name := filepath.Base(file)
		doc, ds := pack.Parse(name, body)
		require.Empty(t, ds, "the form is right, only the meaning may be wrong")
		docs[name] = doc
	}
	return docs
}

func list(docs map[string]pack.Document) []pack.Document {
	var out []pack.Document
	for _, doc := range docs {
		out = append(out, doc)
	}
	return out
}

func TestSchemaAndStructKnowTheSameFields(t *testing.T) {
	t.Parallel()
	require.Empty(t, packtest.Differences(pack.KindCurriculum, struct {
		Title    string
		Sources  []string
		Chapters []Chapter
	}{}))
}

func TestCompile(t *testing.T) {
	t.Parallel()
	good := load(t, "testdata/good")
	t.Run("a course knows its order", func(t *testing.T) {
		t.Parallel()
		c, ds := Compile(list(good))
		require.Empty(t, ds)
		require.Equal(t, "课程", c.Title())
		require.Equal(t, []string{"L1.1", "L1.2", "L2.1"}, c.Order())
		for _, want := range []struct{ id, previous, next, chapter string }{
			{"L1.1", "", "L1.2", "C1"}, {"L1.2", "L1.1", "L2.1", "C1"}, {"L2.1", "L1.2", "", "C2"}, {"L9.1", "", "", ""}, {"L8.8", "", "", ""},
		} {
			previous, next := c.Neighbours(want.id)
			require.Equal(t, want.previous, previous, want.id)
			require.Equal(t, want.next, next, want.id)
			chapter, _ := c.ChapterOf(want.id)
			require.Equal(t, want.chapter, chapter, want.id)
		}
		_, ok := c.Lesson("L9.1")
		require.True(t, ok, "a lesson that is only for reference is found")
	})
	t.Run("a chapter knows its quiz", func(t *testing.T) {
		t.Parallel()
		c, _ := Compile(list(good))
		first, ok := c.Chapter("C1")
		require.True(t, ok)
		require.True(t, first.HasQuiz())
		require.Equal(t, 4, first.Questions())
		require.Len(t, first.Bank().Questions, 4)
		second, _ := c.Chapter("C2")
		require.False(t, second.HasQuiz())
		require.Zero(t, second.Questions())
		_, ok = c.Chapter("C3")
		require.False(t, ok)
		require.Equal(t, 3, Chapter{Quiz: Quiz{PassLine: 60, Draw: 3}, bank: quiz.Bank{Questions: make([]quiz.Question, 7)}}.Questions())
		require.Equal(t, 7, Chapter{Quiz: Quiz{PassLine: 60}, bank: quiz.Bank{Questions: make([]quiz.Question, 7)}}.Questions())
	})
	t.Run("a pack without a course has no chapters", func(t *testing.T) {
		t.Parallel()
		c, ds := Compile([]pack.Document{good["L1.1.md"]})
		require.Empty(t, ds)
		require.Empty(t, c.Chapters())
		_, ok := c.Lesson("L1.1")
		require.True(t, ok)
	})
	t.Run("the newest version holds", func(t *testing.T) {
		t.Parallel()
		old := good["curriculum.yaml"]
		doc, ds := pack.Parse("newer.yaml", []byte(strings.Replace(strings.Replace(string(old.Body), "version: 1", "version: 2", 1), "title: 课程", "title: 新课程", 1)))
		require.Empty(t, ds)
		c, ds := Compile(append(list(good), doc))
		require.Empty(t, ds)
		require.Equal(t, "新课程", c.Title())
	})
}

// Each folder breaks one thing of the good pack; its name begins with the id and the line of the finding carries a mark.
func TestBadPacks(t *testing.T) {
	t.Parallel()
	folders, err := filepath.Glob("testdata/bad/*")
	require.NoError(t, err)
	require.NotEmpty(t, folders)
	for _, folder := range folders {
		name := filepath.Base(folder)
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			docs := load(t, "testdata/good")
			var at string
			var line int
			for file, doc := range load(t, path.Join("testdata/bad", name)) {
				docs[file] = doc
				if before, _, ok := strings.Cut(string(doc.Body), "# here"); ok {
					at, line = file, 1+strings.Count(before, "\n")
				}
			}
			require.NotEmpty(t, at, "no line is marked")
			c, ds := Compile(list(docs))
			require.Nil(t, c)
			id, _, _ := strings.Cut(name, "-")
			for _, d := range ds {
				if d.ID == id && d.Path == at && d.Line == line {
					require.Positive(t, d.Column)
					require.NotEmpty(t, d.Fix)
					return
				}
			}
			require.Failf(t, "not found", "no %s at %s:%d in %v", id, at, line, ds)
		})
	}
}
