package bundle

import (
	"cmp"
	"fmt"
	"slices"

	"agentladder/course/curriculum"
	"agentladder/course/lesson"
	"agentladder/course/pack"
	"agentladder/exam/scenario"
	"agentladder/grading/discourse"
	"agentladder/grading/rubric"
	"agentladder/grading/rules"
	"agentladder/grading/score"
)

// Load compiles documents into a bundle. It goes on after errors, so that one call finds them all; the bundle is
// nil when there are any. Of scenarios and lessons in several versions the newest holds.
func Load(docs []pack.Document) (*Bundle, pack.Diagnostics) {
	l := &loader{b: &Bundle{lessons: map[string]lesson.Lesson{}, digest: digestOf(docs)}}
	l.grading(docs)
	l.lessons(docs)
	l.scenarios(docs)
	l.link()
	_, course := curriculum.Compile(docs)
	l.note(course)
	l.found = slices.Compact(l.found.Sorted()) // lessons are read twice
	if l.found.HasErrors() {
		return nil, l.found
	}
	l.b.engine = &score.Engine{Lexicon: l.b.lexicon, Book: l.b.book, Rubric: l.b.rubric, Platform: l.b.platforms}
	return l.b, l.found
}

type loader struct {
	b         *Bundle
	found     pack.Diagnostics
	lessonAt  map[string]pack.Document
	cases     []pack.Document // of b.scenarios, by index
	ruleDocs  []pack.Document
	rubricDoc []pack.Document
}

func (l *loader) note(ds pack.Diagnostics) bool {
	l.found = append(l.found, ds...)
	return !ds.HasErrors()
}

// grading compiles lexicon, rules, rubric and platforms. What needs a broken lexicon is left for the next run.
func (l *loader) grading(docs []pack.Document) {
	l.ruleDocs, l.rubricDoc = pack.Of(docs, pack.KindRules), pack.Of(docs, pack.KindRubric)
	if len(pack.Of(docs, pack.KindLexicon)) == 0 {
		l.note(pack.Diagnostics{{ID: "AL6005", Severity: pack.Error, Position: pack.Position{Path: pack.Folder(pack.KindLexicon)},
			Message: "there is no lexicon", Fix: "add one, or load the pack that has it"}})
		return
	}
	lex, ds := discourse.Compile(docs)
	readable := l.note(ds)
	l.b.lexicon = lex
	if !readable {
		return
	}
	book, ds := rules.Compile(docs, lex)
	l.note(ds)
	l.b.book = book
	r, ds := rubric.Compile(docs, lex)
	if l.note(ds) {
		l.b.rubric = r
		l.note(r.LinkRules(book))
	}
	p, ds := rubric.CompilePlatforms(docs)
	if l.note(ds) {
		l.b.platforms = p
		l.note(p.LinkRules(book))
	}
}

func (l *loader) lessons(docs []pack.Document) {
	l.lessonAt = map[string]pack.Document{}
	for _, doc := range newest(docs, pack.KindLesson) {
		if unit, ds := lesson.Decode(doc); l.note(ds) {
			l.b.lessons[unit.ID] = unit
			l.lessonAt[unit.ID] = doc
		}
	}
}

func (l *loader) scenarios(docs []pack.Document) {
	type entry struct {
		sc  *scenario.Scenario
		doc pack.Document
	}
	var all []entry
	for _, doc := range newest(docs, pack.KindScenario) {
		if sc, ds := scenario.Decode(doc); l.note(ds) {
			l.note(sc.Check(doc, l.b.lexicon))
			all = append(all, entry{sc, doc})
		}
	}
	slices.SortStableFunc(all, func(a, b entry) int {
		return cmp.Or(cmp.Compare(a.sc.Difficulty, b.sc.Difficulty), cmp.Compare(a.sc.ID, b.sc.ID))
	})
	for _, e := range all {
		l.b.scenarios = append(l.b.scenarios, e.sc)
		l.cases = append(l.cases, e.doc)
	}
}

