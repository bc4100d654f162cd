package score

import (
	"strings"

	"agentladder/grading/rubric"
)

// resolution asks which steps of the ideal path were taken and how far the buyer's problem was solved.
func (g *grade) resolution() {
	weight, applies := g.weights[Resolution]
	if !applies {
		return
	}
	task, texts := g.in.Task, g.rubric.Texts
	steps := g.rubric.Part(rubric.Resolution).StepsPercent
	weights := make([]int, len(task.Steps))
	any := 0
	for i, s := range task.Steps {
		weights[i] = max(s.Weight, 0)
		any += weights[i]
	}
	if any == 0 {
		steps = 0
	}
	split := shares(weight, []int{steps, 100 - steps})
	for i, share := range shares(split[0], weights) {
		s := task.Steps[i]
		line := Line{ID: "resolution.step." + s.ID, Part: Resolution, Ref: s.ID, Title: s.Title}
		if done, evidence := s.When.Eval(g.heard.Chat); done && !g.heard.silent {
			line.Kind, line.Points, line.Evidence = Gain, share, tidy(evidence)
		} else {
			line.Kind, line.Why, line.Better, line.Lesson = Loss, texts.StepMissed, s.Advice, s.Lesson
			g.advise(advice{ref: s.ID, title: s.Title, text: s.Advice, lesson: s.Lesson, points: share})
		}
		g.add(line)
	}
	if split[1] == 0 {
		return
	}
	solved := max(0, min(task.Solved, 100_000))
	if g.heard.silent {
		solved = 0
	}
	line := Line{ID: "resolution.solved", Kind: Gain, Part: Resolution, Ref: "solved", Title: texts.Solved,
		Points: portion(split[1], solved, 100_000), Why: texts.SolvedWhy}
	if solved < 100_000 {
		line.Why = strings.ReplaceAll(texts.UnsolvedWhy, "{n}", percent(solved))
		line.Better = texts.UnsolvedTip
		g.advise(advice{ref: "solved", title: texts.Solved, text: texts.UnsolvedTip, points: split[1] - line.Points})
	}
	if line.Points == 0 {
		line.Kind = Loss
	}
	g.add(line)
}
