package quiz

import (
	"slices"

	"agentladder/course/fault"
)

// Answer is what was chosen for one question, by the ids that the sheet showed. It is JSON.
type Answer struct {
	Question string   `json:"question"`
	Options  []string `json:"options"`
}

// Score is the result of an attempt.
type Score struct {
	Correct int // questions answered right
	Percent int // of all questions of the sheet, rounded down
	Items   []Item
}

// Item is one question of the result, with its answer.
type Item struct {
	Public
	Chosen      []string // sorted
	Right       []string // sorted
	Correct     bool     // exactly the right options were chosen
	Explanation string
	Lesson      string
}

// Tidy brings answers into the one form in which the same choices always look the same: in the order of the sheet, one
// answer for each question, options sorted. A question without an answer gets an empty one. Faults: Invalid
// answer_unknown for a question or option that the sheet does not show, Invalid answer_twice for one given twice.
func (s Sheet) Tidy(answers []Answer) ([]Answer, error) {
	places := make(map[string]int, len(s))
	tidy := make([]Answer, len(s))
	for i, slot := range s {
		places[slot.Question] = i
		tidy[i] = Answer{Question: slot.Question, Options: []string{}}
	}
	given := map[string]bool{}
	for _, a := range answers {
		i, asked := places[a.Question]
		if !asked {
			return nil, unknown(a.Question)
		}
		if given[a.Question] {
			return nil, twice(a.Question)
		}
		given[a.Question] = true
		for _, option := range a.Options {
			if len(option) != 1 || option[0] < 'a' || int(option[0]-'a') >= len(s[i].Order) {
				return nil, unknown(a.Question)
			}
			if slices.Contains(tidy[i].Options, option) {
				return nil, twice(a.Question)
			}
			tidy[i].Options = append(tidy[i].Options, option)
		}
		slices.Sort(tidy[i].Options)
	}
	return tidy, nil
}

func unknown(question string) error {
	return fault.New(fault.Invalid, "answer_unknown", fault.Params{"question": question})
}

func twice(question string) error {
	return fault.New(fault.Invalid, "answer_twice", fault.Params{"question": question})
}

// Score marks answers that went through Tidy. A question counts when exactly its right options were chosen. It fails
// when the bank is not the one that the sheet was drawn from.
func (s Sheet) Score(bank Bank, tidy []Answer) (Score, error) {
	out := Score{Items: make([]Item, 0, len(s))}
	for i, slot := range s {
		q, err := slot.in(bank)
		if err != nil {
			return Score{}, err
		}
		item := Item{Public: slot.public(q), Chosen: []string{}, Right: []string{}, Explanation: q.Explanation, Lesson: q.Lesson}
		if i < len(tidy) {
			item.Chosen = tidy[i].Options
		}
		for place, j := range slot.Order {
			if q.Options[j].Right {
				item.Right = append(item.Right, letter(place))
			}
		}
		if item.Correct = slices.Equal(item.Chosen, item.Right); item.Correct {
			out.Correct++
		}
		out.Items = append(out.Items, item)
	}
	if len(s) > 0 {
		out.Percent = 100 * out.Correct / len(s)
	}
	return out, nil
}
