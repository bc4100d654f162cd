package roster

import (
	"context"
	"sync/atomic"

	"agentladder/course/fault"
)

// gate lets a few password hashes run at once and a bounded number wait: a hash costs tens of milliseconds of one core
// and 19 MiB, so a rush of sign-ins must not take the machine from the chats.
type gate struct {
	slots   chan struct{}
	waiting atomic.Int64
	queue   int64
}

func newGate(slots, queue int) *gate {
	return &gate{slots: make(chan struct{}, slots), queue: int64(queue)}
}

// enter waits for a turn. Fault "busy" (Throttled) when too many wait already.
func (g *gate) enter(ctx context.Context) (leave func(), err error) {
	leave = func() { <-g.slots }
	select {
	case g.slots <- struct{}{}:
		return leave, nil
	default:
	}
	if g.waiting.Add(1) > g.queue {
		g.waiting.Add(-1)
		return nil, fault.New(fault.Throttled, "busy", fault.Params{"retry_after": 2})
	}
	defer g.waiting.Add(-1)
	select {
	case g.slots <- struct{}{}:
		return leave, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
