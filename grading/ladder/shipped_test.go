package ladder

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"agentladder/course/library"
	"agentladder/course/pack"
	"agentladder/course/pack/packtest"
)

func shipped(t *testing.T) *Ladder {
	t.Helper()
	var docs []pack.Document
	for _, root := range library.Shipped() {
		p, ds := pack.Read(root)
		require.False(t, ds.HasErrors(), "%v", ds)
		docs = append(docs, p.Documents...)
	}
	l, ds := Compile(docs)
	require.False(t, ds.HasErrors(), "%v", ds)
	return l
}

func TestSchemaMatchesStruct(t *testing.T) {
	t.Parallel()
	require.Empty(t, packtest.Differences(pack.KindLadder, Ladder{}))
}

func TestShippedLadder(t *testing.T) {
	t.Parallel()
	l := shipped(t)

	t.Run("it has the four tiers of the trade", func(t *testing.T) {
		t.Parallel()
		var ids []string
		for _, tier := range l.Tiers {
			ids = append(ids, tier.ID)
		}
		require.Equal(t, Order, ids)
	})
	t.Run("a figure that is a choice of the authors says that it can be changed", func(t *testing.T) {
		t.Parallel()
		chosen := 0
		for _, tier := range l.Tiers {
			for _, q := range tier.Requires {
				if slices.Contains(q.Sources, "D") {
					chosen++
					require.Contains(t, q.Basis, "建议值", q.ID)
				} else {
					require.NotContains(t, q.Basis, "建议值", q.ID)
				}
			}
		}
		require.Positive(t, chosen)
	})
	t.Run("no sentence or fact is left with a slot, whatever is known", func(t *testing.T) {
		t.Parallel()
		today, _ := ParseDay("2026-03-02")
		hired, _ := ParseDay("2025-12-01")
		left, _ := ParseDay("2026-01-31")
		ends, _ := ParseDay("2026-03-31")
		seen := map[State]int{}
		for _, tier := range l.Tiers {
			for _, spells := range [][]Spell{nil, {{From: hired}}, {{From: hired, To: left}}, {{From: hired, To: ends}}, {{From: hired - 800}}, {{hired - 800, hired - 700}, {hired, 0}}} {
				for _, percent := range []int{-1, 0, 59, 100} {
					r := Record{Tier: tier.ID, Spells: spells, ChaptersRead: map[string]bool{}, QuizBest: map[string]int{}}
					if len(spells) > 0 && tier.ID != "none" {
						r.Grants = []Grant{{Tier: tier.ID, On: spells[0].From + 10}}
					}
					if percent >= 0 {
						r.QuizBest["C1"], r.ChaptersRead["C1"] = percent, percent > 0
					}
					s := Decide(l, r, today)
					require.NotEmpty(t, s.Title)
					if s.Next == nil {
						require.Equal(t, "senior", tier.ID)
						continue
					}
					require.Equal(t, len(s.Next.Clauses), s.Next.Met+s.Next.Open+s.Next.NoData)
					for _, c := range s.Next.Clauses {
						seen[c.State]++
						require.NotEmpty(t, c.Detail, c.ID)
						require.Equal(t, c.State == Open, c.Nearer != "", c.ID)
						texts := []string{c.Detail, c.Nearer}
						require.NotEmpty(t, c.Facts, c.ID)
						for _, f := range c.Facts {
							require.NotEmpty(t, f.Label, c.ID)
							require.NotEmpty(t, f.Value, c.ID+" "+f.ID)
							texts = append(texts, f.Value)
						}
						for _, text := range texts {
							require.False(t, strings.ContainsAny(text, "{}"), text)
						}
					}
				}
			}
		}
		for _, state := range []State{Met, Open, NoData} {
			require.Positive(t, seen[state], state)
		}
	})
}
