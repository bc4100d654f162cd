// Package scenario decides what a practice situation is: the shop's facts, the buyer's hidden side, what
// counts as solved, and whether all of it can be reached, ends, and provokes what it means to provoke.
//
// A scenario is pack data (kind: scenario). Everything a trainee may see comes out through Face and Case.Face;
// the rest of this package is for the buyer's mind, the grader and staff.
package scenario

import (
	"agentladder/grading/discourse"
	"agentladder/grading/rules"
	"agentladder/grading/score"
)

// Scenario is one decoded document. It is read-only after Decode.
type Scenario struct {
	ID         string `yaml:"id"`
	Version    int    `yaml:"version"`
	Digest     string `yaml:"-"`
	Title      string `yaml:"title"`
	Brief      string `yaml:"brief"` // what a trainee may know before the chat; never uses slots
	Stage      string `yaml:"stage"` // pre, in, after
	Platform   string `yaml:"platform"`
	BuyerType  string `yaml:"buyer_type"`
	Tier       string `yaml:"tier"` // none, junior, intermediate, senior
	Difficulty int    `yaml:"difficulty"`
	Rubric     string `yaml:"rubric"`

	Sources []string `yaml:"sources"`

	Buyer        Person       `yaml:"buyer"`
	Slots        []SlotSet    `yaml:"slots"`
	Facts        []rules.Fact `yaml:"facts"`
	Order        []rules.Fact `yaml:"order"`
	Goods        []rules.Fact `yaml:"goods"`
	QuickPhrases []string     `yaml:"quick_phrases"`

	Hidden []Hidden `yaml:"hidden"`
	Mood   Mood     `yaml:"mood"`

	Opening   []Opening  `yaml:"opening"`
	Topics    []Topic    `yaml:"topics"` // what the buyer wants, in the order in which it comes up
	Traps     []Topic    `yaml:"traps"`  // what the buyer says that a rule can be broken on
	Reactions []Reaction `yaml:"reactions"`

	About     []string  `yaml:"about"` // words of the matter: a reply with one of them may miss the point, but it does not puzzle
	Hold      Hold      `yaml:"hold"`
	FollowUps FollowUps `yaml:"follow_ups"`

	Confirms      Small   `yaml:"confirms"`       // yes to "您是说…对吗"
	Declines      Small   `yaml:"declines"`       // to a question the buyer has no answer for
	NotUnderstood Lines   `yaml:"not_understood"` // asks back when nothing in the reply fits
	Endings       Endings `yaml:"endings"`

	MaxTurns int          `yaml:"max_turns"` // rounds; a round is everything the agent says between two buyer lines
	Success  Success      `yaml:"success"`
	Steps    []score.Step `yaml:"steps"`
}

// Style is how the buyer types. It moves only the typing time; the words are the lines of the pack.
type Style string

// Styles.
const (
	Terse   Style = "terse"
	Chatty  Style = "chatty"
	Elderly Style = "elderly"
	Formal  Style = "formal"
	Angry   Style = "angry"
)

// Person is who the buyer appears to be: a neutral nickname and a way of typing, no traits.
type Person struct {
	Names []string `yaml:"names"` // at least six
	Style Style    `yaml:"style"`
}

// SlotSet is a choice that the seed makes: one row, whose columns belong together (a product and its price).
type SlotSet struct {
	ID   string              `yaml:"id"`
	Rows []map[string]string `yaml:"rows"`
}

// Tell says when a hidden fact comes out.
type Tell string

// When a hidden fact is told.
const (
	TellAsked     Tell = "asked"     // only to a question that asks for it
	TellVolunteer Tell = "volunteer" // from round VolunteerAt on by itself, or earlier when asked
	TellNever     Tell = "never"     // asked for, the buyer evades with Lines
)

// Hidden is something the buyer knows and the agent does not.
type Hidden struct {
	ID          string               `yaml:"id"`
	Tell        Tell                 `yaml:"tell"`
	AskedBy     *discourse.Condition `yaml:"asked_by"` // on one agent turn
	VolunteerAt int                  `yaml:"volunteer_at"`
	Words       []string             `yaml:"words"` // give the fact away: they stand in no line said before it is told
	Lines       Lines                `yaml:"lines"`
}

// Mood is the dynamics of the buyer's temper, 0 to 100.
type Mood struct {
	Start      int   `yaml:"start"`
	LeaveBelow int   `yaml:"leave_below"` // the buyer goes when the mood is lower
	Bands      Bands `yaml:"bands"`
	MaxRise    int   `yaml:"max_rise"`    // of one agent turn
	Again      int   `yaml:"again"`       // change when a wish has to be said again; not positive
	Lost       int   `yaml:"lost"`        // change when the buyer did not understand; not positive
	SilentExit int   `yaml:"silent_exit"` // of 100 buyers who leave, how many say nothing
}

