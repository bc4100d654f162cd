package plantest

import (
	"fmt"

	"agentladder/course/pack"
	"agentladder/exam/scenario"
)

// Result is what one plan gave.
type Result struct {
	Plan        Plan
	Transcripts []Transcript
}

// Suite plays every plan among docs against its scenario. Scenarios are those of the compiled content.
// AL5001 is a plan without a scenario, AL5009 a scenario that lacks a plan of some kind of agent.
func Suite(docs []pack.Document, scenarios []*scenario.Scenario, read Reader, grade Grader) ([]Result, pack.Diagnostics) {
	var results []Result
	var found pack.Diagnostics
	byID := map[string]*scenario.Scenario{}
	for _, sc := range scenarios {
		byID[sc.ID] = sc
	}
	planned := map[string]map[Agent]bool{}
	for _, doc := range pack.Of(docs, pack.KindPlan) {
		p, ds := Decode(doc)
		found = append(found, ds...)
		if ds.HasErrors() {
			continue
		}
		sc, ok := byID[p.Scenario]
		if !ok {
			found = append(found, doc.Report("AL5001", "no scenario has the id "+p.Scenario, "correct the id, or add the scenario", "scenario"))
			continue
		}
		if planned[sc.ID] == nil {
			planned[sc.ID] = map[Agent]bool{}
		}
		planned[sc.ID][p.Agent] = true
		transcripts, ds := Run(doc, p, sc, read, grade)
		found = append(found, ds...)
		results = append(results, Result{Plan: p, Transcripts: transcripts})
	}
	for _, doc := range pack.Of(docs, pack.KindScenario) {
		for _, agent := range []Agent{Excellent, Average, Bad} {
			if _, known := byID[doc.ID]; known && !planned[doc.ID][agent] {
				found = append(found, doc.Report("AL5009", fmt.Sprintf("scenario %s has no plan of an agent who is %s", doc.ID, agent), "write one in plans/", "id"))
			}
		}
	}
	return results, found.Sorted()
}
