package score

import (
	"strings"
	"unicode/utf8"

	"agentladder/grading/discourse"
	"agentladder/grading/rules"
)

// spoken is a language for tests: a word is a frame that the turn asserts, "not:x" a frame it denies, and
// "R11.outcome!MEDIUM" breaks a sub-rule. A 。 ends a sentence. Anything with a capital or a digit is content only.
type spoken struct {
	deaf map[string]bool // sub-rules the book does not have
}

func (s spoken) ReadChat(turns []discourse.Turn) discourse.Chat {
	chat := discourse.Chat{Turns: turns, Readings: make([]discourse.Reading, len(turns))}
	for i, turn := range turns {
		r := &chat.Readings[i]
		r.Runes = utf8.RuneCountInString(turn.Text)
		r.Content = len([]rune(bare([]rune(turn.Text))))
		for _, w := range words(turn.Text) {
			if strings.Contains(w.Quote, "!") || w.Frame == strings.ToUpper(w.Frame) {
				continue
			}
			r.Signals = append(r.Signals, w)
		}
	}
	return chat
}

func (s spoken) Check(c rules.Case) []rules.Violation {
	var found []rules.Violation
	for _, turn := range c.Chat.Turns {
		if turn.Role != discourse.Agent {
			continue
		}
		for _, w := range words(turn.Text) {
			sub, severity, ok := strings.Cut(w.Quote, "!")
			if !ok || s.deaf[sub] {
				continue
			}
			rule, _, _ := strings.Cut(sub, ".")
			found = append(found, rules.Violation{Rule: rule, SubRule: sub, Name: "NAME_" + rule, Title: sub, Version: 1, Severity: rules.Severity(severity),
				Why: "why " + sub, Better: []string{"better " + sub}, Lesson: "lesson-" + sub, Evidence: discourse.EvidenceOf(turn, w)})
		}
	}
	return found
}

func words(text string) []discourse.Signal {
	var all []discourse.Signal
	runes := []rune(text)
	for at := 0; at < len(runes); {
		if runes[at] == ' ' || ends(runes[at]) && runes[at] != '!' {
			at++
			continue
		}
		end := at
		for end < len(runes) && runes[end] != ' ' && (runes[end] == '!' || !ends(runes[end])) {
			end++
		}
		quote := string(runes[at:end])
		frame, polarity := quote, discourse.Asserted
		if rest, ok := strings.CutPrefix(quote, "not:"); ok {
			frame, polarity = rest, discourse.Negated
		}
		all = append(all, discourse.Signal{Frame: frame, Span: discourse.Span{Start: at, End: end}, Quote: quote, Polarity: polarity})
		at = end
	}
	return all
}
