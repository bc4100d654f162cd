package grading

import (
	"testing"

	"agentladder/migrations"
	"agentladder/migrations/dbtest"
)

func TestModels(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		dbtest.CompareModel(t, db, scorecardRow{})
	})
}
