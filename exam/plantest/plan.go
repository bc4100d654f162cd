// Package plantest decides whether a scenario keeps its word: it plays scripted agents (kind: plan) against the
// buyer and compares what happens with what the plan expects.
//
// Each plan runs twice on a virtual clock, once with the buyer's state saved and loaded at every step; both runs
// must give the same chat.
package plantest

import (
	"time"

	"agentladder/course/pack"
	"agentladder/exam/buyer"
	"agentladder/exam/scenario"
	"agentladder/grading/discourse"
	"agentladder/grading/score"
)

// Agent is the kind of agent that a plan plays.
type Agent string

// Kinds of agents. Every scenario has a plan of each.
const (
	Excellent Agent = "excellent"
	Average   Agent = "average"
	Bad       Agent = "bad"
)

// Plan is one scripted chat.
type Plan struct {
	ID       string   `yaml:"id"`
	Version  int      `yaml:"version"`
	Scenario string   `yaml:"scenario"`
	Agent    Agent    `yaml:"agent"`
	Seeds    []uint64 `yaml:"seeds"` // the plan must come true with each
	Says     []Say    `yaml:"says"`
	Expect   Outcome  `yaml:"expect"`
}

// Say is one message of the scripted agent.
type Say struct {
	Text   string  `yaml:"text"`   // {slots} are filled from the case, as the agent reads them on the cards
	Wait   int     `yaml:"wait"`   // seconds after the buyer's last line; default 15
	Early  bool    `yaml:"early"`  // sent at once, before the buyer's answer to the message above has arrived
	Expect *Expect `yaml:"expect"` // of the buyer's answer
}

// Expect is what the buyer's answer to one message must show.
type Expect struct {
	Contains     []string `yaml:"contains"`      // each in some line of the answer
	Not          []string `yaml:"not"`           // none in any line
	BuyerFrame   string   `yaml:"buyer_frame"`   // asserted in the answer
	MoodAtLeast  *int     `yaml:"mood_at_least"` // after the answer
	MoodAtMost   *int     `yaml:"mood_at_most"`
	Met          []string `yaml:"met"`   // topics met by now
	Told         []string `yaml:"told"`  // hidden facts told by now
	Ended        *bool    `yaml:"ended"` // whether the chat is over after the answer
	MoodHasRisen bool     `yaml:"mood_has_risen"`
	MoodHasSunk  bool     `yaml:"mood_has_sunk"`
}

// Outcome is what the whole chat must come to.
type Outcome struct {
	Outcome      []buyer.Outcome `yaml:"outcome"`        // one of these
	TotalAtLeast *int            `yaml:"total_at_least"` // points
	TotalAtMost  *int            `yaml:"total_at_most"`
	Violations   []string        `yaml:"violations"` // exactly these sub-rules, in any order; [] for none
	Bad          []string        `yaml:"bad"`        // traps that must have been stepped into
	Met          []string        `yaml:"met"`        // topics that must have been met
}

// Reader reads a transcript into signals.
type Reader func([]discourse.Turn) discourse.Chat

// Grader grades a finished chat.
type Grader func(c scenario.Case, chat discourse.Chat, task *score.Task) score.Scorecard

// Transcript is what one run gave.
type Transcript struct {
	Seed    uint64
	Turns   []discourse.Turn
	Moods   []int // after each turn
	State   buyer.State
	Outcome buyer.Outcome // empty when the chat did not end by itself
	EndedAt time.Time
	Card    score.Scorecard
}

// Decode reads a document of kind plan.
func Decode(doc pack.Document) (Plan, pack.Diagnostics) {
	var p Plan
	if ds := doc.Decode(&p); ds.HasErrors() {
		return p, ds
	}
	for i := range p.Says {
		if p.Says[i].Wait == 0 {
			p.Says[i].Wait = defaultWait
		}
	}
	if len(p.Seeds) == 0 {
		p.Seeds = []uint64{1}
	}
	return p, nil
}

const defaultWait = 15 // seconds
