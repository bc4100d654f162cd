package staff

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"agentladder/api/auth"
	"agentladder/api/openapi"
	"agentladder/api/trainee"
	"agentladder/course"
	"agentladder/course/journal"
	"agentladder/course/library"
	"agentladder/course/pack"
	"agentladder/course/roster"
	"agentladder/course/shelf"
	"agentladder/grading"
	"agentladder/migrations"
	"agentladder/migrations/dbtest"
)

type own = trainee.Ladder

type ladderServer struct {
	Ladder
	own
	others
}

// ladders is a desk that shows ladders instead.
func ladders(t *testing.T, db *migrations.Database) desk {
	t.Helper()
	d := open(t, db)
	now := time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)
	j := journal.New(db.Write, db.Read, func(context.Context, *gorm.DB) (time.Time, error) { return now, nil })
	sh := shelf.New(j)
	var docs []pack.Document
	for _, root := range library.Shipped() {
		p, found := pack.Read(root)
		require.False(t, found.HasErrors(), "%v", found)
		docs = append(docs, p.Documents...)
	}
	_, err := sh.Install(t.Context(), shelf.Shipped, docs)
	require.NoError(t, err)
	eligibility := grading.NewEligibility(sh, d.people, course.New(j, sh, nil))
	guard, err := auth.NewGuard(auth.GuardConfig{Tokens: d.tokens, People: d.people, Operations: operations()})
	require.NoError(t, err)
	d.echo = echo.New()
	d.echo.HTTPErrorHandler = plainly
	openapi.RegisterHandlers(d.echo, openapi.NewStrictHandler(ladderServer{
		Ladder: Ladder{People: d.people, Eligibility: eligibility},
		own:    own{People: d.people, Eligibility: eligibility},
	}, []openapi.StrictMiddlewareFunc{guard.Strict()}))
	return d
}

// trainees are people to look at, with team, first day and past grant.
func (d desk) trainees(t *testing.T) {
	t.Helper()
	hua := roster.Actor{PersonID: d.id(t, "hua"), Roles: staff["hua"]}
	north, err := d.people.CreateTeam(t.Context(), "", "北组")
	require.NoError(t, err)
	require.NoError(t, d.people.SetTeams(t.Context(), "", d.id(t, "sun"), []string{north.ID}))
	d.signIn(t, "sun") // the rights have changed
	for _, p := range []struct {
		login, from, tier, on string
		teams                 []string
	}{
		{"anna", "2025-01-06", "junior", "2026-05-31", []string{north.ID}},
		{"bo", "2026-10-01", "", "", nil},
		{"cai", "2020-02-03", "senior", "2024-02-29", nil},
	} {
		made, err := d.people.CreatePerson(t.Context(), "", roster.NewPerson{Login: p.login, Name: "学员" + p.login, Password: password, Roles: staff["tao"], Teams: p.teams})
		require.NoError(t, err)
		_, err = d.people.RecordSpell(t.Context(), hua, made.ID, p.from, "")
		require.NoError(t, err)
		if p.tier != "" {
			_, err = d.people.RecordGrant(t.Context(), hua, made.ID, p.tier, p.on, "纸质任命书已核对")
			require.NoError(t, err)
		}
		d.signIn(t, p.login)
	}
}

