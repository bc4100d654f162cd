package journal

import (
	"testing"

	"agentladder/migrations"
	"agentladder/migrations/dbtest"
)

func TestModels(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		for _, model := range []any{entryRow{}, headRow{}, payloadRow{}, keyRow{}} {
			dbtest.CompareModel(t, db, model)
		}
	})
}
