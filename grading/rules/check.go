package rules

import (
	"cmp"
	"slices"

	"agentladder/grading/discourse"
)

// Check finds every broken sub-rule, in order of turn and position: once per sub-rule and turn.
func (b *Book) Check(c Case) []Violation {
	var out []Violation
	for i, turn := range c.Chat.Turns {
		if turn.Role != discourse.Agent || i >= len(c.Chat.Readings) {
			continue
		}
		for r := range b.rules {
			for s := range b.rules[r].SubRules {
				rule, sub := &b.rules[r], &b.rules[r].SubRules[s]
				holds, evidence := sub.When.EvalTurn(c.Chat, i)
				if !holds || len(evidence) == 0 || sub.excused(c, i) {
					continue
				}
				slices.SortStableFunc(evidence, func(a, b discourse.Evidence) int { return cmp.Compare(a.Start, b.Start) })
				out = append(out, Violation{Rule: rule.ID, SubRule: sub.ID, Name: rule.Name, Title: sub.Title, Version: rule.Version, Severity: sub.Severity,
					Why: sub.Why, Better: slices.Clone(sub.Better), Basis: slices.Clone(sub.Basis), Lesson: rule.Lesson, Evidence: evidence[0]})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Violation) int {
		return cmp.Or(cmp.Compare(a.Evidence.Seq, b.Evidence.Seq), cmp.Compare(a.Evidence.Start, b.Evidence.Start), cmp.Compare(a.SubRule, b.SubRule))
	})
	return out
}

// excused says whether one of the sub-rule's excuses holds for turn i.
func (s *SubRule) excused(c Case, i int) bool {
	allowed := func(name string) bool {
		return slices.ContainsFunc(c.Facts, func(f Fact) bool { return slices.Contains(f.Allows, name) })
	}
	if allowed(s.ID) {
		return true
	}
	for _, e := range s.Unless {
		switch {
		case e.Same != "" && c.Chat.Readings[i].Has(e.Same):
			return true
		case e.Fact != "" && allowed(e.Fact):
			return true
		case e.Next != "":
			for j := i + 1; j < len(c.Chat.Turns) && c.Chat.Turns[j].Role == discourse.Agent; j++ {
				if c.Chat.Readings[j].Has(e.Next) {
					return true
				}
			}
		}
	}
	return false
}
