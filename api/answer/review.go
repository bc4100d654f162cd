package answer

import (
	"agentladder/api/openapi"
	"agentladder/exam"
	"agentladder/grading/discourse"
	"agentladder/grading/rules"
	"agentladder/grading/score"
)

// Review shows an ended chat with its scorecard; the buyer's mood is free now.
func Review(g *exam.Graded) openapi.Review {
	out := openapi.Review{Chat: Chat(g.View), Scorecard: (&cardWriter{lessons: g}).card(g.Card), Mood: make([]openapi.MoodPoint, 0, len(g.View.Chat.Messages))}
	for _, m := range g.View.Chat.Messages {
		out.Mood = append(out.Mood, openapi.MoodPoint{Seq: m.Seq, Mood: m.Mood})
	}
	return out
}

// lessonTitles names the lessons that a scorecard points to.
type lessonTitles interface {
	LessonTitle(id string) (title string, ok bool)
}

// cardWriter maps a scorecard to the contract.
type cardWriter struct{ lessons lessonTitles }

func (w *cardWriter) card(c score.Scorecard) openapi.Scorecard {
	return openapi.Scorecard{
		Engine: c.Engine, Total: c.Total, PassLine: c.PassLine, Passed: c.Passed, Digests: c.Digests,
		Replies: openapi.ReplyTimes{Count: c.Replies.Count, FirstSeconds: c.Replies.FirstSeconds, AverageSeconds: c.Replies.AverageSeconds,
			LongestSeconds: c.Replies.LongestSeconds, TargetSeconds: c.Replies.TargetSeconds},
		Parts: Each(c.Parts, func(p score.Part) openapi.ScorePart {
			return openapi.ScorePart{Id: openapi.ScorePartId(p.ID), Title: p.Title, Weight: p.Weight, Applies: p.Applies, Score: p.Score, Points: p.Points, Reason: p.Reason}
		}),
		Criteria: Each(c.Criteria, func(k score.Criterion) openapi.CriterionScore {
			return openapi.CriterionScore{Id: k.ID, Title: k.Title, Weight: k.Weight, Applies: k.Applies, Level: k.Level, Why: k.Why, Better: k.Better,
				Lesson: w.lesson(k.Lesson), Evidence: Each(k.Evidence, evidence)}
		}),
		Violations: Each(c.Violations, w.violation),
		Lines: Each(c.Lines, func(l score.Line) openapi.ScoreLine {
			return openapi.ScoreLine{Id: l.ID, Kind: openapi.ScoreLineKind(l.Kind), Part: openapi.ScoreLinePart(l.Part), Ref: l.Ref, Title: l.Title, Points: l.Points,
				Why: l.Why, Better: l.Better, Lesson: w.lesson(l.Lesson), Evidence: Each(l.Evidence, evidence)}
		}),
		Strengths: Each(c.Strengths, func(s score.Strength) openapi.Strength {
			return openapi.Strength{Ref: s.Ref, Title: s.Title, Evidence: evidence(s.Evidence)}
		}),
		NextSteps: Each(c.NextSteps, func(n score.NextStep) openapi.NextStep {
			return openapi.NextStep{Ref: n.Ref, Title: n.Title, Advice: n.Advice, Lesson: w.lesson(n.Lesson)}
		}),
		AutoFails: Each(c.AutoFails, func(a score.AutoFail) openapi.AutoFail { return openapi.AutoFail{Id: a.ID, Title: a.Title} }),
	}
}

func (w *cardWriter) violation(v rules.Violation) openapi.Violation {
	return openapi.Violation{Rule: v.Rule, SubRule: v.SubRule, Name: v.Name, Title: v.Title, Version: v.Version, Severity: openapi.ViolationSeverity(v.Severity),
		Why: v.Why, Better: Filled(v.Better), Basis: Filled(v.Basis), Consequence: v.Consequence, Lesson: w.lesson(v.Lesson), Evidence: evidence(v.Evidence)}
}

func (w *cardWriter) lesson(id string) openapi.LessonRef {
	title, ok := w.lessons.LessonTitle(id)
	if !ok {
		return openapi.LessonRef{}
	}
	return openapi.LessonRef{Id: id, Title: title}
}

func evidence(e discourse.Evidence) openapi.Evidence {
	return openapi.Evidence{Seq: e.Seq, Start: e.Start, End: e.End, Quote: e.Quote, Signal: e.Signal}
}

// Each maps a list; the result is never nil.
func Each[From, To any](list []From, f func(From) To) []To {
	out := make([]To, 0, len(list))
	for _, item := range list {
		out = append(out, f(item))
	}
	return out
}
