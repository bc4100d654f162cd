package score

import (
	"fmt"
	"slices"
)

// Evaluation is the result of a ranked benchmark.
type Evaluation struct {
	N            int        `json:"n"`
	Pairs        int        `json:"pairs"`         // of one group and different rank
	PairsOrdered int        `json:"pairs_ordered"` // the better rank has the higher score
	Items        []EvalItem `json:"items"`
}

// EvalItem is one transcript of a benchmark.
type EvalItem struct {
	ID         string   `json:"id"`
	Score      Points   `json:"score"`
	Passed     bool     `json:"passed"`
	Violations []string `json:"violations"` // names of rules, sorted, each once
}

// Points are milli-points that are written as points: 82345 as 82.345.
type Points Milli

// MarshalJSON writes the exact decimal number.
func (p Points) MarshalJSON() ([]byte, error) {
	if p < 0 {
		return nil, fmt.Errorf("a total of %d milli-points", int(p))
	}
	return fmt.Appendf(nil, "%d.%03d", p/1000, p%1000), nil
}

// Evaluate grades transcripts and counts how many ranked pairs come out in order. An equal score is out of order.
func (e *Engine) Evaluate(all []Transcript) Evaluation {
	result := Evaluation{N: len(all), Items: []EvalItem{}}
	for _, t := range all {
		card := e.Grade(t.Input())
		item := EvalItem{ID: t.ID, Score: Points(card.Total), Passed: card.Passed, Violations: []string{}}
		for _, v := range card.Violations {
			item.Violations = append(item.Violations, v.Name)
		}
		slices.Sort(item.Violations)
		item.Violations = slices.Compact(item.Violations)
		result.Items = append(result.Items, item)
	}
	for i, a := range all {
		for j, b := range all[:i] {
			if a.Group == "" || a.Group != b.Group || a.Rank == b.Rank || a.Rank == 0 || b.Rank == 0 {
				continue
			}
			result.Pairs++
			better, worse := result.Items[i].Score, result.Items[j].Score
			if b.Rank < a.Rank {
				better, worse = worse, better
			}
			if better > worse {
				result.PairsOrdered++
			}
		}
	}
	return result
}
