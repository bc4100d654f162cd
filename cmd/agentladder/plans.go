package main

import (
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"agentladder/course/pack"
	"agentladder/exam/bundle"
	"agentladder/exam/plantest"
)

// planReport is one played plan in the --json form of `pack test`.
type planReport struct {
	Scenario string   `json:"scenario"`
	Agent    string   `json:"agent"`
	Seed     uint64   `json:"seed"`
	Outcome  string   `json:"outcome"`
	Total    int      `json:"total"` // milli-points
	Passed   bool     `json:"passed"`
	Rules    []string `json:"violations"`
}

func (p *program) packTestCommand() *cobra.Command {
	var asJSON, verbose bool
	cmd := &cobra.Command{
		Use: "test [FOLDER…]", Short: "Play the plans of every scenario and hold them to what they expect",
		Long: "Play the plans of every scenario, each twice: once with the buyer's state saved and loaded at every turn.\n" +
			"Without a folder the shipped packs are tested. Exit code 0 when all plans hold, 1 when one does not.",
		Example: "  agentladder pack test\n  agentladder pack test ./my-pack --chats",
		RunE: func(_ *cobra.Command, args []string) error {
			roots, err := packRoots(args)
			if err != nil {
				return err
			}
			var docs []pack.Document
			for _, root := range roots {
				one, _ := pack.Read(root) // its findings are in loadRoots's
				docs = append(docs, one.Documents...)
			}
			b, found := loadRoots(roots)
			if found.HasErrors() {
				if err := p.printDiagnostics(found, asJSON); err != nil {
					return err
				}
				return errFailed
			}
			results, found := plantest.Suite(docs, b.Scenarios(), b.Engine().Lexicon.ReadChat, b.Grade)
			if asJSON {
				err = p.printPlansJSON(results, found)
			} else {
				err = p.printPlans(b, results, found, verbose)
			}
			if err == nil && found.HasErrors() {
				err = errFailed
			}
			return err
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print plans and findings as JSON")
	cmd.Flags().BoolVar(&verbose, "chats", false, "print every chat as it went")
	return cmd
}

func reportsOf(r plantest.Result) []planReport {
	var out []planReport
	for _, t := range r.Transcripts {
		one := planReport{Scenario: r.Plan.Scenario, Agent: string(r.Plan.Agent), Seed: t.Seed, Outcome: string(t.Outcome), Total: t.Card.Total, Passed: t.Card.Passed, Rules: []string{}}
		for _, v := range t.Card.Violations {
			one.Rules = append(one.Rules, v.SubRule)
		}
		out = append(out, one)
	}
	return out
}

func (p *program) printPlansJSON(results []plantest.Result, found pack.Diagnostics) error {
	report := struct {
		Plans    []planReport     `json:"plans"`
		Findings pack.Diagnostics `json:"findings"`
	}{Plans: []planReport{}, Findings: append(pack.Diagnostics{}, found...)}
	for _, r := range results {
		report.Plans = append(report.Plans, reportsOf(r)...)
	}
	enc := json.NewEncoder(p.out)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(report)
}

func (p *program) printPlans(b *bundle.Bundle, results []plantest.Result, found pack.Diagnostics, verbose bool) error {
	runs := 0
	for _, r := range results {
		for i, one := range reportsOf(r) {
			runs++
			outcome := one.Outcome
			if outcome == "" {
				outcome = "open"
			}
			fmt.Fprintf(p.out, "%-4s %-9s seed %-4d %-8s %5s points  %v\n", one.Scenario, one.Agent, one.Seed, outcome, points(one.Total), one.Rules)
			if !verbose {
				continue
			}
			t := r.Transcripts[i]
			for k, turn := range t.Turns {
				fmt.Fprintf(p.out, "     %s %-5s (%3d) %s\n", turn.At.Format("15:04:05"), turn.Role, t.Moods[k], turn.Text)
			}
		}
	}
	for _, d := range found {
		fmt.Fprintln(p.out, d)
	}
	_, err := fmt.Fprintf(p.out, "%d scenario(s), %d plan(s), %d run(s), %d finding(s)\n", len(b.Scenarios()), len(results), runs, len(found))
	return err
}
