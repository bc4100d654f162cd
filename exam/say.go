package exam

import (
	"context"
	"encoding/json"
	"strings"
	"time"
	"unicode/utf8"

	"agentladder/course/fault"
	"agentladder/course/journal"
	"agentladder/course/roster"
	"agentladder/grading/score"
)

// Saying is what the trainee sends.
type Saying struct {
	ChatID          string
	ClientMessageID string // chosen by the client; repeats of one id are one message
	LastSeenSeq     int    // the newest message the trainee had on screen
	Text            string // as typed; outer white space is not kept
}

// Said is the answer to a message that is stored.
type Said struct {
	Message Message      `json:"message"`
	State   State        `json:"state"`
	Coach   *score.Coach `json:"coach,omitempty"`
}

// State is what a client needs to know about a chat between messages.
type State struct {
	Status       Status    `json:"status"`
	Outcome      Outcome   `json:"outcome,omitempty"`
	LastSeq      int       `json:"lastSeq"`
	Typing       bool      `json:"typing"`
	WaitingSince time.Time `json:"waitingSince,omitzero"` // zero when nobody waits
}

func (c *Chat) current() State {
	state := State{Status: c.Status, Outcome: c.Outcome, LastSeq: c.LastSeq, Typing: c.Typing()}
	if c.Status == Active {
		state.WaitingSince = c.WaitingSince()
	}
	return state
}

// Say stores one message of the trainee and lets the buyer hear it. It returns only after the message is durable.
// Faults: Invalid message_empty, message_too_long, message_encoding; NotFound chat_unknown; Conflict chat_ended;
// Unprocessable idempotency_mismatch.
func (s *Service) Say(ctx context.Context, actor roster.Actor, saying Saying) (Said, error) {
	text, err := cleanText(saying.Text)
	if err != nil {
		return Said{}, err
	}
	var said Said
	err = s.do(ctx, func(u *journal.Unit) (err error) {
		said, err = s.say(u, actor, saying, text)
		return err
	})
	if fault.CodeOf(err) == "chat_ended" {
		// The buyer may have left while the trainee typed: make that real, then say so.
		if _, lookErr := s.Look(ctx, actor, saying.ChatID); lookErr != nil {
			return Said{}, lookErr
		}
	}
	return said, err
}

func (s *Service) say(u *journal.Unit, actor roster.Actor, saying Saying, text string) (Said, error) {
	operation := "sendMessage:" + saying.ChatID
	hash := journal.Hash(saying.Text)
	stored, found, err := u.Recall(actor.PersonID, operation, saying.ClientMessageID, hash)
	if err != nil {
		return Said{}, err
	}
	if found {
		var said Said
		return said, json.Unmarshal(stored, &said)
	}
	chat, err := loadChat(u.DB(), actor.PersonID, saying.ChatID)
	if err != nil {
		return Said{}, err
	}
	p, err := s.open(chat)
	if err != nil {
		return Said{}, err
	}
	p.deliver(u.Now())
	if chat.Status == Ended {
		return Said{}, fault.New(fault.Conflict, "chat_ended", nil)
	}
	p.cross(saying.LastSeenSeq, u.Now())
	p.hear(text, saying.ClientMessageID, u.Now())
	coach := p.coach()
	said := Said{Message: chat.Messages[len(chat.Messages)-1], State: chat.current(), Coach: &coach}
	p.deliver(u.Now()) // a buyer who leaves without a word leaves now
	if err := s.save(u, p); err != nil {
		return Said{}, err
	}
	said.State = chat.current()
	answer, err := json.Marshal(said)
	if err != nil {
		return Said{}, err
	}
	return said, u.Remember(actor.PersonID, operation, saying.ClientMessageID, hash, answer)
}

// cleanText refuses what cannot be a message and trims outer white space.
func cleanText(text string) (string, error) {
	if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
		return "", fault.New(fault.Invalid, "message_encoding", nil)
	}
	text = strings.TrimSpace(text)
	if text == "" {
		return "", fault.New(fault.Invalid, "message_empty", nil)
	}
	if n := utf8.RuneCountInString(text); n > MaxMessageRunes {
		return "", fault.New(fault.Invalid, "message_too_long", fault.Params{"length": n, "limit": MaxMessageRunes})
	}
	return text, nil
}
