package discourse

import (
	"fmt"
	"slices"

	"agentladder/course/pack"
)

// Eval says whether the condition holds in the whole chat, and shows the words that make it hold.
func (c Condition) Eval(chat Chat) (bool, []Evidence) {
	return c.eval(chat, -1)
}

// EvalTurn is Eval with only turn i (0-based) to look at: a signal condition asks that turn alone, whoever must
// say it. The order words still look at the whole chat.
func (c Condition) EvalTurn(chat Chat, i int) (bool, []Evidence) {
	return c.eval(chat, i)
}

func (c Condition) eval(chat Chat, only int) (bool, []Evidence) {
	switch {
	case len(c.All) > 0:
		var all []Evidence
		for _, part := range c.All {
			ok, found := part.eval(chat, only)
			if !ok {
				return false, nil
			}
			all = append(all, found...)
		}
		return true, all
	case len(c.Any) > 0:
		for _, part := range c.Any {
			if ok, found := part.eval(chat, only); ok {
				return true, found
			}
		}
		return false, nil
	case c.Not != nil:
		ok, _ := c.Not.eval(chat, only)
		return !ok, nil
	}
	return c.signal(chat, only)
}

// place is a turn and a rune in it.
type place struct{ turn, rune int }

func (p place) before(q place) bool { return p.turn < q.turn || p.turn == q.turn && p.rune < q.rune }

func (c Condition) signal(chat Chat, only int) (bool, []Evidence) {
	if c.Signal == "" {
		return false, nil
	}
	by := c.By
	if by == "" {
		by = Agent
	}
	after, hasAfter := place{}, false
	if c.After != "" {
		if after, hasAfter = firstPlace(chat, c.After, ""); !hasAfter {
			return false, nil
		}
	}
	limit, hasLimit := place{}, false
	if c.Before != "" {
		limit, hasLimit = firstPlace(chat, c.Before, Agent)
	}
	var found []Evidence
	turns := 0
	for _, i := range c.Where.turns(chat, by) {
		if only >= 0 && i != only || hasAfter && i < after.turn {
			continue
		}
		said := false
		for _, s := range chat.Readings[i].Signals {
			at := place{i, s.Span.Start}
			if s.Frame != c.Signal || s.Polarity != Asserted || hasLimit && !at.before(limit) {
				continue
			}
			said = true
			found = append(found, EvidenceOf(chat.Turns[i], s))
		}
		if said {
			turns++
		}
	}
	if turns < max(1, c.AtLeast) {
		return false, nil
	}
	return true, found
}

// turns lists the indexes of the turns of one side that a place names.
func (w Where) turns(chat Chat, by Role) []int {
	var all []int
	for i, t := range chat.Turns {
		if t.Role == by && i < len(chat.Readings) {
			all = append(all, i)
		}
	}
	if len(all) == 0 {
		return nil
	}
	switch w {
	case WhereFirst:
		return all[:1]
	case WhereLast:
		return all[len(all)-1:]
	}
	return all
}

// firstPlace finds where a frame is first asserted, by one side or (role empty) by either.
func firstPlace(chat Chat, frame string, by Role) (place, bool) {
	for i, r := range chat.Readings {
		if by != "" && chat.Turns[i].Role != by {
			continue
		}
		if s, ok := r.First(frame); ok {
			return place{i, s.Span.Start}, true
		}
	}
	return place{}, false
}

// Check reports what makes the condition meaningless: not exactly one form, unknown frames, order words without a signal.
func (c Condition) Check(doc pack.Document, lex *Lexicon, path ...any) pack.Diagnostics {
	at := func(more ...any) []any { return append(slices.Clone(path), more...) }
	forms := 0
	for _, set := range []bool{c.Signal != "", len(c.All) > 0, len(c.Any) > 0, c.Not != nil} {
		if set {
			forms++
		}
	}
	if forms != 1 {
		return pack.Diagnostics{doc.Report("AL1020", "a condition is exactly one of signal, all, any, not", "keep one of the four", path...)}
	}
	var ds pack.Diagnostics
	known := func(frame, field string) {
		if frame != "" && !lex.Defines(frame) {
			ds = append(ds, doc.Report("AL1021", fmt.Sprintf("no lexicon defines frame %s", frame), "correct the name, or add the frame to a lexicon", at(field)...))
		}
	}
	known(c.Signal, "signal")
	known(c.After, "after")
	known(c.Before, "before")
	if c.Signal == "" && (c.By != "" || c.Where != "" || c.AtLeast != 0 || c.After != "" || c.Before != "") {
		ds = append(ds, doc.Report("AL1020", "by, where, at_least, after and before belong to a signal", "move them into the signal condition", path...))
	}
	if c.By != "" && c.By != Agent && c.By != Buyer {
		ds = append(ds, doc.Report("AL1022", fmt.Sprintf("by is %q", c.By), "write agent or buyer", at("by")...))
	}
	if c.Where != "" && c.Where != WhereAny && c.Where != WhereFirst && c.Where != WhereLast {
		ds = append(ds, doc.Report("AL1022", fmt.Sprintf("where is %q", c.Where), "write any, first or last", at("where")...))
	}
	if c.AtLeast < 0 {
		ds = append(ds, doc.Report("AL1022", "at_least is negative", "count turns from 1", at("at_least")...))
	}
	for i, part := range c.All {
		ds = append(ds, part.Check(doc, lex, at("all", i)...)...)
	}
	for i, part := range c.Any {
		ds = append(ds, part.Check(doc, lex, at("any", i)...)...)
	}
	if c.Not != nil {
		ds = append(ds, c.Not.Check(doc, lex, at("not")...)...)
	}
	return ds
}
