package exam

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"agentladder/course/journal"
	"agentladder/course/library"
	"agentladder/course/pack"
	"agentladder/course/roster"
	"agentladder/course/shelf"
	"agentladder/grading"
	"agentladder/migrations"
	"agentladder/migrations/dbtest"
)

func TestModels(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		for _, model := range []any{chatRow{}, messageRow{}} {
			dbtest.CompareModel(t, db, model)
		}
	})
}

// TestAPanicInTheBackground breaks the program for one set of content and lets the sweeper and the hub meet it.
func TestAPanicInTheBackground(t *testing.T) {
	t.Parallel()
	db := dbtest.SQLite(t)
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	j := journal.New(db.Write, db.Read, func(context.Context, *gorm.DB) (time.Time, error) { return now, nil })
	sh := shelf.New(j)
	p, found := pack.Read(library.Shipped()[0])
	require.False(t, found.HasErrors())
	_, err := sh.Install(t.Context(), shelf.Shipped, p.Documents)
	require.NoError(t, err)
	people, err := roster.New(j, []byte(strings.Repeat("k", 32)), roster.Hashing(roster.Cost{MemoryKiB: 64, Passes: 1}, 4, 64))
	require.NoError(t, err)
	person, err := people.CreatePerson(t.Context(), roster.System, roster.NewPerson{Login: "lin", Name: "lin", Password: "bamboo-river-42", Roles: []roster.Role{roster.Trainee}})
	require.NoError(t, err)
	var log bytes.Buffer
	s := New(j, sh, grading.New(j), slog.New(slog.NewTextHandler(&log, nil)))
	view, err := s.Start(t.Context(), roster.Actor{PersonID: person.ID}, "S16", uuid.NewString())
	require.NoError(t, err)
	s.content.bundles[view.Chat.bundleDigest] = nil
	now = now.Add(time.Hour)

	touched, err := s.Sweep(t.Context(), 10)
	require.NoError(t, err)
	require.Zero(t, touched)
	require.Contains(t, log.String(), view.Chat.ID)
	require.Contains(t, log.String(), "panic")
	pulses, err := s.Pulses(t.Context(), []string{view.Chat.ID})
	require.NoError(t, err)
	require.Empty(t, pulses)
}
