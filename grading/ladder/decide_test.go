package ladder

import (
	"maps"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"agentladder/course/library"
	"agentladder/course/pack"
)

// C1 has a quiz, C3 has none, C2 is on no shelf.
func standing(t *testing.T, l *Ladder, r Record, today string) Standing {
	t.Helper()
	return Decide(l, r, dayOf(t, today))
}

func clauseOf(t *testing.T, s Standing, id string) Clause {
	t.Helper()
	require.NotNil(t, s.Next)
	for _, c := range s.Next.Clauses {
		if c.ID == id {
			return c
		}
	}
	require.Failf(t, "no clause", "%s in %v", id, s.Next.Clauses)
	return Clause{}
}

func factsOf(c Clause) map[string]string {
	out := map[string]string{}
	for _, f := range c.Facts {
		out[f.ID] = f.Value
	}
	return out
}

func TestChapters(t *testing.T) {
	t.Parallel()
	l := small(t)
	for name, c := range map[string]struct {
		read   map[string]bool
		state  State
		detail string
		facts  map[string]string
	}{
		"what can be read now comes before what is on no shelf": {nil, Open, "0/2 未读 C1 岗前准备", map[string]string{"unread": "C1 岗前准备", "absent": "C2"}},
		"when only the missing chapter is left, nothing is held against anybody": {map[string]bool{"C1": true}, NoData, "课程尚未上架：C2",
			map[string]string{"read": "C1 岗前准备", "absent": "C2"}},
		"another chapter does not help":               {map[string]bool{"C3": true}, Open, "0/2 未读 C1 岗前准备", map[string]string{"unread": "C1 岗前准备", "absent": "C2"}},
		"what was read counts even when it has gone":  {map[string]bool{"C1": true, "C2": true}, Met, "2 章读完", map[string]string{"read": "C1 岗前准备、C2"}},
		"a chapter that is noted as unread is unread": {map[string]bool{"C1": false}, Open, "0/2 未读 C1 岗前准备", map[string]string{"unread": "C1 岗前准备", "absent": "C2"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := clauseOf(t, standing(t, l, Record{Tier: "none", ChaptersRead: c.read}, "2026-03-02"), "read")
			require.Equal(t, []any{c.state, c.detail}, []any{got.State, got.Detail})
			facts := maps.Clone(c.facts)
			facts["basis"] = "建议值"
			require.Empty(t, cmp.Diff(facts, factsOf(got)))
			require.Equal(t, c.state == Open, got.Nearer != "")
		})
	}
}

func TestQuiz(t *testing.T) {
	t.Parallel()
	l := small(t)
	for name, c := range map[string]struct {
		best   map[string]int
		state  State
		detail string
	}{
		"never tried":          {nil, Open, "未达 60：C1 岗前准备"},
		"tried with nothing":   {map[string]int{"C1": 0}, Open, "未达 60：C1 岗前准备 0"},
		"one below":            {map[string]int{"C1": 59}, Open, "未达 60：C1 岗前准备 59"},
		"just there":           {map[string]int{"C1": 60}, NoData, "课程尚未上架：C2"},
		"both":                 {map[string]int{"C1": 60, "C2": 100}, Met, "2/2 达到 60"},
		"both, one not enough": {map[string]int{"C1": 60, "C2": 59}, NoData, "课程尚未上架：C2 59"},
		"results of others":    {map[string]int{"C3": 100}, Open, "未达 60：C1 岗前准备"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := clauseOf(t, standing(t, l, Record{Tier: "none", QuizBest: c.best}, "2026-03-02"), "quiz")
			require.Equal(t, []any{c.state, c.detail}, []any{got.State, got.Detail})
		})
	}
}

