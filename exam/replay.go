package exam

import (
	"bytes"
	"context"
	"encoding/json"

	"agentladder/grading"
	"agentladder/grading/score"
)

// Replayed is the outcome of grading one stored chat again.
type Replayed struct {
	ChatID     string `json:"chatId"`
	ScenarioID string `json:"scenarioId"`
	Same       bool   `json:"same"`    // byte for byte
	Altered    bool   `json:"altered"` // the stored transcript is not the one that was graded
	Engine     int    `json:"engine"`  // of the stored scorecard
	Before     int    `json:"before"`  // milli-points
	After      int    `json:"after"`
	PassedThen bool   `json:"passedBefore"`
	PassedNow  bool   `json:"passedAfter"`
}

// Replay grades every stored chat again with the content it was held under and calls fn for each.
// A difference under the same engine revision is a fault of the program; under another one it is an impact.
func (s *Service) Replay(ctx context.Context, fn func(Replayed) error) error {
	return s.grades.Each(ctx, func(stored grading.Stored) error {
		chat, err := loadChat(s.journal.Read(ctx), "", stored.ChatID)
		if err != nil {
			return err
		}
		if _, err := s.content.of(ctx, chat.bundleDigest); err != nil {
			return err
		}
		p, err := s.open(chat)
		if err != nil {
			return err
		}
		card := p.scorecard(true)
		body, err := json.Marshal(card)
		if err != nil {
			return err
		}
		var before score.Scorecard
		if before, err = stored.Card(); err != nil {
			return err
		}
		return fn(Replayed{ChatID: chat.ID, ScenarioID: chat.ScenarioID, Same: bytes.Equal(body, stored.Body), Altered: transcriptDigest(chat) != stored.TranscriptDigest,
			Engine: stored.Engine, Before: before.Total, After: card.Total, PassedThen: before.Passed, PassedNow: card.Passed})
	})
}
