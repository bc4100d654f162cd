package exam

import (
	"cmp"
	"context"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"agentladder/course/fault"
	"agentladder/course/roster"
	"agentladder/exam/scenario"
)

// Card is a scenario as the practice hall shows it.
type Card struct {
	Face         scenario.Face
	PlatformName string
	Attempts     int
	Best, Last   *Result
	ActiveChatID string
}

// Result of an ended chat.
type Result struct {
	ChatID string
	Total  int // milli-points
	Passed bool
	At     time.Time
}

// Hall lists the scenarios of the active content, easiest first, with the actor's own results.
func (s *Service) Hall(ctx context.Context, actor roster.Actor) ([]Card, error) {
	b, _, err := s.content.current(ctx)
	if err != nil {
		return nil, err
	}
	own, err := s.ownResults(ctx, actor.PersonID)
	if err != nil {
		return nil, err
	}
	var cards []Card
	for _, sc := range b.Scenarios() {
		card := own[sc.ID]
		card.Face = sc.Face()
		card.PlatformName = b.PlatformName(sc.Platform)
		cards = append(cards, card)
	}
	slices.SortStableFunc(cards, func(a, b Card) int {
		return cmp.Or(cmp.Compare(a.Face.Difficulty, b.Face.Difficulty), cmp.Compare(a.Face.ID, b.Face.ID))
	})
	return cards, nil
}

// ScenarioTitle names a scenario of the active content; false when there is none with this id, or no content.
func (s *Service) ScenarioTitle(ctx context.Context, id string) (string, bool) {
	b, _, err := s.content.current(ctx)
	if err != nil {
		return "", false
	}
	sc, ok := b.Scenario(id)
	if !ok {
		return "", false
	}
	return sc.Title, true
}

// ownResults reads, per scenario, at most one best, one last and one active chat, whatever the length of the history.
func (s *Service) ownResults(ctx context.Context, personID string) (map[string]Card, error) {
	type row struct {
		ID, ScenarioID, Status     string
		Total                      *int
		Passed                     *bool
		EndedAt                    *time.Time
		Attempts, ByTotal, ByStart int
	}
	var rows []row
	err := s.journal.Read(ctx).Raw(`
		SELECT * FROM (
			SELECT id, scenario_id, status, total, passed, ended_at,
			       COUNT(*) OVER (PARTITION BY scenario_id) AS attempts,
			       ROW_NUMBER() OVER (PARTITION BY scenario_id, status ORDER BY total DESC, started_at DESC, id DESC) AS by_total,
			       ROW_NUMBER() OVER (PARTITION BY scenario_id, status ORDER BY started_at DESC, id DESC) AS by_start
			FROM chats WHERE person_id = ?
		) own WHERE by_total = 1 OR by_start = 1`, personID).Scan(&rows).Error
	if err != nil {
		return nil, err
	}
	out := map[string]Card{}
	for _, r := range rows {
		card := out[r.ScenarioID]
		card.Attempts = r.Attempts
		switch {
		case r.Status == string(Active) && r.ByStart == 1:
			card.ActiveChatID = r.ID
		case r.Status == string(Ended) && r.Total != nil && r.Passed != nil && r.EndedAt != nil:
			result := Result{ChatID: r.ID, Total: *r.Total, Passed: *r.Passed, At: r.EndedAt.UTC()}
			if r.ByTotal == 1 {
				card.Best = &result
			}
			if r.ByStart == 1 {
				card.Last = &result
			}
		}
		out[r.ScenarioID] = card
	}
	return out, nil
}

// Filter narrows a list of own chats. Empty fields do not narrow.
type Filter struct {
	ScenarioID string
	Status     Status
	Passed     *bool
	Cursor     string
	Limit      int // 1..100
}

// Page is part of a list; Next is empty on the last page. The chats carry no messages.
type Page struct {
	Chats []*Chat
	Next  string
}

// List returns own chats, newest first. Fault: Invalid cursor_invalid.
func (s *Service) List(ctx context.Context, actor roster.Actor, f Filter) (Page, error) {
	return s.page(s.journal.Read(ctx).Where("person_id = ?", actor.PersonID), f)
}

// page narrows a query for chats by a filter and reads one page, newest first. Fault: Invalid cursor_invalid.
func (s *Service) page(query *gorm.DB, f Filter) (Page, error) {
	if f.ScenarioID != "" {
		query = query.Where("scenario_id = ?", f.ScenarioID)
	}
	if f.Status != "" {
		query = query.Where("status = ?", string(f.Status))
	}
	if f.Passed != nil {
		query = query.Where("passed = ?", *f.Passed)
	}
	if f.Cursor != "" {
		at, id, err := decodeCursor(f.Cursor)
		if err != nil {
			return Page{}, fault.New(fault.Invalid, "cursor_invalid", nil).Because(err)
		}
		query = query.Where("started_at < ? OR (started_at = ? AND id < ?)", at, at, id)
	}
	var rows []chatRow
	if err := query.Order("started_at DESC, id DESC").Limit(f.Limit + 1).Find(&rows).Error; err != nil {
		return Page{}, err
	}
	var page Page
	if len(rows) > f.Limit {
		rows = rows[:f.Limit]
		last := rows[len(rows)-1]
		page.Next = encodeCursor(last.StartedAt, last.ID)
	}
	for _, row := range rows {
		chat, err := row.chat()
		if err != nil {
			return Page{}, err
		}
		page.Chats = append(page.Chats, chat)
	}
	return page, nil
}

func encodeCursor(at time.Time, id string) string {
	return base64.RawURLEncoding.EncodeToString([]byte(at.UTC().Format(time.RFC3339Nano) + "|" + id))
}

func decodeCursor(cursor string) (time.Time, string, error) {
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil {
		return time.Time{}, "", err
	}
	moment, id, ok := strings.Cut(string(raw), "|")
	if !ok {
		return time.Time{}, "", fmt.Errorf("no separator")
	}
	at, err := time.Parse(time.RFC3339Nano, moment)
	if err != nil {
		return time.Time{}, "", err
	}
	if parsed, err := uuid.Parse(id); err != nil || parsed.String() != id { // PostgreSQL does not read all the forms that Parse does
		return time.Time{}, "", fmt.Errorf("%q is no id", id)
	}
	return at.UTC(), id, nil
}
