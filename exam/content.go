package exam

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"agentladder/course/fault"
	"agentladder/course/lesson"
	"agentladder/course/shelf"
	"agentladder/exam/bundle"
)

// content loads bundles from the shelf, each set once.
type content struct {
	shelf   *shelf.Shelf
	mu      sync.Mutex
	bundles map[string]*bundle.Bundle // by set digest
}

func newContent(sh *shelf.Shelf) *content {
	return &content{shelf: sh, bundles: map[string]*bundle.Bundle{}}
}

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

// of returns the bundle of a set. Fault: Conflict chat_content_missing when the shelf does not have it.
func (c *content) of(ctx context.Context, digest string) (*bundle.Bundle, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if b, ok := c.bundles[digest]; ok {
		return b, nil
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
	c.bundles[digest] = b
	return b, nil
}

// Ready says whether chats can be held: the database answers and the active content loads.
func (s *Service) Ready(ctx context.Context) error {
	_, _, err := s.content.current(ctx)
	return err
}

// Lesson finds a lesson of the active content. Fault: NotFound lesson_unknown.
func (s *Service) Lesson(ctx context.Context, id string) (lesson.Lesson, error) {
	b, _, err := s.content.current(ctx)
	if err != nil {
		return lesson.Lesson{}, err
	}
	l, ok := b.Lesson(id)
	if !ok {
		return lesson.Lesson{}, fault.New(fault.NotFound, "lesson_unknown", fault.Params{"lesson": id})
	}
	return l, nil
}
