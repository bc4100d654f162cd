package main

import (
	"context"
	"log/slog"
	"time"
)

// sweep makes the buyers' due lines real in chats that nobody reads, until ctx ends.
func (h *house) sweep(ctx context.Context, log *slog.Logger) {
	tick := time.NewTicker(sweepEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if _, err := h.chats.Sweep(ctx, sweepAtMost); err != nil && ctx.Err() == nil {
				log.WarnContext(ctx, "sweep", "error", err)
			}
		}
	}
}
