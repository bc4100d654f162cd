package journal_test

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agentladder/course/fault"
	"agentladder/course/journal"
	"agentladder/migrations"
	"agentladder/migrations/dbtest"
)

const actor = "019340aa-0000-7000-8000-00000000000a"

func TestRecall(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		j := setup(db)
		hash := journal.Hash("S16")
		answer := []byte("{ \"b\": 1,\"a\" : \"缺货\"}")
		require.NoError(t, j.Do(ctx, func(u *journal.Unit) error {
			_, found, err := u.Recall(actor, "startChat", "key-0001", hash)
			require.False(t, found)
			require.NoError(t, err)
			return u.Remember(actor, "startChat", "key-0001", hash, answer)
		}))
		recall := func(who, operation, key, hash string) (stored []byte, found bool, err error) {
			err = j.Do(ctx, func(u *journal.Unit) (err error) {
				stored, found, err = u.Recall(who, operation, key, hash)
				return err
			})
			return stored, found, err
		}

		t.Run("SameRequestGetsTheSameBytes", func(t *testing.T) {
			stored, found, err := recall(actor, "startChat", "key-0001", hash)
			require.NoError(t, err)
			require.True(t, found)
			require.Equal(t, answer, stored)
		})
		t.Run("OtherRequestIsAMismatch", func(t *testing.T) {
			_, _, err := recall(actor, "startChat", "key-0001", journal.Hash("S06"))
			require.ErrorIs(t, err, fault.New(fault.Unprocessable, "idempotency_mismatch", nil))
		})
		t.Run("KeysBelongToActorAndOperation", func(t *testing.T) {
			_, found, err := recall("019340aa-0000-7000-8000-00000000000b", "startChat", "key-0001", hash)
			require.NoError(t, err)
			require.False(t, found)
			_, found, err = recall(actor, "other", "key-0001", hash)
			require.NoError(t, err)
			require.False(t, found)
		})
		t.Run("OldAnswersAreForgotten", func(t *testing.T) {
			require.NoError(t, j.Do(ctx, func(u *journal.Unit) error {
				n, err := u.Forget(start.Add(time.Second))
				require.EqualValues(t, 1, n)
				return err
			}))
		})
	})
}

func TestRecallTogether(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		j := setup(db)
		var all sync.WaitGroup
		var did, recalled atomic.Int64
		for range 16 {
			all.Go(func() {
				var effect bool
				err := j.Do(context.Background(), func(u *journal.Unit) error {
					effect = false
					_, found, err := u.Recall(actor, "op", "key-0002", "h")
					if err != nil || found {
						return err
					}
					effect = true
					if err := addTeam(u, "effect"); err != nil {
						return err
					}
					return u.Remember(actor, "op", "key-0002", "h", []byte(`1`))
				})
				if err != nil {
					t.Errorf("unit: %v", err)
				}
				if effect {
					did.Add(1)
				} else {
					recalled.Add(1)
				}
			})
		}
		all.Wait()
		require.EqualValues(t, 1, did.Load())
		require.EqualValues(t, 15, recalled.Load())
	})
}
