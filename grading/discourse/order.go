package discourse

import (
	"fmt"

	"agentladder/course/pack"
)

// level orders the atoms so that each comes after all that it is made from; -1 when they form a circle.
func (c *compiler) level() int {
	state := make([]int8, len(c.atoms))
	top := 0
	var visit func(id atomID) bool
	visit = func(id atomID) bool {
		switch state[id] {
		case 1:
			c.loop = c.atoms[id].name
			return false
		case 2:
			return true
		}
		state[id] = 1
		level := 0
		need := func(on atomID) bool {
			if !visit(on) {
				return false
			}
			level = max(level, c.atoms[on].level+1)
			return true
		}
		for _, r := range c.atoms[id].made {
			for _, s := range r.steps {
				if s.kind == stepAtom && !need(s.atom) {
					return false
				}
			}
			for _, on := range r.slots {
				if !need(on) {
					return false
				}
			}
		}
		if m := c.atoms[id].mask; m != 0 && !need(m) {
			return false
		}
		c.atoms[id].level, state[id] = level, 2
		top = max(top, level)
		return true
	}
	for id := range c.atoms {
		if !visit(atomID(id)) {
			return -1
		}
	}
	return top
}

// circle reports the set at which the circle was met.
func (c *compiler) circle(decoded []source) pack.Diagnostic {
	for _, s := range decoded {
		if _, ok := s.body.Sets[c.loop]; ok {
			return s.doc.Report("AL1009", fmt.Sprintf("set %s refers to itself by way of others", c.loop), "break the circle", "sets", c.loop)
		}
	}
	return decoded[0].doc.Report("AL1009", fmt.Sprintf("%s refers to itself", c.loop), "break the circle")
}

// index files each rule under its first atom and the level of its target.
func (c *compiler) index() {
	for id := range c.atoms {
		made := c.atoms[id].made
		c.atoms[id].made = nil
		for _, r := range made {
			first := atomID(-1)
			if len(r.slots) > 0 {
				first = r.slots[0]
			}
			for _, s := range r.steps {
				if s.kind == stepAtom {
					first = s.atom
					break
				}
			}
			a := &c.atoms[first]
			level := c.atoms[id].level
			for len(a.rules) <= level {
				a.rules = append(a.rules, nil)
			}
			a.rules[level] = append(a.rules[level], r)
		}
	}
}
