package quiz

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/width"

	"agentladder/course/pack"
)

// check reports what is wrong within single questions, and prompts and ids that stand twice in the bank.
func check(doc pack.Document, bank Bank) pack.Diagnostics {
	c := checker{doc: doc}
	ids, prompts := map[string]int{}, map[string]int{}
	for i, q := range bank.Questions {
		if first, taken := ids[q.ID]; taken {
			c.report("AL8012", "give each question an id of its own", []any{"questions", i, "id"}, "question %s already stands at %s", q.ID, doc.At("questions", first, "id"))
		} else {
			ids[q.ID] = i
		}
		if first, taken := prompts[plain(q.Prompt)]; taken {
			c.report("AL8013", "ask something else, or take one out", []any{"questions", i, "prompt"}, "the same is asked at %s", doc.At("questions", first, "prompt"))
		} else {
			prompts[plain(q.Prompt)] = i
		}
		c.options(i, q)
		c.places(i, q)
	}
	return c.found.Sorted()
}

type checker struct {
	doc   pack.Document
	found pack.Diagnostics
}

func (c *checker) report(id, fix string, at []any, format string, args ...any) {
	c.found = append(c.found, c.doc.Report(id, fmt.Sprintf(format, args...), fix, at...))
}

// options: how many there are, how many are right, and whether two are the same.
func (c *checker) options(i int, q Question) {
	at := []any{"questions", i, "options"}
	right := 0
	texts := map[string]bool{}
	for j, o := range q.Options {
		if o.Right {
			right++
		}
		if texts[plain(o.Text)] {
			c.report("AL8017", "word it differently, or take it out", []any{"questions", i, "options", j, "text"}, "the option `%s` stands twice", o.Text)
		}
		texts[plain(o.Text)] = true
	}
	switch {
	case right == 0:
		c.report("AL8014", "mark the right one with right: true", at, "no option of %s is right", q.ID)
	case right == len(q.Options):
		c.report("AL8015", "add an option that is plausible and wrong", at, "every option of %s is right, so it asks nothing", q.ID)
	case q.Kind != Multiple && right > 1:
		c.report("AL8016", "leave one right option, or make the question multiple", at, "%s has %d right options, a %s question has one", q.ID, right, q.Kind)
	case q.Kind == Judge && len(q.Options) != 2:
		c.report("AL8016", "leave the options for true and for false", at, "%s has %d options, a judge question has two", q.ID, len(q.Options))
	case q.Kind != Judge && len(q.Options) < 3:
		c.report("AL8016", "add plausible wrong options, or make it a judge question", at, "%s has %d options, a %s question has at least three", q.ID, len(q.Options), q.Kind)
	}
}

var (
	// byLetter is a letter of an option: attempts shuffle the options, so letters mean nothing.
	byLetter = regexp.MustCompile(`(选项|选择?|答案)\s*[A-Ha-h甲乙丙丁]([^A-Za-z]|$)|第[一二三四五六]个?选项|\b[Oo]ption [A-Ha-h]\b`)
	// byPlace is an option that speaks about the others.
	byPlace = regexp.MustCompile(`(以上|上述|前面)(都|全|皆|均|选项|几项|各项)|前[两二三]项|都不[对是]$|\b(all|none) of the above\b`)
)

// places reports words that mean nothing once the options are in another order.
func (c *checker) places(i int, q Question) {
	if found := byLetter.FindString(q.Explanation); found != "" {
		c.report("AL8018", "quote the option instead", []any{"questions", i, "explanation"}, "`%s` names an option by its place, which differs from attempt to attempt", strings.TrimSpace(found))
	}
	for j, o := range q.Options {
		if found := byPlace.FindString(o.Text); found != "" {
			c.report("AL8018", "say it in full", []any{"questions", i, "options", j, "text"}, "`%s` names options by their place, which differs from attempt to attempt", found)
		}
	}
}

// plain is a text without what readers do not tell apart: blanks, marks, and full and half width.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsPunct(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, width.Narrow.String(s))
}
