package score

import (
	"encoding/json"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agentladder/course/pack"
	"agentladder/grading/discourse"
	"agentladder/grading/rubric"
	"agentladder/grading/rules"
)

func parse(t testing.TB, name string) pack.Document {
	t.Helper()
	body, err := os.ReadFile(name)
	require.NoError(t, err)
	doc, ds := pack.Parse(name, body)
	require.Empty(t, ds)
	return doc
}

// plain is an engine with a small rubric and the language of tests.
func plain(t testing.TB, deaf ...string) *Engine {
	t.Helper()
	lex, ds := discourse.Compile([]pack.Document{parse(t, "testdata/plain/lexicon.yaml")})
	require.False(t, ds.HasErrors(), "%v", ds)
	r, ds := rubric.Compile([]pack.Document{parse(t, "testdata/plain/rubric.yaml")}, lex)
	require.Empty(t, ds)
	p, ds := rubric.CompilePlatforms([]pack.Document{parse(t, "testdata/plain/platform.yaml")})
	require.Empty(t, ds)
	s := spoken{deaf: map[string]bool{}}
	for _, sub := range deaf {
		s.deaf[sub] = true
	}
	return &Engine{Lexicon: s, Book: s, Rubric: r, Platform: p}
}

func line(t *testing.T, card Scorecard, id string) Line {
	t.Helper()
	for _, l := range card.Lines {
		if l.ID == id {
			return l
		}
	}
	require.Failf(t, "no such line", "%s in %+v", id, card.Lines)
	return Line{}
}

func part(t *testing.T, card Scorecard, id PartID) Part {
	t.Helper()
	for _, p := range card.Parts {
		if p.ID == id {
			return p
		}
	}
	require.Failf(t, "no such part", "%s", id)
	return Part{}
}

func sound(t require.TestingT, card Scorecard) {
	sum := 0
	ids := map[string]bool{}
	for _, l := range card.Lines {
		sum += l.Points
		require.False(t, ids[l.ID], "line %s is there twice", l.ID)
		ids[l.ID] = true
		require.NotNil(t, l.Evidence)
		require.NotEmpty(t, l.Title)
	}
	require.Equal(t, card.Total, sum, "the lines sum to the total")
	require.GreaterOrEqual(t, card.Total, 0)
	require.LessOrEqual(t, card.Total, 100_000)
	weights := 0
	for _, p := range card.Parts {
		weights += p.Weight
		points := 0
		for _, l := range card.Lines {
			if l.Part == p.ID {
				points += l.Points
			}
		}
		require.Equal(t, p.Points, points, "the lines of %s sum to it", p.ID)
		require.GreaterOrEqual(t, p.Points, 0)
		require.LessOrEqual(t, p.Points, p.Weight)
		require.Equal(t, p.Applies, p.Weight > 0)
	}
	require.Equal(t, 100_000, weights, "the parts that apply share the whole")
	require.LessOrEqual(t, len(card.Strengths), 5)
	require.LessOrEqual(t, len(card.NextSteps), 3)
	lessons := map[string]bool{}
	for _, s := range card.NextSteps {
		require.NotEmpty(t, s.Advice)
		require.False(t, s.Lesson != "" && lessons[s.Lesson], "each next step has another lesson")
		lessons[s.Lesson] = true
	}
	for _, s := range card.Strengths {
		require.NotEmpty(t, s.Evidence.Quote)
	}
}

func grading(t *testing.T, e *Engine, in Input) Scorecard {
	t.Helper()
	card := e.Grade(in)
	sound(t, card)
	return card
}

