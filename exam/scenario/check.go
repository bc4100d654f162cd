package scenario

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"agentladder/course/pack"
	"agentladder/grading/discourse"
)

// Fewest phrasings of a beat in each mood band, and fewest nicknames.
const (
	minPhrasings = 3
	minNames     = 6
)

// Check reports what would make the scenario stall, leak, repeat itself or be unwinnable.
func (s *Scenario) Check(doc pack.Document, lex *discourse.Lexicon) pack.Diagnostics {
	c := &checker{Scenario: s, doc: doc, lex: lex}
	c.ids()
	c.order()
	c.slots()
	c.phrasings()
	c.duplicates()
	c.conditions()
	c.secrets()
	c.mood()
	c.ends()
	return c.found.Sorted()
}

type checker struct {
	*Scenario
	doc   pack.Document
	lex   *discourse.Lexicon
	found pack.Diagnostics
}

func (c *checker) report(id, fix string, path []any, format string, args ...any) {
	c.found = append(c.found, c.doc.Report(id, fmt.Sprintf(format, args...), fix, path...))
}

// beat is a topic with its place in the document.
type beat struct {
	Topic
	trap bool
	path []any
}

func (c *checker) beats() []beat {
	var out []beat
	for i, t := range c.Topics {
		out = append(out, beat{t, false, []any{"topics", i}})
	}
	for i, t := range c.Traps {
		out = append(out, beat{t, true, []any{"traps", i}})
	}
	return out
}

// ids: AL4011 the same id twice among what can be referred to.
func (c *checker) ids() {
	seen := map[string]bool{}
	claim := func(id string, path ...any) {
		if seen[id] {
			c.report("AL4011", "give each its own id", path, "the id %s is used twice", id)
		}
		seen[id] = true
	}
	for _, b := range c.beats() {
		claim(b.ID, join(b.path, "id")...)
	}
	// Hidden facts and reactions have names of their own, but a topic may wait for a fact.
	facts := map[string]bool{}
	for i, h := range c.Hidden {
		if facts[h.ID] {
			c.report("AL4011", "give each its own id", []any{"hidden", i, "id"}, "the id %s is used twice", h.ID)
		}
		facts[h.ID] = true
	}
	felt := map[string]bool{}
	for i, r := range c.Reactions {
		if felt[r.ID] {
			c.report("AL4011", "give each its own id", []any{"reactions", i, "id"}, "the id %s is used twice", r.ID)
		}
		felt[r.ID] = true
	}
}

// order: AL4001 reference to nothing, AL4002 a wish that never comes up, AL4007 a trap that never comes up.
func (c *checker) order() {
	beats := c.beats()
	known := func(id string) bool {
		return slices.ContainsFunc(beats, func(b beat) bool { return b.ID == id }) ||
			slices.ContainsFunc(c.Hidden, func(h Hidden) bool { return h.ID == id && h.Tell != TellNever })
	}
	whole := true
	for _, b := range beats {
		for i, id := range b.After {
			if !known(id) {
				whole = false
				c.report("AL4001", "name a topic, a trap, or a hidden fact that is told", join(b.path, "after", i), "%s comes after %s, which does not exist", b.ID, id)
			}
		}
	}
	for i, o := range c.Opening {
		if !slices.ContainsFunc(c.Topics, func(t Topic) bool { return t.ID == o.Raises }) {
			c.report("AL4001", "name a topic", []any{"opening", i, "raises"}, "the opening raises %s, which is not a topic", o.Raises)
		}
	}
	for i, id := range c.Success.Topics {
		if !slices.ContainsFunc(beats, func(b beat) bool { return b.ID == id }) {
			c.report("AL4001", "name a topic", []any{"success", "topics", i}, "success needs %s, which is not a topic", id)
		}
	}
	if whole {
		c.reach(beats)
	}
}

