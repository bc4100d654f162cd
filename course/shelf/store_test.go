package shelf

import (
	"testing"

	"agentladder/migrations"
	"agentladder/migrations/dbtest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

func TestModels(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		for _, model := range []any{itemRow{}, bundleRow{}} {
			dbtest.CompareModel(t, db, model)
		}
	})
}