func TestGrade(t *testing.T) {
	t.Parallel()
	full := []string{"b:b_upset", "a:greeting apology own_action"}
	t.Run("attitude and rules share the whole when nothing else is measured", func(t *testing.T) {
		t.Parallel()
		card := grading(t, plain(t), chatOf(full...))
		require.Equal(t, 53_333, part(t, card, Attitude).Weight)
		require.Equal(t, 46_667, part(t, card, RulesPart).Weight)
		require.False(t, part(t, card, Resolution).Applies)
		require.Equal(t, "no task", part(t, card, Resolution).Reason)
		require.Equal(t, 100_000, card.Total)
		require.True(t, card.Passed)
	})
	t.Run("a criterion that is not due leaves its weight to the others", func(t *testing.T) {
		t.Parallel()
		card := grading(t, plain(t), chatOf("b:Hi", "a:greeting own_action"))
		require.False(t, card.Criteria[1].Applies)
		require.Equal(t, "calm", card.Criteria[1].Why)
		require.Equal(t, 53_333, card.Criteria[0].Weight)
		require.Equal(t, 100_000, card.Total, "not applicable is not zero")
	})
	t.Run("each severity costs its share and a repeat costs less", func(t *testing.T) {
		t.Parallel()
		card := grading(t, plain(t), chatOf("b:b_upset", "a:greeting apology own_action", "a:Z R11.outcome!MEDIUM", "a:Y R11.outcome!MEDIUM。 R11.outcome!MEDIUM", "a:X R03.bribe!SEVERE"))
		require.Equal(t, -7_000, line(t, card, "rules.R11.outcome.3").Points)
		require.Equal(t, -3_500, line(t, card, "rules.R11.outcome.4").Points, "once per turn")
		require.Len(t, line(t, card, "rules.R11.outcome.4").Evidence, 2)
		require.Equal(t, "again why R11.outcome", line(t, card, "rules.R11.outcome.4").Why)
		require.Equal(t, -14_000, line(t, card, "rules.R03.bribe.5").Points)
		require.Len(t, card.Violations, 4)
	})
	t.Run("the rules part never falls below zero, and a line says so", func(t *testing.T) {
		t.Parallel()
		card := grading(t, plain(t), chatOf("b:b_upset", "a:greeting apology own_action", "a:A1 R02.a!SEVERE", "a:A2 R03.b!SEVERE", "a:A3 R04.c!SEVERE", "a:A4 R05.d!SEVERE"))
		require.Zero(t, part(t, card, RulesPart).Points)
		require.Equal(t, 9_333, line(t, card, "rules.clamp").Points)
		require.Equal(t, []AutoFail{{ID: "three", Title: "three severe"}}, card.AutoFails)
		require.False(t, card.Passed)
	})
	t.Run("an abuse takes back what courtesy earned and caps the total", func(t *testing.T) {
		t.Parallel()
		card := grading(t, plain(t), Input{Case: chatOf("b:b_upset", "a:greeting apology own_action", "a:Q R01.insult!FATAL").Case, Task: &Task{Solved: 100_000}})
		require.Equal(t, -line(t, card, "attitude.A1").Points, line(t, card, "zero.abuse.A1").Points)
		require.Equal(t, 3, card.Criteria[0].Level, "the judgement stays; the line takes it back")
		require.LessOrEqual(t, card.Total, 40_000)
		require.Equal(t, "fatal", card.AutoFails[0].ID)
		require.False(t, card.Passed)
	})
	t.Run("a cap that takes something off has a line with the words", func(t *testing.T) {
		t.Parallel()
		card := grading(t, plain(t), Input{Case: chatOf("b:b_upset", "a:greeting apology own_action", "a:Q R04.transfer!FATAL").Case, Task: &Task{Solved: 100_000}})
		cut := line(t, card, "cap.fatal")
		require.Equal(t, 40_000, card.Total)
		require.Negative(t, cut.Points)
		require.Equal(t, "R04.transfer!FATAL", cut.Evidence[0].Quote)
		require.Equal(t, TotalPart, cut.Part)
	})
	t.Run("an agent who never says anything gets nothing, and nothing is called not applicable", func(t *testing.T) {
		t.Parallel()
		for _, silence := range [][]string{{"b:b_upset"}, {"b:b_upset", "a:。"}, {"b:b_upset", "a:", "a:……"}} {
			card := grading(t, plain(t), chatOf(silence...))
			require.Zero(t, card.Total)
			require.True(t, part(t, card, Attitude).Applies)
			require.Zero(t, part(t, card, Attitude).Points)
			require.Equal(t, "silence", card.Criteria[0].Why)
			require.False(t, card.Passed)
		}
	})
	t.Run("courtesy without any help stays below the pass line, in order", func(t *testing.T) {
		t.Parallel()
		warm := grading(t, plain(t), chatOf("b:b_upset", "a:greeting apology"))
		cool := grading(t, plain(t), chatOf("b:b_upset", "a:apology"))
		require.False(t, warm.Passed)
		require.False(t, cool.Passed)
		require.Greater(t, warm.Total, cool.Total)
		require.Negative(t, line(t, warm, "cap.floor").Points)
	})
	t.Run("a fault holds a criterion down and has its own line", func(t *testing.T) {
		t.Parallel()
		card := grading(t, plain(t), chatOf("b:b_upset", "a:greeting apology own_action", "a:W curt"))
		require.Equal(t, 1, card.Criteria[1].Level)
		held := line(t, card, "attitude.A2.cap")
		require.Equal(t, Cap, held.Kind)
		require.Negative(t, held.Points)
		require.Equal(t, "curt", held.Evidence[0].Quote)
		require.Equal(t, "apology", line(t, card, "attitude.A2").Evidence[0].Quote, "the gain keeps its own words")
	})
	t.Run("a text sent again, an echo and a dump earn nothing", func(t *testing.T) {
		t.Parallel()
		base := grading(t, plain(t), chatOf("b:b_upset", "a:own_action")).Total
		require.Equal(t, base, grading(t, plain(t), chatOf("b:b_upset", "a:own_action", "a:own_action!")).Total)
		echo := grading(t, plain(t), chatOf("b:apology b_upset greeting", "a:own_action", "a:apology, b_upset greeting")).Total
		require.Equal(t, grading(t, plain(t), chatOf("b:apology b_upset greeting", "a:own_action")).Total, echo)
		dump := grading(t, plain(t), chatOf("b:b_upset", "a:own_action", "a:greeting apology f1 f2 f3 f4 f5")).Total
		require.Equal(t, base, dump)
	})
	t.Run("faults count even in a text sent again", func(t *testing.T) {
		t.Parallel()
		card := grading(t, plain(t), chatOf("b:b_upset", "a:apology greeting own_action", "a:V curt", "a:V curt"))
		require.Len(t, line(t, card, "attitude.A2.cap").Evidence, 2)
	})
	t.Run("a sentence that breaks a rule earns nothing, its neighbour does", func(t *testing.T) {
		t.Parallel()
		card := grading(t, plain(t), chatOf("b:b_upset", "a:apology。 greeting R03.bribe!SEVERE。 own_action"))
		require.Equal(t, 0, card.Criteria[0].Level)
		require.Equal(t, 3, card.Criteria[1].Level)
	})
	t.Run("the consequence is the one of the platform on the day", func(t *testing.T) {
		t.Parallel()
		in := chatOf("b:b_upset", "a:greeting R03.bribe!SEVERE")
		in.Case.Platform = "jd"
		require.Equal(t, "2022 JD new", grading(t, plain(t), in).Violations[0].Consequence)
		in.Case.Chat.Turns[1].At = time.Date(2021, 5, 1, 0, 0, 0, 0, time.UTC)
		require.Equal(t, "2020 JD old", grading(t, plain(t), in).Violations[0].Consequence)
	})
	t.Run("digests are copied and slices are never nil", func(t *testing.T) {
		t.Parallel()
		in := chatOf("b:Hi")
		in.Digests = map[string]string{"rubric": "abc"}
		card := grading(t, plain(t), in)
		in.Digests["rubric"] = "changed"
		require.Equal(t, "abc", card.Digests["rubric"])
		body, err := json.Marshal(card)
		require.NoError(t, err)
		require.NotContains(t, string(body), "null")
	})
	t.Run("a chat of nothing at all is graded", func(t *testing.T) {
		t.Parallel()
		require.Zero(t, grading(t, plain(t), Input{}).Total)
	})
}

