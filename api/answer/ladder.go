package answer

import (
	"agentladder/api/openapi"
	"agentladder/course/roster"
	"agentladder/grading/ladder"
)

// Standing shows where a person stands and what the next tier asks.
func Standing(r roster.Row, s ladder.Standing) openapi.Standing {
	out := openapi.Standing{
		Person: PersonRow(r), Tier: openapi.Tier(s.Tier), TierTitle: s.Title, Since: Day(s.Since.String()), AsOf: Day(s.AsOf.String()),
		Rungs: Each(s.Rungs, func(r ladder.Rung) openapi.Rung {
			return openapi.Rung{Tier: openapi.Tier(r.Tier), Title: r.Title, State: openapi.RungState(r.Place)}
		}),
	}
	if n := s.Next; n != nil {
		out.Next = openapi.NextTier{
			Tier: openapi.Tier(n.Tier), Title: n.Title, Met: n.Met, Open: n.Open, NoData: n.NoData, Earliest: Day(n.Earliest.String()), Clauses: Each(n.Clauses, clause),
		}
	}
	return out
}

func clause(c ladder.Clause) openapi.Clause {
	return openapi.Clause{
		Id: c.ID, Title: c.Title, State: openapi.ClauseState(c.State), Detail: c.Detail, Nearer: c.Nearer, OpensOn: Day(c.OpensOn.String()),
		Facts: Each(c.Facts, func(f ladder.Fact) openapi.Fact {
			return openapi.Fact{Id: f.ID, Label: f.Label, Value: f.Value}
		}),
		Lesson: openapi.LessonRef{Id: c.Lesson.ID, Title: c.Lesson.Title},
	}
}

// LadderRow is a person's line in the table of HR.
func LadderRow(r roster.Row, s ladder.Standing) openapi.LadderRow {
	out := openapi.LadderRow{Person: PersonRow(r), Tier: openapi.Tier(s.Tier), Since: Day(s.Since.String()), OpenClauses: []string{}}
	if s.Tenure != nil {
		out.TenureDays = &s.Tenure.Days
	}
	if n := s.Next; n != nil {
		out.NextTier, out.Met, out.Open, out.NoData, out.Earliest = openapi.Tier(n.Tier), n.Met, n.Open, n.NoData, Day(n.Earliest.String())
		for _, c := range n.Clauses {
			if c.State != ladder.Met {
				out.OpenClauses = append(out.OpenClauses, c.Title)
			}
		}
	}
	return out
}
