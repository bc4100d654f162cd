package scenario

import (
	"hash/fnv"
	"math/rand/v2"
	"strconv"
	"strings"

	"agentladder/grading/rules"
)

// Case is a scenario made concrete by a seed. The same scenario and seed give the same case.
type Case struct {
	Scenario     *Scenario
	Seed         uint64
	Name         string // the buyer's nickname
	Avatar       string // a key for colour and shape
	Values       map[string]string
	Facts        []rules.Fact
	Order        []rules.Fact
	Goods        []rules.Fact
	QuickPhrases []string

	slots *strings.Replacer
}

// avatars is how many colour and shape keys exist.
const avatars = 8

// Vary chooses the nickname and one row of every slot set.
func (s *Scenario) Vary(seed uint64) Case {
	c := Case{Scenario: s, Seed: seed, Values: map[string]string{}}
	if n := len(s.Buyer.Names); n > 0 {
		c.Name = s.Buyer.Names[Draw(seed, "name", 0).IntN(n)]
	}
	c.Avatar = "shape-" + strconv.Itoa(1+Draw(seed, "avatar", 0).IntN(avatars))
	var pairs []string
	for _, set := range s.Slots {
		if len(set.Rows) == 0 {
			continue
		}
		for name, value := range set.Rows[Draw(seed, "slot/"+set.ID, 0).IntN(len(set.Rows))] {
			c.Values[name] = value
			pairs = append(pairs, "{"+name+"}", value)
		}
	}
	c.slots = strings.NewReplacer(pairs...)
	c.Facts, c.Order, c.Goods = c.fillFacts(s.Facts), c.fillFacts(s.Order), c.fillFacts(s.Goods)
	c.QuickPhrases = make([]string, len(s.QuickPhrases))
	for i, q := range s.QuickPhrases {
		c.QuickPhrases[i] = c.Fill(q)
	}
	return c
}

// Fill puts the case's values into a text with {slots}.
func (c Case) Fill(text string) string {
	if c.slots == nil {
		return text
	}
	return c.slots.Replace(text)
}

func (c Case) fillFacts(facts []rules.Fact) []rules.Fact {
	out := make([]rules.Fact, len(facts))
	for i, f := range facts {
		f.Value = c.Fill(f.Value)
		out[i] = f
	}
	return out
}

// Draw is the seeded source of one decision, named by what is decided and how often it was decided before.
// It makes choices that replay gives again; it is not for secrets.
func Draw(seed uint64, what string, n int) *rand.Rand {
	h := fnv.New64a()
	_, _ = h.Write([]byte(what))
	return rand.New(rand.NewPCG(seed, h.Sum64()+uint64(n)*0x9e3779b97f4a7c15))
}

func values(facts []rules.Fact) []string {
	out := make([]string, len(facts))
	for i, f := range facts {
		out[i] = f.Value
	}
	return out
}
