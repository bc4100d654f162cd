package ladder

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func dayOf(t require.TestingT, text string) Day {
	if text == "" {
		return 0
	}
	d, ok := ParseDay(text)
	require.True(t, ok, text)
	return d
}

func spellsOf(t require.TestingT, stints []stint) []Spell {
	var out []Spell
	for _, s := range stints {
		out = append(out, Spell{From: dayOf(t, s.from), To: dayOf(t, s.to)})
	}
	return out
}

func policy(restartAfter int) Rehire {
	if restartAfter == 0 {
		return Rehire{Policy: Continue}
	}
	return Rehire{Policy: Restart, AfterDays: restartAfter}
}

// tenures are worked out by hand; the almanac must agree with each of them, too.
var tenures = []struct {
	name         string
	granted      string
	months       int
	stints       []stint
	restartAfter int // 0: continue
	today        string
	since        string // "" means the grant
	days         int
	gate         string // "" means that the records do not reach it
	open         bool
}{
	// Plain months.
	{"a plain half year", "2026-01-15", 6, []stint{{"2025-12-01", ""}}, 0, "2026-03-02", "", 46, "2026-07-15", false},
	{"the day before the gate", "2026-01-15", 6, []stint{{"2025-12-01", ""}}, 0, "2026-07-14", "", 180, "2026-07-15", false},
	{"the gate opens with the day itself", "2026-01-15", 6, []stint{{"2025-12-01", ""}}, 0, "2026-07-15", "", 181, "2026-07-15", true},
	{"the gate stays open", "2026-01-15", 6, []stint{{"2025-12-01", ""}}, 0, "2026-12-31", "", 350, "2026-07-15", true},
	{"on the day of the grant nothing is served", "2026-01-15", 6, []stint{{"2025-12-01", ""}}, 0, "2026-01-15", "", 0, "2026-07-15", false},
	{"one month", "2026-04-10", 1, []stint{{"2026-04-01", ""}}, 0, "2026-05-10", "", 30, "2026-05-10", true},
	{"twelve months over a new year", "2025-11-03", 12, []stint{{"2025-01-01", ""}}, 0, "2026-11-02", "", 364, "2026-11-03", false},
	{"fifty years", "2000-02-29", 600, []stint{{"1999-01-01", ""}}, 0, "2026-01-01", "", 9438, "2050-02-28", false},

	// Ends of months.
	{"31 January and one month", "2026-01-31", 1, []stint{{"2026-01-01", ""}}, 0, "2026-02-27", "", 27, "2026-02-28", false},
	{"31 January and one month in a leap year", "2028-01-31", 1, []stint{{"2028-01-01", ""}}, 0, "2028-02-28", "", 28, "2028-02-29", false},
	{"30 January and one month", "2026-01-30", 1, []stint{{"2026-01-01", ""}}, 0, "2026-02-28", "", 29, "2026-02-28", true},
	{"29 January in a common year", "2026-01-29", 1, []stint{{"2026-01-01", ""}}, 0, "2026-02-28", "", 30, "2026-02-28", true},
	{"28 January is no end of month", "2026-01-28", 1, []stint{{"2026-01-01", ""}}, 0, "2026-02-28", "", 31, "2026-02-28", true},
	{"31 August and six months", "2025-08-31", 6, []stint{{"2025-08-01", ""}}, 0, "2026-02-28", "", 181, "2026-02-28", true},
	{"31 August and six months into a leap year", "2027-08-31", 6, []stint{{"2027-08-01", ""}}, 0, "2028-02-28", "", 181, "2028-02-29", false},
	{"31 March and six months", "2026-03-31", 6, []stint{{"2026-01-01", ""}}, 0, "2026-09-30", "", 183, "2026-09-30", true},
	{"31 May and one month", "2026-05-31", 1, []stint{{"2026-01-01", ""}}, 0, "2026-06-29", "", 29, "2026-06-30", false},
	{"31 December and six months", "2025-12-31", 6, []stint{{"2025-01-01", ""}}, 0, "2026-06-30", "", 181, "2026-06-30", true},
	{"30 June and six months keeps the thirtieth", "2026-06-30", 6, []stint{{"2026-01-01", ""}}, 0, "2026-12-30", "", 183, "2026-12-30", true},

	// Leap days.
	{"granted on a leap day, a year later", "2024-02-29", 12, []stint{{"2024-01-01", ""}}, 0, "2025-02-27", "", 364, "2025-02-28", false},
	{"granted on a leap day, four years later", "2024-02-29", 48, []stint{{"2024-01-01", ""}}, 0, "2028-02-28", "", 1460, "2028-02-29", false},
	{"28 February stays 28 February in a leap year", "2027-02-28", 12, []stint{{"2027-01-01", ""}}, 0, "2028-02-28", "", 365, "2028-02-28", true},
	{"a leap day within counts as a day", "2027-09-01", 6, []stint{{"2027-09-01", ""}}, 0, "2028-03-01", "", 182, "2028-03-01", true},
	{"1900 had no leap day", "1900-01-31", 1, []stint{{"1899-01-01", ""}}, 0, "1900-02-28", "", 28, "1900-02-28", true},
	{"2000 had one", "2000-01-31", 1, []stint{{"1999-01-01", ""}}, 0, "2000-02-28", "", 28, "2000-02-29", false},
	{"2100 will have none", "2100-01-31", 1, []stint{{"2099-01-01", ""}}, 0, "2100-02-28", "", 28, "2100-02-28", true},

	// Leave, with re-hire that continues.
	{"ten days away move the gate by ten", "2026-01-15", 6, []stint{{"2026-01-01", "2026-03-10"}, {"2026-03-21", ""}}, 0, "2026-04-01", "", 66, "2026-07-25", false},
	{"one day away moves it by one", "2026-01-15", 6, []stint{{"2026-01-01", "2026-03-10"}, {"2026-03-12", ""}}, 0, "2026-07-15", "", 180, "2026-07-16", false},
	{"two times away add up", "2026-01-15", 6, []stint{{"2026-01-01", "2026-02-28"}, {"2026-03-11", "2026-04-30"}, {"2026-05-06", ""}}, 0, "2026-05-06", "", 96, "2026-07-30", false},
	{"being away over the gate moves it past the return", "2026-01-15", 6, []stint{{"2026-01-01", "2026-07-13"}, {"2026-08-01", ""}}, 0, "2026-07-20", "", 180, "2026-08-02", false},
	{"leaving on the eve of the gate still completes it", "2026-01-15", 6, []stint{{"2026-01-01", "2026-07-14"}, {"2026-08-01", ""}}, 0, "2026-07-15", "", 181, "2026-07-15", true},
	{"being away after the gate changes nothing", "2026-01-15", 6, []stint{{"2026-01-01", "2026-07-31"}, {"2026-09-01", ""}}, 0, "2026-09-02", "", 199, "2026-07-15", true},
	{"being away before the grant changes nothing", "2026-01-15", 6, []stint{{"2025-01-01", "2025-06-30"}, {"2025-09-01", ""}}, 0, "2026-01-16", "", 1, "2026-07-15", false},
	{"spells that touch are one", "2026-01-15", 6, []stint{{"2026-01-01", "2026-03-10"}, {"2026-03-11", ""}}, 0, "2026-03-12", "", 56, "2026-07-15", false},
	{"spells that overlap are one", "2026-01-15", 6, []stint{{"2026-01-01", "2026-03-10"}, {"2026-02-01", ""}}, 0, "2026-03-12", "", 56, "2026-07-15", false},
	{"a spell within another adds nothing", "2026-01-15", 6, []stint{{"2026-01-01", ""}, {"2026-02-01", "2026-02-03"}}, 0, "2026-03-12", "", 56, "2026-07-15", false},
	{"the order of the records does not matter", "2026-01-15", 6, []stint{{"2026-03-21", ""}, {"2026-01-01", "2026-03-10"}}, 0, "2026-04-01", "", 66, "2026-07-25", false},
	{"away over the leap day", "2028-01-31", 1, []stint{{"2028-01-01", "2028-02-20"}, {"2028-03-01", ""}}, 0, "2028-03-05", "", 25, "2028-03-09", false},

	// Gone, and what the records do not tell.
	{"who has left stands still", "2026-01-15", 6, []stint{{"2026-01-01", "2026-03-10"}}, 0, "2026-09-01", "", 55, "", false},
	{"who leaves on a day to come does not reach it", "2026-01-15", 6, []stint{{"2026-01-01", "2026-06-30"}}, 0, "2026-03-01", "", 45, "", false},
	{"who leaves after the gate reaches it", "2026-01-15", 6, []stint{{"2026-01-01", "2026-07-14"}}, 0, "2026-03-01", "", 45, "2026-07-15", false},
	{"a return that is agreed is counted in", "2026-01-15", 6, []stint{{"2026-01-01", "2026-03-10"}, {"2026-10-01", ""}}, 0, "2026-09-01", "", 55, "2027-02-04", false},
	{"never employed", "2026-01-15", 6, nil, 0, "2026-09-01", "", 0, "", false},
	{"granted after the last day", "2026-01-15", 6, []stint{{"2025-01-01", "2025-12-31"}}, 0, "2026-09-01", "", 0, "", false},
	{"granted before the first day counts from the first day", "2026-01-15", 1, []stint{{"2026-02-01", ""}}, 0, "2026-02-20", "", 19, "2026-03-04", false},
	{"granted between two spells counts from the return", "2026-01-15", 1, []stint{{"2025-01-01", "2025-12-31"}, {"2026-02-01", ""}}, 0, "2026-02-20", "", 19, "2026-03-04", false},
	{"granted on a day to come", "2026-05-01", 6, []stint{{"2026-01-01", ""}}, 0, "2026-03-01", "", 0, "2026-11-01", false},
	{"first employed on a day to come", "2026-05-01", 6, []stint{{"2026-05-01", ""}}, 0, "2026-03-01", "", 0, "2026-11-01", false},

	// Re-hire that restarts.
	{"a return begins anew", "2026-01-15", 6, []stint{{"2026-01-01", "2026-03-10"}, {"2026-03-21", ""}}, 1, "2026-04-01", "2026-03-21", 11, "2026-09-21", false},
	{"on the day of the return it has begun", "2026-01-15", 6, []stint{{"2026-01-01", "2026-03-10"}, {"2026-03-21", ""}}, 1, "2026-03-21", "2026-03-21", 0, "2026-09-21", false},
	{"the last return counts", "2026-01-15", 6, []stint{{"2026-01-01", "2026-02-28"}, {"2026-03-11", "2026-04-30"}, {"2026-05-06", ""}}, 1, "2026-05-07", "2026-05-06", 1, "2026-11-06", false},
	{"a short break continues", "2026-01-15", 6, []stint{{"2026-01-01", "2026-03-10"}, {"2026-03-21", ""}}, 11, "2026-04-01", "", 66, "2026-07-25", false},
	{"a break of just that length begins anew", "2026-01-15", 6, []stint{{"2026-01-01", "2026-03-10"}, {"2026-03-21", ""}}, 10, "2026-04-01", "2026-03-21", 11, "2026-09-21", false},
	{"a short break after a long one moves the new gate", "2026-01-15", 6, []stint{{"2026-01-01", "2026-03-10"}, {"2026-05-01", "2026-05-31"}, {"2026-06-11", ""}}, 30, "2026-06-12", "2026-05-01", 32, "2026-11-11", false},
	{"a return before the grant is none", "2026-01-15", 6, []stint{{"2025-01-01", "2025-06-30"}, {"2025-09-01", ""}}, 1, "2026-01-16", "", 1, "2026-07-15", false},
	{"a return takes an open gate away", "2026-01-15", 6, []stint{{"2026-01-01", "2026-09-30"}, {"2026-11-01", ""}}, 1, "2026-11-02", "2026-11-01", 1, "2027-05-01", false},
	{"until the return the gate is still open", "2026-01-15", 6, []stint{{"2026-01-01", "2026-09-30"}, {"2026-11-01", ""}}, 1, "2026-10-15", "", 259, "2026-07-15", true},
	{"a return to come begins anew in the forecast", "2026-01-15", 6, []stint{{"2026-01-01", "2026-03-10"}, {"2026-10-01", ""}}, 1, "2026-09-01", "", 55, "2027-04-01", false},
	{"a return on 31 August", "2026-01-15", 6, []stint{{"2026-01-01", "2026-03-10"}, {"2026-08-31", ""}}, 1, "2026-09-01", "2026-08-31", 1, "2027-02-28", false},
	{"first employed after the grant is no return", "2026-01-15", 1, []stint{{"2026-02-01", ""}}, 1, "2026-02-20", "", 19, "2026-03-04", false},
	{"spells that touch are no return", "2026-01-15", 6, []stint{{"2026-01-01", "2026-03-10"}, {"2026-03-11", ""}}, 1, "2026-03-12", "", 56, "2026-07-15", false},
}

