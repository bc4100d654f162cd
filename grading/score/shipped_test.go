package score

import (
	"os"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"agentladder/course/pack"
	"agentladder/grading/discourse"
	"agentladder/grading/rubric"
	"agentladder/grading/rules"
)

var shippedOnce = sync.OnceValues(func() (*Engine, pack.Diagnostics) {
	p, found := pack.Read(os.DirFS("../../course/library/zh-CN/first-light"))
	lex, ds := discourse.Compile(p.Of(pack.KindLexicon))
	if found = append(found, ds...); ds.HasErrors() {
		return nil, found
	}
	book, ds := rules.Compile(p.Of(pack.KindRules), lex)
	if found = append(found, ds...); ds.HasErrors() {
		return nil, found
	}
	r, ds := rubric.Compile(p.Documents, lex)
	if found = append(found, ds...); ds.HasErrors() {
		return nil, found
	}
	platforms, ds := rubric.CompilePlatforms(p.Documents)
	if found = append(found, ds...); ds.HasErrors() {
		return nil, found
	}
	found = append(append(found, r.LinkRules(book)...), platforms.LinkRules(book)...)
	return &Engine{Lexicon: lex, Book: book, Rubric: r, Platform: platforms}, found
})

// shipped is the engine of the shipped pack. Findings of kinds that grading does not read are not its business.
func shipped(t testing.TB) *Engine {
	t.Helper()
	e, ds := shippedOnce()
	require.NotNil(t, e, "%v", ds)
	return e
}

func say(lines ...string) []discourse.Turn {
	turns := make([]discourse.Turn, len(lines))
	for i, line := range lines {
		turns[i] = discourse.Turn{Seq: i + 1, Role: discourse.Buyer, Text: line[len("b:"):]}
		if line[0] == 'a' {
			turns[i].Role = discourse.Agent
		}
	}
	return turns
}

func chatOf(lines ...string) Input {
	return Input{Case: rules.Case{Chat: discourse.Chat{Turns: say(lines...)}}}
}
