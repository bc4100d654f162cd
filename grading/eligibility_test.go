package grading_test

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"agentladder/course"
	"agentladder/course/fault"
	"agentladder/course/journal"
	"agentladder/course/library"
	"agentladder/course/pack"
	"agentladder/course/roster"
	"agentladder/course/shelf"
	"agentladder/grading"
	"agentladder/grading/ladder"
	"agentladder/migrations"
	"agentladder/migrations/dbtest"
)

// office is the ladder with everything it reads, on one database, at a time that the test sets.
type office struct {
	*grading.Eligibility
	people *roster.Service
	course *course.Service
	shelf  *shelf.Shelf
	hua    roster.Actor // HR
	now    *time.Time
}

func open(t *testing.T, db *migrations.Database) office {
	t.Helper()
	now := time.Date(2026, 3, 2, 4, 0, 0, 0, time.UTC)
	j := journal.New(db.Write, db.Read, func(context.Context, *gorm.DB) (time.Time, error) { return now, nil })
	people, err := roster.New(j, []byte(strings.Repeat("k", 32)), roster.Hashing(roster.Cost{MemoryKiB: 8, Passes: 1}, 4, 64))
	require.NoError(t, err)
	sh := shelf.New(j)
	o := office{people: people, shelf: sh, course: course.New(j, sh, nil), now: &now}
	o.Eligibility = grading.NewEligibility(sh, people, o.course)
	hua := o.add(t, "hua", roster.HR)
	o.hua = roster.Actor{PersonID: hua.ID, Login: "hua", Roles: hua.Roles}
	return o
}

func (o office) add(t *testing.T, login string, roles ...roster.Role) roster.Person {
	t.Helper()
	p, err := o.people.CreatePerson(t.Context(), "", roster.NewPerson{Login: login, Name: login, Password: "bamboo-river-42", Roles: roles})
	require.NoError(t, err)
	return p
}

func (o office) install(t *testing.T, keep func(pack.Document) bool) {
	t.Helper()
	var docs []pack.Document
	for _, root := range library.Shipped() {
		p, found := pack.Read(root)
		require.False(t, found.HasErrors(), "%v", found)
		for _, doc := range p.Documents {
			if keep(doc) {
				docs = append(docs, doc)
			}
		}
	}
	_, err := o.shelf.Install(t.Context(), shelf.Shipped, docs)
	require.NoError(t, err)
}

func everything(pack.Document) bool { return true }

func (o office) hire(t *testing.T, p roster.Person, from, tier, on string) roster.Person {
	t.Helper()
	detail, err := o.people.RecordSpell(t.Context(), o.hua, p.ID, from, "")
	require.NoError(t, err)
	if tier != "" {
		detail, err = o.people.RecordGrant(t.Context(), o.hua, p.ID, tier, on, "纸质任命书已核对")
		require.NoError(t, err)
	}
	return detail.Person
}

func (o office) clause(t *testing.T, p roster.Person, id string) ladder.Clause {
	t.Helper()
	s, err := o.Standing(t.Context(), p)
	require.NoError(t, err)
	for _, c := range s.Next.Clauses {
		if c.ID == id {
			return c
		}
	}
	require.Failf(t, "no clause", "%s in %v", id, s.Next.Clauses)
	return ladder.Clause{}
}

