package grading

import (
	"context"
	"fmt"
	"sync"

	"agentladder/course"
	"agentladder/course/fault"
	"agentladder/course/pack"
	"agentladder/course/roster"
	"agentladder/course/shelf"
	"agentladder/grading/ladder"
)

// Careers knows who was employed when and which tiers were granted. *roster.Service does.
type Careers interface {
	Career(ctx context.Context, personIDs []string) (map[string]roster.Career, error)
	Today(ctx context.Context) (day string, err error) // in the shop's zone
}

// Studies knows what people have read and how their quizzes went. *course.Service does.
type Studies interface {
	Facts(ctx context.Context, personIDs []string) (map[string]course.Facts, error)
}

// Eligibility holds people against the ladder on the shelf. It asks nothing about who may know: callers have checked that.
type Eligibility struct {
	shelf   *shelf.Shelf
	careers Careers
	studies Studies

	loading sync.Mutex     // one load at a time; held while the database is asked
	mu      sync.RWMutex   // guards digest and ladder; never held for long
	digest  string         // of the content set that the ladder comes from
	ladder  *ladder.Ladder // of the set used last
}

// NewEligibility makes the service.
func NewEligibility(sh *shelf.Shelf, careers Careers, studies Studies) *Eligibility {
	return &Eligibility{shelf: sh, careers: careers, studies: studies}
}

// Standing tells where one person stands today. Faults as Standings.
func (e *Eligibility) Standing(ctx context.Context, person roster.Person) (ladder.Standing, error) {
	all, err := e.Standings(ctx, []roster.Person{person})
	return all[person.ID], err
}

// Standings tells where people stand today, by id, in a number of queries that does not depend on how many they are (up to
// 500). Faults: Unavailable not_ready on an empty shelf, ladder_missing when the content in use has none.
func (e *Eligibility) Standings(ctx context.Context, people []roster.Person) (map[string]ladder.Standing, error) {
	rungs, err := e.current(ctx)
	if err != nil {
		return nil, err
	}
	text, err := e.careers.Today(ctx)
	if err != nil {
		return nil, err
	}
	today, ok := ladder.ParseDay(text)
	if !ok {
		return nil, fmt.Errorf("today is %q", text)
	}
	ids := make([]string, len(people))
	for i, p := range people {
		ids[i] = p.ID
	}
	careers, err := e.careers.Career(ctx, ids)
	if err != nil {
		return nil, err
	}
	facts, err := e.studies.Facts(ctx, ids)
	if err != nil {
		return nil, err
	}
	out := make(map[string]ladder.Standing, len(people))
	for _, p := range people {
		record, err := recordOf(p, careers[p.ID], facts[p.ID])
		if err != nil {
			return nil, err
		}
		out[p.ID] = ladder.Decide(rungs, record, today)
	}
	return out, nil
}

func recordOf(p roster.Person, c roster.Career, f course.Facts) (ladder.Record, error) {
	r := ladder.Record{Tier: p.Tier, ChaptersRead: f.ChaptersRead, QuizBest: f.QuizBest}
	var broken error
	day := func(text string) ladder.Day {
		d, ok := ladder.ParseDay(text)
		if !ok && text != "" {
			broken = fmt.Errorf("career of person %s: %q is no day", p.ID, text)
		}
		return d
	}
	for _, s := range c.Spells {
		r.Spells = append(r.Spells, ladder.Spell{From: day(s.From), To: day(s.To)})
	}
	for _, g := range c.Grants {
		r.Grants = append(r.Grants, ladder.Grant{Tier: g.Tier, On: day(g.On)})
	}
	return r, broken
}

// current returns the ladder of the content in use.
func (e *Eligibility) current(ctx context.Context) (*ladder.Ladder, error) {
	digest, err := e.shelf.ActiveDigest(ctx)
	if err != nil {
		return nil, err
	}
	if digest == "" {
		return nil, fault.New(fault.Unavailable, "not_ready", nil)
	}
	if l := e.loaded(digest); l != nil {
		return l, nil
	}
	e.loading.Lock()
	defer e.loading.Unlock()
	if l := e.loaded(digest); l != nil {
		return l, nil // somebody else was faster
	}
	set, err := e.shelf.Set(ctx, digest)
	if err != nil {
		return nil, err
	}
	if len(pack.Of(set.Documents, pack.KindLadder)) == 0 {
		return nil, fault.New(fault.Unavailable, "ladder_missing", nil)
	}
	l, found := ladder.Compile(set.Documents)
	if broken, ok := found.FirstError(); ok {
		return nil, fmt.Errorf("ladder of content set %s: %s", digest, broken)
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.digest, e.ladder = digest, l
	return l, nil
}

// loaded is the ladder of a set if it is in memory.
func (e *Eligibility) loaded(digest string) *ladder.Ladder {
	e.mu.RLock()
	defer e.mu.RUnlock()
	if e.digest != digest {
		return nil
	}
	return e.ladder
}