func TestTenure(t *testing.T) {
	t.Parallel()
	require.GreaterOrEqual(t, len(tenures), 40)
	for _, c := range tenures {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if c.since == "" {
				c.since = c.granted
			}
			since, days, gate := finger(c.granted, c.months, c.stints, c.restartAfter, c.today)
			require.Equal(t, []any{c.since, c.days, c.gate}, []any{since, days, gate}, "the almanac")

			got := Serve(dayOf(t, c.granted), c.months, spellsOf(t, c.stints), policy(c.restartAfter), dayOf(t, c.today))
			require.Equal(t, []any{c.since, c.days, c.gate}, []any{got.Since.String(), got.Days, got.Gate.String()})
			require.Equal(t, c.open, got.Open(dayOf(t, c.today)))
		})
	}
}

func TestTenureAgreesWithTheAlmanac(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		// Ends of months and leap days are drawn far more often than chance would.
		day := rapid.Custom(func(t *rapid.T) date {
			d := date{rapid.SampledFrom([]int{1899, 1900, 1999, 2000, 2023, 2024, 2026, 2027, 2028, 2099, 2100}).Draw(t, "year"), rapid.IntRange(1, 12).Draw(t, "month"), 1}
			if rapid.Bool().Draw(t, "end") {
				d.day = daysIn(d.year, d.month) - rapid.IntRange(0, 1).Draw(t, "back")
			} else {
				d.day = rapid.IntRange(1, daysIn(d.year, d.month)).Draw(t, "day")
			}
			return d
		})
		after := func(d date, most int, name string) date {
			for range rapid.IntRange(0, most).Draw(t, name) {
				d = d.tomorrow()
			}
			return d
		}
		begin := day.Draw(t, "begin")
		var stints []stint
		at := begin
		for range rapid.IntRange(0, 4).Draw(t, "stints") {
			from := after(at, 60, "away")
			to := after(from, 200, "served")
			stints = append(stints, stint{from.String(), to.String()})
			at = to
		}
		if len(stints) > 0 && rapid.Bool().Draw(t, "still there") {
			stints[len(stints)-1].to = ""
		}
		granted, today := after(begin, 400, "granted"), after(begin, 900, "today")
		months := rapid.IntRange(1, 14).Draw(t, "months")
		restartAfter := rapid.SampledFrom([]int{0, 0, 1, 20, 45}).Draw(t, "restart after")
		shuffled := rapid.Permutation(stints).Draw(t, "order")

		since, days, gate := finger(granted.String(), months, stints, restartAfter, today.String())
		now := dayOf(t, today.String())
		got := Serve(dayOf(t, granted.String()), months, spellsOf(t, shuffled), policy(restartAfter), now)
		require.Equal(t, []any{since, days, gate}, []any{got.Since.String(), got.Days, got.Gate.String()})
		require.Equal(t, gate != "" && !today.before(read(gate)), got.Open(now))
		require.Equal(t, int(max(0, now-got.Since)), got.Days+got.Away)
		if got.Gate == 0 && len(stints) > 0 {
			require.NotZero(t, got.Ends)
		} else {
			require.Zero(t, got.Ends)
		}
	})
}

