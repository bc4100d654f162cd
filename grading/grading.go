// Package grading keeps the judgements on chats: scorecards, each with the version of everything it was made with.
//
// Scorecards are append-only. A regrade is a new version beside the old one.
package grading

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"agentladder/course/fault"
	"agentladder/course/journal"
	"agentladder/grading/score"
)

// Service stores and finds scorecards.
type Service struct {
	journal *journal.Journal
}

// New makes the service over a journal.
func New(j *journal.Journal) *Service { return &Service{journal: j} }

// Stored is a scorecard as it was written.
type Stored struct {
	ChatID           string
	Version          int
	Engine           int
	TranscriptDigest string
	Body             []byte // the scorecard as JSON, byte for byte what replay must give again
	CreatedAt        time.Time
}

// Card decodes the body.
func (s Stored) Card() (score.Scorecard, error) {
	var card score.Scorecard
	if err := json.Unmarshal(s.Body, &card); err != nil {
		return card, fmt.Errorf("scorecard of chat %s: %w", s.ChatID, err)
	}
	return card, nil
}

// Record writes the first scorecard of a chat in the unit of work that ends the chat. A second one is a duplicate
// (journal.IsDuplicate).
func (s *Service) Record(u *journal.Unit, chatID, transcriptDigest string, card score.Scorecard) (Stored, error) {
	body, err := json.Marshal(card)
	if err != nil {
		return Stored{}, err
	}
	row := scorecardRow{ID: uuid.Must(uuid.NewV7()).String(), ChatID: chatID, Version: 1, Engine: card.Engine, Total: card.Total, Passed: card.Passed,
		Body: string(body), TranscriptDigest: transcriptDigest, CreatedAt: u.Now()}
	if err := u.DB().Create(&row).Error; err != nil {
		return Stored{}, fmt.Errorf("record scorecard: %w", err)
	}
	return row.stored(), nil
}

// Latest finds the newest scorecard of a chat. Fault: NotFound scorecard_unknown.
func (s *Service) Latest(ctx context.Context, chatID string) (Stored, error) {
	var row scorecardRow
	err := s.journal.Read(ctx).Where("chat_id = ?", chatID).Order("version DESC").Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return Stored{}, fault.New(fault.NotFound, "scorecard_unknown", nil)
	}
	if err != nil {
		return Stored{}, err
	}
	return row.stored(), nil
}

// Each calls fn for every version of every scorecard, in order of chat id and version, page by page.
func (s *Service) Each(ctx context.Context, fn func(Stored) error) error {
	const page = 200
	lastChat, lastVersion := "00000000-0000-0000-0000-000000000000", 0
	for {
		var rows []scorecardRow
		err := s.journal.Read(ctx).Where("chat_id > ? OR (chat_id = ? AND version > ?)", lastChat, lastChat, lastVersion).
			Order("chat_id, version").Limit(page).Find(&rows).Error
		if err != nil {
			return err
		}
		for _, row := range rows {
			if err := fn(row.stored()); err != nil {
				return err
			}
			lastChat, lastVersion = row.ChatID, row.Version
		}
		if len(rows) < page {
			return nil
		}
	}
}

type scorecardRow struct {
	ID               string `gorm:"primaryKey"`
	ChatID           string
	Version          int
	Engine           int
	Total            int
	Passed           bool
	Body             string
	TranscriptDigest string
	CreatedAt        time.Time
}

func (scorecardRow) TableName() string { return "scorecards" }

func (r scorecardRow) stored() Stored {
	return Stored{ChatID: r.ChatID, Version: r.Version, Engine: r.Engine, TranscriptDigest: r.TranscriptDigest, Body: []byte(r.Body), CreatedAt: r.CreatedAt}
}
