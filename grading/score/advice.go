package score

import (
	"cmp"
	"slices"

	"agentladder/grading/discourse"
)

// Most entries of the two lists a trainee reads first.
const (
	mostStrengths = 5
	mostNextSteps = 3
	mostEvidence  = 6 // of one line
)

// advice is one thing that would have brought points.
type advice struct {
	ref, title, text, lesson string
	points                   Milli
}

// advise remembers what a chat left on the table. The same reference adds up.
func (g *grade) advise(a advice) {
	if a.points <= 0 || a.text == "" {
		return
	}
	for i := range g.advice {
		if g.advice[i].ref == a.ref {
			g.advice[i].points += a.points
			return
		}
	}
	g.advice = append(g.advice, a)
}

// nextSteps are the largest recoverable losses, each with another lesson.
func (g *grade) nextSteps() []NextStep {
	best := slices.Clone(g.advice)
	slices.SortStableFunc(best, func(a, b advice) int { return cmp.Compare(b.points, a.points) })
	steps, lessons := []NextStep{}, map[string]bool{}
	for _, a := range best {
		if len(steps) == mostNextSteps {
			break
		}
		if a.lesson != "" && lessons[a.lesson] {
			continue
		}
		lessons[a.lesson] = true
		steps = append(steps, NextStep{Ref: a.ref, Title: a.title, Advice: a.text, Lesson: a.lesson})
	}
	return steps
}

// strengths are the criteria that reached the upper levels and the steps that were taken, best first, each with words of its own.
func (g *grade) strengths() []Strength {
	type candidate struct {
		Strength
		level  int
		points Milli
	}
	var all []candidate
	shown := map[discourse.Evidence]bool{}
	take := func(ref, title string, evidence []discourse.Evidence, level int, points Milli) {
		best, ok := telling(evidence, shown)
		if !ok {
			return
		}
		shown[best] = true
		all = append(all, candidate{Strength{Ref: ref, Title: g.landed(best.Signal, ref, title), Evidence: best}, level, points})
	}
	for _, j := range g.judged {
		if j.applies && j.level >= 2 && j.capped == nil && j.held > 0 {
			take(j.ID, j.Title, j.evidence, j.level, j.held)
		}
	}
	for _, l := range g.lines {
		if l.Part == Resolution && l.Kind == Gain {
			take(l.Ref, l.Title, l.Evidence, 3, l.Points)
		}
	}
	slices.SortStableFunc(all, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.level, a.level), cmp.Compare(b.points, a.points))
	})
	strengths := []Strength{}
	for _, c := range all[:min(len(all), mostStrengths)] {
		strengths = append(strengths, c.Strength)
	}
	return strengths
}

// landed is what the coach calls a signal under a criterion, or the plain title.
func (g *grade) landed(signal, criterion, title string) string {
	for _, n := range g.rubric.Coach.Landed {
		if n.Signal == signal && n.Criterion == criterion {
			return n.Title
		}
	}
	return title
}

// telling picks the longest quote that has not been shown; of equal ones the first.
func telling(evidence []discourse.Evidence, shown map[discourse.Evidence]bool) (discourse.Evidence, bool) {
	best, found := discourse.Evidence{}, false
	for _, e := range evidence {
		if !shown[e] && (!found || e.End-e.Start > best.End-best.Start) {
			best, found = e, true
		}
	}
	return best, found
}

// tidy sorts evidence by place, drops repeats and what shows no words, and keeps a readable number.
func tidy(evidence []discourse.Evidence) []discourse.Evidence {
	out := slices.DeleteFunc(slices.Clone(evidence), func(e discourse.Evidence) bool { return e.Start >= e.End })
	slices.SortStableFunc(out, func(a, b discourse.Evidence) int {
		return cmp.Or(cmp.Compare(a.Seq, b.Seq), cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), cmp.Compare(a.Signal, b.Signal))
	})
	out = slices.Compact(out)
	return out[:min(len(out), mostEvidence)]
}
