package quiz

import (
	"fmt"
	"math/rand/v2"
	"slices"
)

// Sheet is what one attempt asks: which questions, in which order, and in which order each shows its options. It is
// stored with the attempt and is JSON.
type Sheet []Slot

// Slot is one question of a sheet.
type Slot struct {
	Question string `json:"question"`
	Order    []int  `json:"order"` // place shown → index in the bank
}

// Public is a question as it may be shown before the attempt is handed in.
type Public struct {
	ID      string
	Kind    Kind
	Prompt  string
	Options []PublicOption
}

// PublicOption is an option as it may be shown. Its id is its place in this attempt, which says nothing about the place
// in the bank.
type PublicOption struct {
	ID   string
	Text string
}

// Draw makes a sheet of n questions, or of all when n is 0 or more than there are. The same seed and bank give the same
// sheet. While n allows it, every objective is asked about at least once.
func Draw(seed uint64, bank Bank, n int) Sheet {
	rng := rand.New(rand.NewPCG(seed, uint64(len(bank.Questions))))
	order := rng.Perm(len(bank.Questions))
	if n <= 0 || n > len(order) {
		n = len(order)
	}
	type objective struct {
		lesson string
		number int
	}
	asked := map[objective]bool{}
	var first, rest []int
	for _, i := range order {
		q := bank.Questions[i]
		if o := (objective{q.Lesson, q.Objective}); !asked[o] {
			asked[o] = true
			first = append(first, i)
		} else {
			rest = append(rest, i)
		}
	}
	chosen := slices.Concat(first, rest)[:n]
	rng.Shuffle(len(chosen), func(a, b int) { chosen[a], chosen[b] = chosen[b], chosen[a] })
	sheet := make(Sheet, 0, n)
	for _, i := range chosen {
		q := bank.Questions[i]
		slot := Slot{Question: q.ID, Order: rng.Perm(len(q.Options))}
		if q.Kind == Judge {
			slices.Sort(slot.Order)
		}
		sheet = append(sheet, slot)
	}
	return sheet
}

// Public shows the questions of the sheet without their answers. It fails when the bank is not the one that the sheet
// was drawn from.
func (s Sheet) Public(bank Bank) ([]Public, error) {
	out := make([]Public, 0, len(s))
	for _, slot := range s {
		q, err := slot.in(bank)
		if err != nil {
			return nil, err
		}
		out = append(out, slot.public(q))
	}
	return out, nil
}

// in finds the slot's question and makes sure that the order fits it.
func (s Slot) in(bank Bank) (Question, error) {
	q, ok := bank.find(s.Question)
	if !ok {
		return Question{}, fmt.Errorf("the bank of %s has no question %s", bank.Chapter, s.Question)
	}
	places := slices.Sorted(slices.Values(s.Order))
	if len(places) != len(q.Options) {
		return Question{}, fmt.Errorf("question %s has %d options, the sheet %d", s.Question, len(q.Options), len(places))
	}
	for i, place := range places {
		if i != place {
			return Question{}, fmt.Errorf("the sheet's order of question %s is no order", s.Question)
		}
	}
	return q, nil
}

func (s Slot) public(q Question) Public {
	p := Public{ID: q.ID, Kind: q.Kind, Prompt: q.Prompt, Options: make([]PublicOption, 0, len(s.Order))}
	for place, i := range s.Order {
		p.Options = append(p.Options, PublicOption{ID: letter(place), Text: q.Options[i].Text})
	}
	return p
}

// letter is the id of the option at a place: a, b, c …
func letter(place int) string { return string(rune('a' + place)) }
