package score

import (
	"slices"
	"strings"

	"agentladder/grading/discourse"
	"agentladder/grading/rubric"
	"agentladder/grading/rules"
)

// zero takes back what criteria earned, with a line for each.
func (g *grade) zero() {
	for _, c := range g.rubric.Caps {
		ok, evidence := g.triggered(c.When)
		if !ok {
			continue
		}
		for _, id := range c.Zero {
			i := slices.IndexFunc(g.judged, func(j judgement) bool { return j.ID == id })
			if i < 0 || g.judged[i].held == 0 {
				continue
			}
			j := &g.judged[i]
			g.add(Line{ID: "zero." + c.ID + "." + id, Kind: Zero, Part: Attitude, Ref: id,
				Title: strings.NewReplacer("{title}", j.Title, "{cap}", c.Title).Replace(g.rubric.Texts.ZeroTitle), Points: -j.held,
				Why: c.Why, Better: c.Better, Lesson: c.Lesson, Evidence: tidy(evidence)})
			j.held = 0
		}
	}
}

// cap limits the total, with a line for each limit that takes something off.
func (g *grade) cap() {
	for _, c := range g.rubric.Caps {
		if c.Total == nil {
			continue
		}
		ok, evidence := g.triggered(c.When)
		above := g.total - *c.Total*1000
		if !ok || above <= 0 {
			continue
		}
		off := above - portion(above, c.Keep, 100)
		g.add(Line{ID: "cap." + c.ID, Kind: Cap, Part: TotalPart, Ref: c.ID, Title: c.Title, Points: -off,
			Why: c.Why, Better: c.Better, Lesson: c.Lesson, Evidence: tidy(evidence)})
		if c.When.Chat != nil || c.When.Silent || c.When.BuyerLeft {
			g.advise(advice{ref: c.ID, title: c.Title, text: c.Better, lesson: c.Lesson, points: off})
		}
	}
	if g.total < 0 {
		g.add(Line{ID: "total.clamp", Kind: Clamp, Part: TotalPart, Ref: string(TotalPart), Title: g.rubric.Texts.RulesClamp, Points: -g.total})
	}
}

func (g *grade) autoFails() []AutoFail {
	fails := []AutoFail{}
	for _, a := range g.rubric.AutoFails {
		if ok, _ := g.triggered(a.When); ok {
			fails = append(fails, AutoFail{ID: a.ID, Title: a.Title})
		}
	}
	return fails
}

// triggered says whether a trigger holds, and shows the words.
func (g *grade) triggered(t rubric.Trigger) (bool, []discourse.Evidence) {
	switch {
	case t.Severity != "":
		return g.turns(t.AtLeast, func(v rules.Violation) bool { return v.Severity == t.Severity })
	case t.SubRule != "":
		return g.turns(t.AtLeast, func(v rules.Violation) bool { return v.SubRule == t.SubRule })
	case t.Rule != "":
		return g.turns(t.AtLeast, func(v rules.Violation) bool { return v.Rule == t.Rule || v.Name == t.Rule })
	case t.DistinctSevere > 0:
		kinds := map[string]bool{}
		var evidence []discourse.Evidence
		for _, v := range g.violations {
			if v.Severity == rules.Severe && !kinds[v.SubRule] {
				kinds[v.SubRule] = true
				evidence = append(evidence, v.Evidence)
			}
		}
		return len(kinds) >= t.DistinctSevere, evidence
	case t.Chat != nil:
		return t.Chat.Eval(g.heard.Chat)
	case t.Silent:
		return g.heard.silent, nil
	case t.BuyerLeft:
		return g.in.Task != nil && g.in.Task.Left, nil
	case t.UnansweredEnd != nil:
		return g.unanswered(*t.UnansweredEnd), nil
	}
	return false, nil
}

// turns counts the turns in which a violation of a kind was found.
func (g *grade) turns(atLeast int, of func(rules.Violation) bool) (bool, []discourse.Evidence) {
	seen := map[int]bool{}
	var evidence []discourse.Evidence
	for _, v := range g.violations {
		if of(v) {
			seen[v.Evidence.Seq] = true
			evidence = append(evidence, v.Evidence)
		}
	}
	return len(seen) >= max(atLeast, 1), evidence
}

// unanswered looks at the real chat: even an empty reply is a reply here; what it is worth is judged elsewhere.
func (g *grade) unanswered(u rubric.UnansweredEnd) bool {
	chat, open := g.in.Case.Chat, 0
	for i := len(chat.Turns) - 1; i >= 0 && chat.Turns[i].Role == discourse.Buyer; i-- {
		if chat.Turns[i].Crossed || slices.ContainsFunc(u.Except, chat.Readings[i].Has) {
			continue
		}
		open++
	}
	return u.Turns > 0 && open >= u.Turns
}