func TestLadder(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		d := ladders(t, db)
		d.trainees(t)
		path := func(login string) string { return "/people/" + d.id(t, login) + "/ladder" }

		t.Run("HR reads why somebody is not there yet", func(t *testing.T) {
			var s openapi.Standing
			d.call(t, "hua", http.MethodGet, path("anna"), nil, nil, &s)
			require.Equal(t, []any{"anna", openapi.Tier("junior"), "初级客服", "2026-05-31", "2026-11-22"}, []any{s.Person.Login, s.Tier, s.TierTitle, s.Since.String(), s.AsOf.String()})
			require.Equal(t, []openapi.RungState{openapi.Held, openapi.Held, openapi.Next, openapi.Later},
				[]openapi.RungState{s.Rungs[0].State, s.Rungs[1].State, s.Rungs[2].State, s.Rungs[3].State})
			require.Equal(t, []any{openapi.Tier("intermediate"), "2026-11-30"}, []any{s.Next.Tier, s.Next.Earliest.String()})
			require.Equal(t, len(s.Next.Clauses), s.Next.Met+s.Next.Open+s.Next.NoData)
			tenure := s.Next.Clauses[0]
			require.Equal(t, []any{"intermediate-tenure", openapi.Open, "2026-11-30"}, []any{tenure.Id, tenure.State, tenure.OpensOn.String()})
			require.Contains(t, tenure.Detail, "还差 8 天")
			require.NotEmpty(t, tenure.Nearer)
			require.Contains(t, tenure.Facts, openapi.Fact{Id: "granted", Label: "授予或入职日期", Value: "2026-05-31"})
		})
		t.Run("an answer has no field that says nothing", func(t *testing.T) {
			w := d.call(t, "hua", http.MethodGet, path("cai"), nil, nil, nil)
			require.Equal(t, http.StatusOK, w.Code)
			for _, field := range []string{"next", "earliest", "opensOn", "0001-01-01", "null"} {
				require.NotContains(t, w.Body.String(), field, "there is nothing above the highest tier")
			}
		})
		t.Run("people read the same about themselves", func(t *testing.T) {
			var mine, hrs openapi.Standing
			d.call(t, "anna", http.MethodGet, "/me/ladder", nil, nil, &mine)
			d.call(t, "hua", http.MethodGet, path("anna"), nil, nil, &hrs)
			require.Equal(t, hrs.Next, mine.Next)
			require.Equal(t, hrs.Rungs, mine.Rungs)
			require.Equal(t, hrs.Since, mine.Since)
			var bo openapi.Standing
			d.call(t, "bo", http.MethodGet, "/me/ladder", nil, nil, &bo)
			require.Equal(t, "L1.1", bo.Next.Clauses[0].Lesson.Id)
			wants(t, d.call(t, "hua", http.MethodGet, "/me/ladder", nil, nil, nil), http.StatusForbidden, "not_permitted")
		})
		t.Run("a supervisor sees the own team and nobody else", func(t *testing.T) {
			require.Equal(t, http.StatusOK, d.call(t, "sun", http.MethodGet, path("anna"), nil, nil, nil).Code)
			wants(t, d.call(t, "sun", http.MethodGet, path("bo"), nil, nil, nil), http.StatusNotFound, "person_unknown")
			wants(t, d.call(t, "sun", http.MethodGet, "/ladder", nil, nil, nil), http.StatusForbidden, "not_permitted")
		})
		t.Run("who only administers accounts sees nobody", func(t *testing.T) {
			for _, target := range []string{path("anna"), "/ladder"} {
				wants(t, d.call(t, "ada", http.MethodGet, target, nil, nil, nil), http.StatusForbidden, "not_permitted")
			}
			made, err := d.people.CreatePerson(t.Context(), "", roster.NewPerson{Login: "kim", Name: "主管兼管理员", Password: password, Roles: []roster.Role{roster.Admin, roster.Supervisor}})
			require.NoError(t, err)
			require.NotEmpty(t, made.ID)
			d.signIn(t, "kim")
			wants(t, d.call(t, "kim", http.MethodGet, path("anna"), nil, nil, nil), http.StatusNotFound, "person_unknown")
		})
		t.Run("somebody unknown is not found", func(t *testing.T) {
			wants(t, d.call(t, "hua", http.MethodGet, "/people/"+uuid.NewString()+"/ladder", nil, nil, nil), http.StatusNotFound, "person_unknown")
			wants(t, d.call(t, "anna", http.MethodGet, path("bo"), nil, nil, nil), http.StatusForbidden, "not_permitted")
		})
		t.Run("the table has those who practise, page by page", func(t *testing.T) {
			var logins []string
			rows := map[string]openapi.LadderRow{}
			query := url.Values{"limit": {"2"}}
			for {
				var page openapi.LadderPage
				d.call(t, "hua", http.MethodGet, "/ladder?"+query.Encode(), nil, nil, &page)
				for _, row := range page.Items {
					logins = append(logins, row.Person.Login)
					rows[row.Person.Login] = row
				}
				if page.NextCursor == "" {
					break
				}
				require.Len(t, page.Items, 2)
				query.Set("cursor", page.NextCursor)
			}
			require.Equal(t, []string{"anna", "bo", "cai", "tao"}, logins)
			anna, bo, cai, tao := rows["anna"], rows["bo"], rows["cai"], rows["tao"]
			require.Equal(t, []any{175, "2026-05-31", "2026-11-30"}, []any{*anna.TenureDays, anna.Since.String(), anna.Earliest.String()})
			require.Len(t, anna.OpenClauses, anna.Open+anna.NoData)
			require.True(t, slices.Contains(anna.OpenClauses, "任初级满 6 个月"))
			require.Equal(t, []any{52, openapi.Tier("junior")}, []any{*bo.TenureDays, bo.NextTier})
			require.Equal(t, []any{openapi.Tier("senior"), openapi.Tier(""), 0}, []any{cai.Tier, cai.NextTier, len(cai.OpenClauses)})
			require.Nil(t, tao.TenureDays, "nothing is on record")
		})
		t.Run("the table is narrowed by tier and name", func(t *testing.T) {
			for query, want := range map[string][]string{"tier=senior": {"cai"}, "q=AN": {"anna"}, "tier=none&q=o": {"bo", "tao"}, "q=%25": {}} {
				var page openapi.LadderPage
				d.call(t, "hua", http.MethodGet, "/ladder?"+query, nil, nil, &page)
				got := []string{}
				for _, row := range page.Items {
					got = append(got, row.Person.Login)
				}
				require.Equal(t, want, got, query)
			}
		})
	})
}
