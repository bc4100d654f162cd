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
	to   *slog.Logger // nil: whatever slog's default is at the time
	slow time.Duration
}

func (l *queryLog) out() *slog.Logger {
	if l.to == nil {
		return slog.Default()
	}
	return l.to
}

// LogMode implements logger.Interface; the level is slog's business.
func (l *queryLog) LogMode(logger.LogLevel) logger.Interface { return l }

func (l *queryLog) Info(ctx context.Context, message string, _ ...any) {
	l.out().InfoContext(ctx, message)
}

func (l *queryLog) Warn(ctx context.Context, message string, _ ...any) {
	l.out().WarnContext(ctx, message)
}

func (l *queryLog) Error(ctx context.Context, message string, _ ...any) {
	l.out().ErrorContext(ctx, message)
}

// Trace logs slow statements. Failures go to the caller, who knows whether they matter, and here only for debugging.
func (l *queryLog) Trace(ctx context.Context, begin time.Time, statement func() (string, int64), err error) {
	took := time.Since(begin)
	failed := err != nil && !errors.Is(err, gorm.ErrRecordNotFound)
	switch {
	case took >= l.slow:
		text, rows := statement()
		l.out().WarnContext(ctx, "slow statement", "sql", text, "rows", rows, "took", took)
	case failed && l.out().Enabled(ctx, slog.LevelDebug):
		text, _ := statement()
		l.out().DebugContext(ctx, "statement failed", "sql", text, "error", err)
	}
}

// ParamsFilter implements gorm.ParamsFilter: statements are logged with their placeholders.
func (l *queryLog) ParamsFilter(_ context.Context, statement string, _ ...any) (string, []any) {
	return statement, nil
}
