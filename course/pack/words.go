package pack

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// label names a place for a reader: steps[2].text.
func label(location []string) string {
	if len(location) == 0 {
		return "the document"
	}
	var b strings.Builder
	for i, step := range location {
		if _, err := strconv.Atoi(step); err == nil {
			b.WriteString("[" + step + "]")
			continue
		}
		if i > 0 {
			b.WriteByte('.')
		}
		b.WriteString(clip(step))
	}
	return "`" + b.String() + "`"
}

func inside(name string) string {
	if name == "the document" {
		return ""
	}
	return " in " + name
}

var typeWords = map[string]string{"string": "text", "integer": "a whole number", "number": "a number", "boolean": "true or false",
	"array": "a list", "object": "a mapping", "null": "empty"}

func typeName(t string) string {
	if word, ok := typeWords[t]; ok {
		return word
	}
	return t
}

func typeNames(types []string) string {
	words := make([]string, len(types))
	for i, t := range types {
		words[i] = typeName(t)
	}
	return strings.Join(words, " or ")
}

func description(part map[string]any) string {
	text, _ := part["description"].(string)
	return text
}

// clip keeps a quoted value short and on one line, so that a hostile file cannot write the report.
func clip(s string) string {
	const most = 120
	s = tidy(s)
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return s
}

func tidy(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r <= ' ' || r == 0x7f || r >= 0x80 && r <= 0x9f }), " ")
}

func join[T ~string](names []T) string {
	words := make([]string, len(names))
	for i, n := range names {
		words[i] = string(n)
	}
	return strings.Join(words, ", ")
}

// suggest answers "did you mean" when one of the known names is near, and otherwise lists them if they are few.
func suggest[T ~string](got string, known []T) string {
	best, distance := "", 3 // a swap of neighbours counts two
	if len([]rune(got)) < 4 {
		distance = 2
	}
	for _, name := range known {
		if d := edits(got, string(name)); d < distance {
			best, distance = string(name), d
		}
	}
	switch {
	case best != "":
		return fmt.Sprintf("did you mean `%s`?", best)
	case len(known) == 0:
		return "delete it"
	case len(known) > 24:
		return fmt.Sprintf("see the schema for the %d names that are allowed", len(known))
	}
	return "allowed: " + join(known)
}

// edits is the Levenshtein distance in characters. Names longer than 64 are far from everything.
func edits(a, b string) int {
	x, y := []rune(a), []rune(b)
	if len(x) > 64 || len(y) > 64 {
		return 64
	}
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		previous := slices.Clone(row)
		row[0] = i + 1
		for j := range y {
			cost := 1
			if x[i] == y[j] {
				cost = 0
			}
			row[j+1] = min(previous[j]+cost, previous[j+1]+1, row[j]+1)
		}
	}
	return row[len(y)]
}