func TestResolution(t *testing.T) {
	t.Parallel()
	signal := func(frame string) discourse.Condition { return discourse.Condition{Signal: frame} }
	task := func(solved Milli) *Task {
		return &Task{Solved: solved, Steps: []Step{
			{ID: "ask", Title: "ask first", Weight: 1, When: signal("greeting"), Lesson: "L1", Advice: "ask"},
			{ID: "act", Title: "act then", Weight: 2, When: signal("own_action"), Lesson: "L2", Advice: "act"},
		}}
	}
	chat := chatOf("b:b_upset", "a:own_action apology")
	t.Run("steps taken bring their share, missed steps say what to do", func(t *testing.T) {
		t.Parallel()
		card := grading(t, plain(t), Input{Case: chat.Case, Task: task(50_000)})
		weight := part(t, card, Resolution).Weight
		require.Equal(t, 21_053, weight, "20 of 95")
		require.Zero(t, line(t, card, "resolution.step.ask").Points)
		require.Equal(t, Loss, line(t, card, "resolution.step.ask").Kind)
		require.Equal(t, "ask", line(t, card, "resolution.step.ask").Better)
		require.Equal(t, 8_421, line(t, card, "resolution.step.act").Points, "60 % of it, two thirds")
		require.Equal(t, 4_211, line(t, card, "resolution.solved").Points, "half of 40 %")
		require.Equal(t, "by 50", line(t, card, "resolution.solved").Why)
	})
	t.Run("all of it is the whole part", func(t *testing.T) {
		t.Parallel()
		card := grading(t, plain(t), Input{Case: chatOf("b:b_upset", "a:greeting apology own_action").Case, Task: task(100_000)})
		require.Equal(t, part(t, card, Resolution).Weight, part(t, card, Resolution).Points)
		require.Equal(t, 100_000, card.Total)
	})
	t.Run("without steps the solved problem is all", func(t *testing.T) {
		t.Parallel()
		card := grading(t, plain(t), Input{Case: chat.Case, Task: &Task{Solved: 100_000}})
		require.Equal(t, part(t, card, Resolution).Weight, line(t, card, "resolution.solved").Points)
	})
	t.Run("an impossible share is held within bounds", func(t *testing.T) {
		t.Parallel()
		grading(t, plain(t), Input{Case: chat.Case, Task: task(900_000)})
		grading(t, plain(t), Input{Case: chat.Case, Task: task(-5)})
	})
}

