package score

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"agentladder/grading/discourse"
)

var update = flag.Bool("update", false, "write the golden files")

// The first ranked transcripts have their whole scorecard on file, half of them with a task and reply times so that
// all parts are measured.
func TestGoldenScorecards(t *testing.T) {
	t.Parallel()
	e := shipped(t)
	for i, transcript := range ranked(t)[:18] {
		t.Run(transcript.ID, func(t *testing.T) {
			t.Parallel()
			in := transcript.Input()
			if i%2 == 0 {
				in.Replies, in.Target = []int{12, 40 + 10*i, 150}, 60
				in.Task = &Task{Solved: 100_000 - 30_000*(transcript.Rank-1), Steps: []Step{
					{ID: "act", Title: "先行动", Weight: 3, When: discourse.Condition{Signal: "own_action"}, Lesson: "L6.3", Advice: "先说“我来处理”，再说什么时候给结果。"},
					{ID: "close", Title: "好好收尾", Weight: 1, When: discourse.Condition{Signal: "more_help"}, Advice: "问一句还有没有别的需要。"},
				}}
			}
			card := e.Grade(in)
			sound(t, card)
			quoted(t, transcript.Turns, card)
			got, err := json.MarshalIndent(card, "", "  ")
			require.NoError(t, err)
			name := filepath.Join("testdata", "golden", transcript.ID+".json")
			if *update {
				require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o755))
				require.NoError(t, os.WriteFile(name, append(got, '\n'), 0o644))
			}
			want, err := os.ReadFile(name)
			require.NoError(t, err)
			require.Empty(t, cmp.Diff(string(want), string(got)+"\n"))
		})
	}
}
