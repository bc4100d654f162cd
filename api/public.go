package api

import (
	"bytes"
	"context"

	"agentladder/api/locale"
	"agentladder/api/openapi"
	"agentladder/course/fault"
	"agentladder/exam"
)

// public answers what needs no token, and the contract itself.
type public struct {
	version string
	demo    bool
	people  []openapi.DemoPerson
	chats   *exam.Service
}

func (p public) GetServer(context.Context, openapi.GetServerRequestObject) (openapi.GetServerResponseObject, error) {
	people := p.people
	if people == nil {
		people = []openapi.DemoPerson{}
	}
	return openapi.GetServer200JSONResponse{Name: "AgentLadder", Version: p.version, Demo: p.demo, Languages: locale.Languages, DemoPeople: people}, nil
}

func (public) GetHealth(context.Context, openapi.GetHealthRequestObject) (openapi.GetHealthResponseObject, error) {
	return openapi.GetHealth200JSONResponse{Status: "ok"}, nil
}

func (p public) GetReadiness(ctx context.Context, _ openapi.GetReadinessRequestObject) (openapi.GetReadinessResponseObject, error) {
	if err := p.chats.Ready(ctx); err != nil {
		return nil, fault.New(fault.Unavailable, "not_ready", nil).Because(err)
	}
	return openapi.GetReadiness200JSONResponse{Status: "ok"}, nil
}

func (public) GetContract(context.Context, openapi.GetContractRequestObject) (openapi.GetContractResponseObject, error) {
	return openapi.GetContract200ApplicationyamlResponse{Body: bytes.NewReader(openapi.Contract), ContentLength: int64(len(openapi.Contract))}, nil
}
