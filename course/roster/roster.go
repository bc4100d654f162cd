// Package roster knows who the people are, what they may call themselves here, and whether a request really comes from
// one of them.
//
// It keeps people, teams, roles, password hashes and login sessions. Every change is written with its audit entry in
// one transaction, and every change of rights is felt by the next request: a token only names a session, what the
// session may do is read from the store.
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
const System = "system"

// Lifetimes of a login session.
const (
	RefreshLifetime = 14 * 24 * time.Hour // an unused refresh token
	SessionLifetime = 90 * 24 * time.Hour // a sign-in, however busy
	RetryWindow     = 10 * time.Second    // in which the immediate predecessor of a refresh token still answers
)

// Options are what the service needs.
type Options struct {
	Journal *journal.Journal
	Key     []byte // secret of the installation, at least 32 bytes; keys for refresh and device tokens derive from it
	Cost    Cost   // of password hashing; zero means DefaultCost
	Hashers int    // password checks at once; zero means GOMAXPROCS
	Queue   int    // checks that may wait for a turn; zero means 32 for each hasher
}

// Service is the roster.
type Service struct {
	journal    *journal.Journal
	refreshKey []byte
	deviceKey  []byte
	hashing    *gate
	cost       Cost
	nobody     string // the hash that unknown logins are checked against
}

// New makes the service.
func New(o Options) (*Service, error) {
	if o.Journal == nil {
		return nil, errors.New("roster: no journal")
	}
	if len(o.Key) < 32 {
		return nil, fmt.Errorf("roster: the key has %d bytes, at least 32 are needed", len(o.Key))
	}
	refresh, err := hkdf.Key(sha256.New, o.Key, nil, "agentladder refresh token", 32)
	if err != nil {
		return nil, fmt.Errorf("roster: %w", err)
	}
	device, err := hkdf.Key(sha256.New, o.Key, nil, "agentladder device token", 32)
	if err != nil {
		return nil, fmt.Errorf("roster: %w", err)
	}
	if o.Cost == (Cost{}) {
		o.Cost = DefaultCost
	}
	if o.Hashers <= 0 {
		o.Hashers = runtime.GOMAXPROCS(0)
	}
	if o.Queue <= 0 {
		o.Queue = 32 * o.Hashers
	}
	return &Service{
		journal: o.Journal, refreshKey: refresh, deviceKey: device, cost: o.Cost,
		hashing: newGate(o.Hashers, o.Queue), nobody: o.Cost.hash("nobody has this password"),
	}, nil
}
