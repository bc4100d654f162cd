package score

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

func ranked(t testing.TB) []Transcript {
	t.Helper()
	text, err := os.ReadFile("testdata/ranked.jsonl")
	require.NoError(t, err)
	all, err := DecodeTranscripts("ranked.jsonl", text)
	require.NoError(t, err)
	return all
}

func TestRankedTranscripts(t *testing.T) {
	t.Parallel()
	e, all := shipped(t), ranked(t)
	result := e.Evaluate(all)
	require.Equal(t, len(all), result.N)
	for i, item := range result.Items {
		t.Logf("%-18s %6d passed=%-5v %v", item.ID, item.Score, item.Passed, item.Violations)
		for _, expected := range all[i].Expected {
			require.Contains(t, item.Violations, expected, item.ID)
		}
		if len(all[i].Expected) == 0 {
			require.Empty(t, item.Violations, item.ID)
		}
		if all[i].Quality == "good" {
			require.True(t, item.Passed, item.ID)
		}
		if all[i].Quality == "bad" {
			require.False(t, item.Passed, item.ID)
		}
	}
	require.Equal(t, 34, result.Pairs)
	require.Equal(t, result.Pairs, result.PairsOrdered)
}

// Replies written for the grader and not for the buyer: courtesy over and over, empty promises, the buyer's own words,
// instructions to the grader, the rubric pasted, symbols, small talk.
func TestGamingNeverPasses(t *testing.T) {
	t.Parallel()
	e := shipped(t)
	text, err := os.ReadFile("testdata/gaming.jsonl")
	require.NoError(t, err)
	all, err := DecodeTranscripts("gaming.jsonl", text)
	require.NoError(t, err)
	require.NotEmpty(t, all)
	for _, transcript := range all {
		t.Run(transcript.ID, func(t *testing.T) {
			t.Parallel()
			card := e.Grade(transcript.Input())
			sound(t, card)
			require.False(t, card.Passed, "%d", card.Total)
			require.Less(t, card.Total, 60_000)
		})
	}
}
