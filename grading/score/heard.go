package score

import (
	"cmp"
	"slices"
	"unicode"

	"agentladder/grading/discourse"
	"agentladder/grading/rubric"
	"agentladder/grading/rules"
)

// heard is the chat as far as it may earn points. Words that earn nothing are left out: a sentence that breaks a
// rule, a sentence said before, the buyer's own words sent back, and a dump of phrases. Faults are never left out.
type heard struct {
	discourse.Chat
	silent bool // the agent never said anything with content
}

func (e *Engine) listen(chat discourse.Chat, violations []rules.Violation) heard {
	d := e.Rubric.Discount
	out := e.unearned(chat, violations)
	plain := chat
	if len(out) > 0 {
		plain = e.without(chat, out)
	}
	h := heard{silent: true, Chat: discourse.Chat{Turns: chat.Turns, Readings: slices.Clone(chat.Readings)}}
	for i, turn := range chat.Turns {
		if turn.Role != discourse.Agent {
			continue
		}
		reading := &h.Readings[i]
		if out[i] != nil {
			*reading = earned(d, chat.Readings[i], plain.Readings[i], out[i])
		}
		if dump(d, []rune(turn.Text), *reading) {
			*reading = earned(d, *reading, discourse.Reading{Content: reading.Content}, nil)
		}
		h.silent = h.silent && reading.Content == 0
	}
	return h
}

// unearned finds, by turn, the sentences of the agent that earn nothing.
func (e *Engine) unearned(chat discourse.Chat, violations []rules.Violation) map[int][]discourse.Span {
	out := map[int][]discourse.Span{}
	said := map[string]discourse.Role{}
	for i, turn := range chat.Turns {
		text := []rune(turn.Text)
		parts := sentences(text)
		if turn.Role == discourse.Agent {
			for _, part := range parts {
				by, before := said[bare(text[part.Start:part.End])]
				if before && (by == discourse.Agent || part.End-part.Start >= e.Rubric.Discount.EchoRunes) {
					out[i] = append(out[i], part)
				}
			}
			if breaches := breached(text, turn.Seq, chat.Readings[i], violations); len(breaches) > 0 {
				out[i] = append(out[i], breaches...)
			}
		}
		for _, part := range parts {
			if key := bare(text[part.Start:part.End]); said[key] == "" {
				said[key] = turn.Role
			}
		}
	}
	return out
}

// without reads the chat once more with some sentences blanked, so that they do not colour what stands beside them.
func (e *Engine) without(chat discourse.Chat, out map[int][]discourse.Span) discourse.Chat {
	turns := slices.Clone(chat.Turns)
	for i, spans := range out {
		text := []rune(turns[i].Text)
		for _, s := range spans {
			for at := s.Start; at < s.End; at++ {
				text[at] = '\n'
			}
		}
		turns[i].Text = string(text)
	}
	return e.Lexicon.ReadChat(turns)
}

// earned is what a turn says outside the sentences that are left out, and all its faults.
func earned(d rubric.Discount, whole, plain discourse.Reading, out []discourse.Span) discourse.Reading {
	inside := func(at int) bool {
		return slices.ContainsFunc(out, func(s discourse.Span) bool { return s.Start <= at && at < s.End })
	}
	kept := slices.DeleteFunc(slices.Clone(plain.Signals), func(s discourse.Signal) bool {
		return inside(s.Span.Start) || inside(s.Span.End-1)
	})
	content := plain.Content
	for _, s := range whole.Signals {
		if slices.Contains(d.Keep, s.Frame) && !slices.Contains(kept, s) {
			kept = append(kept, s)
		}
	}
	slices.SortStableFunc(kept, func(a, b discourse.Signal) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	whole.Signals, whole.Content = kept, content
	return whole
}

// spread says whether enough of the agent's replies assert one of the frames.
func (h heard) spread(s rubric.Spread) bool {
	replies, hits := 0, 0
	counted, open := false, false
	for i, turn := range h.Turns {
		if turn.Role != discourse.Agent {
			open = false
			continue
		}
		if !open {
			open, counted = true, false
			replies++
		}
		if !counted && slices.ContainsFunc(s.Frames, h.Readings[i].Has) {
			counted = true
			hits++
		}
	}
	return hits*100 >= s.Percent*replies
}

// dump says whether a message is phrases strung together: many frames, in pieces of a word or two or without any pause.
func dump(d rubric.Discount, text []rune, r discourse.Reading) bool {
	if d.DumpFrames <= 0 {
		return false
	}
	frames := map[string]bool{}
	for _, s := range r.Signals {
		if s.Polarity == discourse.Asserted && !slices.Contains(d.Keep, s.Frame) {
			frames[s.Frame] = true
		}
	}
	if len(frames) < d.DumpFrames {
		return false
	}
	pieces, letters, longest, run := 0, 0, 0, 0
	for _, c := range text {
		if !wordly(c) {
			run = 0
			continue
		}
		if run == 0 {
			pieces++
		}
		run++
		letters++
		longest = max(longest, run)
	}
	return letters < d.DumpShortest*pieces || longest > d.DumpLongest
}

// breached are the sentences of a turn that break a rule, and those that assert the same.
func breached(text []rune, seq int, r discourse.Reading, violations []rules.Violation) []discourse.Span {
	var out []discourse.Span
	for _, v := range violations {
		if v.Evidence.Seq != seq {
			continue
		}
		out = append(out, sentence(text, v.Evidence.Start, v.Evidence.End))
		for _, s := range r.Signals {
			if s.Frame == v.Evidence.Signal && s.Polarity == discourse.Asserted {
				out = append(out, sentence(text, s.Span.Start, s.Span.End))
			}
		}
	}
	return out
}

// sentences cuts a text after its full stops and leaves out what has no letters.
func sentences(text []rune) []discourse.Span {
	var all []discourse.Span
	start := 0
	for i := range len(text) + 1 {
		if i < len(text) && !ends(text[i]) {
			continue
		}
		if bare(text[start:i]) != "" {
			all = append(all, discourse.Span{Start: start, End: i})
		}
		start = i + 1
	}
	return all
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
func bare(text []rune) string {
	out := make([]rune, 0, len(text))
	for _, r := range text {
		if wordly(r) {
			out = append(out, unicode.ToLower(r))
		}
	}
	return string(out)
}
