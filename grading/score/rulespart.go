package score

import (
	"strconv"
	"strings"

	"agentladder/grading/discourse"
	"agentladder/grading/rules"
)

// rules starts with the whole part and takes off what each broken sub-rule costs: once per turn, and less for repeats.
// Each loss is rounded by itself, so that a rule changes no line but its own.
func (g *grade) rules() {
	weight, applies := g.weights[RulesPart]
	if !applies {
		return
	}
	texts := g.rubric.Texts
	g.add(Line{ID: "rules.base", Kind: Base, Part: RulesPart, Ref: string(RulesPart), Title: texts.RulesBase, Points: weight})
	seen := map[string]bool{}
	for _, b := range breaches(g.violations) {
		v := b.first
		cost := g.rubric.Deduction(v.Severity) * 1000
		why := v.Why
		if seen[v.SubRule] {
			cost = portion(cost, g.rubric.RepeatPercent, 100)
			why = texts.Repeated + why
		}
		seen[v.SubRule] = true
		points := portion(weight, cost, 100_000)
		better := ""
		if len(v.Better) > 0 {
			better = v.Better[0]
		}
		g.add(Line{ID: "rules." + v.SubRule + "." + strconv.Itoa(v.Evidence.Seq), Kind: Loss, Part: RulesPart, Ref: v.SubRule,
			Title: v.Title, Points: -points, Why: why, Better: better, Lesson: v.Lesson, Evidence: b.evidence})
		text := v.Why
		if better != "" {
			text += strings.ReplaceAll(texts.Say, "{better}", better)
		}
		g.advise(advice{ref: v.SubRule, title: v.Title, text: text, lesson: v.Lesson, points: points})
	}
	if left := g.sum(RulesPart); left < 0 {
		g.add(Line{ID: "rules.clamp", Kind: Clamp, Part: RulesPart, Ref: string(RulesPart), Title: texts.RulesClamp, Points: -left})
	}
}

// breach is one sub-rule broken in one turn, however often.
type breach struct {
	first    rules.Violation
	evidence []discourse.Evidence
}

func breaches(violations []rules.Violation) []breach {
	var all []breach
	at := map[string]int{}
	for _, v := range violations {
		key := v.SubRule + "\x00" + strconv.Itoa(v.Evidence.Seq)
		i, ok := at[key]
		if !ok {
			i = len(all)
			at[key] = i
			all = append(all, breach{first: v})
		}
		all[i].evidence = append(all[i].evidence, v.Evidence)
	}
	return all
}
