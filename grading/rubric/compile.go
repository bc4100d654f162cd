package rubric

import (
	"fmt"
	"slices"

	"agentladder/course/pack"
	"agentladder/grading/discourse"
	"agentladder/grading/rules"
)

// Compile decodes and checks the rubric among docs: exactly one id; of several versions the newest.
// The rubric is usable only when there are no errors. LinkRules completes the check once the rules are known.
func Compile(docs []pack.Document, lex *discourse.Lexicon) (*Rubric, pack.Diagnostics) {
	doc, ds := newest(docs, pack.KindRubric)
	if ds.HasErrors() {
		return nil, ds
	}
	r := &Rubric{doc: doc}
	if ds = doc.Decode(r); ds.HasErrors() {
		return nil, ds
	}
	c := checker{Rubric: r, lex: lex}
	c.parts()
	c.severities()
	c.criteria()
	c.triggers()
	c.coach()
	c.frames(r.Discount.Keep, "discount", "keep")
	if ds = append(ds, c.found...); ds.HasErrors() {
		return nil, ds.Sorted()
	}
	return r, ds.Sorted()
}

func newest(docs []pack.Document, kind pack.Kind) (pack.Document, pack.Diagnostics) {
	all := pack.Of(docs, kind)
	if len(all) == 0 {
		return pack.Document{}, pack.Diagnostics{{ID: "AL3001", Severity: pack.Error, Position: pack.Position{Path: pack.Folder(kind)},
			Message: fmt.Sprintf("there is no %s", kind), Fix: fmt.Sprintf("add one to %s/", pack.Folder(kind))}}
	}
	best := all[0]
	for _, doc := range all[1:] {
		if doc.ID != best.ID {
			return doc, pack.Diagnostics{doc.Report("AL3001", fmt.Sprintf("a second %s; the first is %s", kind, best.At("id")),
				"keep one id and count its version up", "id")}
		}
		if doc.Version > best.Version {
			best = doc
		}
	}
	return best, nil
}

// checker collects what is wrong with a decoded rubric.
type checker struct {
	*Rubric
	lex   *discourse.Lexicon
	found pack.Diagnostics
}

func (c *checker) report(id, message, fix string, path ...any) {
	c.found = append(c.found, c.doc.Report(id, message, fix, path...))
}

func (c *checker) once(seen map[string]bool, what, id string, path ...any) {
	if seen[id] {
		c.report("AL3003", what+" "+id+" is there twice", "keep one of them, or rename one", path...)
	}
	seen[id] = true
}

func (c *checker) parts() {
	known := []string{Attitude, RulesPart, Resolution, Timeliness}
	seen, sum := map[string]bool{}, 0
	for i, p := range c.Parts {
		c.once(seen, "part", p.ID, "parts", i, "id")
		if !slices.Contains(known, p.ID) {
			c.report("AL3009", p.ID+" is not a part of a score", "the parts are attitude, rules, resolution and timeliness", "parts", i, "id")
		}
		sum += p.Weight
	}
	for _, id := range known {
		if !seen[id] {
			c.report("AL3009", "the part "+id+" is missing", "add it; weight 0 leaves it out of the score", "parts")
		}
	}
	if sum != 100 {
		c.report("AL3002", fmt.Sprintf("the weights of the parts sum to %d", sum), "make them sum to 100", "parts")
	}
	if c.PassLine < 0 || c.PassLine > 100 {
		c.report("AL3010", "the pass line is outside 0 to 100", "points are out of 100", "pass_line")
	}
	if len(c.LevelPercent) != TopLevel+1 || !slices.IsSorted(c.LevelPercent) || c.LevelPercent[0] != 0 || c.LevelPercent[TopLevel] != 100 {
		c.report("AL3004", "level_percent does not rise from 0 to 100", "write four shares, for levels 0, 1, 2 and 3", "level_percent")
	}
}

func (c *checker) severities() {
	seen := map[string]bool{}
	for i, s := range c.Severities {
		c.once(seen, "severity", string(s.ID), "severities", i, "id")
	}
	for _, id := range []rules.Severity{rules.Fatal, rules.Severe, rules.Medium, rules.Minor} {
		if !seen[string(id)] {
			c.report("AL3010", fmt.Sprintf("the severity %s is missing", id), "say what it deducts", "severities")
		}
	}
}

func (c *checker) condition(when discourse.Condition, path ...any) {
	c.found = append(c.found, when.Check(c.doc, c.lex, path...)...)
}

func (c *checker) frames(frames []string, path ...any) {
	for i, frame := range frames {
		c.frame(frame, append(slices.Clone(path), i)...)
	}
}

func (c *checker) frame(frame string, path ...any) {
	if !c.lex.Defines(frame) {
		c.report("AL3005", "no lexicon defines frame "+frame, "correct the name, or add the frame to a lexicon", path...)
	}
}