func TestTimeliness(t *testing.T) {
	t.Parallel()
	chat := chatOf("b:b_upset", "a:greeting apology own_action")
	for _, c := range []struct {
		outcome string
		replies []int
		share   int // of the part, in thousandths
	}{
		{"within the target is full", []int{0, 30, 60}, 1000},
		{"beyond the last target is nothing", []int{240, 9999}, 0},
		{"in between falls evenly", []int{150}, 500},
		{"replies share alike", []int{10, 240}, 500},
	} {
		t.Run(c.outcome, func(t *testing.T) {
			t.Parallel()
			card := grading(t, plain(t), Input{Case: chat.Case, Replies: c.replies, Target: 60})
			p := part(t, card, Timeliness)
			require.True(t, p.Applies)
			require.Equal(t, portion(p.Weight, c.share, 1000), p.Points)
		})
	}
	t.Run("figures are whole seconds", func(t *testing.T) {
		t.Parallel()
		card := grading(t, plain(t), Input{Case: chat.Case, Replies: []int{10, 61, 30}, Target: 60})
		require.Equal(t, ReplyTimes{Count: 3, FirstSeconds: 10, AverageSeconds: 33, LongestSeconds: 61, TargetSeconds: 60, WithinTarget: 2}, card.Replies)
		require.Equal(t, "2 of 3 within 60, 33", line(t, card, "timeliness.replies").Why)
	})
	t.Run("the platform gives the target", func(t *testing.T) {
		t.Parallel()
		in := Input{Case: chat.Case, Replies: []int{50}}
		in.Case.Platform = "jd"
		require.Equal(t, 45, grading(t, plain(t), in).Replies.TargetSeconds)
	})
	t.Run("no times and no target are not applicable", func(t *testing.T) {
		t.Parallel()
		require.False(t, part(t, grading(t, plain(t), Input{Case: chat.Case, Target: 60}), Timeliness).Applies)
		card := grading(t, plain(t), Input{Case: chat.Case, Replies: []int{50}})
		require.False(t, part(t, card, Timeliness).Applies)
		require.Equal(t, 1, card.Replies.Count)
	})
}

