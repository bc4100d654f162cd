package main

import (
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"agentladder/course/library"
	"agentladder/course/pack"
	"agentladder/exam/bundle"
	"agentladder/exam/scenario"
	"agentladder/grading/discourse"
	"agentladder/grading/rubric"
	"agentladder/grading/rules"
)

const (
	faultsShown   = 70  // percent of the bad examples of the lessons that the grader recognises, at least
	longestLine   = 60  // characters that a buyer types in one bubble, at most
	quickSeeds    = 16  // cases of a scenario in which its quick phrases are tried
	pairsAtLeast  = 40  // rows of the lessons' tables; fewer means that the test reads them wrongly
	betterAtLeast = 50  // wordings offered by rules and rubrics; fewer means the same
	linesAtLeast  = 100 // lines of a buyer; fewer means the same
)

// shipped reads every shipped pack and compiles the documents together. Findings are failures.
func shipped(t *testing.T) ([]pack.Document, *bundle.Bundle) {
	t.Helper()
	docs := libraryDocuments(t)
	b, found := bundle.Load(docs)
	require.False(t, found.HasErrors(), "%v", found)
	return docs, b
}

func libraryDocuments(t *testing.T) []pack.Document {
	t.Helper()
	var docs []pack.Document
	for _, root := range library.Shipped() {
		p, found := pack.Read(root)
		require.False(t, found.HasErrors(), "%v", found)
		docs = append(docs, p.Documents...)
	}
	return docs
}

// violations names the sub-rules that one agent reply breaks, each with the words that show it.
func violations(b *bundle.Bundle, c rules.Case, reply string) []string {
	c.Chat = b.Lexicon().ReadChat([]discourse.Turn{{Seq: 1, Role: discourse.Agent, Text: reply}})
	var out []string
	for _, v := range b.Engine().Book.Check(c) {
		out = append(out, fmt.Sprintf("%s 「%s」", v.SubRule, v.Evidence.Quote))
	}
	return out
}

// disputed are sentences of the shipped packs that the grader is known to misread: what it hears, and why that is wrong.
// An entry goes as soon as lexicon or wording is mended; the tests log those that have become needless.
var disputed = map[string]string{
	"没有权限也可以接：“我现在请示主管，半小时内回您。”": "no_power: a remark about the wording stands in front of the wording",
}

// logNeedless names the disputed sentences that are shipped no more or no longer misread.
func logNeedless(t *testing.T, docs []pack.Document, b *bundle.Bundle) {
	t.Helper()
	for sentence := range disputed {
		gone := !slices.ContainsFunc(docs, func(d pack.Document) bool { return strings.Contains(string(d.Body), sentence) })
		if gone || len(violations(b, rules.Case{}, sentence)) == 0 && len(faults(b, sentence)) == 0 {
			t.Logf("need not be disputed any longer: %s", sentence)
		}
	}
}

// undisputed drops what is said about disputed sentences.
func undisputed(sentence string, findings []string) []string {
	if _, known := disputed[sentence]; known {
		return nil
	}
	return findings
}

// faultFrames are the frames that the rubric holds against an agent: those that count even in a dump of phrases,
// those that cap a criterion, and those that the coach says cost something.
func faultFrames(r *rubric.Rubric) []string {
	found := map[string]bool{}
	for _, frame := range r.Discount.Keep {
		found[frame] = true
	}
	for _, note := range r.Coach.Cost {
		found[note.Signal] = true
	}
	for _, criterion := range r.Criteria {
		for _, limit := range criterion.Caps {
			signalsOf(limit.When, found)
		}
	}
	return slices.Sorted(maps.Keys(found))
}

// signalsOf collects the frames whose assertion makes a condition hold; what stands under not does the opposite.
func signalsOf(c discourse.Condition, into map[string]bool) {
	if c.Signal != "" && c.By != discourse.Buyer {
		into[c.Signal] = true
	}
	for _, sub := range append(slices.Clone(c.All), c.Any...) {
		signalsOf(sub, into)
	}
}

// faults names the fault frames that one agent reply asserts.
func faults(b *bundle.Bundle, reply string) []string {
	reading := b.Lexicon().ReadChat([]discourse.Turn{{Seq: 1, Role: discourse.Agent, Text: reply}}).Readings[0]
	var out []string
	for _, frame := range faultFrames(b.Engine().Rubric) {
		if s, ok := reading.First(frame); ok {
			out = append(out, fmt.Sprintf("%s 「%s」", frame, s.Quote))
		}
	}
	return out
}

// pair is one row of a lesson's table.
type pair struct {
	at        pack.Position
	bad, good string // without remarks; empty when the cell is only a remark
}

var remark = regexp.MustCompile(`（[^（）]*）`)

