package ladder

import (
	"strconv"
	"strings"
)

// Record is what is known about a person.
type Record struct {
	Tier         string // the tier held
	Spells       []Spell
	Grants       []Grant
	ChaptersRead map[string]bool // chapter → all its lessons are read
	QuizBest     map[string]int  // chapter → best result in percent
}

// Grant is a tier given on a day.
type Grant struct {
	Tier string
	On   Day
}

// State of a clause.
type State string

// The states. NoData is neither met nor against the person: nothing is known that could decide.
const (
	Met    State = "met"
	Open   State = "open"
	NoData State = "no_data"
)

// Place of a rung as seen from the tier held.
type Place string

// The places.
const (
	Held  Place = "held"
	Next  Place = "next"
	Later Place = "later"
)

// Standing is where a person stands on a day.
type Standing struct {
	Tier   string
	Title  string
	Since  Day // of the tier held; zero when that is not on record
	AsOf   Day
	Tenure *Tenure // in the tier held, without a gate; nil when the records cannot tell
	Rungs  []Rung
	Next   *NextTier // nil on the highest rung
}

// Rung is one tier of the ladder.
type Rung struct {
	Tier, Title string
	Place       Place
}

// NextTier is what the next tier asks.
type NextTier struct {
	Tier, Title       string
	Clauses           []Clause
	Met, Open, NoData int
	// Earliest is the first day on which no clause waits for time alone: the latest day on which a tenure gate opens, which may
	// have passed. It is zero without such a clause, or while one of the days is not known.
	Earliest Day
}

// Clause is how one requirement stands.
type Clause struct {
	ID, Title string
	State     State
	Detail    string // what is there against what is asked
	Nearer    string // what would bring it nearer; only while it is open
	OpensOn   Day    // when time alone will meet it, if that is known; only while it is open
	Facts     []Fact
	Lesson    Lesson // where to go on reading; empty when no lesson helps
}

// Lesson is a lesson of the course.
type Lesson struct{ ID, Title string }

// Fact is one figure behind a clause.
type Fact struct{ ID, Label, Value string }

// Eligible reports whether every clause of the next tier is met.
func (s Standing) Eligible() bool { return s.Next != nil && s.Next.Met == len(s.Next.Clauses) }

// Decide holds a record against the ladder on a day. A tier that the ladder does not have counts as the lowest.
func Decide(l *Ladder, r Record, today Day) Standing {
	held := max(0, l.Index(r.Tier))
	r.Spells = tidy(r.Spells)
	d := decision{l: l, r: r, today: today}
	s := Standing{Tier: l.Tiers[held].ID, Title: l.Tiers[held].Title, AsOf: today}
	if granted, ok := d.granted(s.Tier); ok {
		t := serve(granted, 1, begun(r.Spells, today), l.Rehire.Rehire, today)
		t.Gate = 0
		s.Since = granted
		if len(r.Spells) > 0 {
			s.Tenure = &t
		}
	}
	for i, tier := range l.Tiers {
		place := Held
		switch {
		case i == held+1:
			place = Next
		case i > held:
			place = Later
		}
		s.Rungs = append(s.Rungs, Rung{Tier: tier.ID, Title: tier.Title, Place: place})
	}
	if held+1 < len(l.Tiers) {
		s.Next = d.next(l.Tiers[held+1])
	}
	return s
}

// decision is one run of Decide.
type decision struct {
	l     *Ladder
	r     Record
	today Day
}

func (d decision) next(tier Tier) *NextTier {
	n := &NextTier{Tier: tier.ID, Title: tier.Title}
	known := true
	for _, q := range tier.Requires {
		c, opens := d.clause(q)
		switch c.State {
		case Met:
			n.Met++
		case Open:
			n.Open++
		default:
			n.NoData++
		}
		if q.Kind == KindTenure {
			known = known && opens != 0
			n.Earliest = max(n.Earliest, opens)
		}
		n.Clauses = append(n.Clauses, c)
	}
	if !known {
		n.Earliest = 0
	}
	return n
}

// clause decides one requirement. The day is when its gate opens or opened, for kinds that wait for time.
func (d decision) clause(q Requirement) (Clause, Day) {
	p := d.l.Wording.phrases(q.Kind) // checked when the ladder was compiled
	w := &writer{forms: d.l.Facts, phrases: p, slots: q.slots(), clause: Clause{ID: q.ID, Title: q.Title}}
	if i := d.l.Index(q.In + q.Tier); i >= 0 { // a requirement has at most one of them
		w.slot("tier", d.l.Tiers[i].Title)
	}
	var opens Day
	switch q.Kind {
	case KindTenure:
		opens = d.tenure(q, w)
	case KindChaptersRead:
		d.chaptersRead(q, w)
	case KindQuizAtLeast:
		d.quizAtLeast(q, w)
	default:
		w.say(NoData, p.NoData) // exams, counted chats, forms and violations are not kept for people yet
	}
	w.fact("basis", q.Basis)
	return w.clause, opens
}

// granted is the day from which the tier held counts: the latest grant until today, or for the lowest tier the first
// day of employment.
func (d decision) granted(tier string) (Day, bool) {
	var on Day
	if d.l.Index(tier) == 0 && len(d.r.Spells) > 0 {
		on = d.r.Spells[0].From
	}
	for _, g := range d.r.Grants {
		if g.Tier == tier && g.On <= d.today {
			on = max(on, g.On)
		}
	}
	return on, on != 0
}

