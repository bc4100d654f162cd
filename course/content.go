package course

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"agentladder/course/curriculum"
	"agentladder/course/fault"
	"agentladder/course/shelf"
)

// content compiles catalogues from the shelf, each set once.
type content struct {
	shelf *shelf.Shelf

	loading    sync.Mutex   // one load at a time; held while the database is asked
	mu         sync.RWMutex // guards catalogues; never held for long
	catalogues map[string]*curriculum.Catalogue
}

func newContent(sh *shelf.Shelf) *content {
	return &content{shelf: sh, catalogues: map[string]*curriculum.Catalogue{}}
}

// current returns the active catalogue and its set digest. Fault: Unavailable not_ready on an empty shelf.
func (c *content) current(ctx context.Context) (*curriculum.Catalogue, string, error) {
	digest, err := c.shelf.ActiveDigest(ctx)
	if err != nil {
		return nil, "", err
	}
	if digest == "" {
		return nil, "", fault.New(fault.Unavailable, "not_ready", nil)
	}
	catalogue, err := c.of(ctx, digest)
	return catalogue, digest, err
}

// of returns the catalogue of a set. It asks the database, so it is not for inside a unit of work: the unit already
// holds a connection. Fault: Conflict quiz_content_missing when the shelf does not have the set.
func (c *content) of(ctx context.Context, digest string) (*curriculum.Catalogue, error) {
	if catalogue, ok := c.loaded(digest); ok {
		return catalogue, nil
	}
	c.loading.Lock()
	defer c.loading.Unlock()
	if catalogue, ok := c.loaded(digest); ok {
		return catalogue, nil // somebody else was faster
	}
	set, err := c.shelf.Set(ctx, digest)
	if errors.Is(err, fault.New(fault.NotFound, "content_unknown", nil)) {
		return nil, fault.New(fault.Conflict, "quiz_content_missing", nil).Because(err)
	}
	if err != nil {
		return nil, err
	}
	catalogue, found := curriculum.Compile(set.Documents)
	if broken, ok := found.FirstError(); ok {
		return nil, fmt.Errorf("content set %s does not load: %s", digest, broken)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.catalogues[digest] = catalogue
	return catalogue, nil
}

func (c *content) loaded(digest string) (*curriculum.Catalogue, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	catalogue, ok := c.catalogues[digest]
	return catalogue, ok
}
