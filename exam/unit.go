package exam

import (
	"context"
	"errors"

	"agentladder/course/fault"
	"agentladder/course/journal"
)

// errStale means that somebody else wrote the chat since it was read; the act is tried again from the start.
var errStale = errors.New("chat changed since it was read")

// do runs one act on a chat as a unit of work, and again from the start while others write the same chat in between or
// its content has to be loaded first. Fault: Conflict chat_stale when it is never its turn.
func (s *Service) do(ctx context.Context, act func(u *journal.Unit) error) error {
	const tries = 8
	for range tries {
		err := s.journal.Do(ctx, act)
		var cold coldError
		switch {
		case errors.As(err, &cold):
			if _, err := s.content.of(ctx, cold.digest); err != nil {
				return err
			}
		case !errors.Is(err, errStale):
			return err
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return fault.New(fault.Conflict, "chat_stale", nil)
}
