package scenario

import "agentladder/grading/rules"

// Face is all that a trainee may know of a scenario before the chat.
type Face struct {
	ID         string
	Title      string
	Brief      string
	Stage      string
	Platform   string
	BuyerType  string
	Tier       string
	Difficulty int
}

// Card is one line of a fact card, without what it allows.
type Card struct {
	ID    string
	Label string
	Value string
}

// CaseFace is all that a trainee may know of a case during the chat.
type CaseFace struct {
	Face
	Name         string
	Avatar       string
	Facts        []Card
	Order        []Card
	Goods        []Card
	QuickPhrases []string
}

// Face returns the public side.
func (s *Scenario) Face() Face {
	return Face{ID: s.ID, Title: s.Title, Brief: s.Brief, Stage: s.Stage, Platform: s.Platform,
		BuyerType: s.BuyerType, Tier: s.Tier, Difficulty: s.Difficulty}
}

// Face returns the public side of a case. Slices are never nil.
func (c Case) Face() CaseFace {
	return CaseFace{Face: c.Scenario.Face(), Name: c.Name, Avatar: c.Avatar, Facts: cards(c.Facts), Order: cards(c.Order),
		Goods: cards(c.Goods), QuickPhrases: append([]string{}, c.QuickPhrases...)}
}

func cards(facts []rules.Fact) []Card {
	out := make([]Card, len(facts))
	for i, f := range facts {
		out[i] = Card{ID: f.ID, Label: f.Label, Value: f.Value}
	}
	return out
}
