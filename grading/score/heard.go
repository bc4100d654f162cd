package score

import (
	"slices"
	"unicode"

	"agentladder/grading/discourse"
	"agentladder/grading/rubric"
	"agentladder/grading/rules"
)

// heard is the chat as far as it may earn points. Words that earn nothing are left out: a sentence that breaks a
// rule, a text sent before, the buyer's own words sent back, and a dump of phrases. Faults are never left out.
type heard struct {
	discourse.Chat
	silent bool // the agent never said anything with content
}

func (e *Engine) listen(chat discourse.Chat, violations []rules.Violation) heard {
	d := e.Rubric.Discount
	var h heard
	h.silent = true
	said := map[string]discourse.Role{}
	for i, turn := range chat.Turns {
		reading := chat.Readings[i]
		key := bare(turn.Text)
		if turn.Role == discourse.Agent {
			by, before := said[key]
			again := before && key != "" && (by == discourse.Agent || len([]rune(key)) >= d.EchoRunes)
			if again || dump(d, reading) {
				reading = discounted(d, reading, func(discourse.Signal) bool { return true })
			} else {
				reading = withoutBreaches(d, turn, reading, violations)
			}
			if again && len(reading.Signals) == 0 {
				continue
			}
			if reading.Content == 0 && len(reading.Signals) == 0 {
				continue
			}
			h.silent = h.silent && reading.Content == 0
		}
		if _, before := said[key]; !before {
			said[key] = turn.Role
		}
		h.Turns = append(h.Turns, turn)
		h.Readings = append(h.Readings, reading)
	}
	return h
}

// discounted keeps the faults among the signals that drop names, and all others.
func discounted(d rubric.Discount, r discourse.Reading, drop func(discourse.Signal) bool) discourse.Reading {
	kept := make([]discourse.Signal, 0, len(r.Signals))
	for _, s := range r.Signals {
		if slices.Contains(d.Keep, s.Frame) || !drop(s) {
			kept = append(kept, s)
		}
	}
	r.Signals = kept
	return r
}

func dump(d rubric.Discount, r discourse.Reading) bool {
	if d.DumpFrames <= 0 {
		return false
	}
	frames := map[string]bool{}
	for _, s := range r.Signals {
		if s.Polarity == discourse.Asserted && !slices.Contains(d.Keep, s.Frame) {
			frames[s.Frame] = true
		}
	}
	return len(frames) >= d.DumpFrames && len(frames)*100 >= d.DumpPerHundred*max(r.Content, 1)
}

// withoutBreaches takes the sentences that break a rule out of a reading.
func withoutBreaches(d rubric.Discount, turn discourse.Turn, r discourse.Reading, violations []rules.Violation) discourse.Reading {
	var breaches []discourse.Span
	text := []rune(turn.Text)
	for _, v := range violations {
		if v.Evidence.Seq == turn.Seq {
			breaches = append(breaches, sentence(text, v.Evidence.Start, v.Evidence.End))
		}
	}
	if len(breaches) == 0 {
		return r
	}
	inside := func(at int) bool {
		return slices.ContainsFunc(breaches, func(s discourse.Span) bool { return s.Start <= at && at < s.End })
	}
	r = discounted(d, r, func(s discourse.Signal) bool { return inside(s.Span.Start) || inside(s.Span.End-1) })
	r.Content = 0
	for i, c := range text {
		if wordly(c) && !inside(i) {
			r.Content++
		}
	}
	return r
}

// sentence widens a span to the sentence around it.
func sentence(text []rune, start, end int) discourse.Span {
	start, end = max(0, min(start, len(text))), max(0, min(end, len(text)))
	for start > 0 && !ends(text[start-1]) {
		start--
	}
	for end < len(text) && !ends(text[end]) {
		end++
	}
	return discourse.Span{Start: start, End: end}
}

func ends(r rune) bool {
	switch r {
	case '。', '！', '？', '；', '!', '?', ';', '\n', '…':
		return true
	}
	return false
}

func wordly(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// bare is a text without anything but letters and digits: what stays the same when a template is pasted again.
func bare(text string) string {
	out := make([]rune, 0, len(text))
	for _, r := range text {
		if wordly(r) {
			out = append(out, unicode.ToLower(r))
		}
	}
	return string(out)
}
