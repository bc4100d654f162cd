// Package answer turns domain values into the shapes of the contract. What a role may not see is not in them.
package answer

import (
	"github.com/google/uuid"

	"agentladder/api/openapi"
	"agentladder/exam"
	"agentladder/exam/scenario"
	"agentladder/grading/score"
)

// Card shows a scenario in the practice hall.
func Card(c exam.Card) openapi.ScenarioCard {
	out := openapi.ScenarioCard{
		Id: c.Face.ID, Title: c.Face.Title, Brief: c.Face.Brief, Stage: openapi.Stage(c.Face.Stage), Platform: c.Face.Platform, PlatformName: c.PlatformName,
		BuyerType: c.Face.BuyerType, Tier: openapi.Tier(c.Face.Tier), Difficulty: c.Face.Difficulty, Attempts: c.Attempts,
		Best: result(c.Best), Last: result(c.Last),
	}
	if c.ActiveChatID != "" {
		out.ActiveChatId = uuid.MustParse(c.ActiveChatID)
	}
	return out
}

func result(r *exam.Result) openapi.Result {
	if r == nil {
		return openapi.Result{}
	}
	return openapi.Result{ChatId: uuid.MustParse(r.ChatID), Total: r.Total, Passed: r.Passed, At: r.At}
}

// Summary shows a chat in a list.
func Summary(c *exam.Chat) openapi.ChatSummary {
	return openapi.ChatSummary{
		Id: uuid.MustParse(c.ID), ScenarioId: c.ScenarioID, Title: c.Title, Stage: openapi.Stage(c.Stage), Mode: openapi.ChatSummaryMode(c.Mode),
		Status: openapi.ChatStatus(c.Status), Outcome: openapi.ChatOutcome(c.Outcome), StartedAt: c.StartedAt, EndedAt: c.EndedAt, Total: c.Total, Passed: c.Passed,
	}
}

// Chat shows a chat with its messages.
func Chat(v *exam.View) openapi.Chat {
	c := v.Chat
	out := openapi.Chat{
		Id: uuid.MustParse(c.ID), ScenarioId: c.ScenarioID, Title: c.Title, Brief: v.Case.Brief, Stage: openapi.Stage(c.Stage), Platform: v.Case.Platform,
		PlatformName: v.PlatformName, Mode: openapi.ChatMode(c.Mode), Status: openapi.ChatStatus(c.Status), Outcome: openapi.ChatOutcome(c.Outcome),
		StartedAt: c.StartedAt, EndedAt: c.EndedAt, ServerNow: v.Now, ReplyTargetSeconds: v.ReplyTargetSeconds, Typing: c.Typing(),
		Buyer: openapi.BuyerFace{Name: v.Case.Name, Avatar: v.Case.Avatar},
		Facts: facts(v.Case.Facts), Order: facts(v.Case.Order), Goods: facts(v.Case.Goods), QuickPhrases: Filled(v.Case.QuickPhrases),
		Messages: make([]openapi.Message, 0, len(c.Messages)),
	}
	if c.Status == exam.Active {
		out.WaitingSince = c.WaitingSince()
	}
	for _, m := range c.Messages {
		out.Messages = append(out.Messages, Message(m))
	}
	return out
}

// Message shows one message. The buyer's mood is not part of it.
func Message(m exam.Message) openapi.Message {
	return openapi.Message{Id: uuid.MustParse(m.ID), Seq: m.Seq, Role: openapi.MessageRole(m.Role), Text: m.Text, At: m.At, Crossed: m.Crossed, ClientMessageId: m.ClientMessageID}
}

// State shows where a chat stands.
func State(s exam.State) openapi.ChatState {
	return openapi.ChatState{Status: openapi.ChatStatus(s.Status), Outcome: openapi.ChatOutcome(s.Outcome), LastSeq: s.LastSeq, Typing: s.Typing, WaitingSince: s.WaitingSince}
}

// Coach shows what landed and what cost in one turn.
func Coach(c *score.Coach) openapi.Coach {
	if c == nil {
		return openapi.Coach{}
	}
	return openapi.Coach{Landed: notes(c.Landed), Cost: notes(c.Cost), Better: c.Better}
}

func notes(notes []score.Note) []openapi.CoachNote {
	out := make([]openapi.CoachNote, 0, len(notes))
	for _, n := range notes {
		out = append(out, openapi.CoachNote{Ref: n.Ref, Title: n.Title, Quote: n.Quote, Why: n.Why})
	}
	return out
}

func facts(cards []scenario.Card) []openapi.Fact {
	out := make([]openapi.Fact, 0, len(cards))
	for _, c := range cards {
		out = append(out, openapi.Fact{Id: c.ID, Label: c.Label, Value: c.Value})
	}
	return out
}

// Filled turns nil into an empty list, which is what JSON should say.
func Filled(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}
