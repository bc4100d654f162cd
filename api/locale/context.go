package locale

import "context"

type contextKey struct{}

// NewContext carries the reader's language, as Match gives it, to handlers that write sentences themselves.
func NewContext(ctx context.Context, lang string) context.Context {
	return context.WithValue(ctx, contextKey{}, lang)
}

// FromContext is the reader's language, or the default.
func FromContext(ctx context.Context) string {
	if lang, ok := ctx.Value(contextKey{}).(string); ok {
		return lang
	}
	return Languages[0]
}
