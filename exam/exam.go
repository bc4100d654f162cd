// Package exam holds chats between trainees and simulated buyers: starting, saying, finishing, and what came of it.
//
// Every act is one transaction. The clock is the server's; the buyer's lines have due times in the state, and
// whoever looks at a chat next makes the due ones real.
package exam

import (
	"log/slog"

	"agentladder/course/journal"
	"agentladder/course/shelf"
	"agentladder/grading"
)

// MaxMessageRunes is the longest message that can be said, after trimming.
const MaxMessageRunes = 2000

// Service is the exam room.
type Service struct {
	journal *journal.Journal
	grades  *grading.Service
	content *content
	log     *slog.Logger
}

// New makes the service. It grades and plays with the content that the shelf holds.
func New(j *journal.Journal, sh *shelf.Shelf, grades *grading.Service, log *slog.Logger) *Service {
	return &Service{journal: j, grades: grades, content: newContent(sh), log: log}
}
