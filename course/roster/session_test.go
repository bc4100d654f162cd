package roster_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"agentladder/course/fault"
	"agentladder/course/roster"
	"agentladder/migrations"
	"agentladder/migrations/dbtest"
)

func TestRefresh(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		b := setup(t, db)
		p := b.person(t, "lin", roster.Trainee)

		refresh := func(token string) (roster.Session, string) {
			s, err := b.Refresh(b.ctx, token)
			return s, fault.CodeOf(err)
		}
		t.Run("RotatesWithinTheSameSession", func(t *testing.T) {
			s := b.signIn(t, "lin")
			next, code := refresh(s.Refresh)
			require.Empty(t, code)
			require.NotEqual(t, s.Refresh, next.Refresh)
			require.Equal(t, s.Actor, next.Actor)
			require.NoError(t, b.alive(next))
		})
		t.Run("LostAnswerIsGivenAgainWithin10Seconds", func(t *testing.T) {
			s := b.signIn(t, "lin")
			first, _ := refresh(s.Refresh)
			b.clock.step(roster.RetryWindow)
			again, code := refresh(s.Refresh)
			require.Empty(t, code)
			require.Equal(t, first.Refresh, again.Refresh)
		})
		t.Run("AfterThatItIsTheft", func(t *testing.T) {
			s := b.signIn(t, "lin")
			first, _ := refresh(s.Refresh)
			b.clock.step(roster.RetryWindow + time.Microsecond)
			_, code := refresh(s.Refresh)
			require.Equal(t, "refresh_reused", code)
			_, code = refresh(first.Refresh)
			require.Equal(t, "session_ended", code, "the whole family is dead")
			wants(t, fault.Unauthenticated, "session_ended", b.alive(first))
			acts := b.acts(t, p.ID)
			require.Equal(t, "session.reuse_detected", acts[len(acts)-1])
		})
		t.Run("OnlyTheImmediatePredecessorMayRetry", func(t *testing.T) {
			s := b.signIn(t, "lin")
			first, _ := refresh(s.Refresh)
			second, _ := refresh(first.Refresh)
			_, code := refresh(s.Refresh)
			require.Equal(t, "refresh_reused", code)
			wants(t, fault.Unauthenticated, "session_ended", b.alive(second))
		})
		t.Run("OtherSessionsSurviveATheft", func(t *testing.T) {
			phone, desk := b.signIn(t, "lin"), b.signIn(t, "lin")
			_, _ = refresh(desk.Refresh)
			b.clock.step(time.Minute)
			_, code := refresh(desk.Refresh)
			require.Equal(t, "refresh_reused", code)
			require.NoError(t, b.alive(phone))
		})
		t.Run("UnusedTokensExpire", func(t *testing.T) {
			s := b.signIn(t, "lin")
			b.clock.step(roster.RefreshLifetime - time.Microsecond)
			next, code := refresh(s.Refresh)
			require.Empty(t, code)
			b.clock.step(roster.RefreshLifetime)
			_, code = refresh(next.Refresh)
			require.Equal(t, "refresh_invalid", code)
		})
		t.Run("EvenBusySessionsEnd", func(t *testing.T) {
			s := b.signIn(t, "lin")
			began := now(t, b)
			code := ""
			for code == "" {
				b.clock.step(10 * 24 * time.Hour)
				s, code = refresh(s.Refresh)
			}
			require.Equal(t, "refresh_invalid", code)
			require.LessOrEqual(t, now(t, b).Sub(began), roster.SessionLifetime)
		})
		for name, token := range map[string]string{
			"empty": "", "random": strings.Repeat("A", 43), "short": "AAAA", "long": strings.Repeat("A", 10_000), "text": "' OR 1=1 --",
			"newline": b.signIn(t, "lin").Refresh + "\n", "padded": b.signIn(t, "lin").Refresh + "=",
		} {
			t.Run("Refuses/"+name, func(t *testing.T) {
				_, code := refresh(token)
				require.Equal(t, "refresh_invalid", code)
			})
		}
		t.Run("TokensAreStoredHashed", func(t *testing.T) {
			s := b.signIn(t, "lin")
			var hashes []string
			require.NoError(t, b.journal.Read(b.ctx).Raw("SELECT token_hash FROM refresh_tokens").Scan(&hashes).Error)
			require.NotEmpty(t, hashes)
			for _, h := range hashes {
				require.Len(t, h, 64)
			}
			require.NotContains(t, hashes, s.Refresh)
		})
	})
}