func TestEligibility(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		o := open(t, db)
		lin := o.add(t, "lin", roster.Trainee)

		_, err := o.Standing(t.Context(), lin)
		require.ErrorIs(t, err, fault.New(fault.Unavailable, "not_ready", nil), "an empty shelf")
		o.install(t, func(d pack.Document) bool { return d.Kind != pack.KindLadder })
		_, err = o.Standing(t.Context(), lin)
		require.ErrorIs(t, err, fault.New(fault.Unavailable, "ladder_missing", nil), "content without a ladder")
		*o.now = o.now.Add(time.Second)
		o.install(t, everything)

		t.Run("a newcomer begins at the lowest rung with nothing on record", func(t *testing.T) {
			s, err := o.Standing(t.Context(), lin)
			require.NoError(t, err)
			require.Equal(t, []any{"none", "未定级", "", "2026-03-02"}, []any{s.Tier, s.Title, s.Since.String(), s.AsOf.String()})
			require.Equal(t, []ladder.Rung{{Tier: "none", Title: "未定级", Place: ladder.Held}, {Tier: "junior", Title: "初级客服", Place: ladder.Next},
				{Tier: "intermediate", Title: "中级客服", Place: ladder.Later}, {Tier: "senior", Title: "高级客服", Place: ladder.Later}}, s.Rungs)
			require.Nil(t, s.Tenure)
			require.Zero(t, s.Next.Met)
			require.Equal(t, 2, s.Next.Open, "the lessons and the quiz of the first chapter")
			require.False(t, s.Eligible())
		})
		t.Run("reading the chapter meets its clause", func(t *testing.T) {
			actor := roster.Actor{PersonID: lin.ID, Login: "lin", Roles: lin.Roles}
			before := o.clause(t, lin, "junior-read-c1")
			require.Equal(t, ladder.Open, before.State)
			require.Equal(t, "L1.1", before.Lesson.ID)
			require.NotEmpty(t, before.Lesson.Title)
			view, err := o.course.Course(t.Context(), actor)
			require.NoError(t, err)
			for i, unit := range view.Chapters[0].Lessons {
				require.Equal(t, ladder.Open, o.clause(t, lin, "junior-read-c1").State, "before lesson %d", i+1)
				require.NoError(t, o.course.MarkRead(t.Context(), actor, unit.ID))
			}
			after := o.clause(t, lin, "junior-read-c1")
			require.Equal(t, ladder.Met, after.State)
			require.Empty(t, after.Nearer)
			require.Empty(t, after.Lesson.ID)
			require.Equal(t, ladder.Open, o.clause(t, lin, "junior-quiz-c1").State, "reading is no quiz")
		})
		t.Run("the quiz meets its clause at the line and not below", func(t *testing.T) {
			wei := o.add(t, "wei", roster.Trainee)
			for i, c := range []struct {
				percent int
				state   ladder.State
			}{{0, ladder.Open}, {59, ladder.Open}, {60, ladder.Met}, {12, ladder.Met}} {
				o.hand(t, db, wei.ID, c.percent, *o.now)
				require.Equal(t, c.state, o.clause(t, wei, "junior-quiz-c1").State, "attempt %d", i+1)
			}
		})
		t.Run("what is not on the shelf is no data", func(t *testing.T) {
			for _, id := range []string{"junior-read", "junior-quiz"} {
				c := o.clause(t, lin, id)
				require.Equal(t, ladder.NoData, c.State)
				require.Contains(t, c.Detail, "课程尚未上架")
				require.Contains(t, c.Detail, "C5")
			}
			require.Equal(t, ladder.NoData, o.clause(t, lin, "junior-chats").State)
		})
		t.Run("a past grant opens the gate on the shop's day", func(t *testing.T) {
			mei := o.hire(t, o.add(t, "mei", roster.Trainee), "2025-01-06", "junior", "2025-08-31")
			require.Equal(t, "junior", mei.Tier)
			s, err := o.Standing(t.Context(), mei)
			require.NoError(t, err)
			require.Equal(t, []any{"2025-08-31", 183}, []any{s.Since.String(), s.Tenure.Days})
			require.Equal(t, "2026-02-28", s.Next.Earliest.String())
			require.Equal(t, ladder.Met, o.clause(t, mei, "intermediate-tenure").State)

			fei := o.hire(t, o.add(t, "fei", roster.Trainee), "2025-01-06", "junior", "2025-09-03")
			c := o.clause(t, fei, "intermediate-tenure")
			require.Equal(t, []any{ladder.Open, "2026-03-03"}, []any{c.State, c.OpensOn.String()})
			require.Contains(t, c.Detail, "还差 1 天")
			midnight := time.Date(2026, 3, 2, 16, 0, 0, 0, time.UTC) // in the shop's zone
			defer func(now time.Time) { *o.now = now }(*o.now)
			*o.now = midnight.Add(-time.Second)
			require.Equal(t, ladder.Open, o.clause(t, fei, "intermediate-tenure").State)
			*o.now = midnight
			require.Equal(t, ladder.Met, o.clause(t, fei, "intermediate-tenure").State)
		})
		t.Run("a tier without a grant on record is no data, not a fault of the person", func(t *testing.T) {
			p := lin
			p.Tier = "junior"
			c := o.clause(t, p, "intermediate-tenure")
			require.Equal(t, ladder.NoData, c.State)
			s, err := o.Standing(t.Context(), p)
			require.NoError(t, err)
			require.Zero(t, s.Next.Earliest)
		})
		t.Run("a page costs the same however many people are on it", func(t *testing.T) {
			var people []roster.Person
			for i := range 40 {
				people = append(people, o.add(t, fmt.Sprintf("page%d", i), roster.Trainee))
			}
			people[7] = o.hire(t, people[7], "2025-01-06", "junior", "2025-08-31")
			queries := count(t, db)
			one, err := o.Standings(t.Context(), people[7:8])
			require.NoError(t, err)
			alone := queries.Swap(0)
			all, err := o.Standings(t.Context(), people)
			require.NoError(t, err)
			require.LessOrEqual(t, queries.Load(), alone)
			require.Positive(t, alone)
			require.Len(t, all, 40)
			require.Equal(t, one[people[7].ID], all[people[7].ID])
			require.Equal(t, "junior", all[people[7].ID].Tier)
			require.Equal(t, "none", all[people[8].ID].Tier)
			none, err := o.Standings(t.Context(), nil)
			require.NoError(t, err)
			require.Empty(t, none)
		})
	})
}

// hand stores an attempt at the quiz of the first chapter that was handed in with a result.
func (o office) hand(t *testing.T, db *migrations.Database, person string, percent int, at time.Time) {
	t.Helper()
	digest, err := o.shelf.ActiveDigest(t.Context())
	require.NoError(t, err)
	require.NoError(t, db.Write.Exec(`INSERT INTO quiz_attempts (id, person_id, chapter_id, bundle_digest, questions, answers, started_at, submitted_at, percent, passed)
		VALUES (?, ?, 'C1', ?, '[]', '[]', ?, ?, ?, ?)`, uuid.NewString(), person, digest, at, at, percent, percent >= 60).Error)
}

// count counts the statements on the reading connection.
func count(t *testing.T, db *migrations.Database) *atomic.Int64 {
	t.Helper()
	var n atomic.Int64
	add := func(*gorm.DB) { n.Add(1) }
	require.NoError(t, db.Read.Callback().Query().After("gorm:query").Register("test:count", add))
	require.NoError(t, db.Read.Callback().Row().After("gorm:row").Register("test:count", add))
	t.Cleanup(func() {
		require.NoError(t, db.Read.Callback().Query().Remove("test:count"))
		require.NoError(t, db.Read.Callback().Row().Remove("test:count"))
	})
	return &n
}