func (c *checker) reach(beats []beat) {
	done := map[string]bool{}
	for _, h := range c.Hidden {
		done[h.ID] = h.Tell != TellNever
	}
	for moved := true; moved; {
		moved = false
		for _, b := range beats {
			if !done[b.ID] && b.FromRound <= c.MaxTurns && !slices.ContainsFunc(b.After, func(id string) bool { return !done[id] }) {
				done[b.ID], moved = true, true
			}
		}
	}
	for _, b := range beats {
		switch {
		case done[b.ID]:
		case b.trap:
			c.report("AL4007", "let it come after something that happens before the chat ends", b.path, "the trap %s can never be said", b.ID)
		default:
			c.report("AL4002", "break the circle, or lower from_round", b.path, "the topic %s can never come up", b.ID)
		}
	}
}

var slotUse = regexp.MustCompile(`\{([^{}]*)\}`)

// slots: AL4003 a slot that no slot set fills, or fills in some rows only; AL4014 (warning) one that nothing uses.
func (c *checker) slots() {
	declared, used := map[string]bool{}, map[string]bool{}
	for i, set := range c.Slots {
		for j, row := range set.Rows {
			for name := range row {
				if j > 0 && set.Rows[0][name] == "" {
					c.report("AL4003", "give every row of a set the same columns", []any{"slots", i, "rows", j}, "the slot %s is not filled in the first row of %s", name, set.ID)
				}
				declared[name] = true
			}
			for name := range set.Rows[0] {
				if _, ok := row[name]; !ok {
					c.report("AL4003", "give every row of a set the same columns", []any{"slots", i, "rows", j}, "the slot %s is not filled in this row", name)
				}
			}
		}
	}
	for _, p := range c.texts() {
		for _, m := range slotUse.FindAllStringSubmatch(p.text, -1) {
			used[m[1]] = true
			if !declared[m[1]] {
				c.report("AL4003", "add it to a slot set, or correct the name", p.path, "the slot {%s} is not declared", m[1])
			}
		}
	}
	if slotUse.MatchString(c.Brief) {
		c.report("AL4003", "write the brief for every case alike", []any{"brief"}, "the brief is shown before a case is chosen and cannot use slots")
	}
	for i, set := range c.Slots {
		if len(set.Rows) == 0 {
			continue
		}
		for name := range set.Rows[0] {
			if !used[name] {
				c.found = append(c.found, c.doc.Warn("AL4014", "the slot "+name+" is never used", "use it, or take it out", "slots", i))
			}
		}
	}
}

// texts are all texts that a case fills.
func (c *checker) texts() []phrase {
	out := c.spoken()
	for _, list := range []struct {
		name  string
		facts []string
	}{{"facts", values(c.Facts)}, {"order", values(c.Order)}, {"goods", values(c.Goods)}} {
		for i, v := range list.facts {
			out = append(out, phrase{v, []any{list.name, i, "value"}})
		}
	}
	for i, q := range c.QuickPhrases {
		out = append(out, phrase{q, []any{"quick_phrases", i}})
	}
	for i, h := range c.Hidden {
		for j, w := range h.Words {
			out = append(out, phrase{w, []any{"hidden", i, "words", j}})
		}
	}
	return out
}

// lineSet is the phrasings of one beat with their place.
type lineSet struct {
	name  string
	lines Lines
	path  []any
	needs bool // must have phrasings
}

