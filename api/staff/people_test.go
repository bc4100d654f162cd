package staff

import (
	"net/http"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"agentladder/api/openapi"
	"agentladder/migrations"
	"agentladder/migrations/dbtest"
)

func TestPeople(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		d := open(t, db)
		var team openapi.Team
		require.Equal(t, http.StatusCreated, d.call(t, "hua", "POST", "/teams", openapi.CreateTeam{Name: "晚班"}, nil, &team).Code)
		wants(t, d.call(t, "hua", "POST", "/teams", openapi.CreateTeam{Name: "晚班"}, nil, nil), 409, "team_taken")

		create := openapi.CreatePerson{Login: "Wang", Name: "王芳", Roles: []openapi.Role{"trainee"}, TeamIds: []uuid.UUID{team.Id}}
		once := key()
		var made, again openapi.InvitedPerson
		require.Equal(t, http.StatusCreated, d.call(t, "hua", "POST", "/people", create, once, &made).Code)
		d.call(t, "hua", "POST", "/people", create, once, &again)
		wants(t, d.call(t, "hua", "POST", "/people", create, key(), nil), 409, "login_taken")
		path := "/people/" + made.Person.Id.String()

		t.Run("a created person waits for a first sign-in by a link that no server sees", func(t *testing.T) {
			require.Equal(t, openapi.PersonStatus("invited"), made.Person.Status)
			require.Equal(t, "wang", made.Person.Login)
			require.Equal(t, []openapi.Team{team}, made.Person.Teams)
			require.Equal(t, openapi.LinkKind("first"), made.Link.Kind)
			require.Regexp(t, `^/link#[A-Za-z0-9_-]{43}$`, made.Link.Path)
			require.Equal(t, made, again, "the same key gives the same answer")
			owner, err := d.people.OpenLink(t.Context(), made.Link.Path[len("/link#"):])
			require.NoError(t, err)
			require.Equal(t, "wang", owner.Login)
		})
		t.Run("lists stay within the caller's scope", func(t *testing.T) {
			var page openapi.PersonPage
			d.call(t, "ada", "GET", "/people?limit=3", nil, nil, &page)
			require.Len(t, page.Items, 3)
			var rest openapi.PersonPage
			d.call(t, "ada", "GET", "/people?limit=3&cursor="+page.NextCursor, nil, nil, &rest)
			require.Len(t, rest.Items, 2)
			require.Empty(t, rest.NextCursor)
			for query, want := range map[string]int{"q=王": 1, "q=WAN": 1, "role=hr": 1, "status=invited": 1, "status=disabled": 0, "teamId=" + team.Id.String(): 1, "teamId=" + uuid.NewString(): 0} {
				var found openapi.PersonPage
				d.call(t, "hua", "GET", "/people?"+query, nil, nil, &found)
				require.Len(t, found.Items, want, query)
			}
			var none openapi.PersonPage
			d.call(t, "sun", "GET", "/people", nil, nil, &none)
			require.NotNil(t, none.Items)
			require.Empty(t, none.Items)
			wants(t, d.call(t, "sun", "GET", path, nil, nil, nil), 404, "person_unknown")
			wants(t, d.call(t, "tao", "GET", "/people", nil, nil, nil), 403, "not_permitted")
			wants(t, d.call(t, "sun", "POST", "/people", create, key(), nil), 403, "not_permitted")
		})
		t.Run("a change needs the version that was read", func(t *testing.T) {
			var seen openapi.PersonDetail
			read := d.call(t, "hua", "GET", path, nil, nil, &seen)
			etag := read.Header().Get("ETag")
			require.Equal(t, `"`+seen.Version+`"`, etag)
			change := openapi.ChangePerson{Name: "王小芳", Roles: []openapi.Role{"trainee", "supervisor"}, TeamIds: []uuid.UUID{}}
			var changed openapi.PersonDetail
			answered := d.call(t, "hua", "PATCH", path, change, map[string]string{"If-Match": etag}, &changed)
			require.Equal(t, "王小芳", changed.Person.Name)
			require.Len(t, changed.Person.Roles, 2)
			require.Empty(t, changed.Person.Teams)
			require.NotEqual(t, etag, answered.Header().Get("ETag"))
			wants(t, d.call(t, "hua", "PATCH", path, change, map[string]string{"If-Match": etag}, nil), 409, "person_changed")
			d.call(t, "hua", "PATCH", path, change, map[string]string{"If-Match": changed.Version}, &changed)
			for _, wrong := range []string{"*", `W/"1"`, `"1", "2"`, `"`, `""`, "-1", "01", `"1`, "0", "99999999999999999999", "一"} {
				wants(t, d.call(t, "hua", "PATCH", path, change, map[string]string{"If-Match": wrong}, nil), 400, "parameter_invalid")
			}
			change.Roles = []openapi.Role{"admin"}
			wants(t, d.call(t, "hua", "PATCH", path, change, map[string]string{"If-Match": changed.Version}, nil), 403, "admin_protected")
		})
		t.Run("a new link ends the older one", func(t *testing.T) {
			var link openapi.Link
			require.Equal(t, http.StatusCreated, d.call(t, "hua", "POST", path+"/link", nil, nil, &link).Code)
			require.NotEqual(t, made.Link.Path, link.Path)
			_, err := d.people.OpenLink(t.Context(), made.Link.Path[len("/link#"):])
			require.ErrorContains(t, err, "link_replaced")
			wants(t, d.call(t, "hua", "POST", "/people/"+d.id(t, "ada")+"/link", nil, nil, nil), 403, "admin_protected")
		})
		t.Run("employment and past tiers are recorded by HR for others", func(t *testing.T) {
			var detail openapi.PersonDetail
			spell := map[string]string{"from": "2024-02-29"}
			require.Equal(t, http.StatusCreated, d.call(t, "hua", "POST", path+"/spells", spell, nil, &detail).Code)
			require.Len(t, detail.Spells, 1)
			require.Equal(t, "2024-02-29", detail.Spells[0].From.Format("2006-01-02"))
			require.True(t, detail.Spells[0].To.IsZero())
			grant := map[string]string{"tier": "junior", "on": "2025-03-01", "evidence": "纸质证书 12 号"}
			body := d.call(t, "hua", "POST", path+"/grants", grant, nil, &detail)
			require.Equal(t, http.StatusCreated, body.Code)
			require.Equal(t, openapi.Tier("junior"), detail.Person.Tier)
			require.Equal(t, "员工hua", detail.Grants[0].RecordedBy)
			require.NotContains(t, body.Body.String(), "0001-01-01", "an absent day stays absent")
			wants(t, d.call(t, "ada", "POST", path+"/grants", grant, nil, nil), 403, "not_permitted")
			wants(t, d.call(t, "hua", "POST", "/people/"+d.id(t, "hua")+"/spells", spell, nil, nil), 403, "self_record")
		})
		t.Run("a disabled person is shut out until enabled", func(t *testing.T) {
			require.Equal(t, http.StatusNoContent, d.call(t, "hua", "POST", path+"/disable", openapi.Reason{Reason: "离职"}, nil, nil).Code)
			var seen openapi.PersonDetail
			d.call(t, "hua", "GET", path, nil, nil, &seen)
			require.Equal(t, openapi.PersonStatus("disabled"), seen.Person.Status)
			wants(t, d.call(t, "hua", "POST", path+"/link", nil, nil, nil), 409, "person_disabled")
			require.Equal(t, http.StatusNoContent, d.call(t, "hua", "POST", path+"/enable", openapi.Reason{Reason: "返聘"}, nil, nil).Code)
			wants(t, d.call(t, "hua", "POST", "/people/"+d.id(t, "hua")+"/disable", openapi.Reason{Reason: "手滑"}, nil, nil), 403, "self_disable")
		})
		t.Run("teams are counted; a supervisor sees the own ones", func(t *testing.T) {
			var all, own struct{ Items []openapi.TeamRow }
			d.call(t, "ada", "GET", "/teams", nil, nil, &all)
			require.Equal(t, []openapi.TeamRow{{Id: team.Id, Name: "晚班", People: 0}}, all.Items)
			require.NoError(t, d.people.SetTeams(t.Context(), "", d.id(t, "sun"), []string{team.Id.String()}))
			d.signIn(t, "sun")
			d.call(t, "sun", "GET", "/teams", nil, nil, &own)
			require.Equal(t, 1, own.Items[0].People)
		})
	})
}

func TestVersionOf(t *testing.T) {
	t.Parallel()
	for match, want := range map[string]int{`"7"`: 7, "7": 7, `"12"`: 12} {
		for _, around := range []string{"", " "} {
			got, err := versionOf(around + match + around)
			require.NoError(t, err)
			require.Equal(t, want, got)
		}
	}
	require.Equal(t, `"7"`, tag(7))
}
