package score

import (
	"strconv"
	"strings"

	"agentladder/grading/rubric"
)

// timeliness gives every reply within the target its full share, and less the longer the buyer waited beyond it.
func (g *grade) timeliness() {
	weight, applies := g.weights[Timeliness]
	if !applies {
		return
	}
	texts, times := g.rubric.Texts, g.replies()
	noneAt := max(g.rubric.Part(rubric.Timeliness).NoneAt, 1) * g.target
	score := 0
	for _, wait := range g.in.Replies {
		switch {
		case wait <= g.target:
			score += 100_000
		case wait < noneAt:
			score += portion(100_000, noneAt-wait, noneAt-g.target)
		}
	}
	points := portion(weight, score, 100_000*len(g.in.Replies))
	why := strings.NewReplacer("{n}", strconv.Itoa(times.WithinTarget), "{of}", strconv.Itoa(times.Count),
		"{seconds}", strconv.Itoa(g.target), "{average}", strconv.Itoa(times.AverageSeconds)).Replace(texts.RepliesWhy)
	line := Line{ID: "timeliness.replies", Kind: Gain, Part: Timeliness, Ref: "replies", Title: texts.Replies, Points: points, Why: why}
	if points < weight {
		line.Better, line.Lesson = texts.RepliesTip, texts.ReplyLesson
		g.advise(advice{ref: "replies", title: texts.Replies, text: texts.RepliesTip, lesson: texts.ReplyLesson, points: weight - points})
	}
	if points == 0 {
		line.Kind = Loss
	}
	g.add(line)
}

func (g *grade) replies() ReplyTimes {
	times := ReplyTimes{Count: len(g.in.Replies)}
	if times.Count == 0 {
		return times
	}
	times.FirstSeconds = g.in.Replies[0]
	sum := 0
	for _, wait := range g.in.Replies {
		sum += wait
		times.LongestSeconds = max(times.LongestSeconds, wait)
		if g.target > 0 && wait <= g.target {
			times.WithinTarget++
		}
	}
	times.AverageSeconds, times.TargetSeconds = sum/times.Count, g.target
	return times
}

func percent(milli Milli) string { return strconv.Itoa(milli / 1000) }
