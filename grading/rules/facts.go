package rules

import (
	"fmt"
	"strings"
)

// ParseFacts reads the free text of a fact card (标价159; 满150减10), one fact per part. Free text allows nothing
// by itself: what cannot be understood stays unknown.
func ParseFacts(text string) []Fact {
	var facts []Fact
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return r == ';' || r == '；' || r == '\n' || r == '。' }) {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		label, value := part, ""
		if at := strings.IndexAny(part, ":：="); at >= 0 {
			label = strings.TrimSpace(part[:at])
			value = strings.TrimLeft(part[at:], ":：= ")
		} else if at := strings.IndexAny(part, "0123456789"); at > 0 {
			label, value = strings.TrimSpace(part[:at]), part[at:]
		}
		facts = append(facts, Fact{ID: fmt.Sprintf("f%d", len(facts)+1), Label: label, Value: value})
	}
	return facts
}
