package auth

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agentladder/api/openapi"
	"agentladder/course/roster"
	"agentladder/migrations"
	"agentladder/migrations/dbtest"
)

const (
	signInPath  = "/api/v1/auth/sign-in"
	refreshPath = "/api/v1/auth/refresh"
	outPath     = "/api/v1/auth/sign-out"
	outAllPath  = "/api/v1/auth/sign-out-everywhere"
	mePath      = "/api/v1/me"
	linkPath    = "/api/v1/auth/links/open"
	redeemPath  = "/api/v1/auth/links/redeem"
	ownPath     = "/api/v1/me/password"
)

func TestSessionOverHTTP(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		b := setup(t, db, false, false)
		team, err := b.people.CreateTeam(b.ctx, "", "售后一组")
		require.NoError(t, err)
		p := b.person(t, "lin", roster.Trainee, roster.Supervisor)
		require.NoError(t, b.people.SetTeams(b.ctx, "", p.ID, []string{team.ID}))
		me := func(w *browser) answer { return b.do(t, http.MethodGet, mePath, "", bearing(w.access)) }
		refresh := func(w *browser) answer { return b.do(t, http.MethodPost, refreshPath, "", w.send) }

		t.Run("MeComesFromTheStore", func(t *testing.T) {
			a := me(b.signIn(t, "lin"))
			a.wants(t, http.StatusOK, "")
			var got openapi.Person
			require.NoError(t, json.Unmarshal(a.Body.Bytes(), &got))
			require.Equal(t, p.ID, got.Id.String())
			require.Equal(t, []openapi.Role{openapi.Role(roster.Trainee), openapi.Role(roster.Supervisor)}, got.Roles)
			require.Equal(t, []openapi.Team{{Id: got.Teams[0].Id, Name: "售后一组"}}, got.Teams)
			require.True(t, got.Tier.Valid())
		})
		t.Run("AccessRunsOutAndRefreshHelps", func(t *testing.T) {
			w := b.signIn(t, "lin")
			old := w.access
			b.clock.step(AccessLifetime)
			me(w).wants(t, http.StatusUnauthorized, "token_expired")
			before := w.cookies["agentladder_refresh"].Value
			w.keep(t, refresh(w))
			require.NotEqual(t, before, w.cookies["agentladder_refresh"].Value)
			require.NotEqual(t, old, w.access)
			me(w).wants(t, http.StatusOK, "")
		})
		t.Run("TwoTabsGetTheSameSuccessor", func(t *testing.T) {
			w := b.signIn(t, "lin")
			tab := &browser{cookies: map[string]*http.Cookie{"agentladder_refresh": w.cookies["agentladder_refresh"]}}
			w.keep(t, refresh(w))
			tab.keep(t, refresh(tab))
			require.Equal(t, w.cookies["agentladder_refresh"].Value, tab.cookies["agentladder_refresh"].Value)
			me(tab).wants(t, http.StatusOK, "")
		})
		t.Run("StolenCookieEndsTheSession", func(t *testing.T) {
			w := b.signIn(t, "lin")
			thief := &browser{cookies: map[string]*http.Cookie{"agentladder_refresh": w.cookies["agentladder_refresh"]}}
			w.keep(t, refresh(w))
			b.clock.step(time.Minute)
			a := refresh(thief)
			a.wants(t, http.StatusUnauthorized, "refresh_reused")
			require.Equal(t, -1, a.Result().Cookies()[0].MaxAge, "the cookie is taken back")
			me(w).wants(t, http.StatusUnauthorized, "session_ended")
			refresh(w).wants(t, http.StatusUnauthorized, "session_ended")
		})
		t.Run("SignOutIsImmediateAndOnlyHere", func(t *testing.T) {
			w, other := b.signIn(t, "lin"), b.signIn(t, "lin")
			a := b.do(t, http.MethodPost, outPath, "", bearing(w.access))
			a.wants(t, http.StatusNoContent, "")
			require.Equal(t, -1, a.Result().Cookies()[0].MaxAge)
			require.Empty(t, a.Result().Cookies()[0].Value)
			me(w).wants(t, http.StatusUnauthorized, "session_ended")
			refresh(w).wants(t, http.StatusUnauthorized, "session_ended")
			me(other).wants(t, http.StatusOK, "")
		})
		t.Run("SignOutEverywhereIsImmediate", func(t *testing.T) {
			w, other := b.signIn(t, "lin"), b.signIn(t, "lin")
			b.do(t, http.MethodPost, outAllPath, "", bearing(w.access)).wants(t, http.StatusNoContent, "")
			for _, dead := range []*browser{w, other} {
				me(dead).wants(t, http.StatusUnauthorized, "session_ended")
				refresh(dead).wants(t, http.StatusUnauthorized, "session_ended")
			}
		})
		for name, change := range map[string]func() error{
			"Password": func() error { return b.people.SetPassword(b.ctx, "", p.ID, password) },
			"Roles":    func() error { return b.people.SetRoles(b.ctx, "", p.ID, []roster.Role{roster.Trainee}) },
			"Teams":    func() error { return b.people.SetTeams(b.ctx, "", p.ID, nil) },
		} {
			t.Run("OldTokenIsRefusedAfterChangeOf"+name, func(t *testing.T) {
				w := b.signIn(t, "lin")
				me(w).wants(t, http.StatusOK, "")
				require.NoError(t, change())
				me(w).wants(t, http.StatusUnauthorized, "session_ended")
			})
		}
		t.Run("OldTokenIsRefusedAfterDisabling", func(t *testing.T) {
			q := b.person(t, "gone")
			w := b.signIn(t, "gone")
			require.NoError(t, b.people.Disable(b.ctx, "", q.ID))
			me(w).wants(t, http.StatusUnauthorized, "session_ended")
			refresh(w).wants(t, http.StatusUnauthorized, "session_ended")
			b.do(t, http.MethodPost, signInPath, `{"login":"gone","password":"`+password+`"}`, w.send).wants(t, http.StatusUnauthorized, "sign_in_failed")
		})
	})
}

