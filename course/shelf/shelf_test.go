package shelf_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"agentladder/course/fault"
	"agentladder/course/journal"
	"agentladder/course/pack"
	"agentladder/course/shelf"
	"agentladder/migrations"
	"agentladder/migrations/dbtest"
)

// cupboard is a shelf on one database at a time that the test sets.
type cupboard struct {
	*shelf.Shelf
	now time.Time
	db  *migrations.Database
}

func setup(db *migrations.Database) *cupboard {
	c := &cupboard{now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), db: db}
	c.Shelf = shelf.New(journal.New(db.Write, db.Read, func(context.Context, *gorm.DB) (time.Time, error) { return c.now, nil }))
	return c
}

func (c *cupboard) install(t *testing.T, docs ...pack.Document) shelf.Set {
	t.Helper()
	set, err := c.Install(t.Context(), shelf.Shipped, docs)
	require.NoError(t, err)
	return set
}

func (c *cupboard) active(t *testing.T) string {
	t.Helper()
	digest, err := c.ActiveDigest(t.Context())
	require.NoError(t, err)
	return digest
}

func (c *cupboard) count(t *testing.T, table, where string, args ...any) int {
	t.Helper()
	var n int64
	require.NoError(t, c.db.Read.Table(table).Where(where, args...).Count(&n).Error)
	return int(n)
}

// lesson is a small document of version 1.
func lesson(t *testing.T, id, text string) pack.Document {
	t.Helper()
	body := fmt.Sprintf("---\nkind: lesson\nid: %s\nversion: 1\ntitle: 礼貌用语\nchapter: C2\nperiods: 1\ndifficulties: [先问好]\nteaches: [A1]\nobjectives: [会问好]\nkey_points: [先问好再回答]\nsources: [L1]\n---\n\n%s\n", id, text)
	doc, found := pack.Parse("lessons/"+id+".md", []byte(body))
	require.False(t, found.HasErrors(), "%v", found)
	return doc
}

func TestInstall(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		c := setup(db)
		require.Empty(t, c.active(t), "an empty shelf has no set in use")
		one, two, changed := lesson(t, "L9.1", "您好。"), lesson(t, "L9.2", "谢谢。"), lesson(t, "L9.1", "您好，在的。")
		first := c.install(t, one, two)

		t.Run("TheSameAgainChangesNothing", func(t *testing.T) {
			again := c.install(t, two, one) // in any order
			require.Equal(t, first.Digest, again.Digest)
			require.Equal(t, first.Digest, c.active(t))
			require.Equal(t, 2, c.count(t, "shelf_items", "1 = 1"))
			require.Equal(t, 1, c.count(t, "audit_entries", "act = ?", "content.activate"))
		})
		t.Run("OtherWordsUnderTheSameVersionAreANewRow", func(t *testing.T) {
			second := c.install(t, changed, two)
			require.NotEqual(t, first.Digest, second.Digest)
			require.Equal(t, second.Digest, c.active(t), "the newer set is in use, though the clock shows the same moment")
			require.Equal(t, 2, c.count(t, "shelf_items", "id = ? AND version = 1", "L9.1"))
		})
		t.Run("BothSetsCanBeRead", func(t *testing.T) {
			for digest, want := range map[string][]byte{first.Digest: one.Body, c.active(t): changed.Body} {
				set, err := c.Set(t.Context(), digest)
				require.NoError(t, err)
				require.Equal(t, digest, set.Digest)
				require.Len(t, set.Documents, 2)
				bodies := map[string][]byte{}
				for _, d := range set.Documents {
					bodies[d.ID] = d.Body
				}
				require.Equal(t, want, bodies["L9.1"])
			}
		})
		t.Run("AnEarlierSetCanComeBackIntoUse", func(t *testing.T) {
			c.install(t, one, two)
			require.Equal(t, first.Digest, c.active(t))
			require.Equal(t, 2, c.count(t, "shelf_bundles", "1 = 1"))
		})
		t.Run("AClockThatWasSetBackDoesNotBringBackOldContent", func(t *testing.T) {
			c.now = c.now.Add(-24 * time.Hour)
			last := c.install(t, changed)
			require.Equal(t, last.Digest, c.active(t))
		})
		t.Run("ASetThatWasNeverInUseIsNotInUse", func(t *testing.T) {
			active := c.active(t)
			require.NoError(t, db.Write.Exec("INSERT INTO shelf_bundles (digest, items) VALUES ('a draft', '[]')").Error)
			require.Equal(t, active, c.active(t))
		})
		t.Run("AnUnknownSetIsNotFound", func(t *testing.T) {
			_, err := c.Set(t.Context(), "nothing")
			require.ErrorIs(t, err, fault.New(fault.NotFound, "content_unknown", nil))
		})
	})
}

func TestTampering(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		for name, statement := range map[string]string{
			"ABody":              "UPDATE shelf_items SET body = (SELECT body FROM shelf_items WHERE id = 'L9.2') WHERE id = 'L9.1'",
			"ADocumentThatIsOut": "DELETE FROM shelf_items WHERE id = 'L9.1'",
			"AShorterList":       "UPDATE shelf_bundles SET items = '[]'",
			"AListThatIsNone":    `UPDATE shelf_bundles SET items = '{"a":1}'`,
		} {
			t.Run(name, func(t *testing.T) {
				c := setup(db)
				set := c.install(t, lesson(t, "L9.1", "您好。"), lesson(t, "L9.2", name))
				require.NoError(t, db.Write.Exec(statement).Error)
				_, err := c.Set(t.Context(), set.Digest)
				require.Error(t, err)
				require.Equal(t, "internal", fault.CodeOf(err))
				require.NoError(t, db.Write.Exec("DELETE FROM shelf_bundles").Error)
				require.NoError(t, db.Write.Exec("DELETE FROM shelf_items").Error)
			})
		}
	})
}

func TestInstallsAtOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		c := setup(db)
		a, b := lesson(t, "L9.1", "您好。"), lesson(t, "L9.2", "谢谢。")
		const servers = 16
		var wg sync.WaitGroup
		errs := make([]error, servers)
		for i := range servers {
			docs := []pack.Document{a, b}
			if i%2 == 0 {
				docs = []pack.Document{b, a} // another order must not deadlock
			}
			if i%4 == 3 {
				docs = docs[:1]
			}
			wg.Go(func() { _, errs[i] = c.Install(t.Context(), shelf.Shipped, docs) })
		}
		wg.Wait()
		for _, err := range errs {
			require.NoError(t, err)
		}
		require.Equal(t, 2, c.count(t, "shelf_items", "1 = 1"))
		require.Equal(t, 2, c.count(t, "shelf_bundles", "1 = 1"))
		require.Equal(t, 1, c.count(t, "shelf_bundles", "activated_at = (SELECT MAX(activated_at) FROM shelf_bundles)"), "one set is in use")
		_, err := c.Set(t.Context(), c.active(t))
		require.NoError(t, err)
	})
}
