package plantest

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"agentladder/course/pack"
	"agentladder/exam/buyer"
	"agentladder/exam/scenario"
	"agentladder/grading/discourse"
)

// begin is when every virtual chat starts.
var begin = time.Date(2026, time.March, 2, 2, 0, 0, 0, time.UTC)

// Run plays a plan with each of its seeds and reports where it does not come true.
func Run(doc pack.Document, p Plan, sc *scenario.Scenario, read Reader, grade Grader) ([]Transcript, pack.Diagnostics) {
	r := &runner{doc: doc, plan: p, sc: sc, read: read, grade: grade}
	var out []Transcript
	for _, seed := range p.Seeds {
		kept := r.play(seed, false)
		reloaded := r.play(seed, true)
		if !reflect.DeepEqual(kept.Turns, reloaded.Turns) || kept.Outcome != reloaded.Outcome || !slices.Equal(kept.Moods, reloaded.Moods) {
			r.report("AL5002", "keep everything the buyer remembers in its state", nil, "seed %d: saving and loading the state gives another chat", seed)
		}
		out = append(out, kept)
	}
	// Both runs of every seed report the same findings; one of each is enough.
	slices.SortStableFunc(r.found, func(a, b pack.Diagnostic) int { return strings.Compare(a.String(), b.String()) })
	return out, slices.CompactFunc(r.found, func(a, b pack.Diagnostic) bool { return a.String() == b.String() }).Sorted()
}

type runner struct {
	doc   pack.Document
	plan  Plan
	sc    *scenario.Scenario
	read  Reader
	grade Grader
	found pack.Diagnostics
}

func (r *runner) report(id, fix string, path []any, format string, args ...any) {
	r.found = append(r.found, r.doc.Report(id, fmt.Sprintf(format, args...), fix, path...))
}

// stage is one run.
type stage struct {
	*runner
	mind   *buyer.Mind
	state  buyer.State
	reload bool
	now    time.Time
	seed   uint64
	c      scenario.Case
	turns  []discourse.Turn
	moods  []int
}

func (r *runner) play(seed uint64, reload bool) Transcript {
	g := &stage{runner: r, mind: buyer.New(r.sc, seed), reload: reload, now: begin, seed: seed, c: r.sc.Vary(seed)}
	g.state = g.mind.Open(g.now)
	for i, say := range r.plan.Says {
		if !say.Early {
			g.settle()
		}
		g.pass(g.now.Add(time.Duration(say.Wait) * time.Second))
		if _, ended := g.state.Ended(); ended {
			r.report("AL5007", "take the rest out, or find out why the buyer left", []any{"says", i}, "seed %d: the chat is over before this is said", seed)
			break
		}
		before := len(g.turns)
		mood := g.state.Mood
		g.turns = append(g.turns, discourse.Turn{Seq: len(g.turns) + 1, Role: discourse.Agent, Text: g.c.Fill(say.Text), At: g.now})
		g.save()
		g.state = g.mind.Hear(g.state, r.read(g.turns), g.now)
		g.moods = append(g.moods, g.state.Mood)
		if say.Expect != nil {
			g.settle()
			g.expect(*say.Expect, i, before+1, mood)
		}
	}
	return g.close()
}

// settle lets the buyer finish typing.
func (g *stage) settle() {
	for g.state.Typing() {
		due, _ := g.state.NextDue()
		if due.Before(g.now) {
			due = g.now
		}
		g.pass(due)
	}
}

// pass moves the clock and makes real what came due.
func (g *stage) pass(to time.Time) {
	g.now = to
	g.save()
	state, lines := g.mind.Deliver(g.state, g.now)
	g.state = state
	for _, l := range lines {
		g.turns = append(g.turns, discourse.Turn{Seq: len(g.turns) + 1, Role: discourse.Buyer, Text: l.Text, At: l.At})
		g.moods = append(g.moods, l.Mood)
	}
}

// save replaces the state by what comes back from its stored form.
func (g *stage) save() {
	if !g.reload {
		return
	}
	stored, err := json.Marshal(g.state)
	if err == nil {
		var loaded buyer.State
		if err = json.Unmarshal(stored, &loaded); err == nil {
			g.state = loaded
			return
		}
	}
	g.report("AL5002", "", nil, "seed %d: the state cannot be stored: %v", g.seed, err)
}