// pairsOf reads the tables whose second column says what to say instead.
func pairsOf(doc pack.Document) []pair {
	var out []pair
	inTable := false
	offset := 0
	for line := range strings.Lines(doc.Markdown()) {
		at := doc.MarkdownAt(offset)
		offset += len(line)
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		switch {
		case !strings.HasPrefix(strings.TrimSpace(line), "|") || len(cells) != 2:
			inTable = false
		case strings.TrimSpace(cells[0]) == "别这样说" && strings.TrimSpace(cells[1]) == "可以这样说":
			inTable = true
		case inTable && strings.Trim(line, "|-: \r\n") != "":
			spoken := func(cell string) string { return strings.TrimSpace(remark.ReplaceAllString(cell, "")) }
			out = append(out, pair{at: at, bad: spoken(cells[0]), good: spoken(cells[1])})
		}
	}
	return out
}

// TestLessonsAreHonest holds what lessons teach against what the grader does.
func TestLessonsAreHonest(t *testing.T) {
	t.Parallel()
	docs, b := shipped(t)
	var pairs []pair
	for _, doc := range pack.Of(docs, pack.KindLesson) {
		own := pairsOf(doc)
		require.NotEmpty(t, own, "%s teaches no pair of what to say and what not", doc.Path)
		pairs = append(pairs, own...)
	}
	require.GreaterOrEqual(t, len(pairs), pairsAtLeast)

	t.Run("what a lesson recommends breaks no rule", func(t *testing.T) {
		t.Parallel()
		var broken []string
		for _, p := range pairs {
			require.NotEmpty(t, p.good, "%s recommends nothing", p.at)
			for _, v := range undisputed(p.good, violations(b, rules.Case{}, p.good)) {
				broken = append(broken, fmt.Sprintf("%s: %s breaks %s", p.at, p.good, v))
			}
		}
		require.Empty(t, broken)
	})
	t.Run("what a lesson recommends is no fault", func(t *testing.T) {
		t.Parallel()
		var found []string
		for _, p := range pairs {
			for _, f := range undisputed(p.good, faults(b, p.good)) {
				found = append(found, fmt.Sprintf("%s: %s is held to be %s", p.at, p.good, f))
			}
		}
		require.Empty(t, found)
	})
	t.Run("most of what a lesson warns of is recognised", func(t *testing.T) {
		t.Parallel()
		spoken, missed := 0, []string{}
		for _, p := range pairs {
			if p.bad == "" {
				continue
			}
			spoken++
			if len(violations(b, rules.Case{}, p.bad)) == 0 && len(faults(b, p.bad)) == 0 {
				missed = append(missed, fmt.Sprintf("%s: %s", p.at, p.bad))
			}
		}
		t.Logf("%d of %d bad examples are not recognised:\n%s", len(missed), spoken, strings.Join(missed, "\n"))
		require.GreaterOrEqual(t, 100*(spoken-len(missed)), faultsShown*spoken)
	})
}

// told is one text of a document with its place.
type told struct {
	at   pack.Position
	text string
	path []any
}

// textsUnder lists every text that stands in a field of one of the names, at any depth, in reading order.
func textsUnder(t *testing.T, doc pack.Document, names []string) []told {
	t.Helper()
	var body map[string]any
	require.Empty(t, doc.Decode(&body))
	var out []told
	var walk func(v any, within bool, path []any)
	walk = func(v any, within bool, path []any) {
		switch v := v.(type) {
		case string:
			if within {
				out = append(out, told{at: doc.At(path...), text: v, path: slices.Clone(path)})
			}
		case []any:
			for i, item := range v {
				walk(item, within, append(slices.Clone(path), i))
			}
		case map[string]any:
			for name, field := range v {
				walk(field, within || slices.Contains(names, name), append(slices.Clone(path), name))
			}
		}
	}
	walk(body, false, nil)
	slices.SortFunc(out, func(a, b told) int { return 10_000*(a.at.Line-b.at.Line) + a.at.Column - b.at.Column })
	return out
}

// TestQuickPhrases holds the words that the program itself offers against its rules.
func TestQuickPhrases(t *testing.T) {
	t.Parallel()
	docs, b := shipped(t)
	logNeedless(t, docs, b)

	t.Run("no quick phrase breaks a rule or is a fault", func(t *testing.T) {
		t.Parallel()
		for _, sc := range b.Scenarios() {
			require.NotEmpty(t, sc.QuickPhrases, sc.ID)
			for seed := range uint64(quickSeeds) {
				c := sc.Vary(seed)
				for i, phrase := range c.QuickPhrases {
					require.NotContains(t, phrase, "{", "%s quick phrase %d", sc.ID, i+1)
					require.Empty(t, violations(b, rules.Case{Stage: sc.Stage, Platform: sc.Platform, Facts: c.Facts}, phrase), "%s quick phrase %d: %s", sc.ID, i+1, phrase)
					require.Empty(t, faults(b, phrase), "%s quick phrase %d: %s", sc.ID, i+1, phrase)
				}
			}
		}
	})
	t.Run("no better wording breaks a rule", func(t *testing.T) {
		t.Parallel()
		tried, broken := 0, []string{}
		for _, doc := range docs {
			for _, better := range textsUnder(t, doc, []string{"better"}) {
				tried++
				for _, v := range undisputed(better.text, violations(b, rules.Case{}, better.text)) {
					broken = append(broken, fmt.Sprintf("%s: %s breaks %s", better.at, better.text, v))
				}
			}
		}
		require.Empty(t, broken)
		require.GreaterOrEqual(t, tried, betterAtLeast)
	})
	t.Run("no better wording is a fault", func(t *testing.T) {
		t.Parallel()
		var found []string
		for _, doc := range docs {
			for _, better := range textsUnder(t, doc, []string{"better"}) {
				for _, f := range undisputed(better.text, faults(b, better.text)) {
					found = append(found, fmt.Sprintf("%s: %s is held to be %s", better.at, better.text, f))
				}
			}
		}
		require.Empty(t, found)
	})
}

