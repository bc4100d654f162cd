package scenario

import "agentladder/course/pack"

// Defaults of fields that an author may leave out.
const (
	defaultAsks     = 3
	defaultMaxTurns = 12
	defaultMaxRise  = 16
	defaultGrace    = 60
)

// Decode reads a document of kind scenario and fills in defaults. Meaning is judged by Check.
func Decode(doc pack.Document) (*Scenario, pack.Diagnostics) {
	s := &Scenario{}
	if ds := doc.Decode(s); ds.HasErrors() {
		return nil, ds
	}
	s.Digest = doc.Digest
	if s.MaxTurns == 0 {
		s.MaxTurns = defaultMaxTurns
	}
	if s.Mood.MaxRise == 0 {
		s.Mood.MaxRise = defaultMaxRise
	}
	if s.Endings.Grace == 0 {
		s.Endings.Grace = defaultGrace
	}
	for i := range s.Topics {
		s.Topics[i].defaults(ScopeChat)
	}
	for i := range s.Traps {
		s.Traps[i].defaults(ScopeSince)
	}
	return s, nil
}

func (t *Topic) defaults(scope Scope) {
	if t.Scope == "" {
		t.Scope = scope
	}
	if t.Asks == 0 {
		t.Asks = defaultAsks
	}
}
