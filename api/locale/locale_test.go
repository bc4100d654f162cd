package locale

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestMatch(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]string{
		"": "zh-CN", "zh": "zh-CN", "zh-CN,zh;q=0.9,en;q=0.8": "zh-CN", "zh-TW": "zh-CN", "en": "en", "en-GB,en;q=0.9": "en", "fr": "zh-CN",
		"fr,en;q=0.5": "en", "\x00,,;;": "zh-CN", strings.Repeat("en,", 400): "zh-CN",
	} {
		require.Equal(t, want, Match(header), "Accept-Language %q", header)
	}
}

func TestSentences(t *testing.T) {
	t.Parallel()
	placeholder := regexp.MustCompile(`\{[a-z_]+\}`)
	first := byLanguage[Languages[0]]
	for _, lang := range Languages[1:] {
		other := byLanguage[lang]
		require.ElementsMatch(t, keys(first.Titles), keys(other.Titles), "titles of %s", lang)
		require.ElementsMatch(t, keys(first.Codes), keys(other.Codes), "codes of %s", lang)
		require.ElementsMatch(t, keys(first.Fields), keys(other.Fields), "fields of %s", lang)
		for code, sentence := range first.Codes {
			require.ElementsMatch(t, placeholder.FindAllString(sentence, -1), placeholder.FindAllString(other.Codes[code], -1), "parameters of %s in %s", code, lang)
		}
	}
	detail, ok := Detail("en", "message_too_long", map[string]any{"length": 2001, "limit": 2000})
	require.True(t, ok)
	require.Equal(t, "The message has 2001 characters, 2000 at most. Send it in parts.", detail)
}

// TestEveryFaultHasASentence reads the code: a fault.New whose code nobody can translate fails here.
func TestEveryFaultHasASentence(t *testing.T) {
	t.Parallel()
	found := 0
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && slices.Contains([]string{".git", "node_modules", "testdata"}, entry.Name()) {
			return filepath.SkipDir
		}
		if filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if code, ok := faultCode(n); ok && code != "content_unknown" && code != "scorecard_unknown" { // never leave their services
				found++
				for _, lang := range Languages {
					_, ok := Detail(lang, code, nil)
					_, isField := byLanguage[lang].Fields[code]
					require.True(t, ok || isField, "%s: code %s has no sentence in %s", path, code, lang)
				}
			}
			return true
		})
		return nil
	})
	require.NoError(t, err)
	require.Greater(t, found, 30, "the walk found too few faults to be the house")
}

// faultCode returns the constant code of a fault.New call or a Fault literal.
func faultCode(n ast.Node) (string, bool) {
	var expr ast.Expr
	switch n := n.(type) {
	case *ast.CallExpr:
		sel, ok := n.Fun.(*ast.SelectorExpr)
		if !ok || sel.Sel.Name != "New" || len(n.Args) != 3 {
			return "", false
		}
		if pkg, ok := sel.X.(*ast.Ident); !ok || pkg.Name != "fault" {
			return "", false
		}
		expr = n.Args[1]
	case *ast.KeyValueExpr:
		key, ok := n.Key.(*ast.Ident)
		if !ok || key.Name != "Code" {
			return "", false
		}
		expr = n.Value
	default:
		return "", false
	}
	lit, ok := expr.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	code, err := strconv.Unquote(lit.Value)
	return code, err == nil && code != "" && !strings.Contains(code, " ")
}

func keys(m map[string]string) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	return out
}
