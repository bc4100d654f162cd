package exam

import (
	"context"
	"errors"
	"fmt"

	"agentladder/course/fault"
	"agentladder/course/journal"
	"agentladder/course/roster"
	"agentladder/exam/bundle"
	"agentladder/grading/score"
)

// Graded is an ended chat with its scorecard.
type Graded struct {
	View   *View
	Card   score.Scorecard
	bundle *bundle.Bundle // the content it was held under
}

// Finish ends an own chat and grades it in the same unit of work. Finishing an ended chat gives its scorecard.
// Fault: NotFound chat_unknown.
func (s *Service) Finish(ctx context.Context, actor roster.Actor, chatID string) (*Graded, error) {
	err := s.do(ctx, func(u *journal.Unit) error {
		chat, err := loadChat(u.DB(), actor.PersonID, chatID)
		if err != nil {
			return err
		}
		if chat.Status == Ended {
			return nil
		}
		p, err := s.open(chat)
		if err != nil {
			return err
		}
		p.deliver(u.Now())
		if chat.Status == Active {
			p.end(Closed, u.Now())
		}
		return s.save(u, p)
	})
	if err != nil {
		return nil, err
	}
	return s.Scorecard(ctx, actor, chatID)
}

// Scorecard returns the newest scorecard of an own ended chat. Faults: NotFound chat_unknown; Conflict chat_active.
func (s *Service) Scorecard(ctx context.Context, actor roster.Actor, chatID string) (*Graded, error) {
	view, err := s.Look(ctx, actor, chatID)
	if err != nil {
		return nil, err
	}
	if view.Chat.Status != Ended {
		return nil, fault.New(fault.Conflict, "chat_active", nil)
	}
	return s.graded(ctx, view)
}

// graded puts the newest scorecard beside an ended chat.
func (s *Service) graded(ctx context.Context, view *View) (*Graded, error) {
	chatID := view.Chat.ID
	stored, err := s.grades.Latest(ctx, chatID)
	if err != nil {
		if errors.Is(err, fault.New(fault.NotFound, "scorecard_unknown", nil)) {
			return nil, fmt.Errorf("chat %s has ended without a scorecard", chatID) // they are written together
		}
		return nil, err
	}
	card, err := stored.Card()
	if err != nil {
		return nil, err
	}
	b, err := s.content.of(ctx, view.Chat.bundleDigest)
	if err != nil {
		return nil, err
	}
	return &Graded{View: view, Card: card, bundle: b}, nil
}

// LessonTitle names a lesson of the content under which the chat was held.
func (g *Graded) LessonTitle(id string) (string, bool) {
	l, ok := g.bundle.Lesson(id)
	return l.Title, ok
}