// newest keeps the highest version of each id, by id.
func newest(docs []pack.Document, kind pack.Kind) []pack.Document {
	best := map[string]pack.Document{}
	for _, d := range pack.Of(docs, kind) {
		if old, ok := best[d.ID]; !ok || d.Version > old.Version {
			best[d.ID] = d
		}
	}
	out := make([]pack.Document, 0, len(best))
	for _, d := range best {
		out = append(out, d)
	}
	slices.SortFunc(out, func(a, b pack.Document) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

// link reports references between documents that lead nowhere.
func (l *loader) link() {
	l.linkScenarios()
	l.linkLessons()
	l.linkRules()
	l.linkRubric()
}

// linkScenarios: AL6001 rubric, AL6002 platform, AL6003 lesson of a step, AL6006 what a fact allows.
func (l *loader) linkScenarios() {
	for i, sc := range l.b.scenarios {
		doc := l.cases[i]
		if l.b.rubric != nil && sc.Rubric != l.b.rubric.ID {
			l.report(doc, "AL6001", "name the rubric of the pack", []any{"rubric"}, "no rubric has the id %s", sc.Rubric)
		}
		if _, ok := l.b.platforms.Platform(sc.Platform); l.b.platforms != nil && !ok {
			l.report(doc, "AL6002", "name a platform of the platform pack", []any{"platform"}, "no platform has the id %s", sc.Platform)
		}
		for j, st := range sc.Steps {
			l.lesson(doc, st.Lesson, "steps", j, "lesson")
		}
		for j, f := range sc.Facts {
			for k, name := range f.Allows {
				if !l.allowable(name) {
					l.report(doc, "AL6006", "name a sub-rule or a frame", []any{"facts", j, "allows", k}, "the fact allows %s, which nothing defines", name)
				}
			}
		}
	}
}

func (l *loader) allowable(name string) bool {
	if l.b.book == nil || l.b.lexicon == nil || l.b.lexicon.Defines(name) {
		return true
	}
	_, ok := l.b.book.Find(name)
	return ok
}

// linkLessons: AL6004 a lesson that teaches or is practised in something unknown.
func (l *loader) linkLessons() {
	for id, doc := range l.lessonAt {
		unit := l.b.lessons[id]
		for i, sc := range unit.Scenarios {
			if _, ok := l.b.Scenario(sc); !ok {
				l.found = append(l.found, doc.Warn("AL6004", "the lesson is practised in "+sc+", which is not in the pack", "add the scenario, or take the id out", "scenarios", i))
			}
		}
		for i, what := range unit.Teaches {
			if !l.teachable(what) {
				l.found = append(l.found, doc.Warn("AL6004", "the lesson teaches "+what+", which is not in the pack", "correct the id, or take it out", "teaches", i))
			}
		}
	}
}

func (l *loader) teachable(what string) bool {
	if l.b.book == nil || l.b.rubric == nil || what == string(score.Timeliness) || what == string(score.Resolution) {
		return true
	}
	if _, ok := l.b.book.Find(what); ok {
		return true
	}
	_, ok := l.b.rubric.Criterion(what)
	return ok
}

func (l *loader) linkRules() {
	if l.b.book == nil {
		return
	}
	for _, doc := range l.ruleDocs {
		var file struct {
			Rules []struct {
				Lesson string `yaml:"lesson"`
			} `yaml:"rules"`
		}
		if doc.Decode(&file).HasErrors() {
			continue // reported when the rules were compiled
		}
		for i, r := range file.Rules {
			l.lesson(doc, r.Lesson, "rules", i, "lesson")
		}
	}
}

func (l *loader) linkRubric() {
	if l.b.rubric == nil {
		return
	}
	for _, doc := range l.rubricDoc {
		if doc.ID != l.b.rubric.ID || doc.Version != l.b.rubric.Version {
			continue
		}
		for i, c := range l.b.rubric.Criteria {
			l.lesson(doc, c.Lesson, "criteria", i, "lesson")
		}
	}
}

// lesson: AL6003 a lesson that does not exist.
func (l *loader) lesson(doc pack.Document, id string, path ...any) {
	if _, ok := l.b.lessons[id]; id != "" && !ok {
		l.report(doc, "AL6003", "add the lesson, or name another", path, "no lesson has the id %s", id)
	}
}

func (l *loader) report(doc pack.Document, id, fix string, path []any, format string, args ...any) {
	l.found = append(l.found, doc.Report(id, fmt.Sprintf(format, args...), fix, path...))
}
