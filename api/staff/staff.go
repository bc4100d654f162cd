// Package staff answers the operations of those who look after people: HR, administration and supervisors.
package staff

import "agentladder/course/roster"

// Handlers implements the people and teams part of the contract.
type Handlers struct {
	People *roster.Service
}