// expect: AL5003 the buyer's answer is not what the plan says.
func (g *stage) expect(e Expect, i, from, mood int) {
	path := []any{"says", i, "expect"}
	miss := func(field, format string, args ...any) {
		g.report("AL5003", "", append(slices.Clone(path), field), "seed %d: "+format, append([]any{g.seed}, args...)...)
	}
	var answer []string
	framed := false
	chat := g.read(g.turns)
	for j := from; j < len(g.turns); j++ {
		if g.turns[j].Role == discourse.Buyer {
			answer = append(answer, g.turns[j].Text)
			framed = framed || chat.Readings[j].Has(e.BuyerFrame)
		}
	}
	text := strings.Join(answer, " / ")
	for _, want := range e.Contains {
		want = g.c.Fill(want)
		if !strings.Contains(text, want) {
			miss("contains", "the answer %q does not contain %q", text, want)
		}
	}
	for _, not := range e.Not {
		if strings.Contains(text, not) {
			miss("not", "the answer %q contains %q", text, not)
		}
	}
	if e.BuyerFrame != "" && !framed {
		miss("buyer_frame", "the answer %q does not say %s", text, e.BuyerFrame)
	}
	now := g.state.Mood
	if e.MoodAtLeast != nil && now < *e.MoodAtLeast {
		miss("mood_at_least", "the mood is %d", now)
	}
	if e.MoodAtMost != nil && now > *e.MoodAtMost {
		miss("mood_at_most", "the mood is %d", now)
	}
	if e.MoodHasRisen && now <= mood {
		miss("mood_has_risen", "the mood went from %d to %d", mood, now)
	}
	if e.MoodHasSunk && now >= mood {
		miss("mood_has_sunk", "the mood went from %d to %d", mood, now)
	}
	for _, id := range e.Met {
		if g.state.Topics[id].Status != buyer.Met {
			miss("met", "%s is not met", id)
		}
	}
	for _, id := range e.Told {
		if !slices.Contains(g.state.Told, id) {
			miss("told", "%s is not told", id)
		}
	}
	if _, ended := g.state.Ended(); e.Ended != nil && ended != *e.Ended {
		miss("ended", "ended is %t", ended)
	}
}

// close waits for the end and compares the whole chat.
func (g *stage) close() Transcript {
	for range maxIdle {
		due, ok := g.state.NextDue()
		if !ok {
			break
		}
		g.pass(due)
	}
	outcome, _ := g.state.Ended()
	chat := g.read(g.turns)
	t := Transcript{Seed: g.seed, Turns: g.turns, Moods: g.moods, State: g.state, Outcome: outcome, EndedAt: g.state.EndAt,
		Card: g.grade(g.c, chat, g.mind.Task(chat, g.state))}
	g.judge(t)
	return t
}

// maxIdle bounds how much can come due after the agent's last word.
const maxIdle = 50

// judge: AL5004 outcome and topics, AL5005 total, AL5006 violations, AL5008 repeats and leaks.
func (g *stage) judge(t Transcript) {
	e := g.plan.Expect
	if len(e.Outcome) > 0 && !slices.Contains(e.Outcome, t.Outcome) {
		g.report("AL5004", "", []any{"expect", "outcome"}, "seed %d: the chat ends %q", t.Seed, t.Outcome)
	}
	for i, id := range e.Met {
		if g.state.Topics[id].Status != buyer.Met {
			g.report("AL5004", "", []any{"expect", "met", i}, "seed %d: %s was not met", t.Seed, id)
		}
	}
	for i, id := range e.Bad {
		if g.state.Topics[id].Status != buyer.Bad {
			g.report("AL5004", "", []any{"expect", "bad", i}, "seed %d: the trap %s was not stepped into", t.Seed, id)
		}
	}
	if e.TotalAtLeast != nil && t.Card.Total < *e.TotalAtLeast*1000 {
		g.report("AL5005", "", []any{"expect", "total_at_least"}, "seed %d: the total is %d.%03d", t.Seed, t.Card.Total/1000, t.Card.Total%1000)
	}
	if e.TotalAtMost != nil && t.Card.Total > *e.TotalAtMost*1000 {
		g.report("AL5005", "", []any{"expect", "total_at_most"}, "seed %d: the total is %d.%03d", t.Seed, t.Card.Total/1000, t.Card.Total%1000)
	}
	if e.Violations != nil {
		var found []string
		for _, v := range t.Card.Violations {
			found = append(found, v.SubRule)
		}
		slices.Sort(found)
		found = slices.Compact(found)
		want := slices.Sorted(slices.Values(e.Violations))
		if !slices.Equal(found, want) {
			g.report("AL5006", "", []any{"expect", "violations"}, "seed %d: the violations are [%s]", t.Seed, strings.Join(found, ", "))
		}
	}
	g.listen(t)
}

func (g *stage) listen(t Transcript) {
	said := map[string]bool{}
	for _, turn := range t.Turns {
		if turn.Role != discourse.Buyer {
			continue
		}
		if said[turn.Text] {
			g.report("AL5008", "write more phrasings", nil, "seed %d: the buyer says %q twice", t.Seed, turn.Text)
		}
		said[turn.Text] = true
		for _, h := range g.sc.Hidden {
			for _, w := range h.Words {
				if strings.Contains(turn.Text, g.c.Fill(w)) && !slices.Contains(t.State.Told, h.ID) {
					g.report("AL5008", "", nil, "seed %d: %q gives away %s", t.Seed, turn.Text, h.ID)
				}
			}
		}
	}
}