// The date that a forecast names is the day on which the gate opens when the clock goes on day by day.
func TestForecastComesTrue(t *testing.T) {
	t.Parallel()
	for _, c := range tenures {
		if c.gate == "" || c.open {
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			forecast := dayOf(t, c.gate)
			for today := dayOf(t, c.today); today <= forecast; today++ {
				got := Serve(dayOf(t, c.granted), c.months, spellsOf(t, c.stints), policy(c.restartAfter), today)
				require.Equal(t, c.gate, got.Gate.String(), today.String())
				require.Equal(t, today == forecast, got.Open(today), today.String())
			}
		})
	}
}

// Five hundred careers, lived day by day: each morning only what has happened is on record. The gate opens on the day that
// was forecast the evening before, and that is the day that the almanac finds with hindsight.
func TestCareersLivedDayByDay(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(2026, 3))
	opened := 0
	for career := range 500 {
		granted := dayOf(t, "2023-10-01") + Day(random.IntN(500))
		restartAfter := []int{0, 1, 30}[career%3]
		months := 1 + random.IntN(12)
		var life []stint
		for at, n := granted-Day(random.IntN(90)), 1+random.IntN(4); n > 0; n-- {
			to := at + Day(random.IntN(150))
			life = append(life, stint{at.String(), to.String()})
			at = to + 1 + Day(random.IntN(60))
		}
		if random.IntN(4) > 0 {
			life[len(life)-1].to = ""
		}
		forecast := Day(0)
		for today := granted; today < granted+1100; today++ {
			var known []Spell
			for _, s := range spellsOf(t, life) {
				if s.To >= today {
					s.To = 0 // nobody knows yet that it will end
				}
				if s.From <= today {
					known = append(known, s)
				}
			}
			got := Serve(granted, months, known, policy(restartAfter), today)
			if got.Open(today) {
				require.Equal(t, today, got.Gate)
				require.Equal(t, forecast, today, "career %d", career)
				_, _, gate := finger(granted.String(), months, life, restartAfter, today.String())
				require.Equal(t, gate, today.String(), "career %d", career)
				opened++
				break
			}
			forecast = got.Gate
		}
	}
	require.Greater(t, opened, 300, "too few careers come to the gate to show anything")
	require.Less(t, opened, 500)
}

