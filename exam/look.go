package exam

import (
	"context"
	"fmt"
	"runtime/debug"
	"time"

	"agentladder/course/journal"
	"agentladder/course/roster"
)

// Look returns an own chat with the buyer's due lines made real. Fault: NotFound chat_unknown.
func (s *Service) Look(ctx context.Context, actor roster.Actor, chatID string) (*View, error) {
	return s.look(ctx, actor.PersonID, chatID)
}

func (s *Service) look(ctx context.Context, personID, chatID string) (*View, error) {
	chat, err := loadChat(s.journal.Read(ctx), personID, chatID)
	if err != nil {
		return nil, err
	}
	if _, err := s.content.of(ctx, chat.bundleDigest); err != nil {
		return nil, err
	}
	p, err := s.open(chat)
	if err != nil {
		return nil, err
	}
	now, err := s.journal.Now(ctx)
	if err != nil {
		return nil, err
	}
	if isDue(chat, now) {
		if p, err = s.realise(ctx, personID, chatID); err != nil {
			return nil, err
		}
	}
	return p.view(now), nil
}

func (p *play) view(now time.Time) *View {
	return &View{Chat: p.chat, Case: p.variant.Face(), ReplyTargetSeconds: p.bundle.ReplyTarget(p.variant.Scenario.Platform),
		PlatformName: p.bundle.PlatformName(p.variant.Scenario.Platform), Now: now}
}

func isDue(chat *Chat, now time.Time) bool {
	due, ok := chat.NextDue()
	return ok && !due.After(now)
}

// realise writes the due lines of a chat. Doing it twice, here or on another server, writes them once.
func (s *Service) realise(ctx context.Context, personID, chatID string) (*play, error) {
	var p *play
	err := s.do(ctx, func(u *journal.Unit) error {
		chat, err := loadChat(u.DB(), personID, chatID)
		if err != nil {
			return err
		}
		if p, err = s.open(chat); err != nil {
			return err
		}
		if !p.deliver(u.Now()) {
			return nil
		}
		return s.save(u, p)
	})
	return p, err
}

// realiseAlone is realise for work that no request waits for. A chat that makes the program panic spoils nothing but
// itself.
func (s *Service) realiseAlone(ctx context.Context, chatID string) (p *play, err error) {
	defer func() {
		if r := recover(); r != nil {
			p, err = nil, fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}
	}()
	return s.realise(ctx, "", chatID)
}

// Pulse is the state of a watched chat, cheap enough to ask for several times a second.
type Pulse struct {
	ChatID  string
	LastSeq int
	Status  Status
}

// Pulses makes due lines of the given chats real and tells where each stands. For the stream hub only:
// whoever subscribed was authorised when the stream was opened.
func (s *Service) Pulses(ctx context.Context, chatIDs []string) ([]Pulse, error) {
	if len(chatIDs) == 0 {
		return nil, nil
	}
	var rows []chatRow
	err := s.journal.Read(ctx).Select("id", "last_seq", "status", "next_due_at").Where("id IN ?", chatIDs).Find(&rows).Error
	if err != nil {
		return nil, err
	}
	now, err := s.journal.Now(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]Pulse, 0, len(rows))
	for _, row := range rows {
		pulse := Pulse{ChatID: row.ID, LastSeq: row.LastSeq, Status: Status(row.Status)}
		if row.NextDueAt != nil && !row.NextDueAt.After(now) {
			p, err := s.realiseAlone(ctx, row.ID)
			if err != nil {
				s.log.ErrorContext(ctx, "buyer's due lines", "chat", row.ID, "error", err)
				continue
			}
			pulse.LastSeq, pulse.Status = p.chat.LastSeq, p.chat.Status
		}
		out = append(out, pulse)
	}
	return out, nil
}

// Since returns the messages of an own chat after a seq, and the state. Due lines are made real first.
func (s *Service) Since(ctx context.Context, actor roster.Actor, chatID string, after int) ([]Message, State, error) {
	view, err := s.Look(ctx, actor, chatID)
	if err != nil {
		return nil, State{}, err
	}
	var news []Message
	for _, m := range view.Chat.Messages {
		if m.Seq > after {
			news = append(news, m)
		}
	}
	return news, view.Chat.current(), nil
}

// Sweep makes due lines real in chats that nobody reads and returns in how many. It looks at limit chats at most, and
// goes past those that fail, which are logged.
func (s *Service) Sweep(ctx context.Context, limit int) (int, error) {
	now, err := s.journal.Now(ctx)
	if err != nil {
		return 0, err
	}
	var rows []chatRow
	err = s.journal.Read(ctx).Select("id").Where("status = ? AND next_due_at <= ?", string(Active), now).
		Order("next_due_at").Limit(limit).Find(&rows).Error
	if err != nil {
		return 0, err
	}
	touched := 0
	for _, row := range rows {
		if _, err := s.realiseAlone(ctx, row.ID); err != nil {
			s.log.ErrorContext(ctx, "sweep", "chat", row.ID, "error", err)
			continue
		}
		touched++
	}
	return touched, nil
}
