package grading_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"agentladder/course/fault"
	"agentladder/course/journal"
	"agentladder/grading"
	"agentladder/grading/score"
	"agentladder/migrations"
	"agentladder/migrations/dbtest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

var moment = time.Date(2026, 3, 2, 9, 0, 0, 123456000, time.UTC)

func setup(db *migrations.Database) (*grading.Service, *journal.Journal) {
	j := journal.New(db.Write, db.Read, func(context.Context, *gorm.DB) (time.Time, error) { return moment, nil })
	return grading.New(j), j
}

// newChat writes as much of an ended chat as a scorecard hangs on.
func newChat(t *testing.T, db *gorm.DB) string {
	t.Helper()
	id := uuid.NewString()
	for _, one := range []struct {
		statement string
		args      []any
	}{
		{"INSERT INTO people (id, login, name, password_hash, created_at) VALUES (?, ?, 'lin', '', ?) ON CONFLICT DO NOTHING", []any{person, "lin", moment}},
		{"INSERT INTO shelf_bundles (digest, items) VALUES ('set', '[]') ON CONFLICT DO NOTHING", nil},
		{"INSERT INTO chats (id, person_id, scenario_id, scenario_title, stage, mode, status, seed, version, state, bundle_digest, started_at, last_seq) " +
			"VALUES (?, ?, 'S16', '', 'in', 'practice', 'ended', 1, 1, '{}', 'set', ?, 0)", []any{id, person, moment}},
	} {
		require.NoError(t, db.Exec(one.statement, one.args...).Error)
	}
	return id
}

// person had all chats.
const person = "0195a3c0-0000-7000-8000-000000000001"

func record(t *testing.T, s *grading.Service, j *journal.Journal, chatID string, card score.Scorecard) (stored grading.Stored, err error) {
	t.Helper()
	err = j.Do(t.Context(), func(u *journal.Unit) error {
		stored, err = s.Record(u, chatID, "digest of "+chatID, card)
		return err
	})
	return stored, err
}

func TestRecord(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		s, j := setup(db)
		id := newChat(t, db.Write)
		card := score.Scorecard{Engine: 3, Total: 61500, PassLine: 60000, Passed: true, Digests: map[string]string{"rules": "a", "lexicon": "b"}}
		_, err := s.Latest(t.Context(), id)
		require.ErrorIs(t, err, fault.New(fault.NotFound, "scorecard_unknown", nil))
		recorded, err := record(t, s, j, id, card)
		require.NoError(t, err)

		t.Run("ItComesBackByteForByte", func(t *testing.T) {
			stored, err := s.Latest(t.Context(), id)
			require.NoError(t, err)
			require.Equal(t, recorded, stored)
			body, err := json.Marshal(card)
			require.NoError(t, err)
			require.Equal(t, string(body), string(stored.Body))
			require.Equal(t, 1, stored.Version)
			require.Equal(t, 3, stored.Engine)
			require.Equal(t, "digest of "+id, stored.TranscriptDigest)
			require.Equal(t, moment, stored.CreatedAt)
			again, err := stored.Card()
			require.NoError(t, err)
			require.Equal(t, card, again)
		})
		t.Run("ASecondFirstIsRefusedAndTheFirstStays", func(t *testing.T) {
			other := card
			other.Total = 1000
			_, err := record(t, s, j, id, other)
			require.Error(t, err)
			require.True(t, journal.IsDuplicate(err))
			stored, err := s.Latest(t.Context(), id)
			require.NoError(t, err)
			require.Equal(t, recorded, stored)
		})
		t.Run("NothingStaysOfAUnitThatFails", func(t *testing.T) {
			lost, failure := newChat(t, db.Write), errors.New("the chat could not be closed")
			err := j.Do(t.Context(), func(u *journal.Unit) error {
				if _, err := s.Record(u, lost, "", card); err != nil {
					return err
				}
				return failure
			})
			require.ErrorIs(t, err, failure)
			_, err = s.Latest(t.Context(), lost)
			require.Equal(t, "scorecard_unknown", fault.CodeOf(err))
		})
		t.Run("TheNewestVersionIsTheLatest", func(t *testing.T) {
			require.NoError(t, db.Write.Exec("INSERT INTO scorecards (id, chat_id, version, engine, total, passed, body, transcript_digest, created_at) "+
				"SELECT ?, chat_id, 2, 4, 0, ?, body, transcript_digest, created_at FROM scorecards WHERE chat_id = ?", uuid.NewString(), false, id).Error)
			stored, err := s.Latest(t.Context(), id)
			require.NoError(t, err)
			require.Equal(t, 2, stored.Version)
			require.Equal(t, 4, stored.Engine)
		})
		t.Run("ABrokenBodySaysWhichChat", func(t *testing.T) {
			_, err := grading.Stored{ChatID: id, Body: []byte("{")}.Card()
			require.ErrorContains(t, err, id)
		})
	})
}

func TestEach(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		s, j := setup(db)
		const cards = 450 // more than two pages
		require.NoError(t, j.Do(t.Context(), func(u *journal.Unit) error {
			for range cards {
				if _, err := s.Record(u, newChat(t, u.DB()), "", score.Scorecard{}); err != nil {
					return err
				}
			}
			return nil
		}))
		freshID := "'again-' || id"
		if db.Dialect == migrations.Postgres {
			freshID = "gen_random_uuid()"
		}
		second := "INSERT INTO scorecards (id, chat_id, version, engine, total, passed, body, transcript_digest, created_at) " +
			"SELECT " + freshID + ", chat_id, 2, engine, total, passed, body, transcript_digest, created_at FROM scorecards WHERE version = 1"
		require.NoError(t, db.Write.Exec(second).Error)

		t.Run("EveryVersionOnceAndInOrder", func(t *testing.T) {
			var last string
			n := 0
			require.NoError(t, s.Each(t.Context(), func(one grading.Stored) error {
				key := fmt.Sprintf("%s %d", one.ChatID, one.Version)
				require.Greater(t, key, last)
				last = key
				n++
				return nil
			}))
			require.Equal(t, 2*cards, n)
		})
		t.Run("AnErrorEndsIt", func(t *testing.T) {
			n, enough := 0, errors.New("enough")
			require.ErrorIs(t, s.Each(t.Context(), func(grading.Stored) error {
				if n++; n == 3 {
					return enough
				}
				return nil
			}), enough)
			require.Equal(t, 3, n)
		})
	})
}
