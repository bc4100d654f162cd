package buyer_test

import (
	"encoding/json"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agentladder/course/pack"
	"agentladder/exam/buyer"
	"agentladder/exam/scenario"
	"agentladder/grading/discourse"
)

var begin = time.Date(2026, time.March, 2, 2, 0, 0, 0, time.UTC)

// lamp is a small scenario whose every line the tests know.
func lamp(t *testing.T) *scenario.Scenario {
	t.Helper()
	body, err := os.ReadFile("testdata/lamp.yaml")
	require.NoError(t, err)
	doc, ds := pack.Parse("scenarios/lamp.yaml", body)
	require.Empty(t, ds)
	sc, ds := scenario.Decode(doc)
	require.Empty(t, ds)
	require.Empty(t, sc.Check(doc, nil))
	return sc
}

// stage is a chat whose readings the test writes by hand.
type stage struct {
	t     *testing.T
	mind  *buyer.Mind
	state buyer.State
	chat  discourse.Chat
	now   time.Time
}

func setup(t *testing.T, seed uint64) *stage {
	t.Helper()
	g := &stage{t: t, mind: buyer.New(lamp(t), seed), now: begin}
	g.state = g.mind.Open(g.now)
	return g
}

// settle lets the buyer finish typing and returns what was said.
func (g *stage) settle() []string {
	from := len(g.chat.Turns)
	for g.state.Typing() {
		due, ok := g.state.NextDue()
		require.True(g.t, ok)
		g.pass(due.Sub(g.now))
	}
	return g.said(from)
}

// pass moves the clock on and returns what was said meanwhile.
func (g *stage) pass(d time.Duration) []string {
	from := len(g.chat.Turns)
	g.now = g.now.Add(max(0, d))
	state, lines := g.mind.Deliver(g.state, g.now)
	g.state = state
	for _, l := range lines {
		g.add(discourse.Buyer, l.Text, l.At)
	}
	return g.said(from)
}

func (g *stage) said(from int) []string {
	var out []string
	for _, turn := range g.chat.Turns[from:] {
		if turn.Role == discourse.Buyer {
			out = append(out, turn.Text)
		}
	}
	return out
}

// tell lets the agent say something that shows the frames, without waiting for the buyer.
func (g *stage) tell(text string, frames ...string) {
	g.add(discourse.Agent, text, g.now, frames...)
	g.state = g.mind.Hear(g.state, g.chat, g.now)
}

// ask is tell and the buyer's whole answer.
func (g *stage) ask(text string, frames ...string) []string {
	g.settle()
	g.pass(5 * time.Second)
	g.tell(text, frames...)
	return g.settle()
}

func (g *stage) add(role discourse.Role, text string, at time.Time, frames ...string) {
	r := discourse.Reading{Runes: len([]rune(text)), Content: len([]rune(text))}
	for _, f := range frames {
		r.Signals = append(r.Signals, discourse.Signal{Frame: f, Polarity: discourse.Asserted})
	}
	g.chat.Turns = append(g.chat.Turns, discourse.Turn{Seq: len(g.chat.Turns) + 1, Role: role, Text: text, At: at})
	g.chat.Readings = append(g.chat.Readings, r)
}

// outcome runs out the clock.
func (g *stage) outcome() buyer.Outcome {
	for range 50 {
		due, ok := g.state.NextDue()
		if !ok {
			break
		}
		g.pass(due.Sub(g.now))
	}
	o, ended := g.state.Ended()
	require.True(g.t, ended, "the chat never ends")
	return o
}

func requireSaid(t *testing.T, said []string, oneOf ...string) {
	t.Helper()
	require.True(t, slices.ContainsFunc(said, func(s string) bool { return slices.Contains(oneOf, s) }), "said %q, want one of %q", said, oneOf)
}

func stored(t require.TestingT, s buyer.State) string {
	body, err := json.Marshal(s)
	require.NoError(t, err)
	return string(body)
}
