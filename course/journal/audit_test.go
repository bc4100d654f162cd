package journal_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"agentladder/course/journal"
	"agentladder/migrations"
	"agentladder/migrations/dbtest"
)

func TestVerify(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		j := setup(db)
		chain := func(t *testing.T, subject string) {
			t.Helper()
			for i := range 5 {
				require.NoError(t, j.Do(ctx, func(u *journal.Unit) error {
					return u.Audit(journal.Entry{
						Subject: subject, Actor: "system", Act: "step.taken", Object: fmt.Sprint(i), Payload: map[string]int{"step": i},
					})
				}))
			}
			n, err := j.Verify(ctx, subject)
			require.NoError(t, err)
			require.Equal(t, 5, n)
		}

		for name, c := range map[string]struct {
			sql string
			at  int
		}{
			"EditedActor":      {`UPDATE audit_entries SET actor_id = 'other' WHERE subject = @s AND seq = 3`, 3},
			"EditedAct":        {`UPDATE audit_entries SET act = 'step.undone' WHERE subject = @s AND seq = 1`, 1},
			"EditedObject":     {`UPDATE audit_entries SET object = '' WHERE subject = @s AND seq = 5`, 5},
			"EditedTime":       {`UPDATE audit_entries SET at = '2020-01-01 00:00:00+00:00' WHERE subject = @s AND seq = 2`, 2},
			"EditedHash":       {`UPDATE audit_entries SET hash = 'aa' WHERE subject = @s AND seq = 2`, 2},
			"DeletedFirst":     {`DELETE FROM audit_entries WHERE subject = @s AND seq = 1`, 1},
			"DeletedMiddle":    {`DELETE FROM audit_entries WHERE subject = @s AND seq = 3`, 3},
			"DeletedTail":      {`DELETE FROM audit_entries WHERE subject = @s AND seq = 5`, 5},
			"DeletedAll":       {`DELETE FROM audit_entries WHERE subject = @s`, 1},
			"DeletedHead":      {`DELETE FROM audit_heads WHERE subject = @s`, 6},
			"MovedElsewhere":   {`UPDATE audit_entries SET subject = 'x' WHERE subject = @s AND seq = 4`, 4},
			"SwappedNeighbour": {`UPDATE audit_entries SET seq = CASE seq WHEN 12 THEN 13 ELSE 12 END WHERE subject = @s AND seq IN (12, 13)`, 2},
			"EditedPayload":    {`UPDATE audit_payloads SET payload = '{"step":9}' WHERE entry_id IN (SELECT id FROM audit_entries WHERE subject = @s AND seq = 4)`, 4},
			"EmptiedPayload":   {`UPDATE audit_payloads SET payload = NULL, salt = NULL WHERE entry_id IN (SELECT id FROM audit_entries WHERE subject = @s AND seq = 4)`, 4},
			"DeletedPayload":   {`DELETE FROM audit_payloads WHERE entry_id IN (SELECT id FROM audit_entries WHERE subject = @s AND seq = 4)`, 4},
		} {
			t.Run("Finds/"+name, func(t *testing.T) {
				subject := "case:" + name
				chain(t, subject)
				if name == "SwappedNeighbour" { // through free numbers, because (subject, seq) is unique
					require.NoError(t, db.Write.Exec(`UPDATE audit_entries SET seq = 12 WHERE subject = ? AND seq = 2`, subject).Error)
					require.NoError(t, db.Write.Exec(`UPDATE audit_entries SET seq = 2 WHERE subject = ? AND seq = 3`, subject).Error)
					require.NoError(t, db.Write.Exec(`UPDATE audit_entries SET seq = 3 WHERE subject = ? AND seq = 12`, subject).Error)
				} else {
					if name[:7] == "Deleted" && name != "DeletedPayload" {
						require.NoError(t, db.Write.Exec(`DELETE FROM audit_payloads WHERE entry_id IN (SELECT id FROM audit_entries WHERE subject = ? AND seq = ?)`, subject, c.at).Error)
						if name == "DeletedAll" {
							require.NoError(t, db.Write.Exec(`DELETE FROM audit_payloads WHERE entry_id IN (SELECT id FROM audit_entries WHERE subject = ?)`, subject).Error)
						}
					}
					require.NoError(t, db.Write.Exec(c.sql, map[string]any{"s": subject}).Error)
				}
				_, err := j.Verify(ctx, subject)
				var tampered *journal.TamperedError
				require.ErrorAs(t, err, &tampered)
				require.Equal(t, c.at, tampered.Seq, tampered.Why)
				_, _, err = j.VerifyAll(ctx)
				require.ErrorAs(t, err, &tampered)
			})
		}

		t.Run("ErasedPayloadsStillVerify", func(t *testing.T) {
			chain(t, "person:1")
			chain(t, "person:2")
			require.NoError(t, j.Do(ctx, func(u *journal.Unit) error { return u.ErasePayloads("person:1") }))
			var left int64
			require.NoError(t, j.Read(ctx).Raw(`SELECT count(*) FROM audit_payloads p JOIN audit_entries e ON e.id = p.entry_id
				WHERE e.subject = 'person:1' AND (p.payload IS NOT NULL OR p.salt IS NOT NULL)`).Scan(&left).Error)
			require.Zero(t, left)
			for _, subject := range []string{"person:1", "person:2"} {
				n, err := j.Verify(ctx, subject)
				require.NoError(t, err)
				require.Equal(t, 5, n)
			}
		})

		t.Run("RefusesAnonymousEntries", func(t *testing.T) {
			require.Error(t, j.Do(ctx, func(u *journal.Unit) error { return u.Audit(journal.Entry{Subject: "s", Act: "a.b"}) }))
		})
	})
}

func TestVerifyAll(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		j := setup(db)
		for _, subject := range []string{"a", "b", "a"} {
			require.NoError(t, j.Do(context.Background(), func(u *journal.Unit) error {
				return u.Audit(journal.Entry{Subject: subject, Actor: "system", Act: "a.b"})
			}))
		}
		chains, entries, err := j.VerifyAll(context.Background())
		require.NoError(t, err)
		require.Equal(t, [2]int{2, 3}, [2]int{chains, entries})
	})
}

func TestAuditTogether(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		j := setup(db)
		ctx := context.Background()
		var all sync.WaitGroup
		for range 16 {
			all.Go(func() {
				for range 10 {
					err := j.Do(ctx, func(u *journal.Unit) error {
						return u.Audit(journal.Entry{Subject: "crowd", Actor: "system", Act: "step.taken"})
					})
					if err != nil {
						t.Errorf("append: %v", err)
					}
				}
			})
		}
		all.Wait()
		n, err := j.Verify(ctx, "crowd")
		require.NoError(t, err)
		require.Equal(t, 160, n)
	})
}
