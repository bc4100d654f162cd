package ladder

import (
	"fmt"
	"slices"

	"agentladder/course/pack"
)

// Compile decodes and checks the ladder among docs: exactly one id; of several versions the newest. Curricula among docs say
// which chapters are on the shelf. The ladder is usable only when there are no errors; requirements that nobody can meet
// yet are warnings.
func Compile(docs []pack.Document) (*Ladder, pack.Diagnostics) {
	doc, ds := newest(docs)
	if ds.HasErrors() {
		return nil, ds
	}
	l := &Ladder{doc: doc}
	if ds = doc.Decode(l); ds.HasErrors() {
		return nil, ds
	}
	l.shelved = chapters(docs)
	c := checker{Ladder: l, clauses: map[string]pack.Position{}}
	c.tiers()
	c.wording()
	if c.found.HasErrors() {
		return nil, c.found.Sorted()
	}
	return l, c.found.Sorted()
}

func newest(docs []pack.Document) (pack.Document, pack.Diagnostics) {
	all := pack.Of(docs, pack.KindLadder)
	if len(all) == 0 {
		return pack.Document{}, pack.Diagnostics{{ID: "AL7001", Severity: pack.Error, Position: pack.Position{Path: pack.Folder(pack.KindLadder)},
			Message: "there is no ladder", Fix: "add one to ladder/, or load the pack that has it"}}
	}
	best := all[0]
	for _, doc := range all[1:] {
		if doc.ID != best.ID {
			return doc, pack.Diagnostics{doc.Report("AL7001", fmt.Sprintf("a second ladder; the first is %s", best.At("id")), "keep one id and count its version up", "id")}
		}
		if doc.Version > best.Version {
			best = doc
		}
	}
	return best, nil
}

// chapters reads of the curricula what a ladder needs. Their own faults are found where they are compiled.
func chapters(docs []pack.Document) map[string]chapter {
	lessons := map[string]Lesson{}
	for _, doc := range current(docs, pack.KindLesson) {
		var front struct {
			Title string `yaml:"title"`
		}
		if !doc.Decode(&front).HasErrors() {
			lessons[doc.ID] = Lesson{ID: doc.ID, Title: front.Title}
		}
	}
	out := map[string]chapter{}
	for _, doc := range current(docs, pack.KindCurriculum) {
		var file struct {
			Chapters []struct {
				ID      string         `yaml:"id"`
				Title   string         `yaml:"title"`
				Lessons []string       `yaml:"lessons"`
				Quiz    map[string]any `yaml:"quiz"`
			} `yaml:"chapters"`
		}
		if doc.Decode(&file).HasErrors() {
			continue
		}
		for _, c := range file.Chapters {
			unit := chapter{title: c.Title, quiz: c.Quiz != nil}
			if len(c.Lessons) > 0 {
				unit.lesson = lessons[c.Lessons[0]]
			}
			out[c.ID] = unit
		}
	}
	return out
}

// current keeps the highest version of each id.
func current(docs []pack.Document, kind pack.Kind) map[string]pack.Document {
	best := map[string]pack.Document{}
	for _, doc := range pack.Of(docs, kind) {
		if old, ok := best[doc.ID]; !ok || doc.Version > old.Version {
			best[doc.ID] = doc
		}
	}
	return best
}

// checker collects what is wrong with a decoded ladder.
type checker struct {
	*Ladder
	clauses map[string]pack.Position
	found   pack.Diagnostics
}

func (c *checker) report(id, fix string, path []any, format string, args ...any) {
	c.found = append(c.found, c.doc.Report(id, fmt.Sprintf(format, args...), fix, path...))
}

func (c *checker) warn(id, fix string, path []any, format string, args ...any) {
	c.found = append(c.found, c.doc.Warn(id, fmt.Sprintf(format, args...), fix, path...))
}

// Order is the tiers that the house knows, from the lowest. A ladder may leave out upper ones.
var Order = []string{"none", "junior", "intermediate", "senior"}

