package score

import (
	"agentladder/grading/discourse"
	"agentladder/grading/rubric"
)

// judgement is what was found about one criterion.
type judgement struct {
	rubric.Criterion
	applies  bool
	earned   int // level before a fault held it down
	level    int
	share    Milli // what the criterion is worth in this chat
	text     rubric.Level
	evidence []discourse.Evidence // for the level earned
	capped   *rubric.LevelCap
	fault    []discourse.Evidence // for the cap
	held     Milli                // what the criterion has so far
}

func (g *grade) judge() {
	for _, c := range g.rubric.Criteria {
		g.judged = append(g.judged, g.judgeOne(c))
	}
}

func (g *grade) judgeOne(c rubric.Criterion) judgement {
	j := judgement{Criterion: c, applies: true, text: c.None}
	chat := g.heard.Chat
	if c.Due != nil {
		if due, _ := c.Due.Eval(chat); !due {
			j.applies = false
			return j
		}
	}
	if g.heard.silent {
		j.text = rubric.Level{Why: g.rubric.Texts.Silent, Advice: g.rubric.Texts.SilentAdvice, Better: c.None.Better}
		return j
	}
	for _, l := range c.Levels {
		if ok, evidence := l.When.Eval(chat); ok && g.heard.spread(l.Spread) {
			j.earned, j.text, j.evidence = l.Level, l, tidy(evidence)
			break
		}
	}
	j.level = j.earned
	for i := range c.Caps {
		lc := &c.Caps[i]
		ok, evidence := lc.When.Eval(chat)
		if !ok || j.capped != nil && j.capped.Level <= lc.Level {
			continue
		}
		j.capped, j.fault = lc, tidy(evidence)
	}
	if j.capped != nil {
		j.level = min(j.level, j.capped.Level)
	}
	return j
}

// attitude gives each due criterion its share and writes down what it earned.
func (g *grade) attitude() {
	weight, applies := g.weights[Attitude]
	if !applies {
		return
	}
	weights := make([]int, len(g.judged))
	for i, j := range g.judged {
		if j.applies {
			weights[i] = j.Weight
		}
	}
	for i, share := range shares(weight, weights) {
		j := &g.judged[i]
		if !j.applies {
			continue
		}
		j.share = share
		earned := portion(share, g.rubric.LevelPercent[j.earned], 100)
		line := Line{ID: "attitude." + j.ID, Kind: Gain, Part: Attitude, Ref: j.ID, Title: j.Title, Points: earned,
			Why: j.text.Why, Better: j.text.Better, Lesson: j.Lesson, Evidence: j.evidence}
		if earned == 0 {
			line.Kind = Loss
		}
		if j.earned == rubric.TopLevel {
			line.Better, line.Lesson = "", ""
		}
		g.add(line)
		j.held = earned
		if j.capped != nil {
			g.capCriterion(j)
		}
		g.advise(advice{ref: j.ID, title: j.Title, text: j.advice(), lesson: j.Lesson, points: share - j.held})
	}
}

func (g *grade) capCriterion(j *judgement) {
	left := portion(j.share, g.rubric.LevelPercent[j.level], 100)
	line := Line{ID: "attitude." + j.ID + ".cap", Kind: Cap, Part: Attitude, Ref: j.ID, Title: j.Title, Points: left - j.held,
		Why: j.capped.Why, Better: j.capped.Better, Lesson: j.Lesson, Evidence: j.fault}
	if line.Points == 0 {
		line.Kind = Loss
	}
	g.add(line)
	j.held = left
}

// advice is what a coach says about the level reached: the fault first, since it is what holds the agent down.
func (j judgement) advice() string {
	if j.capped != nil && j.capped.Better != "" {
		return j.capped.Why + j.capped.Better
	}
	if j.text.Advice != "" {
		return j.text.Advice
	}
	return j.text.Better
}

func (j judgement) criterion() Criterion {
	c := Criterion{ID: j.ID, Title: j.Title, Applies: j.applies, Level: j.level, Evidence: []discourse.Evidence{}}
	if !j.applies {
		c.Why = j.WhyNotDue
		return c
	}
	c.Weight, c.Why, c.Better, c.Lesson = j.share, j.text.Why, j.text.Better, j.Lesson
	c.Evidence = append(c.Evidence, j.evidence...)
	if j.capped != nil {
		c.Why, c.Better = j.capped.Why, j.capped.Better
		c.Evidence = append([]discourse.Evidence{}, j.fault...)
	}
	if j.level == rubric.TopLevel {
		c.Better, c.Lesson = "", ""
	}
	return c
}