func TestLinkOverHTTP(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		b := setup(t, db, true, false)
		const chosen = "我自己选的新密码-7d"
		text := func(v map[string]string) string {
			raw, err := json.Marshal(v)
			require.NoError(t, err)
			return string(raw)
		}
		person, link, err := b.people.Invite(b.ctx, roster.Operator(),
			roster.NewPerson{Login: "wang", Name: "王芳", Roles: []roster.Role{roster.Trainee}}, "", "")
		require.NoError(t, err)
		w := &browser{}
		redeem := func(password string, edit func(*http.Request)) answer {
			return b.do(t, http.MethodPost, redeemPath, text(map[string]string{"token": link.Token, "password": password}), edit)
		}

		a := b.do(t, http.MethodPost, linkPath, text(map[string]string{"token": link.Token}), nil)
		a.wants(t, http.StatusOK, "")
		require.Equal(t, "no-store", a.Header().Get("Cache-Control"))
		var owner openapi.LinkOwner
		require.NoError(t, json.Unmarshal(a.Body.Bytes(), &owner))
		require.Equal(t, openapi.LinkOwner{Login: "wang", Name: "王芳", Kind: "first", ExpiresAt: owner.ExpiresAt}, owner)
		require.Equal(t, link.ExpiresAt, owner.ExpiresAt)
		b.do(t, http.MethodPost, linkPath, text(map[string]string{"token": strings.Repeat("A", 43)}), nil).wants(t, http.StatusNotFound, "link_unknown")

		redeem("short", nil).wants(t, http.StatusBadRequest, "password_too_short")
		foreign := redeem(chosen, func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") })
		foreign.wants(t, http.StatusForbidden, "origin_refused")
		require.Empty(t, foreign.Result().Cookies())

		w.keep(t, redeem(chosen, w.send))
		require.Len(t, w.cookies, 2)
		for _, name := range []string{"__Host-agentladder_refresh", "__Host-agentladder_device"} {
			require.True(t, w.cookies[name].HttpOnly && w.cookies[name].Secure, name)
		}
		b.do(t, http.MethodGet, mePath, "", bearing(w.access)).wants(t, http.StatusOK, "")
		redeem("再来一次的密码-8e", nil).wants(t, http.StatusNotFound, "link_used")

		t.Run("OwnPassword", func(t *testing.T) {
			other := &browser{}
			other.keep(t, b.do(t, http.MethodPost, signInPath, text(map[string]string{"login": "wang", "password": chosen}), other.send))
			change := func(current, next string) answer {
				return b.do(t, http.MethodPost, ownPath, text(map[string]string{"current": current, "password": next}), bearing(w.access))
			}
			change("不是这个密码吧-9f", "换了的密码-1a2b").wants(t, http.StatusBadRequest, "password_wrong")
			change(chosen, chosen).wants(t, http.StatusBadRequest, "password_same")
			b.do(t, http.MethodPost, ownPath, text(map[string]string{"current": chosen, "password": "换了的密码-1a2b"}), func(r *http.Request) {
				bearing(w.access)(r)
				r.Header.Set("Sec-Fetch-Site", "cross-site")
			}).wants(t, http.StatusForbidden, "origin_refused")
			change(chosen, "换了的密码-1a2b").wants(t, http.StatusNoContent, "")

			b.do(t, http.MethodGet, mePath, "", bearing(w.access)).wants(t, http.StatusUnauthorized, "session_ended")
			w.keep(t, b.do(t, http.MethodPost, refreshPath, "", w.send))
			b.do(t, http.MethodGet, mePath, "", bearing(w.access)).wants(t, http.StatusOK, "")
			b.do(t, http.MethodPost, refreshPath, "", other.send).wants(t, http.StatusUnauthorized, "session_ended")
			claims, err := b.tokens.Verify(w.access)
			require.NoError(t, err)
			require.Equal(t, person.ID, claims.PersonID)
		})
		t.Run("AnonymousChangesNothing", func(t *testing.T) {
			b.do(t, http.MethodPost, ownPath, text(map[string]string{"current": chosen, "password": "x"}), nil).
				wants(t, http.StatusUnauthorized, "token_missing")
		})
	})
}