func TestTenureClause(t *testing.T) {
	t.Parallel()
	l := small(t)
	hired, granted := dayOf(t, "2025-12-01"), dayOf(t, "2026-01-15")
	grants := []Grant{{"junior", granted}}
	for name, c := range map[string]struct {
		spells  []Spell
		grants  []Grant
		today   string
		state   State
		detail  string
		opensOn string
		facts   map[string]string
	}{
		"before the gate": {[]Spell{{From: hired}}, grants, "2026-07-14", Open, "初级客服 6 到 2026-07-15 已 180 还 1", "2026-07-15",
			map[string]string{"granted": "2026-01-15", "days": "180 天", "left": "1 天"}},
		"after the gate": {[]Spell{{From: hired}}, grants, "2026-07-15", Met, "初级客服 6 从 2026-07-15", "",
			map[string]string{"granted": "2026-01-15", "days": "181 天", "opened": "2026-07-15"}},
		"with time away": {[]Spell{{hired, dayOf(t, "2026-03-10")}, {From: dayOf(t, "2026-03-21")}}, grants, "2026-04-01", Open, "初级客服 6 到 2026-07-25 已 66 还 115", "2026-07-25",
			map[string]string{"granted": "2026-01-15", "days": "66 天", "away": "10 天", "left": "115 天"}},
		"after leaving": {[]Spell{{hired, dayOf(t, "2026-03-10")}}, grants, "2026-03-11", Open, "停在 55", "",
			map[string]string{"granted": "2026-01-15", "days": "55 天"}},
		"on the last day": {[]Spell{{hired, dayOf(t, "2026-03-10")}}, grants, "2026-03-10", Open, "到 2026-03-10 为止", "",
			map[string]string{"granted": "2026-01-15", "days": "54 天"}},
		"without employment on record":  {nil, grants, "2026-03-10", NoData, "没有初级客服记录", "", map[string]string{"granted": "2026-01-15"}},
		"without a grant on record":     {[]Spell{{From: hired}}, nil, "2026-03-10", NoData, "没有初级客服记录", "", map[string]string{}},
		"with a grant of a day to come": {[]Spell{{From: hired}}, grants, "2026-01-14", NoData, "没有初级客服记录", "", map[string]string{}},
		"with a grant of another tier":  {[]Spell{{From: hired}}, []Grant{{"senior", granted}}, "2026-03-10", NoData, "没有初级客服记录", "", map[string]string{}},
		"granted again after a step down": {[]Spell{{From: hired}}, []Grant{{"junior", granted}, {"junior", granted + 31}}, "2026-03-10", Open, "初级客服 6 到 2026-08-15 已 23 还 158", "2026-08-15",
			map[string]string{"granted": "2026-02-15", "days": "23 天", "left": "158 天"}},
		"with a spell that ends before it begins": {[]Spell{{hired, hired - 1}}, grants, "2026-03-10", NoData, "没有初级客服记录", "", map[string]string{"granted": "2026-01-15"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := standing(t, l, Record{Tier: "junior", Spells: c.spells, Grants: c.grants}, c.today)
			got := clauseOf(t, s, "half-year")
			require.Equal(t, []any{c.state, c.detail, c.opensOn}, []any{got.State, got.Detail, got.OpensOn.String()})
			facts := maps.Clone(c.facts)
			facts["basis"] = "定级资料"
			require.Empty(t, cmp.Diff(facts, factsOf(got)))
			if c.state == Open {
				require.Equal(t, c.opensOn, s.Next.Earliest.String())
			}
		})
	}
	t.Run("without a tier, time counts from the first day", func(t *testing.T) {
		t.Parallel()
		s := standing(t, l, Record{Tier: "none", Spells: []Spell{{From: hired}}}, "2025-12-31")
		require.Equal(t, "未定级 1 到 2026-01-01 已 30 还 1", clauseOf(t, s, "probation").Detail)
		require.Equal(t, []any{"2025-12-01", 30, "2026-01-01"}, []any{s.Since.String(), s.Tenure.Days, s.Next.Earliest.String()})
	})
	t.Run("a return that restarts is a fact of its own", func(t *testing.T) {
		t.Parallel()
		anew := *l
		anew.Rehire.Policy = Restart
		back := dayOf(t, "2026-03-21")
		s := standing(t, &anew, Record{Tier: "junior", Grants: grants, Spells: []Spell{{hired, dayOf(t, "2026-03-10")}, {From: back}}}, "2026-04-01")
		got := clauseOf(t, s, "half-year")
		require.Equal(t, map[string]string{"granted": "2026-01-15", "since": "2026-03-21", "days": "11 天", "left": "173 天", "basis": "定级资料"}, factsOf(got))
		require.Equal(t, []any{"2026-01-15", back, 11}, []any{s.Since.String(), s.Tenure.Since, s.Tenure.Days})
	})
}