func (c *checker) criteria() {
	seen, sum := map[string]bool{}, 0
	for i, x := range c.Criteria {
		c.once(seen, "criterion", x.ID, "criteria", i, "id")
		sum += x.Weight
		if x.Due != nil {
			c.condition(*x.Due, "criteria", i, "due")
			if x.WhyNotDue == "" {
				c.report("AL3011", "it is not always due, but nothing says why not", "add why_not_due", "criteria", i, "due")
			}
		}
		below := TopLevel + 1
		for j, l := range x.Levels {
			if l.Level >= below || l.Level < 1 {
				c.report("AL3004", fmt.Sprintf("level %d comes after level %d", l.Level, below), "list levels 3, 2, 1 in this order", "criteria", i, "levels", j, "level")
			}
			below = l.Level
			c.condition(l.When, "criteria", i, "levels", j, "when")
			c.frames(l.Spread.Frames, "criteria", i, "levels", j, "spread", "frames")
		}
		if len(x.Levels) == 0 || x.Levels[0].Level != TopLevel {
			c.report("AL3004", "nothing reaches level 3", "begin with level 3", "criteria", i, "levels")
		}
		for j, l := range x.Caps {
			if l.Level < 0 || l.Level >= TopLevel {
				c.report("AL3004", fmt.Sprintf("a cap at level %d", l.Level), "cap at 0, 1 or 2", "criteria", i, "caps", j, "level")
			}
			c.condition(l.When, "criteria", i, "caps", j, "when")
		}
	}
	if sum != 100 {
		c.report("AL3002", fmt.Sprintf("the weights of the criteria sum to %d", sum), "make them sum to 100", "criteria")
	}
}

func (c *checker) triggers() {
	seen := map[string]bool{}
	for i, x := range c.Caps {
		c.once(seen, "cap", x.ID, "caps", i, "id")
		c.trigger(x.When, "caps", i, "when")
		if (x.Total == nil) == (len(x.Zero) == 0) {
			c.report("AL3006", "a cap has exactly one of total and zero", "keep one of them", "caps", i)
		}
		for j, id := range x.Zero {
			c.knownCriterion(id, "caps", i, "zero", j)
		}
	}
	seen = map[string]bool{}
	for i, x := range c.AutoFails {
		c.once(seen, "auto-fail", x.ID, "auto_fails", i, "id")
		c.trigger(x.When, "auto_fails", i, "when")
	}
}

func (c *checker) trigger(t Trigger, path ...any) {
	forms := 0
	for _, set := range []bool{t.Severity != "", t.Rule != "", t.SubRule != "", t.DistinctSevere > 0, t.Chat != nil, t.Silent, t.BuyerLeft, t.UnansweredEnd != nil} {
		if set {
			forms++
		}
	}
	if forms != 1 {
		c.report("AL3006", "a trigger is exactly one of severity, rule, sub_rule, distinct_severe, chat, silent, unanswered_end", "keep one of them", path...)
	}
	if t.Severity != "" && !slices.Contains([]rules.Severity{rules.Fatal, rules.Severe, rules.Medium, rules.Minor}, t.Severity) {
		c.report("AL3010", fmt.Sprintf("%s is not a severity", t.Severity), "write FATAL, SEVERE, MEDIUM or MINOR", append(slices.Clone(path), "severity")...)
	}
	if t.Chat != nil {
		c.condition(*t.Chat, append(slices.Clone(path), "chat")...)
	}
	if t.UnansweredEnd != nil {
		c.frames(t.UnansweredEnd.Except, append(slices.Clone(path), "unanswered_end", "except")...)
	}
}

func (c *checker) knownCriterion(id string, path ...any) {
	if _, ok := c.Criterion(id); !ok {
		c.report("AL3008", "there is no criterion "+id, "correct the id", path...)
	}
}

func (c *checker) coach() {
	for field, notes := range map[string][]CoachNote{"landed": c.Coach.Landed, "cost": c.Coach.Cost} {
		for i, n := range notes {
			c.frame(n.Signal, "coach", field, i, "signal")
			c.knownCriterion(n.Criterion, "coach", field, i, "criterion")
		}
	}
	for i, m := range c.Coach.Missed {
		c.frames(m.After, "coach", "missed", i, "after")
		c.frames(m.Unless, "coach", "missed", i, "unless")
		c.knownCriterion(m.Criterion, "coach", "missed", i, "criterion")
	}
}

// Book finds a rule by number, name or the id of one of its sub-rules. *rules.Book is one.
type Book interface {
	Find(id string) (rules.Rule, bool)
}

// LinkRules reports rules that the book does not have.
func (r *Rubric) LinkRules(book Book) pack.Diagnostics {
	var ds pack.Diagnostics
	for i, x := range r.Caps {
		ds = append(ds, unknownRule(r.doc, book, x.When.Rule, "caps", i, "when", "rule")...)
		ds = append(ds, unknownRule(r.doc, book, x.When.SubRule, "caps", i, "when", "sub_rule")...)
	}
	for i, x := range r.AutoFails {
		ds = append(ds, unknownRule(r.doc, book, x.When.Rule, "auto_fails", i, "when", "rule")...)
		ds = append(ds, unknownRule(r.doc, book, x.When.SubRule, "auto_fails", i, "when", "sub_rule")...)
	}
	return ds
}

func unknownRule(doc pack.Document, book Book, id string, path ...any) pack.Diagnostics {
	if id == "" {
		return nil
	}
	if _, ok := book.Find(id); ok {
		return nil
	}
	return pack.Diagnostics{doc.Report("AL3007", "no rule document defines "+id, "correct the id, or add the rule", path...)}
}