// Bands are the limits of the three mood bands.
type Bands struct {
	Upset   int `yaml:"upset"`   // below: upset
	Pleased int `yaml:"pleased"` // from here on: pleased
}

// Band of a mood.
type Band string

// The three bands.
const (
	Upset   Band = "upset"
	Neutral Band = "neutral"
	Pleased Band = "pleased"
)

// Band returns the band of a mood.
func (m Mood) Band(mood int) Band {
	switch {
	case mood < m.Bands.Upset:
		return Upset
	case mood >= m.Bands.Pleased:
		return Pleased
	}
	return Neutral
}

// Opening is one way in which the buyer starts: one or two bubbles that raise a topic.
type Opening struct {
	Raises string   `yaml:"raises"`
	Says   []string `yaml:"says"`
}

// Scope says which part of a chat a topic's conditions read.
type Scope string

// Scopes. A wish may be met before it is said; a trap only by the reply to it.
const (
	ScopeChat  Scope = "chat"
	ScopeSince Scope = "since" // agent turns after the buyer raised the topic
)

// Topic is a wish or a trap: the buyer raises it in other words each time until it is met, dropped or spoilt.
type Topic struct {
	ID        string               `yaml:"id"`
	After     []string             `yaml:"after"`      // topics, traps or hidden facts that must be done (told) first
	FromRound int                  `yaml:"from_round"` // not raised before this round
	Lines     Lines                `yaml:"lines"`
	MetBy     *discourse.Condition `yaml:"met_by"` // wish met, or trap handled
	Scope     Scope                `yaml:"scope"`
	Acks      Lines                `yaml:"acks"`
	HalfBy    *discourse.Condition `yaml:"half_by"` // on one agent turn: an answer that does not satisfy, pressed with Press
	About     []string             `yaml:"about"`   // words of an answer to the point; with one of them a reply that says nothing else is pressed, not puzzled over
	Press     Lines                `yaml:"press"`
	Asks      int                  `yaml:"asks"` // how often it is raised before the buyer drops it; default 3
	Weight    int                  `yaml:"weight"`
	Mood      int                  `yaml:"mood"` // change when met

	BadBy    *discourse.Condition `yaml:"bad_by"` // traps, on one agent turn after it was raised
	BadLines Lines                `yaml:"bad_lines"`
	BadMood  int                  `yaml:"bad_mood"`
	Spoils   bool                 `yaml:"spoils"` // a bad answer makes the chat unsolvable
}

// Reaction is what a kind of sentence does to the buyer.
type Reaction struct {
	ID    string               `yaml:"id"`
	When  *discourse.Condition `yaml:"when"` // on one agent turn
	Mood  int                  `yaml:"mood"`
	Limit int                  `yaml:"limit"` // how often it works; 0 means once for a rise, always for a fall
	Lines Lines                `yaml:"lines"` // optional
}

// Small is a short answer to a kind of sentence.
type Small struct {
	When  *discourse.Condition `yaml:"when"` // on one agent turn
	Lines Lines                `yaml:"lines"`
}

// Hold is the agent asking for a moment.
type Hold struct {
	When    *discourse.Condition `yaml:"when"` // on one agent turn
	Limit   int                  `yaml:"limit"`
	Lines   Lines                `yaml:"lines"`
	Seconds int                  `yaml:"seconds"` // before the buyer asks
	Nudges  Lines                `yaml:"nudges"`  // 查到了吗
}

// FollowUps are what the buyer says when left waiting.
type FollowUps struct {
	Seconds int   `yaml:"seconds"` // after the buyer's last line
	Max     int   `yaml:"max"`
	Mood    int   `yaml:"mood"`
	Lines   Lines `yaml:"lines"`
}

// Endings are the buyer's last words by outcome. Bye answers the agent's own good-bye after solved.
type Endings struct {
	Solved   Lines                `yaml:"solved"`
	Unsolved Lines                `yaml:"unsolved"`
	Left     Lines                `yaml:"left"`
	Bye      Lines                `yaml:"bye"`
	ByeWhen  *discourse.Condition `yaml:"bye_when"`      // the agent's good-bye, on one turn
	Grace    int                  `yaml:"grace_seconds"` // how long the solved buyer stays for the agent's good-bye
}

// Success says when the buyer's problem was solved.
type Success struct {
	Topics []string             `yaml:"topics"` // all met
	Mood   int                  `yaml:"mood"`   // at least, at the end
	When   *discourse.Condition `yaml:"when"`   // over the whole chat
}

// Topic finds a wish or trap.
func (s *Scenario) Topic(id string) (Topic, bool) {
	for _, list := range [][]Topic{s.Topics, s.Traps} {
		for _, t := range list {
			if t.ID == id {
				return t, true
			}
		}
	}
	return Topic{}, false
}