func TestAutoFails(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		outcome string
		lines   []string
		want    []string
	}{
		{"a good chat has none", []string{"b:b_upset", "a:greeting own_action"}, nil},
		{"a bribe once is not twice", []string{"b:Hi", "a:greeting own_action", "a:X R03.bribe!SEVERE。 R03.bribe!SEVERE"}, nil},
		{"a bribe in two turns", []string{"b:Hi", "a:greeting own_action", "a:X R03.bribe!SEVERE", "a:Y R03.bribe!SEVERE"}, []string{"bribe_twice"}},
		{"three lines nobody answered", []string{"b:Hi", "a:own_action", "b:Q1", "b:Q2", "b:Q3"}, []string{"unanswered"}},
		{"a thank-you needs no answer", []string{"b:Hi", "a:own_action", "b:Q1", "b:Q2", "b:b_thanks"}, nil},
		{"an answer in between", []string{"b:Hi", "b:Q1", "b:Q2", "a:own_action", "b:Q3"}, nil},
	} {
		t.Run(c.outcome, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, f := range grading(t, plain(t), chatOf(c.lines...)).AutoFails {
				got = append(got, f.ID)
			}
			require.Equal(t, c.want, got)
		})
	}
	t.Run("a crossed line is not held against the agent", func(t *testing.T) {
		t.Parallel()
		in := chatOf("b:Hi", "a:own_action", "b:Q1", "b:Q2", "b:Q3")
		in.Case.Chat.Turns[4].Crossed = true
		require.Empty(t, grading(t, plain(t), in).AutoFails)
	})
}

func TestShares(t *testing.T) {
	t.Parallel()
	require.Equal(t, []int{33_333, 33_334, 33_333}, shares(100_000, []int{1, 1, 1}))
	require.Equal(t, []int{0, 0}, shares(100_000, []int{0, 0}))
	require.Equal(t, []int{0, 7, 0}, shares(7, []int{0, 3, 0}))
	require.Empty(t, shares(5, nil))
}

func TestNextSteps(t *testing.T) {
	t.Parallel()
	in := chatOf("b:b_upset", "a:Q R03.bribe!SEVERE", "a:W R11.outcome!MEDIUM", "a:E curt")
	card := grading(t, plain(t), in)
	refs := []string{}
	for _, s := range card.NextSteps {
		refs = append(refs, s.Ref)
	}
	require.Equal(t, []string{"A1", "R03.bribe", "R11.outcome"}, refs, "the largest recoverable losses, each with another lesson")
	require.Equal(t, "why R03.bribe say better R03.bribe", card.NextSteps[1].Advice)
}

func TestCriterionKeepsOrderOfProcedure(t *testing.T) {
	t.Parallel()
	first := grading(t, plain(t), chatOf("b:b_upset", "a:greeting apology own_action"))
	late := grading(t, plain(t), chatOf("b:b_upset", "a:greeting own_action apology"))
	require.Equal(t, 3, first.Criteria[1].Level)
	require.Equal(t, 2, late.Criteria[1].Level, "empathy before procedure")
	require.Greater(t, first.Total, late.Total)
}

var _ Book = (*rules.Book)(nil)
var _ Lexicon = (*discourse.Lexicon)(nil)
