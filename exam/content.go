package exam

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"agentladder/course/fault"
	"agentladder/course/shelf"
	"agentladder/exam/bundle"
)

// content loads bundles from the shelf, each set once.
type content struct {
	shelf *shelf.Shelf

	loading sync.Mutex   // one load at a time; held while the database is asked
	mu      sync.RWMutex // guards bundles; never held for long
	bundles map[string]*bundle.Bundle
}

func newContent(sh *shelf.Shelf) *content {
	return &content{shelf: sh, bundles: map[string]*bundle.Bundle{}}
}

// coldError means that a set is not in memory. Inside a unit of work it must not be loaded: the unit already holds a
// connection, and units that all wait for a second one wait for ever.
type coldError struct{ digest string }

func (c coldError) Error() string { return "content set " + c.digest + " is not in memory" }

// current returns the active bundle and its set digest. Fault: Unavailable not_ready on an empty shelf.
func (c *content) current(ctx context.Context) (*bundle.Bundle, string, error) {
	digest, err := c.shelf.ActiveDigest(ctx)
	if err != nil {
		return nil, "", err
	}
	if digest == "" {
		return nil, "", fault.New(fault.Unavailable, "not_ready", nil)
	}
	b, err := c.of(ctx, digest)
	return b, digest, err
}

// loaded returns the bundle of a set that is in memory, or coldError.
func (c *content) loaded(digest string) (*bundle.Bundle, error) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if b, ok := c.bundles[digest]; ok {
		return b, nil
	}
	return nil, coldError{digest}
}

// of returns the bundle of a set, outside of any unit of work. Fault: Conflict chat_content_missing when the shelf does
// not have it.
func (c *content) of(ctx context.Context, digest string) (*bundle.Bundle, error) {
	if b, err := c.loaded(digest); err == nil {
		return b, nil
	}
	c.loading.Lock()
	defer c.loading.Unlock()
	if b, err := c.loaded(digest); err == nil {
		return b, nil // somebody else was faster
	}
	set, err := c.shelf.Set(ctx, digest)
	if errors.Is(err, fault.New(fault.NotFound, "content_unknown", nil)) {
		return nil, fault.New(fault.Conflict, "chat_content_missing", nil).Because(err)
	}
	if err != nil {
		return nil, err
	}
	b, found := bundle.Load(set.Documents)
	if broken, ok := found.FirstError(); ok {
		return nil, fmt.Errorf("content set %s does not load: %s", digest, broken)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.bundles[digest] = b
	return b, nil
}

// Ready says whether chats can be held: the database answers and the active content loads.
func (s *Service) Ready(ctx context.Context) error {
	_, _, err := s.content.current(ctx)
	return err
}
