// Package roster knows who the people are, what they may call themselves here, and whether a request really comes from
// one of them.
//
// It keeps people, teams, roles, password hashes, one-time links, login sessions, employment and granted tiers, and
// decides who may see and change whom. Every change is written with its audit entry in one transaction, and every change
// of rights is felt by the next request: a token only names a session, what the session may do is read from the store.
package roster

import (
	"crypto/hkdf"
	"crypto/sha256"
	"errors"
	"fmt"
	"runtime"
	"time"

	"agentladder/course/journal"
)

// System is the actor of audit entries for what the program or its operator does.
const System = journal.System

// Lifetimes of a login session.
const (
	RefreshLifetime = 14 * 24 * time.Hour // an unused refresh token
	SessionLifetime = 90 * 24 * time.Hour // a sign-in, however busy
	RetryWindow     = 10 * time.Second    // in which the immediate predecessor of a refresh token still answers
)

// Option changes how the service works.
type Option func(*Service)

// Hashing sets the cost of password hashes, how many run at once and how many may wait for a turn. Without it the cost
// is DefaultCost, one hash runs per processor, and 32 wait for each.
func Hashing(cost Cost, atOnce, waiting int) Option {
	return func(s *Service) { s.cost, s.hashing = cost, newGate(atOnce, waiting) }
}

// Zone sets where the shop's calendar days begin and end. Without it they are those of China.
func Zone(zone *time.Location) Option {
	return func(s *Service) { s.zone = zone }
}

// Service is the roster.
type Service struct {
	journal    *journal.Journal
	refreshKey []byte
	deviceKey  []byte
	linkKey    []byte
	zone       *time.Location
	hashing    *gate
	cost       Cost
	nobody     string // the hash that unknown logins are checked against
}

// New makes the service. key is the secret of the installation, at least 32 bytes; the keys of refresh tokens, device
// tokens and links derive from it.
func New(j *journal.Journal, key []byte, options ...Option) (*Service, error) {
	if j == nil {
		return nil, errors.New("roster: no journal")
	}
	if len(key) < 32 {
		return nil, fmt.Errorf("roster: the key has %d bytes, at least 32 are needed", len(key))
	}
	refresh, err := hkdf.Key(sha256.New, key, nil, "agentladder refresh token", 32)
	if err != nil {
		return nil, fmt.Errorf("roster: %w", err)
	}
	device, err := hkdf.Key(sha256.New, key, nil, "agentladder device token", 32)
	if err != nil {
		return nil, fmt.Errorf("roster: %w", err)
	}
	link, err := hkdf.Key(sha256.New, key, nil, "agentladder one-time link", 32)
	if err != nil {
		return nil, fmt.Errorf("roster: %w", err)
	}
	s := &Service{journal: j, refreshKey: refresh, deviceKey: device, linkKey: link, zone: time.FixedZone("CST", 8*60*60)}
	Hashing(DefaultCost, runtime.GOMAXPROCS(0), 32*runtime.GOMAXPROCS(0))(s)
	for _, set := range options {
		set(s)
	}
	s.nobody = s.cost.hash("nobody has this password")
	return s, nil
}
