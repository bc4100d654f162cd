package main

import (
	"context"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"agentladder/migrations/dbtest"
)

// asProgram makes the test binary behave as the product when it is started with this variable set.
const asProgram = "AGENTLADDER_TEST_AS_PROGRAM"

// databaseTests stops the temporary PostgreSQL after the tests.
type databaseTests struct{ *testing.M }

func (d databaseTests) Run() int { return dbtest.Run(d.M) }

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
	}
	testscript.Main(databaseTests{m}, map[string]func(){
		"agentladder": func() { os.Exit(newProgram(os.Stdin, os.Stdout, os.Stderr).run(context.Background(), os.Args[1:])) },
	})
}

var update = flag.Bool("update", false, "rewrite golden files")

// TestScripts drives the commands as a user types them.
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{Dir: "testdata/script", RequireExplicitExec: true, UpdateScripts: *update, Setup: func(e *testscript.Env) error {
		now := time.Now()
		return errors.Join(
			writeCertificate(filepath.Join(e.WorkDir, "good"), now.Add(-time.Hour), now.AddDate(1, 0, 0)),
			writeCertificate(filepath.Join(e.WorkDir, "soon"), now.Add(-time.Hour), now.AddDate(0, 0, 3)),
			writeCertificate(filepath.Join(e.WorkDir, "old"), now.AddDate(-1, 0, 0), now.Add(-time.Hour)),
		)
	}})
}
