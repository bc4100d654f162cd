package trainee

import (
	"github.com/google/uuid"

	"agentladder/api/openapi"
	"agentladder/exam"
	"agentladder/exam/scenario"
	"agentladder/grading/score"
)

func cardOf(c exam.Card) openapi.ScenarioCard {
	out := openapi.ScenarioCard{
		Id: c.Face.ID, Title: c.Face.Title, Brief: c.Face.Brief, Stage: openapi.Stage(c.Face.Stage), Platform: c.Face.Platform, PlatformName: c.PlatformName,
		BuyerType: c.Face.BuyerType, Tier: openapi.Tier(c.Face.Tier), Difficulty: c.Face.Difficulty, Attempts: c.Attempts,
		Best: resultOf(c.Best), Last: resultOf(c.Last),
	}
	if c.ActiveChatID != "" {
		out.ActiveChatId = uuid.MustParse(c.ActiveChatID)
	}
	return out
}

func resultOf(r *exam.Result) openapi.Result {
	if r == nil {
		return openapi.Result{}
	}
	return openapi.Result{ChatId: uuid.MustParse(r.ChatID), Total: r.Total, Passed: r.Passed, At: r.At}
}

func summaryOf(c *exam.Chat) openapi.ChatSummary {
	return openapi.ChatSummary{
		Id: uuid.MustParse(c.ID), ScenarioId: c.ScenarioID, Title: c.Title, Stage: openapi.Stage(c.Stage), Mode: openapi.ChatSummaryMode(c.Mode),
		Status: openapi.ChatStatus(c.Status), Outcome: openapi.ChatOutcome(c.Outcome), StartedAt: c.StartedAt, EndedAt: c.EndedAt, Total: c.Total, Passed: c.Passed,
	}
}

func chatOf(v *exam.View) openapi.Chat {
	c := v.Chat
	out := openapi.Chat{
		Id: uuid.MustParse(c.ID), ScenarioId: c.ScenarioID, Title: c.Title, Brief: v.Case.Brief, Stage: openapi.Stage(c.Stage), Platform: v.Case.Platform,
		PlatformName: v.PlatformName, Mode: openapi.ChatMode(c.Mode), Status: openapi.ChatStatus(c.Status), Outcome: openapi.ChatOutcome(c.Outcome),
		StartedAt: c.StartedAt, EndedAt: c.EndedAt, ServerNow: v.Now, ReplyTargetSeconds: v.ReplyTargetSeconds, Typing: c.Typing(),
		Buyer: openapi.BuyerFace{Name: v.Case.Name, Avatar: v.Case.Avatar},
		Facts: factsOf(v.Case.Facts), Order: factsOf(v.Case.Order), Goods: factsOf(v.Case.Goods), QuickPhrases: filled(v.Case.QuickPhrases),
		Messages: make([]openapi.Message, 0, len(c.Messages)),
	}
	if c.Status == exam.Active {
		out.WaitingSince = c.WaitingSince()
	}
	for _, m := range c.Messages {
		out.Messages = append(out.Messages, MessageOf(m))
	}
	return out
}

// MessageOf shows one message. The buyer's mood is not part of it.
func MessageOf(m exam.Message) openapi.Message {
	return openapi.Message{Id: uuid.MustParse(m.ID), Seq: m.Seq, Role: openapi.MessageRole(m.Role), Text: m.Text, At: m.At, Crossed: m.Crossed, ClientMessageId: m.ClientMessageID}
}

// StateOf shows where a chat stands.
func StateOf(s exam.State) openapi.ChatState {
	return openapi.ChatState{Status: openapi.ChatStatus(s.Status), Outcome: openapi.ChatOutcome(s.Outcome), LastSeq: s.LastSeq, Typing: s.Typing, WaitingSince: s.WaitingSince}
}

func coachOf(c *score.Coach) openapi.Coach {
	if c == nil {
		return openapi.Coach{}
	}
	return openapi.Coach{Landed: notesOf(c.Landed), Cost: notesOf(c.Cost), Better: c.Better}
}

func notesOf(notes []score.Note) []openapi.CoachNote {
	out := make([]openapi.CoachNote, 0, len(notes))
	for _, n := range notes {
		out = append(out, openapi.CoachNote{Ref: n.Ref, Title: n.Title, Quote: n.Quote, Why: n.Why})
	}
	return out
}

func factsOf(cards []scenario.Card) []openapi.Fact {
	out := make([]openapi.Fact, 0, len(cards))
	for _, c := range cards {
		out = append(out, openapi.Fact{Id: c.ID, Label: c.Label, Value: c.Value})
	}
	return out
}

// filled turns nil into an empty list, which is what JSON should say.
func filled(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}
