package plantest_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"agentladder/course/pack"
	"agentladder/exam/buyer"
	"agentladder/exam/plantest"
	"agentladder/exam/scenario"
	"agentladder/grading/discourse"
	"agentladder/grading/rules"
	"agentladder/grading/score"
)

func parse(t *testing.T, name, as string) pack.Document {
	t.Helper()
	body, err := os.ReadFile(name)
	require.NoError(t, err)
	doc, ds := pack.Parse(as, body)
	require.Empty(t, ds)
	return doc
}

func lamp(t *testing.T) (*scenario.Scenario, pack.Document) {
	t.Helper()
	doc := parse(t, "testdata/lamp.yaml", "scenarios/lamp.yaml")
	sc, ds := scenario.Decode(doc)
	require.Empty(t, ds)
	return sc, doc
}

// words reads each Latin word as the frame of that name.
func words(turns []discourse.Turn) discourse.Chat {
	chat := discourse.Chat{Turns: turns}
	for _, turn := range turns {
		r := discourse.Reading{Content: len([]rune(turn.Text))}
		for _, word := range strings.Fields(turn.Text) {
			if word[0] >= 'a' && word[0] <= 'z' {
				r.Signals = append(r.Signals, discourse.Signal{Frame: word, Polarity: discourse.Asserted})
			}
		}
		chat.Readings = append(chat.Readings, r)
	}
	return chat
}

// solvedShare grades by the task alone; 扣分 costs ten points and a guarantee is a violation.
func solvedShare(_ scenario.Case, chat discourse.Chat, task *score.Task) score.Scorecard {
	card := score.Scorecard{Total: task.Solved}
	for i, turn := range chat.Turns {
		if strings.Contains(turn.Text, "扣分") {
			card.Total -= 10_000
		}
		if chat.Readings[i].Has("guarantee_outcome") {
			card.Violations = append(card.Violations, rules.Violation{SubRule: "R11.outcome"})
		}
	}
	return card
}

func TestRun(t *testing.T) {
	t.Parallel()

	t.Run("PlanThatComesTrueHasNoFindings", func(t *testing.T) {
		t.Parallel()
		sc, _ := lamp(t)
		doc := parse(t, "testdata/good.yaml", "plans/good.yaml")
		p, ds := plantest.Decode(doc)
		require.Empty(t, ds)
		transcripts, ds := plantest.Run(doc, p, sc, words, solvedShare)
		require.Empty(t, ds)
		require.Len(t, transcripts, 3)
		for _, tr := range transcripts {
			require.Equal(t, buyer.Solved, tr.Outcome)
			require.Len(t, tr.Moods, len(tr.Turns))
			require.Contains(t, tr.Turns[len(tr.Turns)-2].Text, "再见")
		}
	})

	t.Run("SlotsOfTheCaseAreFilledIntoTheAgentsWords", func(t *testing.T) {
		t.Parallel()
		sc, _ := lamp(t)
		doc := parse(t, "testdata/good.yaml", "plans/good.yaml")
		p, _ := plantest.Decode(doc)
		transcripts, _ := plantest.Run(doc, p, sc, words, solvedShare)
		for _, tr := range transcripts {
			for _, turn := range tr.Turns {
				require.NotContains(t, turn.Text, "{")
			}
		}
	})

	files, err := filepath.Glob("testdata/bad/*.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".yaml")
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			id, _, _ := strings.Cut(name, "-")
			doc := parse(t, file, "plans/"+filepath.Base(file))
			mark := bytes.Index(doc.Body, []byte("# <-"))
			require.GreaterOrEqual(t, mark, 0, "mark the line with # <-")
			line := 1 + bytes.Count(doc.Body[:mark], []byte("\n"))
			sc, scDoc := lamp(t)
			_, ds := plantest.Suite([]pack.Document{doc, scDoc}, []*scenario.Scenario{sc}, words, solvedShare)
			var found pack.Diagnostics
			for _, d := range ds {
				if d.Path == doc.Path {
					found = append(found, d)
				}
			}
			require.NotEmpty(t, found)
			for _, d := range found {
				require.Equal(t, id, d.ID, "%v", d)
				require.Equal(t, line, d.Line, "%v", d)
				require.Positive(t, d.Column)
			}
		})
	}

	t.Run("AL5002", func(t *testing.T) {
		t.Parallel()
		sc, _ := lamp(t)
		doc := parse(t, "testdata/good.yaml", "plans/good.yaml")
		p, _ := plantest.Decode(doc)
		p.Seeds = []uint64{1}
		calls := 0
		forgetful := func(turns []discourse.Turn) discourse.Chat {
			if calls++; calls > 15 {
				return discourse.Chat{Turns: turns, Readings: make([]discourse.Reading, len(turns))}
			}
			return words(turns)
		}
		_, ds := plantest.Run(doc, p, sc, forgetful, func(scenario.Case, discourse.Chat, *score.Task) score.Scorecard { return score.Scorecard{} })
		require.Contains(t, ids(ds), "AL5002")
	})

	t.Run("AL5008", func(t *testing.T) {
		t.Parallel()
		sc, _ := lamp(t)
		sc.Hidden[2].Words = []string{"买"} // a secret that the last line says
		sc.Endings.Solved = scenario.Lines{Any: []string{"买了"}}
		doc := parse(t, "testdata/good.yaml", "plans/good.yaml")
		p, _ := plantest.Decode(doc)
		_, ds := plantest.Run(doc, p, sc, words, solvedShare)
		require.Equal(t, []string{"AL5008", "AL5008", "AL5008"}, ids(ds))
	})
}

func TestSuite(t *testing.T) {
	t.Parallel()

	t.Run("AL5009", func(t *testing.T) {
		t.Parallel()
		sc, scDoc := lamp(t)
		doc := parse(t, "testdata/good.yaml", "plans/good.yaml")
		results, ds := plantest.Suite([]pack.Document{doc, scDoc}, []*scenario.Scenario{sc}, words, solvedShare)
		require.Len(t, results, 1)
		require.Equal(t, []string{"AL5009", "AL5009"}, ids(ds), "average and bad are missing")
		require.Equal(t, "scenarios/lamp.yaml:2:5", ds[0].Position.String())
	})
}

func ids(ds pack.Diagnostics) []string {
	var out []string
	for _, d := range ds {
		out = append(out, d.ID)
	}
	return out
}
