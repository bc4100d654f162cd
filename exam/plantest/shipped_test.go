package plantest_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"agentladder/course/library"
	"agentladder/course/pack"
	"agentladder/exam/bundle"
	"agentladder/exam/plantest"
	"agentladder/grading/discourse"
)

func TestShippedPlans(t *testing.T) {
	t.Parallel()
	var docs []pack.Document
	for _, root := range library.Shipped() {
		p, ds := pack.Read(root)
		require.False(t, ds.HasErrors(), "%v", ds)
		docs = append(docs, p.Documents...)
	}
	b, ds := bundle.Load(docs)
	require.False(t, ds.HasErrors(), "%v", ds)
	results, found := plantest.Suite(docs, b.Scenarios(), b.Lexicon().ReadChat, b.Grade)

	t.Run("ComeTrue", func(t *testing.T) {
		t.Parallel()
		for _, d := range found {
			t.Error(d)
		}
		require.NotEmpty(t, results)
	})

	t.Run("BetterAgentsScoreHigher", func(t *testing.T) {
		t.Parallel()
		worst, best := map[string]map[plantest.Agent]int{}, map[string]map[plantest.Agent]int{}
		for _, r := range results {
			if worst[r.Plan.Scenario] == nil {
				worst[r.Plan.Scenario], best[r.Plan.Scenario] = map[plantest.Agent]int{}, map[plantest.Agent]int{}
			}
			for _, tr := range r.Transcripts {
				low, seen := worst[r.Plan.Scenario][r.Plan.Agent]
				if !seen || tr.Card.Total < low {
					worst[r.Plan.Scenario][r.Plan.Agent] = tr.Card.Total
				}
				best[r.Plan.Scenario][r.Plan.Agent] = max(best[r.Plan.Scenario][r.Plan.Agent], tr.Card.Total)
			}
		}
		for id := range worst {
			require.Greater(t, worst[id][plantest.Excellent], best[id][plantest.Average], id)
			require.Greater(t, worst[id][plantest.Average], worst[id][plantest.Bad], id)
			require.GreaterOrEqual(t, worst[id][plantest.Excellent]-worst[id][plantest.Bad], 30_000, id)
		}
	})

	t.Run("TurnsOfBothSidesAreMarkedWithTheMood", func(t *testing.T) {
		t.Parallel()
		for _, r := range results {
			for _, tr := range r.Transcripts {
				require.Len(t, tr.Moods, len(tr.Turns))
				require.Equal(t, discourse.Buyer, tr.Turns[0].Role)
			}
		}
	})
}
