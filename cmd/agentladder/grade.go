package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"agentladder/exam/clock"
	"agentladder/grading/discourse"
	"agentladder/grading/score"
)

// maxInput is the largest file that grade and eval read, in bytes.
const maxInput = 64 << 20

func (p *program) gradeCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "grade FILE.json", Short: "Grade a transcript without server or database", Args: cobra.ExactArgs(1),
		Long: "Grade one transcript with the shipped content and print a readable scorecard. FILE is one JSON object:\n\n" +
			`  {"stage":"in","platform":"jd","facts":"标价159; 满150减10",` + "\n" +
			`   "turns":[{"role":"buyer","text":"快递三天没动","at":"2026-03-02T09:00:00+08:00"},{"role":"agent","text":"…"}]}` + "\n\n" +
			"stage (pre, in, after), platform, facts and at may be absent: what needs them is then not applicable. \"-\" reads standard input.\n" +
			"Exit code 0 whatever the score; 2 when the file cannot be used, with line and column.",
		Example: "  agentladder grade chat.json\n  agentladder grade chat.json --json",
		RunE: func(_ *cobra.Command, args []string) error {
			text, err := p.readInput(args[0])
			if err != nil {
				return err
			}
			transcript, err := score.DecodeTranscript(args[0], text)
			if err != nil {
				return misuse{err}
			}
			b, err := shippedBundle()
			if err != nil {
				return err
			}
			in := transcript.Input()
			in.Replies = clock.Seconds(clock.Replies(transcript.Turns))
			card := b.Engine().Grade(in)
			if asJSON {
				enc := json.NewEncoder(p.out)
				enc.SetIndent("", "  ")
				enc.SetEscapeHTML(false)
				return enc.Encode(card)
			}
			return (&cardPrinter{out: p.out, turns: transcript.Turns}).print(card)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the scorecard as JSON")
	return cmd
}

func (p *program) readInput(name string) ([]byte, error) {
	reader := p.in
	if name != "-" {
		file, err := os.Open(name)
		if err != nil {
			return nil, misuse{err}
		}
		defer file.Close()
		reader = file
	}
	text, err := io.ReadAll(io.LimitReader(reader, maxInput+1))
	if err != nil {
		return nil, misuse{err}
	}
	if len(text) > maxInput {
		return nil, misuse{fmt.Errorf("%s is larger than %d MiB", name, maxInput>>20)}
	}
	return text, nil
}

// cardPrinter prints a scorecard for a terminal. The first error stops it.
type cardPrinter struct {
	out   io.Writer
	turns []discourse.Turn
	err   error
}

func (c *cardPrinter) line(format string, args ...any) {
	if c.err == nil {
		_, c.err = fmt.Fprintf(c.out, format+"\n", args...)
	}
}

func (c *cardPrinter) print(card score.Scorecard) error {
	verdict := "未通过 not passed"
	if card.Passed {
		verdict = "通过 passed"
	}
	c.line("总分 total %s / 100   %s (及格线 %s)", points(card.Total), verdict, points(card.PassLine))
	for _, a := range card.AutoFails {
		c.line("  ✗ %s %s", a.ID, a.Title)
	}
	c.line("")
	for _, part := range card.Parts {
		if !part.Applies {
			c.line("  %s  不适用 %s", part.Title, part.Reason)
			continue
		}
		c.line("  %s  %s / %s", part.Title, points(part.Points), points(part.Weight))
	}
	c.line("\n态度 criteria")
	for _, k := range card.Criteria {
		level := "—"
		if k.Applies {
			level = strings.Repeat("●", k.Level) + strings.Repeat("○", 3-k.Level)
		}
		c.line("  %s %s  %s  %s", k.ID, level, k.Title, k.Why)
	}
	if len(card.Violations) > 0 {
		c.line("\n违规 violations")
	}
	for _, v := range card.Violations {
		c.line("  %s %s (%s) 第 %d 句「%s」", v.Severity, v.SubRule, v.Title, v.Evidence.Seq, v.Evidence.Quote)
		c.line("      %s", v.Why)
		if len(v.Better) > 0 {
			c.line("      可以这样说：%s", v.Better[0])
		}
	}
	c.line("\n明细 lines")
	for _, l := range card.Lines {
		c.line("  %7s  %s%s", signed(l.Points), l.Title, quotes(l.Evidence))
	}
	c.line("  %7s  合计 total", points(card.Total))
	if len(card.NextSteps) > 0 {
		c.line("\n接下来练 next steps")
	}
	for i, n := range card.NextSteps {
		c.line("  %d. %s：%s%s", i+1, n.Title, n.Advice, lessonMark(n.Lesson))
	}
	return c.err
}

func signed(milli int) string {
	if milli > 0 {
		return "+" + points(milli)
	}
	return points(milli)
}

func quotes(evidence []discourse.Evidence) string {
	if len(evidence) == 0 {
		return ""
	}
	return fmt.Sprintf("  [%d]「%s」", evidence[0].Seq, evidence[0].Quote)
}

func lessonMark(id string) string {
	if id == "" {
		return ""
	}
	return " → " + id
}

func (p *program) evalCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "eval", Short: "Measure the grader on labelled data", Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() }}
	cmd.AddCommand(p.evalTranscriptsCommand())
	return cmd
}

func (p *program) evalTranscriptsCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "transcripts FILE.jsonl", Short: "Count how many ranked pairs of transcripts come out in order", Args: cobra.ExactArgs(1),
		Long: "Grade transcripts and count how many pairs of one group with different ranks come out in order. One JSON object a line:\n\n" +
			`  {"id":"T1","group":"G1","rank":1,"quality":"good|mediocre|bad","stage":"pre","facts":"…; …","expected_violations":["PASSIVE"],` + "\n" +
			`   "turns":[{"role":"buyer|agent","text":"…"}]}` + "\n\nRank 1 is best. Unknown fields are ignored.",
		Example: "  agentladder eval transcripts bench.jsonl --json",
		RunE: func(_ *cobra.Command, args []string) error {
			text, err := p.readInput(args[0])
			if err != nil {
				return err
			}
			all, err := score.DecodeTranscripts(args[0], text)
			if err != nil {
				return misuse{err}
			}
			if len(all) == 0 {
				return misuse{errors.New(args[0] + " holds no transcript")}
			}
			b, err := shippedBundle()
			if err != nil {
				return err
			}
			result := b.Engine().Evaluate(all)
			if asJSON {
				enc := json.NewEncoder(p.out)
				enc.SetIndent("", "  ")
				return enc.Encode(result)
			}
			for _, item := range result.Items {
				fmt.Fprintf(p.out, "%-12s %6s %v %v\n", item.ID, points(int(item.Score)), item.Passed, item.Violations)
			}
			_, err = fmt.Fprintf(p.out, "%d transcript(s), %d of %d ranked pair(s) in order\n", result.N, result.PairsOrdered, result.Pairs)
			return err
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the result as JSON")
	return cmd
}
