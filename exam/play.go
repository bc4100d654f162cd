package exam

import (
	"time"

	"github.com/google/uuid"

	"agentladder/course/fault"
	"agentladder/course/journal"
	"agentladder/exam/bundle"
	"agentladder/exam/buyer"
	"agentladder/exam/scenario"
	"agentladder/grading/discourse"
)

// unseenAtMost is how long a line of the buyer can take to reach the trainee's screen.
const unseenAtMost = 30 * time.Second

// play is a chat under way: the stored chat with the case and the mind that its seed gives.
type play struct {
	chat    *Chat
	variant scenario.Case
	mind    *buyer.Mind
	bundle  *bundle.Bundle
	stored  int   // messages already in the store
	crossed []int // seqs of stored messages that turn out to be crossed
}

// open puts a loaded chat back on its stage. Error coldError when its content is not in memory; fault: Conflict
// chat_content_missing.
func (s *Service) open(chat *Chat) (*play, error) {
	b, err := s.content.loaded(chat.bundleDigest)
	if err != nil {
		return nil, err
	}
	sc, ok := b.Scenario(chat.ScenarioID)
	if !ok {
		return nil, fault.New(fault.Conflict, "chat_content_missing", nil)
	}
	return &play{chat: chat, variant: sc.Vary(chat.seed), mind: buyer.New(sc, chat.seed), bundle: b, stored: len(chat.Messages)}, nil
}

// deliver makes the buyer's due lines real and says whether anything happened. The buyer may end the chat with them.
func (p *play) deliver(now time.Time) bool {
	if !isDue(p.chat, now) {
		return false
	}
	state, lines := p.mind.Deliver(p.chat.state, now)
	p.chat.state = state
	for _, line := range lines {
		p.append(Message{Role: discourse.Buyer, Text: line.Text, At: line.At, Mood: line.Mood})
	}
	if outcome, ended := state.Ended(); ended {
		p.end(Outcome(outcome), state.EndAt)
	}
	return true
}

func (p *play) append(m Message) {
	m.ID = uuid.Must(uuid.NewV7()).String()
	p.chat.LastSeq++
	m.Seq = p.chat.LastSeq
	m.At = p.notBefore(m.At)
	p.chat.Messages = append(p.chat.Messages, m)
}

// notBefore is at, or the time of the newest message when the clock has been set back since.
func (p *play) notBefore(at time.Time) time.Time {
	last := p.chat.StartedAt
	if n := len(p.chat.Messages); n > 0 {
		last = p.chat.Messages[n-1].At
	}
	if at = at.UTC().Truncate(time.Microsecond); at.Before(last) {
		return last
	}
	return at
}

// cross marks the buyer's lines that arrived after what the agent had seen. What the agent has seen is the client's
// word, so it counts only for lines that may still have been on their way: claiming to have seen nothing gains no time.
func (p *play) cross(lastSeen int, now time.Time) {
	fresh := now.Add(-unseenAtMost)
	for i := range p.chat.Messages {
		m := &p.chat.Messages[i]
		if m.Role != discourse.Buyer || m.Seq <= lastSeen || m.At.Before(fresh) || m.Crossed || p.answered(i) {
			continue
		}
		m.Crossed = true
		if i < p.stored {
			p.crossed = append(p.crossed, m.Seq)
		}
	}
}

// answered says whether the agent has spoken since message i, so it was there to be seen.
func (p *play) answered(i int) bool {
	for _, m := range p.chat.Messages[i+1:] {
		if m.Role == discourse.Agent {
			return true
		}
	}
	return false
}

// hear lets the buyer hear the agent's words; the buyer's answer is planned in the state.
func (p *play) hear(text, clientMessageID string, now time.Time) {
	now = p.notBefore(now)
	p.append(Message{Role: discourse.Agent, Text: text, At: now, ClientMessageID: clientMessageID})
	read := p.bundle.Engine().Lexicon.ReadChat(p.chat.turns())
	p.chat.state = p.mind.Hear(p.chat.state, read, now)
	p.chat.Messages[len(p.chat.Messages)-1].Mood = p.chat.state.Mood
}

func (p *play) end(outcome Outcome, at time.Time) {
	p.chat.Status, p.chat.Outcome, p.chat.EndedAt = Ended, outcome, p.notBefore(at)
}

// save writes what happened. A chat that has just ended is graded in the same unit of work.
func (s *Service) save(u *journal.Unit, p *play) error {
	graded := p.chat.Status == Ended && p.chat.Total == nil
	var err error
	card := p.scorecard(graded)
	if graded {
		p.chat.Total, p.chat.Passed = &card.Total, &card.Passed
	}
	if err = saveChat(u, p.chat, p.stored); err != nil {
		return err
	}
	if err = markCrossed(u, p.chat.ID, p.crossed); err != nil {
		return err
	}
	p.stored, p.crossed = len(p.chat.Messages), nil
	if !graded {
		return nil
	}
	if _, err = s.grades.Record(u, p.chat.ID, transcriptDigest(p.chat), *card); err != nil {
		return err
	}
	return u.Audit(journal.Entry{Subject: "person:" + p.chat.PersonID, Actor: journal.System, Act: "chat.end", Object: p.chat.ID,
		Payload: map[string]any{"outcome": p.chat.Outcome, "total": card.Total, "passed": card.Passed}})
}
