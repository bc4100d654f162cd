package roster_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agentladder/course/fault"
	"agentladder/course/roster"
	"agentladder/migrations"
	"agentladder/migrations/dbtest"
)

const paper = "纸质证书 2025-12 号"

func TestSpells(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		b := setup(t, db)
		h := b.house(t)
		id := h.trainee.PersonID
		days := func(d roster.Detail) string {
			var out []string
			for _, s := range d.Spells {
				out = append(out, s.From+"/"+s.To)
			}
			return strings.Join(out, " ")
		}
		for _, c := range []struct{ name, from, to, code, days string }{
			{"Begin", "2024-02-29", "", "", "2024-02-29/"},
			{"BeginAgain", "2024-02-29", "", "", "2024-02-29/"},
			{"SecondWhileOpen", "2025-01-01", "", "spell_overlaps", "2024-02-29/"},
			{"BeforeTheOpenOneAndIntoIt", "2023-01-01", "2024-02-29", "spell_overlaps", "2024-02-29/"},
			{"BeforeTheOpenOneWithoutEnd", "2023-01-01", "", "spell_overlaps", "2024-02-29/"},
			{"BeforeTheOpenOne", "2023-01-01", "2024-02-28", "", "2023-01-01/2024-02-28 2024-02-29/"},
			{"EndBeforeBegin", "2024-02-29", "2024-02-28", "spell_reversed", "2023-01-01/2024-02-28 2024-02-29/"},
			{"End", "2024-02-29", "2024-12-31", "", "2023-01-01/2024-02-28 2024-02-29/2024-12-31"},
			{"EndAgain", "2024-02-29", "2024-12-31", "", "2023-01-01/2024-02-28 2024-02-29/2024-12-31"},
			{"AnotherEnd", "2024-02-29", "2025-01-31", "spell_closed", "2023-01-01/2024-02-28 2024-02-29/2024-12-31"},
			{"OpenAgain", "2024-02-29", "", "spell_closed", "2023-01-01/2024-02-28 2024-02-29/2024-12-31"},
			{"Within", "2024-06-01", "2024-06-30", "spell_overlaps", "2023-01-01/2024-02-28 2024-02-29/2024-12-31"},
			{"Around", "2022-01-01", "2026-01-01", "spell_overlaps", "2023-01-01/2024-02-28 2024-02-29/2024-12-31"},
			{"OnTheLastDay", "2024-12-31", "", "spell_overlaps", "2023-01-01/2024-02-28 2024-02-29/2024-12-31"},
			{"OneDay", "2025-01-01", "2025-01-01", "", "2023-01-01/2024-02-28 2024-02-29/2024-12-31 2025-01-01/2025-01-01"},
			{"NoSuchDay", "2025-02-29", "", "date_invalid", "2023-01-01/2024-02-28 2024-02-29/2024-12-31 2025-01-01/2025-01-01"},
			{"NoSuchLastDay", "2025-03-01", "2025-04-31", "date_invalid", "2023-01-01/2024-02-28 2024-02-29/2024-12-31 2025-01-01/2025-01-01"},
			{"NoDay", "", "", "date_invalid", "2023-01-01/2024-02-28 2024-02-29/2024-12-31 2025-01-01/2025-01-01"},
		} {
			t.Run(c.name, func(t *testing.T) {
				before, err := b.Look(b.ctx, h.hr, id)
				require.NoError(t, err)
				got, err := b.RecordSpell(b.ctx, h.hr, id, c.from, c.to)
				require.Equal(t, c.code, fault.CodeOf(err))
				d, err := b.Look(b.ctx, h.hr, id)
				require.NoError(t, err)
				require.Equal(t, c.days, days(d))
				if c.code == "" {
					require.Equal(t, d, got)
				}
				if days(before) == c.days {
					require.Equal(t, before.Version, d.Version, "nothing new is no change")
				} else {
					require.Equal(t, before.Version+1, d.Version)
				}
			})
		}
		require.NoError(t, func() error {
			_, err := b.Authenticate(b.ctx, h.trainee.SessionID, id, h.trainee.SessionVersion)
			return err
		}(), "an employment is no change of rights")
	})
}