func (c *checker) lineSets() []lineSet {
	var out []lineSet
	for i, h := range c.Hidden {
		out = append(out, lineSet{"the fact " + h.ID, h.Lines, []any{"hidden", i, "lines"}, true})
	}
	for _, b := range c.beats() {
		out = append(out,
			lineSet{b.ID, b.Lines, join(b.path, "lines"), true},
			lineSet{"the answer to " + b.ID, b.Acks, join(b.path, "acks"), true},
			lineSet{"the pressing of " + b.ID, b.Press, join(b.path, "press"), b.HalfBy != nil || len(b.About) > 0},
			lineSet{"the bad answer to " + b.ID, b.BadLines, join(b.path, "bad_lines"), b.BadBy != nil})
	}
	for i, r := range c.Reactions {
		out = append(out, lineSet{"the reaction " + r.ID, r.Lines, []any{"reactions", i, "lines"}, false})
	}
	return append(out,
		lineSet{"confirms", c.Confirms.Lines, []any{"confirms", "lines"}, true},
		lineSet{"declines", c.Declines.Lines, []any{"declines", "lines"}, true},
		lineSet{"hold", c.Hold.Lines, []any{"hold", "lines"}, true},
		lineSet{"the hold's nudges", c.Hold.Nudges, []any{"hold", "nudges"}, true},
		lineSet{"follow_ups", c.FollowUps.Lines, []any{"follow_ups", "lines"}, true},
		lineSet{"not_understood", c.NotUnderstood, []any{"not_understood"}, true},
		lineSet{"the solved ending", c.Endings.Solved, []any{"endings", "solved"}, true},
		lineSet{"the unsolved ending", c.Endings.Unsolved, []any{"endings", "unsolved"}, true},
		lineSet{"the leaving", c.Endings.Left, []any{"endings", "left"}, true},
		lineSet{"the good-bye", c.Endings.Bye, []any{"endings", "bye"}, true})
}

// phrasings: AL4004 too few, AL4013 too few names.
func (c *checker) phrasings() {
	if len(c.Opening) < minPhrasings {
		c.report("AL4004", "write more ways to begin", []any{"opening"}, "there are %d openings, fewer than %d", len(c.Opening), minPhrasings)
	}
	for _, set := range c.lineSets() {
		if set.lines.Empty() && !set.needs {
			continue
		}
		for _, b := range []Band{Upset, Neutral, Pleased} {
			if n := len(set.lines.For(b)); n < minPhrasings {
				c.report("AL4004", "write more, under any or under the band", set.path, "%s has %d phrasings for a buyer who is %s, fewer than %d", set.name, n, b, minPhrasings)
				break
			}
		}
	}
	names := slices.Clone(c.Buyer.Names)
	slices.Sort(names)
	if n := len(slices.Compact(names)); n < minNames {
		c.report("AL4013", "add neutral nicknames", []any{"buyer", "names"}, "there are %d different nicknames, fewer than %d", n, minNames)
	}
}

// spoken are all sentences of the buyer.
func (c *checker) spoken() []phrase {
	var out []phrase
	for i, o := range c.Opening {
		for j, text := range o.Says {
			out = append(out, phrase{text, []any{"opening", i, "says", j}})
		}
	}
	for _, set := range c.lineSets() {
		out = append(out, set.lines.phrases(set.path...)...)
	}
	return out
}

// duplicates: AL4005 the same sentence in two places. Openings exclude each other and may share sentences.
func (c *checker) duplicates() {
	first := map[string]phrase{}
	for _, p := range c.spoken() {
		key := strings.TrimSpace(p.text)
		if q, taken := first[key]; taken && !(p.path[0] == "opening" && q.path[0] == "opening") {
			at := c.doc.At(q.path...)
			c.report("AL4005", "say it in other words", p.path, "%q already stands in line %d", p.text, at.Line)
			continue
		}
		first[key] = p
	}
}

