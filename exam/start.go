package exam

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"encoding/json"

	"github.com/google/uuid"

	"agentladder/course/fault"
	"agentladder/course/journal"
	"agentladder/course/roster"
	"agentladder/exam/buyer"
)

// Start begins a practice chat on a scenario of the active content. The same key gives the same chat.
// Faults: NotFound scenario_unknown; Unprocessable idempotency_mismatch.
func (s *Service) Start(ctx context.Context, actor roster.Actor, scenarioID, key string) (*View, error) {
	b, digest, err := s.content.current(ctx)
	if err != nil {
		return nil, err
	}
	sc, ok := b.Scenario(scenarioID)
	if !ok {
		return nil, fault.New(fault.NotFound, "scenario_unknown", fault.Params{"scenario": scenarioID})
	}
	const operation = "startChat"
	var chatID string
	err = s.journal.Do(ctx, func(u *journal.Unit) error {
		stored, found, err := u.Recall(actor.PersonID, operation, key, journal.Hash(scenarioID))
		if err != nil {
			return err
		}
		if found {
			return json.Unmarshal(stored, &chatID)
		}
		chatID = uuid.Must(uuid.NewV7()).String()
		seed := newSeed()
		chat := &Chat{ID: chatID, PersonID: actor.PersonID, ScenarioID: sc.ID, Title: sc.Title, Stage: sc.Stage, Mode: Practice, Status: Active,
			StartedAt: u.Now(), seed: seed, bundleDigest: digest, state: buyer.New(sc, seed).Open(u.Now())}
		if err := insertChat(u, chat); err != nil {
			return err
		}
		answer, err := json.Marshal(chatID)
		if err != nil {
			return err
		}
		if err := u.Remember(actor.PersonID, operation, key, journal.Hash(scenarioID), answer); err != nil {
			return err
		}
		return u.Audit(journal.Entry{Subject: "person:" + actor.PersonID, Actor: actor.PersonID, Act: "chat.start", Object: chatID,
			Payload: map[string]any{"scenario": sc.ID, "mode": Practice, "content": digest}})
	})
	if err != nil {
		return nil, err
	}
	return s.Look(ctx, actor, chatID)
}

// newSeed is unpredictable, so nobody can choose the buyer they meet. It fits a signed 64-bit column.
func newSeed() uint64 {
	var b [8]byte
	_, _ = rand.Read(b[:]) // never fails (crypto/rand)
	return binary.LittleEndian.Uint64(b[:]) >> 1
}
