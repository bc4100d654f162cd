package roster_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"agentladder/course/fault"
	"agentladder/course/roster"
	"agentladder/migrations"
	"agentladder/migrations/dbtest"
)

// Everything that touches one person at the same moment ends in an answer of the contract, never in a deadlock or a
// broken chain, and a disabled person holds nothing afterwards.
func TestStorm(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		b := setup(t, db)
		h := b.house(t)
		for round := range 5 {
			p := b.person(t, fmt.Sprint("eye", round), roster.Trainee)
			var mu sync.Mutex
			sessions := []roster.Session{b.signIn(t, p.Login), b.signIn(t, p.Login)}
			link, err := b.IssueLink(b.ctx, h.hr, p.ID)
			require.NoError(t, err)
			keep := func(s roster.Session, err error) error {
				if err == nil {
					mu.Lock()
					sessions = append(sessions, s)
					mu.Unlock()
				}
				return err
			}
			first, second := sessions[0], sessions[1]
			acts := []func() error{
				func() error { return keep(b.Refresh(b.ctx, first.Refresh)) },
				func() error { return keep(b.Refresh(b.ctx, second.Refresh)) },
				func() error {
					return keep(b.SignIn(b.ctx, roster.SignIn{Login: p.Login, Password: password, Address: "10.0.0.2"}))
				},
				func() error { return keep(b.RedeemLink(b.ctx, link.Token, chosen, here)) },
				func() error { return b.ChangePassword(b.ctx, first.Actor, password, "换了的密码-1a2b") },
				func() error {
					_, err := b.Change(b.ctx, h.hr, p.ID, 1, roster.Change{Name: "新名字", Roles: []roster.Role{roster.HR}, Teams: []string{h.mine.ID}})
					return err
				},
				func() error { _, err := b.IssueLink(b.ctx, h.admin, p.ID); return err },
				func() error { _, err := b.RecordSpell(b.ctx, h.hr, p.ID, "2026-01-01", ""); return err },
				func() error { return b.SignOut(b.ctx, second.Actor) },
				func() error { return b.DisableBy(b.ctx, h.hr, p.ID, "离职") },
			}
			known := []string{
				"", "session_ended", "sign_in_failed", "link_used", "link_replaced", "link_unknown", "person_changed", "person_disabled",
			}
			var all sync.WaitGroup
			for i, act := range acts {
				all.Go(func() {
					if err := act(); !slices.Contains(known, fault.CodeOf(err)) {
						t.Errorf("act %d: %v", i, err)
					}
				})
			}
			all.Wait()
			for _, s := range sessions {
				wants(t, fault.Unauthenticated, "session_ended", b.alive(s))
				_, err := b.Refresh(b.ctx, s.Refresh)
				require.Contains(t, []string{"session_ended", "refresh_invalid", "refresh_reused"}, fault.CodeOf(err))
			}
			_, err = b.OpenLink(b.ctx, link.Token)
			require.Contains(t, []string{"link_used", "link_replaced"}, fault.CodeOf(err))
			require.Contains(t, b.acts(t, p.ID), "person.disabled")
		}
	})
}

// However employments are recorded, those that are stored never share a day, end after they begin, and at most the last
// one is open.
func TestSpellsNeverOverlap(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.SQLite(t))
	hr := roster.Actor{Roles: []roster.Role{roster.HR}}
	n := 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		p, _ := b.invite(t, fmt.Sprint("p-", n))
		day := rapid.Custom(func(t *rapid.T) string { return fmt.Sprintf("2026-01-%02d", rapid.IntRange(1, 12).Draw(t, "day")) })
		for range rapid.IntRange(1, 8).Draw(t, "records") {
			to := ""
			if rapid.Bool().Draw(t, "ended") {
				to = day.Draw(t, "to")
			}
			_, err := b.RecordSpell(b.ctx, hr, p.ID, day.Draw(t, "from"), to)
			require.Contains(t, []string{"", "spell_overlaps", "spell_closed", "spell_reversed"}, fault.CodeOf(err))
		}
		d, err := b.Look(b.ctx, hr, p.ID)
		require.NoError(t, err)
		for i, s := range d.Spells {
			require.True(t, s.To == "" || s.From <= s.To)
			if i > 0 {
				require.NotEmpty(t, d.Spells[i-1].To)
				require.Less(t, d.Spells[i-1].To, s.From)
			}
		}
	})
}
