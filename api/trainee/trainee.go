// Package trainee answers the operations of people who practise: hall, chats, scorecards, lessons.
//
// It sees the public side of scenarios only; hidden data lives in packages that it does not import.
package trainee

import (
	"cmp"
	"context"

	"agentladder/api/answer"
	"agentladder/api/auth"
	"agentladder/api/openapi"
	"agentladder/exam"
)

// pageSize is how many chats a page has when the client does not say.
const pageSize = 20

// Handlers implements the trainee part of the contract.
type Handlers struct {
	Chats *exam.Service
}

// ListScenarios shows the practice hall.
func (h Handlers) ListScenarios(ctx context.Context, _ openapi.ListScenariosRequestObject) (openapi.ListScenariosResponseObject, error) {
	cards, err := h.Chats.Hall(ctx, auth.ActorFrom(ctx))
	if err != nil {
		return nil, err
	}
	items := make([]openapi.ScenarioCard, 0, len(cards))
	for _, card := range cards {
		items = append(items, answer.Card(card))
	}
	return openapi.ListScenarios200JSONResponse{Items: items}, nil
}

// ListChats pages through own chats.
func (h Handlers) ListChats(ctx context.Context, req openapi.ListChatsRequestObject) (openapi.ListChatsResponseObject, error) {
	p := req.Params
	page, err := h.Chats.List(ctx, auth.ActorFrom(ctx), exam.Filter{ScenarioID: p.ScenarioId, Status: exam.Status(p.Status), Cursor: p.Cursor, Limit: cmp.Or(p.Limit, pageSize)})
	if err != nil {
		return nil, err
	}
	items := make([]openapi.ChatSummary, 0, len(page.Chats))
	for _, c := range page.Chats {
		items = append(items, answer.Summary(c))
	}
	return openapi.ListChats200JSONResponse{Items: items, NextCursor: page.Next}, nil
}

// StartChat begins a practice chat.
func (h Handlers) StartChat(ctx context.Context, req openapi.StartChatRequestObject) (openapi.StartChatResponseObject, error) {
	view, err := h.Chats.Start(ctx, auth.ActorFrom(ctx), req.Body.ScenarioId, req.Params.IdempotencyKey)
	if err != nil {
		return nil, err
	}
	return openapi.StartChat201JSONResponse(answer.Chat(view)), nil
}

// GetChat shows one own chat.
func (h Handlers) GetChat(ctx context.Context, req openapi.GetChatRequestObject) (openapi.GetChatResponseObject, error) {
	view, err := h.Chats.Look(ctx, auth.ActorFrom(ctx), req.ChatId.String())
	if err != nil {
		return nil, err
	}
	return openapi.GetChat200JSONResponse(answer.Chat(view)), nil
}

// SendMessage stores what the trainee says.
func (h Handlers) SendMessage(ctx context.Context, req openapi.SendMessageRequestObject) (openapi.SendMessageResponseObject, error) {
	said, err := h.Chats.Say(ctx, auth.ActorFrom(ctx), exam.Saying{ChatID: req.ChatId.String(), ClientMessageID: req.Body.ClientMessageId,
		LastSeenSeq: req.Body.LastSeenSeq, Text: req.Body.Text})
	if err != nil {
		return nil, err
	}
	return openapi.SendMessage200JSONResponse{Message: answer.Message(said.Message), State: answer.State(said.State), Coach: answer.Coach(said.Coach)}, nil
}

// FinishChat ends and grades an own chat.
func (h Handlers) FinishChat(ctx context.Context, req openapi.FinishChatRequestObject) (openapi.FinishChatResponseObject, error) {
	graded, err := h.Chats.Finish(ctx, auth.ActorFrom(ctx), req.ChatId.String())
	if err != nil {
		return nil, err
	}
	return openapi.FinishChat200JSONResponse(answer.Review(graded)), nil
}

// GetScorecard shows the result of an own ended chat.
func (h Handlers) GetScorecard(ctx context.Context, req openapi.GetScorecardRequestObject) (openapi.GetScorecardResponseObject, error) {
	graded, err := h.Chats.Scorecard(ctx, auth.ActorFrom(ctx), req.ChatId.String())
	if err != nil {
		return nil, err
	}
	return openapi.GetScorecard200JSONResponse(answer.Review(graded)), nil
}