func TestGrants(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		b := setup(t, db)
		h := b.house(t)
		id := h.trainee.PersonID
		_, err := b.RecordGrant(b.ctx, h.hr, id, "junior", "2026-01-01", paper)
		wants(t, fault.Conflict, "spell_missing", err)
		_, err = b.RecordSpell(b.ctx, h.hr, id, "2025-01-01", "")
		require.NoError(t, err)

		t.Run("TheHighestCounts", func(t *testing.T) {
			d, err := b.RecordGrant(b.ctx, h.hr, id, "intermediate", "2026-06-01", " "+paper+" ")
			require.NoError(t, err)
			require.Equal(t, "intermediate", d.Tier)
			require.Equal(t, []roster.Grant{{
				ID: d.Grants[0].ID, Tier: "intermediate", On: "2026-06-01", Origin: roster.OriginPast, Evidence: paper,
				RecordedBy: h.hr.Name, RecordedAt: now(t, b),
			}}, d.Grants)
			d, err = b.RecordGrant(b.ctx, h.hr, id, "junior", "2025-01-01", paper)
			require.NoError(t, err)
			require.Equal(t, "intermediate", d.Tier, "an older, lower one does not take it away")
			require.Equal(t, "junior", d.Grants[0].Tier)
			actor, err := b.Authenticate(b.ctx, h.trainee.SessionID, id, h.trainee.SessionVersion)
			require.NoError(t, err)
			require.Equal(t, "intermediate", actor.Tier)
			acts := b.acts(t, id)
			require.Equal(t, []string{"spell.recorded", "grant.recorded", "grant.recorded"}, acts[len(acts)-3:])
		})

		// The clock stands at 2026-11-22 08:00 UTC, 16:00 of that day in the shop.
		for name, c := range map[string]struct{ tier, on, evidence, code string }{
			"Tomorrow":         {"senior", "2026-11-23", paper, "grant_in_future"},
			"BeforeEmployment": {"junior", "2024-12-31", paper, "grant_before_spell"},
			"Known":            {"intermediate", "2026-06-01", "另一份证明材料", "grant_known"},
			"None":             {"none", "2026-06-01", paper, "tier_unknown"},
			"UnknownTier":      {"master", "2026-06-01", paper, "tier_unknown"},
			"NoSuchDay":        {"senior", "2026-06-31", paper, "date_invalid"},
			"NoEvidence":       {"senior", "2026-07-01", " 有证  ", "evidence_invalid"},
			"LongEvidence":     {"senior", "2026-07-01", strings.Repeat("长", 1001), "evidence_invalid"},
			"ControlEvidence":  {"senior", "2026-07-01", paper + "\x00", "evidence_invalid"},
		} {
			t.Run("Refuses/"+name, func(t *testing.T) {
				before, err := b.Look(b.ctx, h.hr, id)
				require.NoError(t, err)
				_, err = b.RecordGrant(b.ctx, h.hr, id, c.tier, c.on, c.evidence)
				require.Equal(t, c.code, fault.CodeOf(err))
				after, err := b.Look(b.ctx, h.hr, id)
				require.NoError(t, err)
				require.Equal(t, before, after)
			})
		}

		t.Run("TodayIsTheShops", func(t *testing.T) {
			other := h.other.PersonID
			_, err := b.RecordSpell(b.ctx, h.hr, other, "2025-01-01", "")
			require.NoError(t, err)
			b.clock.step(8*time.Hour - time.Microsecond) // 23:59:59.999999 in the shop
			_, err = b.RecordGrant(b.ctx, h.hr, other, "junior", "2026-11-23", paper)
			wants(t, fault.Invalid, "grant_in_future", err)
			b.clock.step(time.Microsecond) // midnight in the shop, still the 22nd in UTC
			today, err := b.Today(b.ctx)
			require.NoError(t, err)
			require.Equal(t, "2026-11-23", today)
			_, err = b.RecordGrant(b.ctx, h.hr, other, "junior", "2026-11-23", paper)
			require.NoError(t, err)
		})
	})
}

func TestWhoRecords(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		b := setup(t, db)
		h := b.house(t)
		both := h.admin
		both.Roles = []roster.Role{roster.HR, roster.Admin}
		for name, c := range map[string]struct {
			actor roster.Actor
			of    string
			kind  fault.Kind
			code  string
		}{
			"Trainee":       {h.trainee, h.trainee.PersonID, fault.Forbidden, "not_permitted"},
			"Supervisor":    {h.supervisor, h.trainee.PersonID, fault.Forbidden, "not_permitted"},
			"Admin":         {h.admin, h.trainee.PersonID, fault.Forbidden, "not_permitted"},
			"HROneself":     {h.hr, h.hr.PersonID, fault.Forbidden, "self_record"},
			"HRAdminToo":    {both, both.PersonID, fault.Forbidden, "self_record"},
			"UnknownPerson": {h.hr, h.mine.ID, fault.NotFound, "person_unknown"},
			"NoId":          {h.hr, "1", fault.NotFound, "person_unknown"},
		} {
			t.Run("Refuses/"+name, func(t *testing.T) {
				_, err := b.RecordSpell(b.ctx, c.actor, c.of, "2026-01-01", "")
				wants(t, c.kind, c.code, err)
				_, err = b.RecordGrant(b.ctx, c.actor, c.of, "junior", "2026-02-01", paper)
				wants(t, c.kind, c.code, err)
			})
		}
		_, err := b.RecordSpell(b.ctx, h.hr, h.admin.PersonID, "2026-01-01", "")
		require.NoError(t, err, "administrators are employed, too")
	})
}

func TestCareer(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		b := setup(t, db)
		h := b.house(t)
		var ids []string
		for _, actor := range []roster.Actor{h.trainee, h.other, h.supervisor} {
			_, err := b.RecordSpell(b.ctx, h.hr, actor.PersonID, "2024-01-01", "2024-12-31")
			require.NoError(t, err)
			_, err = b.RecordSpell(b.ctx, h.hr, actor.PersonID, "2025-03-01", "")
			require.NoError(t, err)
			_, err = b.RecordGrant(b.ctx, h.hr, actor.PersonID, "junior", "2024-04-01", paper)
			require.NoError(t, err)
			ids = append(ids, actor.PersonID)
		}
		got, err := b.Career(b.ctx, append(ids, h.hr.PersonID, "1", ""))
		require.NoError(t, err)
		require.Len(t, got, 3)
		for _, id := range ids {
			d, err := b.Look(b.ctx, h.hr, id)
			require.NoError(t, err)
			require.Equal(t, roster.Career{Spells: d.Spells, Grants: d.Grants}, got[id])
			require.Len(t, got[id].Spells, 2)
			require.Equal(t, h.hr.Name, got[id].Grants[0].RecordedBy)
		}
		heard := listen(t, db)
		career := func(ids []string) []string {
			asked, _ := heard(func() {
				_, err := b.Career(b.ctx, ids)
				require.NoError(t, err)
			})
			return asked
		}
		require.Len(t, career(ids), len(career(ids[:1])), "statements do not grow with people")
		empty, err := b.Career(b.ctx, nil)
		require.NoError(t, err)
		require.Empty(t, empty)
	})
}
