package auth

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"

	"agentladder/api/openapi"
	"agentladder/course/fault"
	"agentladder/course/roster"
)

// Handlers answers the operations of signing in and out, one-time links, the own password, and getMe.
type Handlers struct {
	people  *roster.Service
	tokens  Tokens
	cookies cookies
}

// NewHandlers makes the handlers. secure says that browsers reach the server over TLS.
func NewHandlers(people *roster.Service, tokens Tokens, secure bool) Handlers {
	return Handlers{people: people, tokens: tokens, cookies: cookies{secure: secure}}
}

// enter is the common beginning: the request's visit, from the same origin.
func (h Handlers) enter(ctx context.Context) (*visit, error) {
	v, ok := visitFrom(ctx)
	if !ok {
		return nil, errors.New("auth: the guard was not asked")
	}
	return v, sameOrigin(v.request, h.cookies.secure)
}

// session gives the cookies and makes the answer of signIn and refreshSession.
func (h Handlers) session(v *visit, s roster.Session) (openapi.Session, error) {
	access, err := h.tokens.Issue(s.Actor.PersonID, s.Actor.SessionID, s.Actor.SessionVersion)
	if err != nil {
		return openapi.Session{}, err
	}
	person, err := personOf(s.Actor.Person())
	if err != nil {
		return openapi.Session{}, err
	}
	h.cookies.give(v, s)
	v.header.Set("Cache-Control", "no-store")
	return openapi.Session{AccessToken: access, ExpiresInSeconds: int(AccessLifetime.Seconds()), Person: person}, nil
}

// SignIn opens a login session.
func (h Handlers) SignIn(ctx context.Context, req openapi.SignInRequestObject) (openapi.SignInResponseObject, error) {
	v, err := h.enter(ctx)
	if err != nil {
		return nil, err
	}
	device, _ := h.cookies.read(v, h.cookies.deviceName())
	opened, err := h.people.SignIn(ctx, roster.SignIn{
		Login: req.Body.Login, Password: req.Body.Password, Address: v.address, Device: device,
	})
	if err != nil {
		return nil, err
	}
	body, err := h.session(v, opened)
	return openapi.SignIn200JSONResponse{Body: body}, err
}

// RefreshSession rotates the refresh cookie.
func (h Handlers) RefreshSession(ctx context.Context, _ openapi.RefreshSessionRequestObject) (openapi.RefreshSessionResponseObject, error) {
	v, err := h.enter(ctx)
	if err != nil {
		return nil, err
	}
	token, ok := h.cookies.read(v, h.cookies.refreshName())
	if !ok {
		return nil, fault.New(fault.Unauthenticated, "refresh_invalid", nil)
	}
	opened, err := h.people.Refresh(ctx, token)
	if err != nil {
		var f *fault.Fault
		if errors.As(err, &f) && f.Kind == fault.Unauthenticated {
			h.cookies.clear(v)
		}
		return nil, err
	}
	body, err := h.session(v, opened)
	return openapi.RefreshSession200JSONResponse{Body: body}, err
}

// SignOut ends this login session.
func (h Handlers) SignOut(ctx context.Context, _ openapi.SignOutRequestObject) (openapi.SignOutResponseObject, error) {
	v, err := h.enter(ctx)
	if err != nil {
		return nil, err
	}
	if err := h.people.SignOut(ctx, v.actor); err != nil {
		return nil, err
	}
	h.cookies.clear(v)
	return openapi.SignOut204Response{}, nil
}

// SignOutEverywhere ends every login session of the person.
func (h Handlers) SignOutEverywhere(ctx context.Context, _ openapi.SignOutEverywhereRequestObject) (openapi.SignOutEverywhereResponseObject, error) {
	v, err := h.enter(ctx)
	if err != nil {
		return nil, err
	}
	if err := h.people.SignOutEverywhere(ctx, v.actor.PersonID, v.actor.PersonID); err != nil {
		return nil, err
	}
	h.cookies.clear(v)
	return openapi.SignOutEverywhere204Response{}, nil
}

// GetMe shows the signed-in person as the guard has just read them from the store.
func (h Handlers) GetMe(ctx context.Context, _ openapi.GetMeRequestObject) (openapi.GetMeResponseObject, error) {
	person, err := personOf(ActorFrom(ctx).Person())
	return openapi.GetMe200JSONResponse(person), err
}

// OpenLink says whose a one-time link is.
func (h Handlers) OpenLink(ctx context.Context, req openapi.OpenLinkRequestObject) (openapi.OpenLinkResponseObject, error) {
	v, err := h.enter(ctx)
	if err != nil {
		return nil, err
	}
	owner, err := h.people.OpenLink(ctx, req.Body.Token)
	if err != nil {
		return nil, err
	}
	v.header.Set("Cache-Control", "no-store")
	return openapi.OpenLink200JSONResponse{
		Login: owner.Login, Name: owner.Name, Kind: openapi.LinkKind(owner.Kind), ExpiresAt: owner.ExpiresAt,
	}, nil
}

// RedeemLink sets the password of a link's owner and opens a login session, as SignIn does.
func (h Handlers) RedeemLink(ctx context.Context, req openapi.RedeemLinkRequestObject) (openapi.RedeemLinkResponseObject, error) {
	v, err := h.enter(ctx)
	if err != nil {
		return nil, err
	}
	device, _ := h.cookies.read(v, h.cookies.deviceName())
	opened, err := h.people.RedeemLink(ctx, req.Body.Token, req.Body.Password, roster.SignIn{Address: v.address, Device: device})
	if err != nil {
		return nil, err
	}
	body, err := h.session(v, opened)
	return openapi.RedeemLink200JSONResponse{Body: body}, err
}

// ChangePassword replaces the own password. This login session goes on by its refresh cookie; the access token of the
// request is worthless afterwards.
func (h Handlers) ChangePassword(ctx context.Context, req openapi.ChangePasswordRequestObject) (openapi.ChangePasswordResponseObject, error) {
	v, err := h.enter(ctx)
	if err != nil {
		return nil, err
	}
	if err := h.people.ChangePassword(ctx, v.actor, req.Body.Current, req.Body.Password); err != nil {
		return nil, err
	}
	return openapi.ChangePassword204Response{}, nil
}

func personOf(p roster.Person) (openapi.Person, error) {
	id, err := uuid.Parse(p.ID)
	if err != nil {
		return openapi.Person{}, fmt.Errorf("person id: %w", err)
	}
	out := openapi.Person{
		Id: id, Login: p.Login, Name: p.Name, Tier: openapi.Tier(p.Tier), Roles: []openapi.Role{}, Teams: []openapi.Team{},
	}
	for _, r := range p.Roles {
		out.Roles = append(out.Roles, openapi.Role(r))
	}
	for _, t := range p.Teams {
		id, err := uuid.Parse(t.ID)
		if err != nil {
			return openapi.Person{}, fmt.Errorf("team id: %w", err)
		}
		out.Teams = append(out.Teams, openapi.Team{Id: id, Name: t.Name})
	}
	return out, nil
}