func TestDay(t *testing.T) {
	t.Parallel()
	t.Run("every day of four centuries is the one after the day before", func(t *testing.T) {
		t.Parallel()
		day, want := dayOf(t, "1801-01-01"), date{1801, 1, 1}
		for want.year < 2201 {
			require.Equal(t, want.String(), day.String())
			again, ok := ParseDay(want.String())
			require.True(t, ok)
			require.Equal(t, day, again)
			day, want = day+1, want.tomorrow()
		}
	})
	t.Run("months later are those of the almanac", func(t *testing.T) {
		t.Parallel()
		for start := (date{2023, 12, 1}); start.year < 2025; start = start.tomorrow() {
			for months := range 30 {
				require.Equal(t, start.later(months).String(), dayOf(t, start.String()).PlusMonths(months).String())
			}
		}
	})
	t.Run("what is no day is refused", func(t *testing.T) {
		t.Parallel()
		for _, text := range []string{"", "2026-02-29", "2026-2-1", "2026-13-01", "2026-00-10", "2026-04-31", "0000-01-01", "26-01-01", "2026-01-01T00:00:00Z", " 2026-01-01", "2026/01/01"} {
			_, ok := ParseDay(text)
			require.False(t, ok, text)
		}
	})
	t.Run("there is no day after the last", func(t *testing.T) {
		t.Parallel()
		require.Equal(t, "9999-12-31", dayOf(t, "9999-11-30").PlusMonths(2).String())
		require.Equal(t, "9999-12-31", Day(lastDay).String())
		require.Empty(t, Day(0).String())
	})
}
