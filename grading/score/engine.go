package score

import (
	"maps"

	"agentladder/grading/discourse"
	"agentladder/grading/rubric"
	"agentladder/grading/rules"
)

// Lexicon reads what a chat says. *discourse.Lexicon is one.
type Lexicon interface {
	ReadChat(turns []discourse.Turn) discourse.Chat
}

// Book finds broken rules. *rules.Book is one.
type Book interface {
	Check(c rules.Case) []rules.Violation
}

// Engine grades chats by one fixed set of content. It keeps no state: any number of goroutines may use it.
type Engine struct {
	Lexicon  Lexicon
	Book     Book
	Rubric   *rubric.Rubric
	Platform *rubric.Platforms // may be nil: then nothing is known about reply targets and consequences
}

// Input is everything a scorecard depends on besides the engine's content.
type Input struct {
	Case    rules.Case        // without readings the engine reads the turns itself
	Task    *Task             // nil: resolution is not applicable
	Replies []int             // seconds each buyer waited; empty: timeliness is not applicable
	Target  int               // seconds; 0: what the platform pack says
	Digests map[string]string // of the content, copied to the scorecard
}

// Grade judges one chat. The same input gives the same scorecard, byte for byte.
func (e *Engine) Grade(in Input) Scorecard {
	in.Case.Chat = e.read(in.Case.Chat)
	violations := e.violations(in.Case)
	g := &grade{engine: e, rubric: e.Rubric, in: in, violations: violations, heard: e.listen(in.Case.Chat, violations)}
	g.target = in.Target
	if g.target <= 0 {
		g.target = e.Platform.Target(in.Case.Platform)
	}
	g.weigh()
	g.attitude()
	g.rules()
	g.resolution()
	g.timeliness()
	g.zero()
	g.cap()
	return g.card()
}

func (e *Engine) read(chat discourse.Chat) discourse.Chat {
	if len(chat.Readings) == len(chat.Turns) {
		return chat
	}
	return e.Lexicon.ReadChat(chat.Turns)
}

// violations adds to what the rules found what the shop would have suffered.
func (e *Engine) violations(c rules.Case) []rules.Violation {
	found := e.Book.Check(c)
	out := make([]rules.Violation, len(found))
	for i, v := range found {
		if v.Consequence == "" {
			v.Consequence = e.Platform.Consequence(v, c.Platform, dayOf(c.Chat.Turns, v.Evidence.Seq))
		}
		v.Better = append([]string{}, v.Better...)
		v.Basis = append([]string{}, v.Basis...)
		out[i] = v
	}
	return out
}

func dayOf(turns []discourse.Turn, seq int) string {
	for _, t := range turns {
		if t.Seq == seq && !t.At.IsZero() {
			return t.At.UTC().Format("2006-01-02")
		}
	}
	return ""
}

// grade is one scorecard being made.
type grade struct {
	engine     *Engine
	rubric     *rubric.Rubric
	in         Input
	violations []rules.Violation
	heard      heard
	target     int

	weights map[PartID]Milli // after renormalising; absent: not applicable
	judged  []judgement
	lines   []Line
	total   Milli
	advice  []advice
}

func (g *grade) add(l Line) {
	if l.Evidence == nil {
		l.Evidence = []discourse.Evidence{}
	}
	g.lines = append(g.lines, l)
	g.total += l.Points
}

// sum is what the lines of a part come to.
func (g *grade) sum(part PartID) Milli {
	n := 0
	for _, l := range g.lines {
		if l.Part == part {
			n += l.Points
		}
	}
	return n
}

// weigh decides which parts apply and shares the total among them.
func (g *grade) weigh() {
	g.judge()
	applies := map[PartID]bool{
		RulesPart:  true,
		Resolution: g.in.Task != nil,
		Timeliness: len(g.in.Replies) > 0 && g.target > 0,
	}
	for _, j := range g.judged {
		applies[Attitude] = applies[Attitude] || j.applies
	}
	weights := make([]int, len(g.rubric.Parts))
	for i, p := range g.rubric.Parts {
		if applies[PartID(p.ID)] {
			weights[i] = p.Weight
		}
	}
	g.weights = map[PartID]Milli{}
	for i, share := range shares(100_000, weights) {
		if weights[i] > 0 {
			g.weights[PartID(g.rubric.Parts[i].ID)] = share
		}
	}
}

// shares splits a whole by weights so that the shares sum to it exactly: each is the difference of two rounded running sums.
func shares(whole int, weights []int) []int {
	sum := 0
	for _, w := range weights {
		sum += w
	}
	out := make([]int, len(weights))
	if sum == 0 {
		return out
	}
	run, before := 0, 0
	for i, w := range weights {
		run += w
		upto := (whole*run + sum/2) / sum
		out[i], before = upto-before, upto
	}
	return out
}

// portion is part of whole in milli, rounded to the nearest.
func portion(whole Milli, part, of int) Milli {
	if of <= 0 {
		return 0
	}
	return (whole*part + of/2) / of
}

func (g *grade) card() Scorecard {
	card := Scorecard{
		Engine: EngineRevision, Total: g.total, PassLine: g.rubric.PassLine * 1000,
		Parts: []Part{}, Criteria: []Criterion{}, Violations: g.violations, Lines: g.lines,
		Strengths: g.strengths(), NextSteps: g.nextSteps(), AutoFails: g.autoFails(), Replies: g.replies(),
		Digests: map[string]string{},
	}
	if card.Violations == nil {
		card.Violations = []rules.Violation{}
	}
	if card.Lines == nil {
		card.Lines = []Line{}
	}
	maps.Copy(card.Digests, g.in.Digests)
	for _, p := range g.rubric.Parts {
		id := PartID(p.ID)
		weight, applies := g.weights[id]
		part := Part{ID: id, Title: p.Title, Weight: weight, Applies: applies}
		if applies {
			part.Points = g.sum(id)
			part.Score = portion(100_000, part.Points, weight)
		} else {
			part.Reason = p.NotApplicable
		}
		card.Parts = append(card.Parts, part)
	}
	for _, j := range g.judged {
		card.Criteria = append(card.Criteria, j.criterion())
	}
	card.Passed = card.Total >= card.PassLine && len(card.AutoFails) == 0
	return card
}
