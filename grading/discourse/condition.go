package discourse

// Condition is the small language in which packs say "when": rules, rubric criteria, scenario steps and the
// buyer's reactions all use it. Exactly one of Signal, All, Any, Not is set.
//
// A Signal condition holds when enough turns of By assert the frame within Where, and the order words hold.
type Condition struct {
	Signal  string      `yaml:"signal,omitempty" json:"signal,omitempty"`
	By      Role        `yaml:"by,omitempty" json:"by,omitempty"`             // default agent
	Where   Where       `yaml:"where,omitempty" json:"where,omitempty"`       // default any
	AtLeast int         `yaml:"at_least,omitempty" json:"at_least,omitempty"` // distinct turns; default 1
	After   string      `yaml:"after,omitempty" json:"after,omitempty"`       // not earlier than the first turn that asserts this frame, by either side
	Before  string      `yaml:"before,omitempty" json:"before,omitempty"`     // starts before the first turn (or place in the same turn) that asserts this frame, by the agent; holds when that frame never comes
	All     []Condition `yaml:"all,omitempty" json:"all,omitempty"`
	Any     []Condition `yaml:"any,omitempty" json:"any,omitempty"`
	Not     *Condition  `yaml:"not,omitempty" json:"not,omitempty"`
}

// Where narrows the turns in which a condition looks.
type Where string

// Places. Turns are those of the condition's side.
const (
	WhereAny   Where = "any"
	WhereFirst Where = "first" // the first turn
	WhereLast  Where = "last"  // the last turn
)
