package pack_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"agentladder/course/pack"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

const manifest = "format: 1\nid: a\nversion: 1\nname: 甲\nlanguage: zh-CN\nlicense: Apache-2.0\ndescription: 一。\n"

const lessonText = "---\nkind: lesson\nid: L1.1\nversion: 1\ntitle: 好\nchapter: C1\nperiods: 1\nobjectives: [一]\nkey_points: [二]\ndifficulties: [三]\n" +
	"teaches: [A1]\nsources: [S1]\n---\n正文。\n"

func folder(files map[string]string) fs.FS {
	m := fstest.MapFS{pack.ManifestFile: {Data: []byte(manifest)}}
	for name, text := range files {
		m[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return m
}

func TestRead(t *testing.T) {
	t.Parallel()

	t.Run("GoodPack", func(t *testing.T) {
		t.Parallel()
		p, ds := pack.Read(os.DirFS("testdata/good"))
		require.Empty(t, ds)
		require.Empty(t, cmp.Diff(pack.Manifest{Format: 1, ID: "bad", Version: 1, Name: "坏包", Language: "zh-CN", License: "Apache-2.0",
			Description: "只有一处毛病。", Sources: []pack.Source{{ID: "S1", Title: "甲"}}}, p.Manifest))
		require.Len(t, p.Documents, 2)
		require.Equal(t, "lessons/L1.1.md", p.Documents[0].Path)
		require.Equal(t, "lessons/more/L1.2.md", p.Documents[1].Path)
		require.Len(t, p.Of(pack.KindLesson), 2)
		require.Empty(t, p.Of(pack.KindRules))
	})

	t.Run("DocumentsWithErrorsAreLeftOut", func(t *testing.T) {
		t.Parallel()
		p, ds := pack.Read(folder(map[string]string{"lessons/a.md": lessonText, "lessons/b.md": strings.Replace(lessonText, "periods: 1", "periods: no", 1)}))
		require.True(t, ds.HasErrors())
		require.Len(t, p.Documents, 1)
	})

	t.Run("FileOverTheLimitIsNotParsed", func(t *testing.T) {
		t.Parallel()
		big := lessonText + strings.Repeat("x", pack.MaxFileBytes)
		_, ds := pack.Read(folder(map[string]string{"lessons/big.md": big}))
		require.Equal(t, []string{"lessons/big.md AL0011"}, findings(ds))
	})

	t.Run("FileAtTheLimitIsRead", func(t *testing.T) {
		t.Parallel()
		full := lessonText + strings.Repeat("x", pack.MaxFileBytes-len(lessonText))
		_, ds := pack.Read(folder(map[string]string{"lessons/full.md": full}))
		require.Empty(t, ds)
	})

	t.Run("TooManyFindingsAreCut", func(t *testing.T) {
		t.Parallel()
		var text strings.Builder
		text.WriteString("kind: rules\nid: a\nversion: 1\nrules: []\n")
		for i := range 60_000 {
			fmt.Fprintf(&text, "x%d: 1\n", i)
		}
		_, ds := pack.Read(folder(map[string]string{"rules/a.yaml": text.String()}))
		require.Len(t, ds, pack.MaxFindings+1)
		require.Equal(t, "rules/a.yaml AL0011", findings(ds)[0])
		require.Equal(t, "AL0005", ds[1].ID)
	})

	t.Run("TooManyFilesEndTheWalk", func(t *testing.T) {
		t.Parallel()
		files := map[string]string{}
		for i := range pack.MaxFiles {
			files[fmt.Sprintf("lessons/%04d.txt", i)] = ""
		}
		_, ds := pack.Read(folder(files)) // and the manifest makes one too many
		require.Equal(t, ". AL0011", findings(ds)[0])
	})

	t.Run("TooManyBytesEndTheWalk", func(t *testing.T) {
		t.Parallel()
		files := map[string]string{}
		for i := range pack.MaxPackBytes/pack.MaxFileBytes + 1 {
			text := strings.Replace(lessonText, "L1.1", fmt.Sprintf("L1.%d", i+1), 1)
			files[fmt.Sprintf("lessons/%02d.md", i)] = text + strings.Repeat("x", pack.MaxFileBytes-len(text))
		}
		_, ds := pack.Read(folder(files))
		require.Equal(t, []string{". AL0011"}, findings(ds))
	})

	t.Run("UnreadableRootIsSaid", func(t *testing.T) {
		t.Parallel()
		_, ds := pack.Read(os.DirFS("testdata/no-such-pack"))
		require.Equal(t, []string{". AL0003", "pack.yaml AL0014"}, findings(ds))
	})
}

func TestDigest(t *testing.T) {
	t.Parallel()
	second := strings.Replace(lessonText, "L1.1", "L1.2", 1)
	read := func(t *testing.T, files map[string]string) pack.Pack {
		t.Helper()
		p, ds := pack.Read(folder(files))
		require.Empty(t, ds)
		return p
	}
	base := read(t, map[string]string{"lessons/a.md": lessonText, "lessons/b.md": second}).Digest()

	t.Run("IsTheSameWhereverTheFilesLie", func(t *testing.T) {
		t.Parallel()
		require.Equal(t, base, read(t, map[string]string{"lessons/z/a.md": lessonText, "lessons/b.md": second}).Digest())
	})
	t.Run("ChangesWithOneByte", func(t *testing.T) {
		t.Parallel()
		require.NotEqual(t, base, read(t, map[string]string{"lessons/a.md": lessonText + " ", "lessons/b.md": second}).Digest())
	})
	t.Run("ChangesWithAMissingDocument", func(t *testing.T) {
		t.Parallel()
		require.NotEqual(t, base, read(t, map[string]string{"lessons/a.md": lessonText}).Digest())
	})
	t.Run("ChangesWithTheManifest", func(t *testing.T) {
		t.Parallel()
		require.NotEqual(t, base, read(t, map[string]string{pack.ManifestFile: strings.Replace(manifest, "甲", "乙", 1), "lessons/a.md": lessonText, "lessons/b.md": second}).Digest())
	})
}

func TestDocument(t *testing.T) {
	t.Parallel()

	t.Run("PositionsCountTheFrontMatterLine", func(t *testing.T) {
		t.Parallel()
		doc, ds := pack.Parse("lessons/a.md", []byte(lessonText))
		require.Empty(t, ds)
		require.Equal(t, "lessons/a.md:3:5", doc.At("id").String())
		require.Equal(t, "lessons/a.md:8:14", doc.At("objectives", 0).String())
		require.Equal(t, "lessons/a.md:8:13", doc.At("objectives", 7, "x").String())
		require.Equal(t, "正文。\n", doc.Markdown())
		require.Equal(t, "lessons/a.md:14:1", doc.MarkdownAt(0).String())
		require.Equal(t, "lessons/a.md:14:3", doc.MarkdownAt(len("正文")).String())
		require.Equal(t, "lessons/a.md:15:1", doc.MarkdownAt(1<<20).String())
	})

	t.Run("WindowsLineEndingsAreRead", func(t *testing.T) {
		t.Parallel()
		doc, ds := pack.Parse("lessons/a.md", bytes.ReplaceAll([]byte(lessonText), []byte("\n"), []byte("\r\n")))
		require.Empty(t, ds)
		require.Equal(t, "L1.1", doc.ID)
		require.Equal(t, "lessons/a.md:14:1", doc.MarkdownAt(0).String())
	})

	t.Run("DecodeNamesTheLineOfAWrongType", func(t *testing.T) {
		t.Parallel()
		doc, ds := pack.Parse("lessons/a.md", []byte(lessonText))
		require.Empty(t, ds)
		var into struct {
			Title int `yaml:"title"`
		}
		require.Equal(t, []string{"lessons/a.md:5:1 AL0007"}, findings(doc.Decode(&into)))
	})

	t.Run("QuotedValuesCannotWriteTheReport", func(t *testing.T) {
		t.Parallel()
		_, ds := pack.Parse("rules/a.yaml", []byte("kind: \"x\\n\\x1b[31mrules/b.yaml:1:1: error "+strings.Repeat("长", 500)+"\"\n"))
		require.Len(t, ds, 1)
		require.NotContains(t, ds[0].String(), "\x1b")
		require.NotContains(t, ds[0].Message, "\n")
		require.Less(t, len([]rune(ds[0].Message)), 200)
	})
}

func FuzzParse(f *testing.F) {
	f.Add("lessons/a.md", []byte(lessonText))
	for _, seed := range []string{"", "a: b: c", "kind: rules\nid: r\nversion: 1\n", "kind: [", "? {a: b}\n: c", "kind: &a *a", "--- |\n\n", "%YAML 9.9\n---\na", "kind: rules\n\"id\": 1e999",
		"kind: rules\nid: a\nversion: 0x7fffffffffffffffff\n", "\xff", "- - - -\n", "kind: lesson\nid: 2001-01-01\nversion: .nan", "a: 'x\n\n\tb'"} {
		f.Add("rules/a.yaml", []byte(seed))
		f.Add("lessons/a.md", []byte("---\n"+seed+"\n---\ntext"))
	}
	f.Fuzz(func(t *testing.T, name string, body []byte) {
		doc, ds := pack.Parse(name, body)
		rows := bytes.Split(body, []byte("\n"))
		for _, d := range ds {
			if d.Line == 0 {
				require.Zero(t, d.Column)
				continue
			}
			require.LessOrEqual(t, d.Line, len(rows), "%s", d)
			require.Positive(t, d.Column, "%s", d)
			require.LessOrEqual(t, d.Column, len([]rune(string(rows[d.Line-1])))+1, "%s", d)
		}
		if !ds.HasErrors() {
			require.NotEmpty(t, doc.ID)
			require.Positive(t, doc.Version)
			_, again := pack.Parse(name, body)
			require.Equal(t, ds, again)
		}
	})
}