func TestSignInOverHTTP(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.SQLite(t), false, false)
	b.person(t, "lin")
	try := func(login, pass string, edit func(r *http.Request)) answer {
		body, err := json.Marshal(map[string]string{"login": login, "password": pass})
		require.NoError(t, err)
		return b.do(t, http.MethodPost, signInPath, string(body), edit)
	}

	t.Run("KnownAndUnknownLoginsGetTheSameAnswer", func(t *testing.T) {
		known, unknown := try("lin", "wrong", nil), try("nobody", "wrong", nil)
		known.wants(t, http.StatusUnauthorized, "sign_in_failed")
		require.Equal(t, known.Body.String(), unknown.Body.String())
		require.Equal(t, known.Header(), unknown.Header())
		require.Empty(t, known.Result().Cookies())
	})
	t.Run("ForgedAddressHeadersDoNotCount", func(t *testing.T) {
		last := answer{}
		for i := range roster.AccountLimit + 1 {
			last = try("spoof", "wrong", func(r *http.Request) {
				r.Header.Set("X-Forwarded-For", "10.0.0."+string(rune('0'+i%10)))
				r.Header.Set("X-Real-Ip", "10.0.1."+string(rune('0'+i%10)))
			})
		}
		last.wants(t, http.StatusTooManyRequests, "sign_in_throttled")
	})
	t.Run("KnownBrowserGetsInWhileTheAccountIsThrottled", func(t *testing.T) {
		w := b.signIn(t, "lin")
		for range roster.AccountLimit {
			try("lin", "wrong", nil)
		}
		try("lin", password, nil).wants(t, http.StatusTooManyRequests, "sign_in_throttled")
		try("lin", password, w.send).wants(t, http.StatusOK, "")
	})
}

