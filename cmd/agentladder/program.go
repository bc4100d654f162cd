package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// Exit codes of every command.
const (
	exitOK      = 0
	exitFailed  = 1 // the work was done and its result is "no": lint errors, differences, a failed grade
	exitMisused = 2 // the command line, configuration or input cannot be used
)

// errFailed ends a command with exitFailed after it has printed its result.
var errFailed = errors.New("failed")

// misuse is an error of the command line, configuration or input.
type misuse struct{ error }

// program is the command line with its streams.
type program struct {
	in       io.Reader
	out, err io.Writer
}

func newProgram(in io.Reader, out, err io.Writer) *program {
	return &program{in: in, out: out, err: err}
}

// run executes one command line and returns the exit code.
func (p *program) run(ctx context.Context, args []string) int {
	root := &cobra.Command{
		Use: "agentladder", Short: "AgentLadder (客服阶梯): train and assess e-commerce customer-service agents",
		SilenceUsage: true, SilenceErrors: true, Version: version(),
	}
	root.SetIn(p.in)
	root.SetOut(p.out)
	root.SetErr(p.err)
	root.SetArgs(args)
	root.CompletionOptions.HiddenDefaultCmd = true
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return misuse{err} })
	root.AddCommand(p.serveCommand(), p.migrateCommand(), p.accountCommand(), p.doctorCommand(), p.packCommand(), p.gradeCommand(), p.evalCommand(), p.replayCommand())
	err := root.ExecuteContext(ctx)
	var m misuse
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, errFailed):
		return exitFailed
	case errors.As(err, &m):
		fmt.Fprintf(p.err, "agentladder: %v\n", err)
		return exitMisused
	}
	fmt.Fprintf(p.err, "agentladder: %v\n", err)
	if isCobraUsage(err) {
		return exitMisused
	}
	return exitFailed
}

// isCobraUsage recognises cobra's own errors about words on the command line.
func isCobraUsage(err error) bool {
	for _, start := range []string{"unknown command", "unknown flag", "accepts ", "requires at least"} {
		if len(err.Error()) >= len(start) && err.Error()[:len(start)] == start {
			return true
		}
	}
	return false
}

// version is the module's version, or the commit it was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	if info.Main.Version != "" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return s.Value[:12]
		}
	}
	return "devel"
}
