package main

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"agentladder/exam"
	"agentladder/grading/score"
)

// replayReport is the --json form of `replay`.
type replayReport struct {
	Chats     int             `json:"chats"`
	Identical int             `json:"identical"`
	Faults    []exam.Replayed `json:"faults"`  // same engine, other bytes: a fault of the program or of the data
	Impacts   []exam.Replayed `json:"impacts"` // another engine revision gives another scorecard
}

func (p *program) replayCommand() *cobra.Command {
	c, environment := environmentConfig()
	var asJSON bool
	cmd := &cobra.Command{
		Use: "replay", Short: "Grade every stored chat again and compare byte for byte", Args: cobra.NoArgs,
		Long: "Grade every stored chat again with the content it was held under. Under the same engine revision every scorecard must be identical\n" +
			"(exit code 1 otherwise); under another one the differences are listed as impacts.",
		Example: "  agentladder replay\n  agentladder replay --json",
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			if err := c.check(environment); err != nil {
				return err
			}
			key, err := c.tokenKey()
			if err != nil {
				return err
			}
			ctx := cmd.Context()
			h, err := openHouse(ctx, c, key, newLog(c, p.err))
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, h.close()) }()
			report := replayReport{Faults: []exam.Replayed{}, Impacts: []exam.Replayed{}}
			if err := h.chats.Replay(ctx, report.add); err != nil {
				return err
			}
			if err := p.printReplay(report, asJSON); err != nil {
				return err
			}
			if len(report.Faults) > 0 {
				return errFailed
			}
			return nil
		},
	}
	c.databaseFlags(cmd.Flags())
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the report as JSON")
	return cmd
}

func (r *replayReport) add(one exam.Replayed) error {
	r.Chats++
	switch {
	case one.Same && !one.Altered:
		r.Identical++
	case one.Altered || one.Engine == score.EngineRevision:
		r.Faults = append(r.Faults, one)
	default:
		r.Impacts = append(r.Impacts, one)
	}
	return nil
}

func (p *program) printReplay(r replayReport, asJSON bool) error {
	if asJSON {
		enc := json.NewEncoder(p.out)
		enc.SetIndent("", "  ")
		return enc.Encode(r)
	}
	for _, f := range r.Faults {
		why := "other scorecard under the same engine"
		if f.Altered {
			why = "the stored transcript is not the one that was graded"
		}
		fmt.Fprintf(p.out, "FAULT  %s %s: %s (%s → %s)\n", f.ChatID, f.ScenarioID, why, points(f.Before), points(f.After))
	}
	for _, i := range r.Impacts {
		fmt.Fprintf(p.out, "impact %s %s: engine %d gave %s (passed %v), engine %d gives %s (passed %v)\n", i.ChatID, i.ScenarioID,
			i.Engine, points(i.Before), i.PassedThen, score.EngineRevision, points(i.After), i.PassedNow)
	}
	_, err := fmt.Fprintf(p.out, "%d chat(s): %d identical, %d impact(s), %d fault(s)\n", r.Chats, r.Identical, len(r.Impacts), len(r.Faults))
	return err
}

// points prints milli-points as points.
func points(milli int) string {
	sign := ""
	if milli < 0 {
		sign, milli = "-", -milli
	}
	if milli%1000 == 0 {
		return fmt.Sprintf("%s%d", sign, milli/1000)
	}
	return fmt.Sprintf("%s%d.%d", sign, milli/1000, milli%1000/100)
}
