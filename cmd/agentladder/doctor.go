package main

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"
)

// state is how a check went.
type state string

const (
	stateOK   state = "ok"
	stateWarn state = "warn" // works, but somebody should look at it
	stateFail state = "fail" // does not work, or must not
)

// finding is the result of one check.
type finding struct {
	Area  string `json:"area"` // machine, configuration, database or packs
	Check string `json:"check"`
	State state  `json:"state"`
	Found string `json:"found"`
	Do    string `json:"do,omitempty"` // what helps; empty when nothing needs to be done
}

// checkup collects findings.
type checkup struct {
	config   *config
	findings []finding
}

func (k *checkup) ok(area, check, format string, args ...any) {
	k.findings = append(k.findings, finding{Area: area, Check: check, State: stateOK, Found: fmt.Sprintf(format, args...)})
}

func (k *checkup) warn(area, check, do, format string, args ...any) {
	k.findings = append(k.findings, finding{Area: area, Check: check, State: stateWarn, Found: fmt.Sprintf(format, args...), Do: do})
}

func (k *checkup) fail(area, check, do, format string, args ...any) {
	k.findings = append(k.findings, finding{Area: area, Check: check, State: stateFail, Found: fmt.Sprintf(format, args...), Do: do})
}

func (k *checkup) run(ctx context.Context, environment error) {
	k.configuration(environment) // first: it fills what was left to the program
	k.machine()
	k.database(ctx)
	k.packs()
}

func (p *program) doctorCommand() *cobra.Command {
	c, environment := environmentConfig()
	var asJSON bool
	cmd := &cobra.Command{
		Use: "doctor", Short: "Say what is wrong with machine, configuration, database and packs", Args: cobra.NoArgs,
		Long: "Look at everything a server needs, with the settings the server would have, and say for each whether it is ok, a warning\n" +
			"or a failure, and what to do. Nothing is repaired. Exit code 1 when something fails. Runs next to a running server too.",
		Example: "  agentladder doctor\n  agentladder doctor --json",
		RunE: func(cmd *cobra.Command, _ []string) error {
			k := &checkup{config: c}
			k.run(cmd.Context(), environment)
			if err := p.printFindings(k.findings, asJSON); err != nil {
				return err
			}
			if count(k.findings, stateFail) > 0 {
				return errFailed
			}
			return nil
		},
	}
	c.serverFlags(cmd.Flags())
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the findings as JSON")
	return cmd
}

func count(findings []finding, s state) int {
	n := 0
	for _, f := range findings {
		if f.State == s {
			n++
		}
	}
	return n
}

func (p *program) printFindings(findings []finding, asJSON bool) error {
	warnings, failures := count(findings, stateWarn), count(findings, stateFail)
	if asJSON {
		enc := json.NewEncoder(p.out)
		enc.SetIndent("", "  ")
		enc.SetEscapeHTML(false)
		return enc.Encode(map[string]any{"findings": findings, "warnings": warnings, "failures": failures})
	}
	for _, f := range findings {
		fmt.Fprintf(p.out, "%-5s %s: %s: %s\n", f.State, f.Area, f.Check, f.Found)
		if f.Do != "" {
			fmt.Fprintf(p.out, "      -> %s\n", f.Do)
		}
	}
	_, err := fmt.Fprintf(p.out, "%d check(s), %d warning(s), %d failure(s)\n", len(findings), warnings, failures)
	return err
}
