package rubric

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"agentladder/course/pack"
	"agentladder/grading/discourse"
)

// shipped reads the documents of the shipped pack and compiles its lexicon.
func shipped(t *testing.T) ([]pack.Document, *discourse.Lexicon) {
	t.Helper()
	p, ds := pack.Read(os.DirFS("../../course/library/zh-CN/first-light"))
	for _, d := range ds {
		t.Log(d)
	}
	lex, ds := discourse.Compile(p.Of(pack.KindLexicon))
	require.False(t, ds.HasErrors(), "%v", ds)
	return p.Documents, lex
}

func TestShippedRubric(t *testing.T) {
	t.Parallel()
	docs, lex := shipped(t)
	r, ds := Compile(docs, lex)
	require.Empty(t, ds)
	require.Equal(t, "chat", r.ID)
}
