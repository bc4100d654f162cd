// Package discourse reads what was said: it turns a line of chat into signals, each with the words that show it.
//
// The simulated buyer, the rules and the rubric all read the same signals, so nobody loses a point for
// something that the buyer could not have noticed. The package only computes; lexicons are pack data.
package discourse

import "time"

// Role says who speaks.
type Role string

// The two sides of a chat.
const (
	Buyer Role = "buyer"
	Agent Role = "agent"
)

// Turn is one message of a chat.
type Turn struct {
	Seq     int       `json:"seq"` // 1-based, gapless
	Role    Role      `json:"role"`
	Text    string    `json:"text"`              // as typed, valid UTF-8
	At      time.Time `json:"at,omitzero"`       // server time; zero when unknown
	Crossed bool      `json:"crossed,omitempty"` // a buyer line the agent had not seen when replying
}

// Span is a half-open range of runes in the original text of a turn.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Polarity says how the words were meant.
type Polarity string

// Polarities. Only Asserted counts as a proposition of the speaker.
const (
	Asserted   Polarity = "asserted"
	Negated    Polarity = "negated"    // 不能加微信
	Asked      Polarity = "asked"      // 您是想问最低价吗
	Quoted     Polarity = "quoted"     // 您说的"骗子"
	Prohibited Polarity = "prohibited" // 平台不允许好评返现
)

// Signal is one thing that a turn says, with the words that show it.
type Signal struct {
	Frame    string   `json:"frame"` // what is said, e.g. apology
	Entry    string   `json:"entry"` // the lexicon entry that matched, e.g. core/apology/3
	Span     Span     `json:"span"`
	Quote    string   `json:"quote"` // exactly the original runes of Span
	Polarity Polarity `json:"polarity"`
	Clause   int      `json:"clause"` // 0-based index into Reading.Clauses
}

// Reading is everything that one turn says, in order of position.
type Reading struct {
	Signals []Signal `json:"signals"`
	Clauses []Span   `json:"clauses"`
	Runes   int      `json:"runes"`   // runes of the original text
	Content int      `json:"content"` // letters, digits and Han left after normalising: 0 means symbols only
}

// Has reports whether the turn asserts the frame.
func (r Reading) Has(frame string) bool {
	_, ok := r.First(frame)
	return ok
}

// First returns the first asserted signal of a frame.
func (r Reading) First(frame string) (Signal, bool) {
	for _, s := range r.Signals {
		if s.Frame == frame && s.Polarity == Asserted {
			return s, true
		}
	}
	return Signal{}, false
}

// Chat is a transcript that has been read. Readings[i] belongs to Turns[i].
type Chat struct {
	Turns    []Turn
	Readings []Reading
}

// Evidence points at words of a chat.
type Evidence struct {
	Seq    int    `json:"seq"`
	Start  int    `json:"start"`
	End    int    `json:"end"`
	Quote  string `json:"quote"`
	Signal string `json:"signal,omitempty"`
}

// EvidenceOf turns a signal of a turn into evidence.
func EvidenceOf(turn Turn, s Signal) Evidence {
	return Evidence{Seq: turn.Seq, Start: s.Span.Start, End: s.Span.End, Quote: s.Quote, Signal: s.Frame}
}