func (c *checker) tiers() {
	for i, tier := range c.Tiers {
		at := []any{"tiers", i}
		switch {
		case slices.IndexFunc(c.Tiers, func(t Tier) bool { return t.ID == tier.ID }) != i:
			c.report("AL7002", "keep one of them", append(at, "id"), "the tier %s is there twice", tier.ID)
		case i >= len(Order) || Order[i] != tier.ID:
			c.report("AL7003", "list none, junior, intermediate, senior in this order and leave out none in between", append(at, "id"), "the tier %s stands in the wrong place", tier.ID)
		}
		if i == 0 && len(tier.Requires) > 0 {
			c.report("AL7004", "take the requirements out, or move them one tier up", append(at, "requires"), "the lowest tier asks for something, but everybody begins there")
		}
		if i > 0 && len(tier.Requires) == 0 {
			c.report("AL7004", "say what the tier asks", at, "the tier %s asks for nothing", tier.ID)
		}
		for j, q := range tier.Requires {
			c.requirement(i, q, tier.Requires[:j], append(slices.Clone(at), "requires", j))
		}
	}
}

func (c *checker) requirement(tier int, q Requirement, before []Requirement, at []any) {
	field := func(name ...any) []any { return append(slices.Clone(at), name...) }
	if first, twice := c.clauses[q.ID]; twice {
		c.report("AL7005", "give each its own id", field("id"), "a requirement with the id %s is already at %s", q.ID, first)
	} else {
		c.clauses[q.ID] = c.doc.At(field("id")...)
	}
	if slices.ContainsFunc(before, q.sameAs) {
		c.report("AL7006", "keep the stricter one", at, "the tier already has a requirement about the same")
	}
	switch q.Kind {
	case KindTenure:
		if tier > 0 && q.In != c.Tiers[tier-1].ID {
			c.report("AL7007", "count the time in "+c.Tiers[tier-1].ID, field("in"), "time counts in the tier right below, not in %s", q.In)
		}
	case KindCountedChats:
		if at := slices.Index(Order, q.Tier); at > slices.Index(Order, c.Tiers[tier].ID) {
			c.report("AL7007", "name the tier itself or one below", field("tier"), "chats of %s are above the tier that asks for them", q.Tier)
		}
	}
	for k, id := range q.Chapters {
		unit, ok := c.shelved[id]
		switch {
		case !ok:
			c.warn("AL7010", "add the chapter to a curriculum; until then the clause shows that there is no data", field("chapters", k), "no curriculum has the chapter %s", id)
		case q.Kind == KindQuizAtLeast && !unit.quiz:
			c.warn("AL7011", "give the chapter a quiz; until then the clause shows that there is no data", field("chapters", k), "the chapter %s has no quiz", id)
		}
	}
}

// sameAs reports whether two requirements of a tier are about the same, so that one of them is idle.
func (q Requirement) sameAs(other Requirement) bool {
	if q.Kind != other.Kind || q.Part != other.Part || q.Tier != other.Tier {
		return false
	}
	return len(q.Chapters) == 0 || slices.ContainsFunc(q.Chapters, func(id string) bool { return slices.Contains(other.Chapters, id) })
}

func (c *checker) wording() {
	used := map[string]bool{}
	for _, tier := range c.Tiers {
		for _, q := range tier.Requires {
			used[q.Kind] = true
		}
	}
	for _, kind := range Kinds {
		p := c.Wording.phrases(kind)
		for _, s := range p.list() {
			at := []any{"wording", kind, s.name}
			if used[kind] && s.text == "" && slices.Contains(needed[kind], s.name) {
				c.report("AL7008", "write the sentence", []any{"wording", kind}, "%s has no sentence %s", kind, s.name)
			}
			c.slots(s.text, kindSlots[kind], at)
		}
	}
	c.slots(c.Wording.Chapter, []string{"id", "title"}, []any{"wording", "chapter"})
	c.slots(c.Wording.Scored, []string{"chapter", "best"}, []any{"wording", "scored"})
	for _, id := range factIDs {
		c.slots(c.Facts[id].Value, []string{"value"}, []any{"facts", id, "value"})
	}
}

// slots reports slots that nothing fills.
func (c *checker) slots(sentence string, known []string, at []any) {
	for _, slot := range slotForm.FindAllStringSubmatch(sentence, -1) {
		if !slices.Contains(known, slot[1]) {
			c.report("AL7009", fmt.Sprintf("use one of %v", known), at, "nothing fills %s here", slot[0])
		}
	}
}
