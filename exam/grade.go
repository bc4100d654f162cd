package exam

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"agentladder/grading/rules"
	"agentladder/grading/score"
)

// scorecard grades the chat as it stands; nil when not wanted. It is a pure function of the chat and its content.
func (p *play) scorecard(wanted bool) *score.Scorecard {
	if !wanted {
		return nil
	}
	read := p.bundle.Engine().Lexicon.ReadChat(p.chat.turns())
	card := p.bundle.Grade(p.variant, read, p.mind.Task(read, p.chat.state))
	return &card
}

// coach reads the last turn of the agent in practice.
func (p *play) coach() score.Coach {
	engine := p.bundle.Engine()
	read := engine.Lexicon.ReadChat(p.chat.turns())
	c := rules.Case{Stage: p.chat.Stage, Platform: p.variant.Scenario.Platform, Chat: read, Facts: p.variant.Facts}
	return engine.Coach(c, len(read.Turns)-1)
}

// transcriptDigest covers everything about the messages that a grade depends on.
func transcriptDigest(c *Chat) string {
	h := sha256.New()
	enc := json.NewEncoder(h)
	for _, t := range c.turns() {
		if err := enc.Encode(t); err != nil {
			panic(fmt.Errorf("a turn always encodes: %w", err))
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}
