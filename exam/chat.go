package exam

import (
	"time"

	"agentladder/exam/buyer"
	"agentladder/exam/scenario"
	"agentladder/grading/discourse"
)

// Status of a chat.
type Status string

// A chat is active until it ends, once.
const (
	Active Status = "active"
	Ended  Status = "ended"
)

// Mode says what a chat counts for.
type Mode string

// Practice never counts: coach on, retries free.
const Practice Mode = "practice"

// Outcome says how a chat ended. The buyer's own outcomes are those of package buyer.
type Outcome string

// Closed says that the agent ended the chat before the buyer did.
const Closed Outcome = "closed"

// Chat is one conversation of one person with one simulated buyer.
type Chat struct {
	ID         string
	PersonID   string
	ScenarioID string
	Title      string
	Stage      string
	Mode       Mode
	Status     Status
	Outcome    Outcome // empty while active
	StartedAt  time.Time
	EndedAt    time.Time // zero while active
	Total      *int      // milli-points, once graded
	Passed     *bool
	LastSeq    int

	Messages []Message

	seed         uint64
	version      int
	state        buyer.State
	bundleDigest string
}

// Message is one line of a chat.
type Message struct {
	ID              string
	Seq             int
	Role            discourse.Role
	Text            string
	At              time.Time
	Crossed         bool
	ClientMessageID string
	Mood            int // of the buyer after this message; hidden until the end
}

// Typing says whether the buyer has a line on the way.
func (c *Chat) Typing() bool {
	return c.Status == Active && c.state.Typing()
}

// NextDue is when the chat must be looked at again by somebody, if ever.
func (c *Chat) NextDue() (time.Time, bool) {
	if c.Status != Active {
		return time.Time{}, false
	}
	return c.state.NextDue()
}

// WaitingSince is when the buyer's first unanswered line arrived; zero when nobody waits.
func (c *Chat) WaitingSince() time.Time {
	var since time.Time
	for _, m := range c.Messages {
		switch {
		case m.Role == discourse.Agent:
			since = time.Time{}
		case since.IsZero():
			since = m.At
		}
	}
	return since
}

// turns is the transcript as the grader reads it.
func (c *Chat) turns() []discourse.Turn {
	out := make([]discourse.Turn, len(c.Messages))
	for i, m := range c.Messages {
		out[i] = discourse.Turn{Seq: m.Seq, Role: m.Role, Text: m.Text, At: m.At, Crossed: m.Crossed}
	}
	return out
}

// View is a chat with the public side of its case.
type View struct {
	Chat               *Chat
	Case               scenario.CaseFace
	ReplyTargetSeconds int
	PlatformName       string
	Now                time.Time
}
