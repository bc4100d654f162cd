package roster

import (
	"testing"
	"time"

	"agentladder/migrations"
	"agentladder/migrations/dbtest"
)

const (
	waitLong = 10 * time.Second
	tick     = time.Millisecond
)

func TestModels(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		for _, model := range []any{personRow{}, roleRow{}, teamRow{}, memberRow{}, sessionRow{}, tokenRow{}, attemptRow{}, linkRow{}, spellRow{}, grantRow{}} {
			dbtest.CompareModel(t, db, model)
		}
	})
}
