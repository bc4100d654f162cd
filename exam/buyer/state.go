// Package buyer decides what a simulated buyer feels, remembers and says next.
//
// A Mind is pure: the same scenario, seed, state and words give the same lines. Choosing what to say (planning)
// and having said it (delivering) are separate steps, so that a planned line which the agent forestalls was
// never said. Nothing here waits: follow-ups and endings are due times that whoever reads the chat next makes real.
package buyer

import "time"

// StateVersion is the version of State's JSON form.
const StateVersion = 1

// Outcome is how a chat ended from the buyer's side.
type Outcome string

// Outcomes.
const (
	Solved   Outcome = "solved"   // the wish was met
	Unsolved Outcome = "unsolved" // the buyer ended without it
	Left     Outcome = "left"     // the buyer gave up and went
)

// State is the whole memory of a buyer between two calls. It is small, plain JSON; treat it as opaque but for Mood.
type State struct {
	Version int `json:"v"`
	Mood    int `json:"mood"` // 0 to 100, after everything heard and said so far

	Heard  int  `json:"heard,omitempty"` // agent turns heard
	Round  int  `json:"round,omitempty"` // rounds begun
	Spoke  bool `json:"spoke,omitempty"` // the buyer said something since the agent last spoke
	Draws  int  `json:"draws,omitempty"` // seeded choices made
	Nudged int  `json:"nudged,omitempty"`

	Topics map[string]Progress `json:"topics,omitempty"`
	Told   []string            `json:"told,omitempty"`  // hidden facts
	Said   []uint32            `json:"said,omitempty"`  // fingerprints of the buyer's lines
	Felt   map[string]int      `json:"felt,omitempty"`  // reactions so far
	Owed   Owed                `json:"owed,omitzero"`   // what the last burst of the agent calls for
	Holds  int                 `json:"holds,omitempty"` // moments granted in a row
	Held   bool                `json:"held,omitempty"`  // waiting for the agent's look-up
	Lost   int                 `json:"lost,omitempty"`  // times not understood
	Spoilt bool                `json:"spoilt,omitempty"`

	Pending []Planned `json:"pending,omitempty"` // by due time
	Closing Outcome   `json:"closing,omitempty"` // said its last word, stays for the agent's
	End     Outcome   `json:"end,omitempty"`
	EndAt   time.Time `json:"endAt,omitzero"`
}

// Progress is what became of a topic.
type Progress struct {
	Asked  int    `json:"asked,omitempty"`
	Since  int    `json:"since,omitempty"` // State.Heard when it was first raised
	Status Status `json:"status,omitempty"`
}

// Status of a topic.
type Status string

// Statuses. The zero status is open.
const (
	Met     Status = "met"
	Bad     Status = "bad"     // a trap that was stepped into
	Dropped Status = "dropped" // raised in vain
)

// Owed is what a burst of agent turns calls for and the buyer has not yet said.
type Owed struct {
	Reaction string   `json:"reaction,omitempty"`
	Weight   int      `json:"weight,omitempty"` // mood change of Reaction
	Ack      string   `json:"ack,omitempty"`
	Press    string   `json:"press,omitempty"`
	Facts    []string `json:"facts,omitempty"`
	Asked    bool     `json:"asked,omitempty"` // one of Facts is news that the agent asked for
	Confirm  bool     `json:"confirm,omitempty"`
	Decline  bool     `json:"decline,omitempty"`
	Hold     bool     `json:"hold,omitempty"`
	Bye      bool     `json:"bye,omitempty"`      // the agent said good-bye
	Moved    bool     `json:"moved,omitempty"`    // a topic got on
	Heard    bool     `json:"heard,omitempty"`    // something fitted
	Puzzling bool     `json:"puzzling,omitempty"` // there were words enough to wonder about
	Crossed  bool     `json:"crossed,omitempty"`  // it was written before the buyer's last lines were seen
}

// Kind says what a planned line is for.
type Kind string

// Kinds of planned lines.
const (
	KindOpening Kind = "opening"
	KindReact   Kind = "react"
	KindAck     Kind = "ack"
	KindFact    Kind = "fact"
	KindRaise   Kind = "raise" // a topic, by Ref
	KindPress   Kind = "press"
	KindSmall   Kind = "small" // yes, no idea, fine I wait
	KindLost    Kind = "lost"
	KindNudge   Kind = "nudge" // left waiting
	KindEnd     Kind = "end"   // the last line, Ref is the outcome
	KindQuit    Kind = "quit"  // KindEnd of a buyer who was left waiting
	KindExit    Kind = "exit"  // the end itself, without a line
)

// Planned is a line on its way.
type Planned struct {
	Kind Kind      `json:"kind"`
	Ref  string    `json:"ref,omitempty"`
	Text string    `json:"text,omitempty"`
	Due  time.Time `json:"due"`
}

// Line is something the buyer really said.
type Line struct {
	Text string
	At   time.Time
	Mood int // after the line
}

// NextDue returns when the next line or the end comes due.
func (s State) NextDue() (time.Time, bool) {
	if len(s.Pending) == 0 {
		return time.Time{}, false
	}
	return s.Pending[0].Due, true
}

// Typing reports whether the buyer has an answer on the way; waiting to follow up is not typing.
func (s State) Typing() bool {
	for _, p := range s.Pending {
		if p.Kind != KindNudge && p.Kind != KindQuit && p.Kind != KindExit {
			return true
		}
	}
	return false
}

// Ended returns how the chat ended, once it has.
func (s State) Ended() (Outcome, bool) { return s.End, s.End != "" }

// clone copies everything that a later step may change.
func (s State) clone() State {
	s.Topics = copyMap(s.Topics)
	s.Felt = copyMap(s.Felt)
	s.Told = append([]string(nil), s.Told...)
	s.Said = append([]uint32(nil), s.Said...)
	s.Pending = append([]Planned(nil), s.Pending...)
	s.Owed.Facts = append([]string(nil), s.Owed.Facts...)
	return s
}

func copyMap[V any](m map[string]V) map[string]V {
	out := make(map[string]V, len(m))
	for k, v := range m {
		out[k] = v
	}
	return out
}