// lineFields are the names of the fields that hold what a buyer says: found by their type, so that a new one is not forgotten.
func lineFields() []string {
	names := map[string]bool{"says": true} // of an opening, a plain list
	seen := map[reflect.Type]bool{}
	var walk func(t reflect.Type)
	walk = func(t reflect.Type) {
		for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
			t = t.Elem()
		}
		if t.Kind() != reflect.Struct || seen[t] {
			return
		}
		seen[t] = true
		for field := range t.Fields() {
			if field.Type == reflect.TypeFor[scenario.Lines]() {
				name, _, _ := strings.Cut(field.Tag.Get("yaml"), ",")
				names[name] = true
				continue
			}
			walk(field.Type)
		}
	}
	walk(reflect.TypeFor[scenario.Scenario]())
	return slices.Sorted(maps.Keys(names))
}

// halfWidth is a mark of Latin typing after a Han character, where the next thing is Han or the end.
var halfWidth = regexp.MustCompile(`\p{Han}\s*[,.!?;:]+\s*(\p{Han}|$)`)

// lineFaults says what is wrong with the form of one line, slots filled with their longest values.
func lineFaults(line string) []string {
	var out []string
	if n := utf8.RuneCountInString(line); n > longestLine {
		out = append(out, fmt.Sprintf("has %d characters, more than %d", n, longestLine))
	}
	if mark := halfWidth.FindString(line); mark != "" {
		out = append(out, fmt.Sprintf("has a half-width mark in %q", mark))
	}
	if strings.TrimSpace(line) == "" || strings.TrimSpace(line) != line {
		out = append(out, "is blank or has blanks around it")
	}
	return out
}

// TestBuyersLines checks the form of everything that buyers can say.
func TestBuyersLines(t *testing.T) {
	t.Parallel()
	docs := libraryDocuments(t)
	fields := lineFields()
	require.Subset(t, fields, []string{"lines", "acks", "press", "bad_lines", "nudges", "not_understood", "solved", "bye", "says"})

	t.Run("every fault of form is seen", func(t *testing.T) {
		t.Parallel()
		for _, line := range []string{"在吗?", "你好,在吗", "好的. 谢谢", strings.Repeat("长", longestLine+1), " 在吗", ""} {
			require.Len(t, lineFaults(line), 1, "%q", line)
		}
		for _, line := range []string{"在吗？", "500ml,750ml 哪个好", "到手 12.5 元", "ok.", strings.Repeat("长", longestLine)} {
			require.Empty(t, lineFaults(line), "%q", line)
		}
	})
	for _, doc := range pack.Of(docs, pack.KindScenario) {
		t.Run(doc.ID, func(t *testing.T) {
			t.Parallel()
			sc, found := scenario.Decode(doc)
			require.Empty(t, found)
			fill := longestFill(sc)
			lines := textsUnder(t, doc, fields)
			require.GreaterOrEqual(t, len(lines), linesAtLeast)
			var wrong []string
			first := map[string]told{}
			for _, line := range lines {
				for _, f := range lineFaults(fill.Replace(line.text)) {
					wrong = append(wrong, fmt.Sprintf("%s: %s %s", line.at, line.text, f))
				}
				key := strings.TrimSpace(line.text)
				// Openings exclude each other: only one is ever said, so they may begin alike.
				if other, taken := first[key]; taken && !(line.path[0] == "opening" && other.path[0] == "opening" && line.path[1] != other.path[1]) {
					wrong = append(wrong, fmt.Sprintf("%s: %s already stands at %s", line.at, line.text, other.at))
					continue
				}
				first[key] = line
			}
			require.Empty(t, wrong)
		})
	}
}

// longestFill puts the longest value of every slot.
func longestFill(sc *scenario.Scenario) *strings.Replacer {
	longest := map[string]string{}
	for _, set := range sc.Slots {
		for _, row := range set.Rows {
			for name, value := range row {
				if utf8.RuneCountInString(value) >= utf8.RuneCountInString(longest[name]) {
					longest[name] = value
				}
			}
		}
	}
	var pairs []string
	for name, value := range longest {
		pairs = append(pairs, "{"+name+"}", value)
	}
	return strings.NewReplacer(pairs...)
}
