// Package auth decides at the door who a request comes from and whether that person may use the operation.
//
// An access token only names a login session; rights come from the roster on every request. Everything that is not
// listed in the policy table is refused.
package auth

import (
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"agentladder/course/fault"
)

// Times and names of access tokens.
const (
	AccessLifetime = 10 * time.Minute
	clockLeeway    = 30 * time.Second // for iat and nbf: servers' clocks differ; expiry has none
	issuer         = "agentladder"
	audience       = "agentladder-api"
	tokenType      = "at+jwt" // RFC 9068
	maxToken       = 1024     // bytes; ours have about 500
)

// Claims are what an access token says.
type Claims struct {
	PersonID       string
	SessionID      string
	SessionVersion int
	Expires        time.Time
}

// Tokens issues and verifies access tokens. Copies share the key.
type Tokens struct {
	Now func() time.Time // time.Now unless a test sets it
	key []byte
}

// NewTokens makes the token service from the installation's secret, which CheckKey must accept.
func NewTokens(secret []byte) (Tokens, error) {
	if err := CheckKey(secret); err != nil {
		return Tokens{}, err
	}
	key, err := hkdf.Key(sha256.New, secret, nil, "agentladder access token", 32)
	if err != nil {
		return Tokens{}, fmt.Errorf("access token key: %w", err)
	}
	return Tokens{Now: time.Now, key: key}, nil
}

// payload is the claims set in the order in which it is written. It implements jwt.Claims.
type payload struct {
	Issuer         string `json:"iss"`
	Audience       string `json:"aud"`
	Subject        string `json:"sub"`
	SessionID      string `json:"sid"`
	SessionVersion int    `json:"sv"`
	IssuedAt       int64  `json:"iat"`
	NotBefore      int64  `json:"nbf"`
	Expires        int64  `json:"exp"`
	ID             string `json:"jti"`
}

func moment(seconds int64) (*jwt.NumericDate, error) {
	if seconds <= 0 {
		return nil, nil
	}
	return jwt.NewNumericDate(time.Unix(seconds, 0)), nil
}

func (p payload) GetExpirationTime() (*jwt.NumericDate, error) { return moment(p.Expires) }
func (p payload) GetIssuedAt() (*jwt.NumericDate, error)       { return moment(p.IssuedAt) }
func (p payload) GetNotBefore() (*jwt.NumericDate, error)      { return moment(p.NotBefore) }
func (p payload) GetIssuer() (string, error)                   { return p.Issuer, nil }
func (p payload) GetSubject() (string, error)                  { return p.Subject, nil }
func (p payload) GetAudience() (jwt.ClaimStrings, error)       { return jwt.ClaimStrings{p.Audience}, nil }

// Issue signs a token for a session of the roster.
func (t Tokens) Issue(personID, sessionID string, sessionVersion int) (string, error) {
	now := t.Now()
	id := make([]byte, 16)
	_, _ = rand.Read(id)
	token := jwt.NewWithClaims(jwt.SigningMethodHS256, payload{
		Issuer: issuer, Audience: audience, Subject: personID, SessionID: sessionID, SessionVersion: sessionVersion,
		IssuedAt: now.Unix(), NotBefore: now.Unix(), Expires: now.Add(AccessLifetime).Unix(), ID: hex.EncodeToString(id),
	})
	token.Header["typ"] = tokenType
	signed, err := token.SignedString(t.key)
	if err != nil {
		return "", fmt.Errorf("sign access token: %w", err)
	}
	return signed, nil
}

var (
	segment = base64.RawURLEncoding.Strict()
	// headerSegment is the only header there is, so no header parameter can have an effect.
	headerSegment = segment.EncodeToString([]byte(`{"alg":"HS256","typ":"` + tokenType + `"}`))
)

func tokenInvalid(cause error) error {
	return fault.New(fault.Unauthenticated, "token_invalid", nil).Because(cause)
}

// Verify checks an access token. It accepts exactly what Issue writes: the same bytes in the same order, so a token has
// no second spelling. Faults: token_invalid, token_expired (Unauthenticated).
func (t Tokens) Verify(raw string) (Claims, error) {
	if len(raw) > maxToken {
		return Claims{}, tokenInvalid(errors.New("too long"))
	}
	if !strings.HasPrefix(raw, headerSegment+".") {
		return Claims{}, tokenInvalid(errors.New("not a token of ours"))
	}
	now := t.Now()
	var p payload
	token, err := jwt.NewParser(
		jwt.WithValidMethods([]string{jwt.SigningMethodHS256.Alg()}), jwt.WithStrictDecoding(), jwt.WithIssuer(issuer), jwt.WithAudience(audience),
		jwt.WithExpirationRequired(), jwt.WithIssuedAt(), jwt.WithNotBeforeRequired(), jwt.WithLeeway(clockLeeway),
		jwt.WithTimeFunc(func() time.Time { return now }),
	).ParseWithClaims(raw, &p, func(*jwt.Token) (any, error) { return t.key, nil })
	if errors.Is(err, jwt.ErrTokenExpired) {
		return Claims{}, fault.New(fault.Unauthenticated, "token_expired", nil).Because(err)
	}
	if err != nil {
		return Claims{}, tokenInvalid(err)
	}
	again, err := json.Marshal(p)
	if err != nil || strings.Join([]string{headerSegment, segment.EncodeToString(again), segment.EncodeToString(token.Signature)}, ".") != raw {
		return Claims{}, tokenInvalid(errors.New("not spelled as issued"))
	}
	expires := time.Unix(p.Expires, 0)
	switch {
	case p.Expires-p.IssuedAt != int64(AccessLifetime.Seconds()) || p.NotBefore != p.IssuedAt:
		return Claims{}, tokenInvalid(errors.New("times that are not issued"))
	case p.SessionVersion < 1 || len(p.ID) != 32:
		return Claims{}, tokenInvalid(errors.New("claims that are not issued"))
	case !now.Before(expires):
		return Claims{}, fault.New(fault.Unauthenticated, "token_expired", nil)
	}
	return Claims{PersonID: p.Subject, SessionID: p.SessionID, SessionVersion: p.SessionVersion, Expires: expires}, nil
}