func TestRefreshTogether(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.Database) {
		b := setup(t, db)
		b.person(t, "lin")
		rounds := 100
		if testing.Short() {
			rounds = 20
		}
		s := b.signIn(t, "lin")
		for round := range rounds {
			var mu sync.Mutex
			successors := map[string]int{}
			var all sync.WaitGroup
			for range 8 {
				all.Go(func() {
					next, err := b.Refresh(b.ctx, s.Refresh)
					if err != nil {
						t.Errorf("round %d: %v", round, err)
						return
					}
					mu.Lock()
					successors[next.Refresh]++
					mu.Unlock()
				})
			}
			all.Wait()
			require.Len(t, successors, 1, "one successor for all tabs")
			for token := range successors {
				s.Refresh = token
			}
			b.clock.step(time.Minute)
		}
		var n int64
		require.NoError(t, b.journal.Read(b.ctx).Raw("SELECT count(*) FROM refresh_tokens").Scan(&n).Error)
		require.EqualValues(t, rounds+1, n)
	})
}

// An honest browser with two tabs and lost answers, a thief with old copies, a clock: the service agrees with a few
// lines of model in every schedule.
func TestRefreshSchedules(t *testing.T) {
	t.Parallel()
	db := dbtest.SQLite(t)
	b := setup(t, db)
	login, schedules := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		schedules++
		login++
		b.person(t, fmt.Sprint("p", login))
		p, err := b.PersonByLogin(b.ctx, fmt.Sprint("p", login))
		require.NoError(t, err)
		tokens := []string{b.signIn(t, p.Login).Refresh} // by generation
		var used []time.Time
		issued := []time.Time{now(t, b)}
		dead := false

		send := func(g int) {
			at, current := now(t, b), len(tokens)-1
			want := ""
			switch {
			case dead:
				want = "session_ended"
			case !at.Before(issued[g].Add(roster.RefreshLifetime)), !at.Before(issued[0].Add(roster.SessionLifetime)):
				want = "refresh_invalid"
			case g == current:
			case g == current-1 && at.Sub(used[g]) <= roster.RetryWindow:
			default:
				want, dead = "refresh_reused", true
			}
			s, err := b.Refresh(b.ctx, tokens[g])
			if got := fault.CodeOf(err); got != want {
				t.Fatalf("generation %d of %d: got %q, want %q", g, current, got, want)
			}
			if want != "" {
				return
			}
			if g == current {
				tokens, used, issued = append(tokens, s.Refresh), append(used, at), append(issued, at)
				return
			}
			if s.Refresh != tokens[current] {
				t.Fatalf("a retry got another successor")
			}
		}
		t.Repeat(map[string]func(*rapid.T){
			"refresh": func(*rapid.T) { send(len(tokens) - 1) },
			"retry": func(*rapid.T) { // the other tab, or the same one after a lost answer
				if len(tokens) > 1 {
					send(len(tokens) - 2)
				}
			},
			"replay": func(t *rapid.T) { send(rapid.IntRange(0, len(tokens)-1).Draw(t, "generation")) },
			"wait": func(t *rapid.T) {
				b.clock.step(rapid.SampledFrom([]time.Duration{
					time.Millisecond, 9 * time.Second, 10 * time.Second, 11 * time.Second, 10 * time.Minute, 13 * 24 * time.Hour,
				}).Draw(t, "time"))
			},
			"": func(t *rapid.T) {
				var open int64
				if err := b.journal.Read(b.ctx).Raw("SELECT count(*) FROM login_sessions WHERE person_id = ? AND revoked_at IS NULL", p.ID).Scan(&open).Error; err != nil {
					t.Fatal(err)
				}
				if (open == 0) != dead {
					t.Fatalf("%d sessions open, dead=%v", open, dead)
				}
			},
		})
	})
	t.Logf("n=%d failures=0", schedules)
}