func TestCookies(t *testing.T) {
	t.Parallel()
	for _, secure := range []bool{false, true} {
		b := setup(t, dbtest.SQLite(t), secure, false)
		b.person(t, "lin")
		w := b.signIn(t, "lin")
		prefix, path := "", authPath
		if secure {
			prefix, path = "__Host-", "/"
		}
		require.Len(t, w.cookies, 2)
		for _, name := range []string{prefix + "agentladder_refresh", prefix + "agentladder_device"} {
			c := w.cookies[name]
			require.NotNil(t, c, name)
			require.True(t, c.HttpOnly)
			require.Equal(t, secure, c.Secure)
			require.Equal(t, http.SameSiteStrictMode, c.SameSite)
			require.Equal(t, path, c.Path)
			require.Empty(t, c.Domain)
			require.Positive(t, c.MaxAge)
		}

		t.Run("PlantedSecondCookieIsRefused", func(t *testing.T) {
			b.do(t, http.MethodPost, refreshPath, "", func(r *http.Request) {
				w.send(r)
				r.AddCookie(&http.Cookie{Name: prefix + "agentladder_refresh", Value: strings.Repeat("A", 43)})
			}).wants(t, http.StatusUnauthorized, "refresh_invalid")
		})
		t.Run("NoCookieIsRefused", func(t *testing.T) {
			b.do(t, http.MethodPost, refreshPath, "", nil).wants(t, http.StatusUnauthorized, "refresh_invalid")
			b.do(t, http.MethodPost, refreshPath, "", bearing(w.access)).wants(t, http.StatusUnauthorized, "refresh_invalid")
		})
		t.Run("AccessTokenIsNoRefreshToken", func(t *testing.T) {
			b.do(t, http.MethodPost, refreshPath, "", func(r *http.Request) {
				r.AddCookie(&http.Cookie{Name: prefix + "agentladder_refresh", Value: w.access})
			}).wants(t, http.StatusUnauthorized, "refresh_invalid")
		})
		if secure {
			t.Run("CookieWithoutThePrefixIsIgnored", func(t *testing.T) {
				b.do(t, http.MethodPost, refreshPath, "", func(r *http.Request) {
					r.AddCookie(&http.Cookie{Name: "agentladder_refresh", Value: w.cookies["__Host-agentladder_refresh"].Value})
				}).wants(t, http.StatusUnauthorized, "refresh_invalid")
			})
		}
	}
}

func TestForeignOrigin(t *testing.T) {
	t.Parallel()
	for _, secure := range []bool{false, true} {
		b := setup(t, dbtest.SQLite(t), secure, false)
		b.person(t, "lin")
		scheme := map[bool]string{false: "http://", true: "https://"}[secure]
		for name, c := range map[string]struct {
			headers [][2]string
			ok      bool
		}{
			"no browser":                {nil, true},
			"same origin":               {[][2]string{{"Sec-Fetch-Site", "same-origin"}, {"Origin", scheme + "example.com"}}, true},
			"same origin, old browser":  {[][2]string{{"Origin", scheme + "example.com"}}, true},
			"cross site":                {[][2]string{{"Sec-Fetch-Site", "cross-site"}}, false},
			"same site":                 {[][2]string{{"Sec-Fetch-Site", "same-site"}}, false},
			"typed address":             {[][2]string{{"Sec-Fetch-Site", "none"}}, false},
			"twice":                     {[][2]string{{"Sec-Fetch-Site", "same-origin"}, {"Sec-Fetch-Site", "cross-site"}}, false},
			"foreign origin":            {[][2]string{{"Origin", scheme + "evil.example"}}, false},
			"origin with our prefix":    {[][2]string{{"Origin", scheme + "example.com.evil.example"}}, false},
			"other port":                {[][2]string{{"Origin", scheme + "example.com:8443"}}, false},
			"null origin":               {[][2]string{{"Origin", "null"}}, false},
			"file origin":               {[][2]string{{"Origin", "file://example.com"}}, false},
			"two origins":               {[][2]string{{"Origin", scheme + "example.com"}, {"Origin", scheme + "evil.example"}}, false},
			"foreign site, own origin":  {[][2]string{{"Sec-Fetch-Site", "cross-site"}, {"Origin", scheme + "example.com"}}, false},
			"plain origin of a TLS one": {[][2]string{{"Origin", "http://example.com"}}, !secure},
		} {
			t.Run(name, func(t *testing.T) {
				for _, path := range []string{refreshPath, outPath, outAllPath, signInPath} {
					w := b.signIn(t, "lin")
					body := ""
					if path == signInPath {
						body = `{"login":"lin","password":"` + password + `"}`
					}
					a := b.do(t, http.MethodPost, path, body, func(r *http.Request) {
						w.send(r)
						r.Header.Del("Sec-Fetch-Site")
						bearing(w.access)(r)
						for _, h := range c.headers {
							r.Header.Add(h[0], h[1])
						}
					})
					if c.ok {
						require.Less(t, a.ResponseRecorder.Code, 300, path+a.Body.String())
						continue
					}
					a.wants(t, http.StatusForbidden, "origin_refused")
					require.Empty(t, a.Result().Cookies())
					b.do(t, http.MethodGet, mePath, "", bearing(w.access)).wants(t, http.StatusOK, "")
				}
			})
		}
	}
}
