package exam

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"agentladder/course/fault"
	"agentladder/course/journal"
	"agentladder/grading/discourse"
)

type chatRow struct {
	ID            string `gorm:"primaryKey"`
	PersonID      string
	ScenarioID    string
	ScenarioTitle string
	Stage         string
	Mode          string
	Status        string
	Outcome       *string
	Seed          int64
	Version       int
	State         string
	BundleDigest  string
	StartedAt     time.Time
	EndedAt       *time.Time
	NextDueAt     *time.Time
	LastSeq       int
	Total         *int
	Passed        *bool
}

func (chatRow) TableName() string { return "chats" }

type messageRow struct {
	ID              string `gorm:"primaryKey"`
	ChatID          string
	Seq             int
	Role            string
	Text            string
	At              time.Time
	Crossed         bool
	ClientMessageID *string
	Mood            int
}

func (messageRow) TableName() string { return "chat_messages" }

// unknownChat is the answer for a missing chat and for somebody else's.
func unknownChat() error { return fault.New(fault.NotFound, "chat_unknown", nil) }

// loadChat reads a chat with its messages. An empty personID means any person (for the sweeper and replay only).
func loadChat(db *gorm.DB, personID, chatID string) (*Chat, error) {
	if uuid.Validate(chatID) != nil {
		return nil, unknownChat()
	}
	query := db.Where("id = ?", chatID)
	if personID != "" {
		query = query.Where("person_id = ?", personID)
	}
	var row chatRow
	if err := query.Take(&row).Error; err != nil {
		if errors.Is(err, gorm.ErrRecordNotFound) {
			return nil, unknownChat()
		}
		return nil, err
	}
	chat, err := row.chat()
	if err != nil {
		return nil, err
	}
	var messages []messageRow
	// Somebody may have written since the first query: what the chat does not know of yet is not shown with it.
	if err := db.Where("chat_id = ? AND seq <= ?", chatID, chat.LastSeq).Order("seq").Find(&messages).Error; err != nil {
		return nil, err
	}
	for _, m := range messages {
		chat.Messages = append(chat.Messages, m.message())
	}
	return chat, nil
}

// insertChat writes a new chat.
func insertChat(u *journal.Unit, c *Chat) error {
	row, err := rowOf(c)
	if err != nil {
		return err
	}
	return u.DB().Create(&row).Error
}

// saveChat writes the chat and its messages from index from on, if nobody else has written it since it was read.
func saveChat(u *journal.Unit, c *Chat, from int) error {
	row, err := rowOf(c)
	if err != nil {
		return err
	}
	row.Version++
	result := u.DB().Model(&chatRow{}).Where("id = ? AND version = ?", c.ID, c.version).
		Select("status", "outcome", "version", "state", "ended_at", "next_due_at", "last_seq", "total", "passed").Updates(&row)
	if result.Error != nil {
		return result.Error
	}
	if result.RowsAffected != 1 {
		return errStale
	}
	c.version++
	if from == len(c.Messages) {
		return nil
	}
	rows := make([]messageRow, 0, len(c.Messages)-from)
	for _, m := range c.Messages[from:] {
		rows = append(rows, messageRow{ID: m.ID, ChatID: c.ID, Seq: m.Seq, Role: string(m.Role), Text: m.Text, At: m.At, Crossed: m.Crossed,
			ClientMessageID: optional(m.ClientMessageID), Mood: m.Mood})
	}
	if err := u.DB().Create(&rows).Error; err != nil {
		if journal.IsDuplicate(err) {
			return errStale
		}
		return err
	}
	return nil
}

// markCrossed records which earlier buyer lines the agent had not seen when replying.
func markCrossed(u *journal.Unit, chatID string, seqs []int) error {
	if len(seqs) == 0 {
		return nil
	}
	return u.DB().Model(&messageRow{}).Where("chat_id = ? AND seq IN ?", chatID, seqs).Update("crossed", true).Error
}

func rowOf(c *Chat) (chatRow, error) {
	state, err := json.Marshal(c.state)
	if err != nil {
		return chatRow{}, fmt.Errorf("buyer's state: %w", err)
	}
	row := chatRow{ID: c.ID, PersonID: c.PersonID, ScenarioID: c.ScenarioID, ScenarioTitle: c.Title, Stage: c.Stage, Mode: string(c.Mode), Status: string(c.Status),
		Outcome: optional(string(c.Outcome)), Seed: int64(c.seed), Version: c.version, State: string(state), BundleDigest: c.bundleDigest, StartedAt: c.StartedAt,
		LastSeq: c.LastSeq, Total: c.Total, Passed: c.Passed}
	if !c.EndedAt.IsZero() {
		row.EndedAt = &c.EndedAt
	}
	if due, ok := c.NextDue(); ok {
		due = due.UTC()
		row.NextDueAt = &due
	}
	return row, nil
}

func (r chatRow) chat() (*Chat, error) {
	c := &Chat{ID: r.ID, PersonID: r.PersonID, ScenarioID: r.ScenarioID, Title: r.ScenarioTitle, Stage: r.Stage, Mode: Mode(r.Mode), Status: Status(r.Status),
		StartedAt: r.StartedAt.UTC(), Total: r.Total, Passed: r.Passed, LastSeq: r.LastSeq, seed: uint64(r.Seed), version: r.Version, bundleDigest: r.BundleDigest}
	if r.Outcome != nil {
		c.Outcome = Outcome(*r.Outcome)
	}
	if r.EndedAt != nil {
		c.EndedAt = r.EndedAt.UTC()
	}
	if err := json.Unmarshal([]byte(r.State), &c.state); err != nil {
		return nil, fmt.Errorf("buyer's state of chat %s: %w", r.ID, err)
	}
	return c, nil
}

func (r messageRow) message() Message {
	m := Message{ID: r.ID, Seq: r.Seq, Role: discourse.Role(r.Role), Text: r.Text, At: r.At.UTC(), Crossed: r.Crossed, Mood: r.Mood}
	if r.ClientMessageID != nil {
		m.ClientMessageID = *r.ClientMessageID
	}
	return m
}

func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
