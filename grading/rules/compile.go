package rules

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"agentladder/course/pack"
	"agentladder/grading/discourse"
)

// Compile builds the book from all documents of kind rules; other kinds are ignored. Every example in the
// documents is tried against the lexicon. The book is usable only when the diagnostics have no errors.
func Compile(docs []pack.Document, lex *discourse.Lexicon) (*Book, pack.Diagnostics) {
	b := &Book{byName: map[string]int{}}
	var ds pack.Diagnostics
	sum := sha256.New()
	for _, doc := range pack.Of(docs, pack.KindRules) {
		var f file
		found := doc.Decode(&f)
		ds = append(ds, found...)
		if found.HasErrors() {
			continue
		}
		fmt.Fprintf(sum, "%s %d %s\n", doc.ID, doc.Version, doc.Digest)
		for i, rule := range f.Rules {
			rule.Version = doc.Version
			ds = append(ds, b.admit(doc, rule, lex, i)...)
		}
	}
	slices.SortStableFunc(b.rules, func(a, b Rule) int { return cmp.Compare(a.ID, b.ID) })
	for i, rule := range b.rules {
		b.byName[rule.ID], b.byName[rule.Name] = i, i
		for _, sub := range rule.SubRules {
			b.byName[sub.ID] = i
		}
	}
	b.digest = hex.EncodeToString(sum.Sum(nil))
	return b, ds.Sorted()
}

// admit checks one rule and takes it in.
func (b *Book) admit(doc pack.Document, rule Rule, lex *discourse.Lexicon, i int) pack.Diagnostics {
	var ds pack.Diagnostics
	claim := func(id, what string, path ...any) {
		if _, taken := b.byName[id]; taken {
			ds = append(ds, doc.Report("AL2001", fmt.Sprintf("%s %s is already taken", what, id), "give each rule and sub-rule its own id and name", path...))
		}
		b.byName[id] = -1
	}
	claim(rule.ID, "rule", "rules", i, "id")
	claim(rule.Name, "name", "rules", i, "name")
	if len(rule.SubRules) == 0 {
		ds = append(ds, doc.Report("AL2002", fmt.Sprintf("rule %s has no sub-rules", rule.ID), "add one with a severity", "rules", i))
	}
	for j, sub := range rule.SubRules {
		claim(sub.ID, "sub-rule", "rules", i, "sub_rules", j, "id")
		ds = append(ds, checkSubRule(doc, rule, sub, lex, "rules", i, "sub_rules", j)...)
	}
	b.rules = append(b.rules, rule)
	return ds
}

func checkSubRule(doc pack.Document, rule Rule, sub SubRule, lex *discourse.Lexicon, path ...any) pack.Diagnostics {
	var ds pack.Diagnostics
	at := func(more ...any) []any { return append(slices.Clone(path), more...) }
	if !slices.Contains([]Severity{Fatal, Severe, Medium, Minor}, sub.Severity) {
		ds = append(ds, doc.Report("AL2003", fmt.Sprintf("severity %q is none", sub.Severity), "write FATAL, SEVERE, MEDIUM or MINOR", at("severity")...))
	}
	if len(sub.Hits) < 3 || len(sub.NearMisses) < 3 {
		ds = append(ds, doc.Report("AL2004", fmt.Sprintf("sub-rule %s has %d hits and %d near misses", sub.ID, len(sub.Hits), len(sub.NearMisses)), "give at least three of each", path...))
	}
	if len(sub.Better) < 3 {
		ds = append(ds, doc.Report("AL2005", fmt.Sprintf("sub-rule %s offers %d better wordings", sub.ID, len(sub.Better)), "give at least three", path...))
	}
	found := sub.When.Check(doc, lex, at("when")...)
	for k, e := range sub.Unless {
		set := 0
		for _, field := range []string{e.Same, e.Next, e.Fact} {
			if field != "" {
				set++
			}
		}
		if set != 1 {
			found = append(found, doc.Report("AL2008", "an excuse is exactly one of same_turn, next_turn, fact", "keep one of the three", at("unless", k)...))
		}
		for field, frame := range map[string]string{"same_turn": e.Same, "next_turn": e.Next} {
			if frame != "" && !lex.Defines(frame) {
				found = append(found, doc.Report("AL1021", fmt.Sprintf("no lexicon defines frame %s", frame), "correct the name, or add the frame to a lexicon", at("unless", k, field)...))
			}
		}
	}
	ds = append(ds, found...)
	if found.HasErrors() {
		return ds
	}
	alone := &Book{rules: []Rule{{ID: rule.ID, Name: rule.Name, SubRules: []SubRule{sub}}}}
	fires := func(reply string) bool {
		chat := lex.ReadChat([]discourse.Turn{{Seq: 1, Role: discourse.Agent, Text: reply}})
		return len(alone.Check(Case{Chat: chat})) > 0
	}
	for k, reply := range sub.Hits {
		if !fires(reply) {
			ds = append(ds, doc.Report("AL2006", fmt.Sprintf("%q should break %s and does not", reply, sub.ID), "extend the lexicon's frame, or correct the example", at("hits", k)...))
		}
	}
	for k, reply := range sub.NearMisses {
		if fires(reply) {
			ds = append(ds, doc.Report("AL2007", fmt.Sprintf("%q should not break %s and does", reply, sub.ID), "add the look-alike to the frame's except, or correct the example", at("near_misses", k)...))
		}
	}
	return ds
}