// conditions: AL1020 to AL1022 from the condition itself; AL4010 a beat that no answer can finish.
func (c *checker) conditions() {
	check := func(cond *discourse.Condition, path ...any) {
		if cond != nil && c.lex != nil {
			c.found = append(c.found, cond.Check(c.doc, c.lex, path...)...)
		}
	}
	for i, h := range c.Hidden {
		check(h.AskedBy, "hidden", i, "asked_by")
		if h.AskedBy == nil && (h.Tell == TellAsked || h.VolunteerAt == 0) {
			c.report("AL4010", "say what asks for it", []any{"hidden", i}, "nothing brings out the fact %s", h.ID)
		}
		if h.Tell == TellVolunteer && (h.VolunteerAt < 1 || h.VolunteerAt > c.MaxTurns) {
			c.report("AL4010", "give volunteer_at a round of the chat", []any{"hidden", i}, "the fact %s is told in round %d of %d", h.ID, h.VolunteerAt, c.MaxTurns)
		}
	}
	for _, b := range c.beats() {
		check(b.MetBy, join(b.path, "met_by")...)
		check(b.HalfBy, join(b.path, "half_by")...)
		check(b.BadBy, join(b.path, "bad_by")...)
		if b.MetBy == nil {
			c.report("AL4010", "add met_by", b.path, "no answer finishes %s", b.ID)
		}
		if b.trap && b.BadBy == nil {
			c.report("AL4010", "add bad_by", b.path, "the trap %s has no bad answer", b.ID)
		}
	}
	for i, r := range c.Reactions {
		check(r.When, "reactions", i, "when")
	}
	check(c.Hold.When, "hold", "when")
	check(c.Endings.ByeWhen, "endings", "bye_when")
	check(c.Confirms.When, "confirms", "when")
	check(c.Declines.When, "declines", "when")
	check(c.Success.When, "success", "when")
	for i, st := range c.Steps {
		check(&st.When, "steps", i, "when")
	}
}

// secrets: AL4009 a hidden fact's words in a line that can be said before it is told.
func (c *checker) secrets() {
	for i, h := range c.Hidden {
		for _, word := range h.Words {
			for _, p := range c.spoken() {
				own := h.Tell != TellNever && p.path[0] == "hidden" && p.path[1] == i
				if !own && strings.Contains(p.text, word) && !c.afterTold(p, h.ID) {
					c.report("AL4009", "say it without the word, or let the topic come after the fact", p.path, "%q gives away the hidden fact %s", p.text, h.ID)
				}
			}
		}
	}
}

// afterTold reports whether a phrase belongs to a topic that waits for the fact.
func (c *checker) afterTold(p phrase, fact string) bool {
	for _, b := range c.beats() {
		if p.path[0] == b.path[0] && p.path[1] == b.path[1] && slices.Contains(b.After, fact) {
			return true
		}
	}
	return false
}

// mood: AL4012 bands and limits that contradict each other.
func (c *checker) mood() {
	m := c.Mood
	if m.LeaveBelow > m.Start || m.Bands.Upset >= m.Bands.Pleased || m.LeaveBelow > m.Bands.Upset {
		c.report("AL4012", "keep leave_below ≤ upset < pleased, and leave_below ≤ start", []any{"mood"},
			"the mood starts at %d, leaves below %d, is upset below %d and pleased from %d", m.Start, m.LeaveBelow, m.Bands.Upset, m.Bands.Pleased)
	}
}

// ends: AL4008 success that nobody can reach, AL4015 steps whose weights are not 100 together.
func (c *checker) ends() {
	best := c.Mood.Start
	for _, r := range c.Reactions {
		best += max(0, r.Mood)
	}
	for _, b := range c.beats() {
		best += max(0, b.Mood)
	}
	switch {
	case len(c.Success.Topics) == 0:
		c.report("AL4008", "name the topics that must be met", []any{"success"}, "success needs no topic")
	case c.Success.Mood > best:
		c.report("AL4008", "lower it, or let good answers raise the mood", []any{"success", "mood"}, "success needs mood %d; the best agent reaches %d", c.Success.Mood, best)
	case len(c.Success.Topics) > c.MaxTurns:
		c.report("AL4008", "raise max_turns", []any{"success", "topics"}, "success needs %d topics in %d rounds", len(c.Success.Topics), c.MaxTurns)
	}
	sum := 0
	for _, st := range c.Steps {
		sum += st.Weight
	}
	if sum != 100 {
		c.report("AL4015", "share 100 among the steps", []any{"steps"}, "the weights of the steps are %d together", sum)
	}
}