func TestStanding(t *testing.T) {
	t.Parallel()
	l := small(t)
	t.Run("a tier that the ladder does not have counts as the lowest", func(t *testing.T) {
		t.Parallel()
		for _, tier := range []string{"", "senior", "boss"} {
			require.Equal(t, "none", standing(t, l, Record{Tier: tier}, "2026-03-02").Tier)
		}
	})
	t.Run("on the highest rung nothing is next", func(t *testing.T) {
		t.Parallel()
		s := standing(t, l, Record{Tier: "intermediate"}, "2026-03-02")
		require.Nil(t, s.Next)
		require.False(t, s.Eligible())
		for _, r := range s.Rungs {
			require.Equal(t, Held, r.Place)
		}
	})
	t.Run("who meets every clause is eligible", func(t *testing.T) {
		t.Parallel()
		r := Record{Tier: "none", Spells: []Spell{{From: dayOf(t, "2026-01-01")}}, ChaptersRead: map[string]bool{"C1": true, "C2": true}, QuizBest: map[string]int{"C1": 60, "C2": 60}}
		require.False(t, standing(t, l, r, "2026-01-31").Eligible())
		require.True(t, standing(t, l, r, "2026-02-01").Eligible())
		r.QuizBest["C2"] = 59
		require.False(t, standing(t, l, r, "2026-02-01").Eligible())
	})
	t.Run("no date is promised while one of the gates has none", func(t *testing.T) {
		t.Parallel()
		twice := *l
		twice.Tiers = append([]Tier(nil), l.Tiers...)
		twice.Tiers[2].Requires = append([]Requirement{{ID: "year", Kind: KindTenure, In: "none", Months: 48}}, l.Tiers[2].Requires...)
		spells := []Spell{{From: dayOf(t, "2025-01-01")}}
		s := standing(t, &twice, Record{Tier: "junior", Spells: spells, Grants: []Grant{{"junior", dayOf(t, "2026-01-15")}}}, "2026-03-02")
		require.Equal(t, "2029-01-01", s.Next.Earliest.String(), "the later of two")
		s = standing(t, &twice, Record{Tier: "junior", Spells: spells}, "2026-03-02")
		require.Zero(t, s.Next.Earliest)
	})
	t.Run("a record is only read", func(t *testing.T) {
		t.Parallel()
		r := Record{Tier: "junior", Spells: []Spell{{From: 740_000}, {739_000, 739_500}}, Grants: []Grant{{"junior", 739_100}}}
		before := Record{Tier: "junior", Spells: append([]Spell(nil), r.Spells...), Grants: append([]Grant(nil), r.Grants...)}
		Decide(l, r, 740_100)
		require.Equal(t, before, r)
	})
}

func TestFill(t *testing.T) {
	t.Parallel()
	values := map[string]string{"a": "1", "b": "{a}", "": "?"}
	for sentence, want := range map[string]string{
		"": "", "无": "无", "{a}": "1", "{a}{b}": "1{a}", "第{a}章、{c}": "第1章、{c}", "{c}{a}": "{c}1", "{a": "{a", "a}": "a}", "{{a}}": "{1}", "{": "{", "}{a}{": "}1{",
	} {
		require.Equal(t, want, fill(sentence, values), sentence)
	}
}

func BenchmarkDecide(b *testing.B) {
	var docs []pack.Document
	for _, root := range library.Shipped() {
		p, _ := pack.Read(root)
		docs = append(docs, p.Documents...)
	}
	l, _ := Compile(docs)
	r := Record{Tier: "junior", Grants: []Grant{{"junior", 739_770}}, Spells: []Spell{{From: 739_000, To: 739_800}, {From: 739_811}}}
	for b.Loop() {
		Decide(l, r, 739_900)
	}
}

// More on record never takes a clause away, and a day more never closes a gate while nothing else changes.
func TestStandingOnlyRises(t *testing.T) {
	t.Parallel()
	l := small(t)
	rank := map[State]int{Open: 0, NoData: 0, Met: 1}
	rapid.Check(t, func(t *rapid.T) {
		from := Day(rapid.IntRange(737_000, 737_800).Draw(t, "from"))
		r := Record{Tier: rapid.SampledFrom([]string{"none", "junior"}).Draw(t, "tier"), Spells: []Spell{{From: from}},
			Grants: []Grant{{"junior", from + Day(rapid.IntRange(0, 300).Draw(t, "granted"))}}, ChaptersRead: map[string]bool{}, QuizBest: map[string]int{}}
		if rapid.Bool().Draw(t, "gone") {
			r.Spells[0].To = from + Day(rapid.IntRange(0, 500).Draw(t, "to"))
		}
		today := from + Day(rapid.IntRange(0, 900).Draw(t, "today"))
		if today < r.Grants[0].On {
			today = r.Grants[0].On
		}
		before := Decide(l, r, today)
		for _, id := range []string{"C1", "C2"} {
			r.ChaptersRead[id] = rapid.Bool().Draw(t, "read "+id)
			r.QuizBest[id] = rapid.IntRange(0, 100).Draw(t, "best "+id)
		}
		after := Decide(l, r, today+Day(rapid.IntRange(0, 40).Draw(t, "later")))
		for i, c := range after.Next.Clauses {
			require.GreaterOrEqual(t, rank[c.State], rank[before.Next.Clauses[i].State], c.ID)
		}
		require.Equal(t, before.Next.Earliest, after.Next.Earliest, "time that passes as foreseen changes no forecast")
	})
}