func (d decision) tenure(q Requirement, w *writer) Day {
	granted, ok := d.granted(q.In)
	if !ok || len(d.r.Spells) == 0 {
		if ok {
			w.fact("granted", granted.String())
		}
		w.say(NoData, w.phrases.NoData)
		return 0
	}
	t := Serve(granted, q.Months, d.r.Spells, d.l.Rehire.Rehire, d.today)
	for name, day := range map[string]Day{"granted": granted, "since": t.Since, "opens": t.Gate, "until": t.Ends} {
		w.slot(name, day.String())
	}
	w.slot("days", strconv.Itoa(t.Days))
	w.slot("away", strconv.Itoa(t.Away))
	w.fact("granted", granted.String())
	if t.Since != granted {
		w.fact("since", t.Since.String())
	}
	w.fact("days", strconv.Itoa(t.Days))
	if t.Away > 0 {
		w.fact("away", strconv.Itoa(t.Away))
	}
	switch {
	case t.Open(d.today):
		w.fact("opened", t.Gate.String())
		w.say(Met, w.phrases.Met)
	case t.Gate != 0:
		left := strconv.Itoa(int(t.Gate - d.today))
		w.slot("left", left)
		w.fact("left", left)
		w.clause.OpensOn = t.Gate
		w.say(Open, w.phrases.Open)
	case t.Ends < d.today:
		w.say(Open, w.phrases.Halted)
	default:
		w.say(Open, w.phrases.Ends)
	}
	return t.Gate
}

func (d decision) chaptersRead(q Requirement, w *writer) {
	var read, unread, absent []string
	for _, id := range q.Chapters {
		c, ok := d.l.shelved[id]
		switch {
		case d.r.ChaptersRead[id]:
			read = append(read, d.l.chapterName(id))
		case !ok:
			absent = append(absent, d.l.chapterName(id))
		default:
			unread = append(unread, d.l.chapterName(id))
			w.lesson(c.lesson)
		}
	}
	w.slot("read", strconv.Itoa(len(read)))
	w.slot("unread", d.l.join(unread))
	w.slot("absent", d.l.join(absent))
	w.list("read", d.l.join(read))
	w.list("unread", d.l.join(unread))
	w.list("absent", d.l.join(absent))
	w.sayChapters(len(unread), len(absent))
}

func (d decision) quizAtLeast(q Requirement, w *writer) {
	var passed, short, absent []string
	for _, id := range q.Chapters {
		c, ok := d.l.shelved[id]
		best, tried := d.r.QuizBest[id]
		name := d.l.chapterName(id)
		if tried {
			name = fill(d.l.Wording.Scored, map[string]string{"chapter": name, "best": strconv.Itoa(best)})
		}
		switch {
		case tried && best >= q.Percent:
			passed = append(passed, name)
		case !ok || !c.quiz:
			absent = append(absent, name)
		default:
			short = append(short, name)
			w.lesson(c.lesson)
		}
	}
	w.slot("passed", strconv.Itoa(len(passed)))
	w.slot("short", d.l.join(short))
	w.slot("absent", d.l.join(absent))
	w.list("passed", d.l.join(passed))
	w.list("short", d.l.join(short))
	w.list("absent", d.l.join(absent))
	w.sayChapters(len(short), len(absent))
}

// chapterName is a chapter as the ladder's readers know it; one that is not on the shelf has only its id.
func (l *Ladder) chapterName(id string) string {
	c, ok := l.shelved[id]
	if !ok {
		return id
	}
	return fill(l.Wording.Chapter, map[string]string{"id": id, "title": c.title})
}

func (l *Ladder) join(names []string) string { return strings.Join(names, l.Wording.ListSeparator) }

// slots are the figures of the requirement itself.
func (q Requirement) slots() map[string]string {
	return map[string]string{"months": strconv.Itoa(q.Months), "asked": strconv.Itoa(len(q.Chapters)), "percent": strconv.Itoa(q.Percent),
		"n": strconv.Itoa(q.N), "mean": strconv.Itoa(q.Mean), "window": strconv.Itoa(q.Days)}
}

// writer puts a clause into words.
type writer struct {
	forms   map[string]Form
	phrases Phrases
	slots   map[string]string
	clause  Clause
}

func (w *writer) slot(name, value string) { w.slots[name] = value }

func (w *writer) fact(id, value string) {
	form := w.forms[id]
	w.clause.Facts = append(w.clause.Facts, Fact{ID: id, Label: form.Label, Value: fill(form.Value, map[string]string{"value": value})})
}

// list is a fact that is left out when there is nothing to list.
func (w *writer) list(id, value string) {
	if value != "" {
		w.fact(id, value)
	}
}

func (w *writer) lesson(first Lesson) {
	if w.clause.Lesson.ID == "" {
		w.clause.Lesson = first
	}
}

func (w *writer) say(state State, sentence string) {
	w.clause.State, w.clause.Detail = state, fill(sentence, w.slots)
	if state == Open {
		w.clause.Nearer = fill(w.phrases.Nearer, w.slots)
	}
}

// sayChapters: what can be done today comes before what nobody can do yet.
func (w *writer) sayChapters(undone, absent int) {
	switch {
	case undone > 0:
		w.say(Open, w.phrases.Open)
	case absent > 0:
		w.say(NoData, w.phrases.Absent)
	default:
		w.say(Met, w.phrases.Met)
	}
}

// fill puts values into the slots of a sentence. A slot without a value stays as it is.
func fill(sentence string, values map[string]string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(sentence, "{")
		name, after, closed := strings.Cut(rest, "}")
		value, known := values[name]
		b.WriteString(before)
		switch {
		case !found:
			return b.String()
		case closed && known:
			b.WriteString(value)
			sentence = after
		default:
			b.WriteByte('{')
			sentence = rest
		}
	}
}
