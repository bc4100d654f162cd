package exam

import (
	"context"
	"slices"
	"time"

	"agentladder/course/fault"
)

// TeamDays is how far a team's figures go back, and the figures before that they are compared with.
const TeamDays = 30

// PersonScores sums up the chats of one person that ended within TeamDays.
type PersonScores struct {
	Chats, Passed int
	Average       *int // milli-points; nil without a chat
	Last          *int
	LastAt        time.Time
	Change        *int // against the average of the TeamDays before; nil without both
}

// ScoresOf sums up the chats of people. The caller has checked that they are within the reader's scope.
func (s *Service) ScoresOf(ctx context.Context, personIDs []string) (map[string]PersonScores, error) {
	out := map[string]PersonScores{}
	if len(personIDs) == 0 {
		return out, nil
	}
	now, err := s.journal.Now(ctx)
	if err != nil {
		return nil, err
	}
	since := now.AddDate(0, 0, -TeamDays)
	var sums []struct {
		PersonID      string
		Chats, Passed int
		Points        int64
		ChatsBefore   int
		PointsBefore  int64
	}
	err = s.journal.Read(ctx).Raw(`
		SELECT person_id,
		       SUM(CASE WHEN ended_at >= ? THEN 1 ELSE 0 END) AS chats,
		       SUM(CASE WHEN ended_at >= ? AND passed THEN 1 ELSE 0 END) AS passed,
		       SUM(CASE WHEN ended_at >= ? THEN total ELSE 0 END) AS points,
		       SUM(CASE WHEN ended_at < ? THEN 1 ELSE 0 END) AS chats_before,
		       SUM(CASE WHEN ended_at < ? THEN total ELSE 0 END) AS points_before
		FROM chats WHERE person_id IN ? AND status = ? AND total IS NOT NULL AND ended_at >= ? AND ended_at <= ?
		GROUP BY person_id`, since, since, since, since, since, personIDs, string(Ended), since.AddDate(0, 0, -TeamDays), now).Scan(&sums).Error
	if err != nil {
		return nil, err
	}
	for _, r := range sums {
		scores := PersonScores{Chats: r.Chats, Passed: r.Passed}
		if r.Chats > 0 {
			average := int(r.Points / int64(r.Chats))
			scores.Average = &average
			if r.ChatsBefore > 0 {
				change := average - int(r.PointsBefore/int64(r.ChatsBefore))
				scores.Change = &change
			}
		}
		out[r.PersonID] = scores
	}
	return out, s.lastScores(ctx, personIDs, out)
}

// lastScores adds each person's newest graded chat, however long ago.
func (s *Service) lastScores(ctx context.Context, personIDs []string, into map[string]PersonScores) error {
	var rows []chatRow
	err := s.journal.Read(ctx).Raw(`
		SELECT person_id, total, ended_at FROM (
			SELECT person_id, total, ended_at, ROW_NUMBER() OVER (PARTITION BY person_id ORDER BY ended_at DESC, id DESC) AS place
			FROM chats WHERE person_id IN ? AND status = ? AND total IS NOT NULL
		) newest WHERE place = 1`, personIDs, string(Ended)).Scan(&rows).Error
	if err != nil {
		return err
	}
	for _, r := range rows {
		scores := into[r.PersonID]
		scores.Last = r.Total
		if r.EndedAt != nil {
			scores.LastAt = r.EndedAt.UTC()
		}
		into[r.PersonID] = scores
	}
	return nil
}

// ListOf pages through the chats of people, newest first. The caller has checked the reader's scope.
// Fault: Invalid cursor_invalid.
func (s *Service) ListOf(ctx context.Context, personIDs []string, f Filter) (Page, error) {
	return s.page(s.journal.Read(ctx).Where("person_id IN ?", personIDs), f)
}

// ReviewOf returns the scorecard of an ended chat of one of these people. Faults: NotFound chat_unknown; Conflict chat_active.
func (s *Service) ReviewOf(ctx context.Context, personIDs []string, chatID string) (*Graded, error) {
	chat, err := loadChat(s.journal.Read(ctx), "", chatID)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(personIDs, chat.PersonID) {
		return nil, unknownChat()
	}
	if chat.Status != Ended {
		return nil, fault.New(fault.Conflict, "chat_active", nil)
	}
	view, err := s.look(ctx, chat.PersonID, chatID)
	if err != nil {
		return nil, err
	}
	return s.graded(ctx, view)
}
