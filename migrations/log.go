package migrations

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

// queryLog sends GORM's messages to slog. It never logs parameters: they are people's words and password hashes.
type queryLog struct {
	to   *slog.Logger
	slow time.Duration
}

// LogMode implements logger.Interface; the level is slog's business.
func (l *queryLog) LogMode(logger.LogLevel) logger.Interface { return l }

func (l *queryLog) Info(ctx context.Context, message string, _ ...any) {
	l.to.InfoContext(ctx, message)
}

func (l *queryLog) Warn(ctx context.Context, message string, _ ...any) {
	l.to.WarnContext(ctx, message)
}

func (l *queryLog) Error(ctx context.Context, message string, _ ...any) {
	l.to.ErrorContext(ctx, message)
}

// Trace logs slow statements. Failures go to the caller, who knows whether they matter, and here only for debugging.
func (l *queryLog) Trace(ctx context.Context, begin time.Time, statement func() (string, int64), err error) {
	took := time.Since(begin)
	failed := err != nil && !errors.Is(err, gorm.ErrRecordNotFound)
	switch {
	case took >= l.slow:
		text, rows := statement()
		l.to.WarnContext(ctx, "slow statement", "sql", text, "rows", rows, "took", took)
	case failed && l.to.Enabled(ctx, slog.LevelDebug):
		text, _ := statement()
		l.to.DebugContext(ctx, "statement failed", "sql", text, "error", err)
	}
}

// ParamsFilter implements gorm.ParamsFilter: statements are logged with their placeholders.
func (l *queryLog) ParamsFilter(_ context.Context, statement string, _ ...any) (string, []any) {
	return statement, nil
}
