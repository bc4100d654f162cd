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

// Whole scorecards on file, from the small rubric and the language of tests: they change with the engine, not with
// the shipped content.
func TestGoldenScorecards(t *testing.T) {
	t.Parallel()
	task := func(solved Milli) *Task {
		return &Task{Solved: solved, Steps: []Step{
			{ID: "hello", Title: "say hello", Weight: 1, When: discourse.Condition{Signal: "greeting"}, Lesson: "L1", Advice: "say hello first"},
			{ID: "act", Title: "act", Weight: 2, When: discourse.Condition{Signal: "own_action"}, Lesson: "L2", Advice: "say what you do"},
		}}
	}
	chats := map[string]Input{
		"excellent":      chatOf("b:b_upset", "a:greeting apology own_action", "b:b_thanks", "a:greeting Bye"),
		"late-apology":   chatOf("b:b_upset", "a:greeting own_action", "b:Q", "a:apology"),
		"courtesy-only":  chatOf("b:b_upset", "a:greeting apology"),
		"help-only":      chatOf("b:b_upset", "a:own_action"),
		"calm-buyer":     chatOf("b:Q", "a:greeting own_action"),
		"curt":           chatOf("b:b_upset", "a:greeting apology own_action", "b:Q", "a:W curt"),
		"one-medium":     chatOf("b:b_upset", "a:greeting apology own_action", "b:Q", "a:W R14.deflect!MEDIUM"),
		"repeated":       chatOf("b:b_upset", "a:greeting apology own_action", "b:Q", "a:W R11.outcome!MEDIUM", "b:Q", "a:V R11.outcome!MEDIUM。 R11.outcome!MEDIUM"),
		"bribe-twice":    chatOf("b:Q", "a:greeting own_action", "a:W R03.bribe!SEVERE", "a:V R03.bribe!SEVERE"),
		"all-severe":     chatOf("b:Q", "a:greeting own_action", "a:W R03.a!SEVERE", "a:V R04.b!SEVERE", "a:U R07.c!SEVERE", "a:T R08.d!SEVERE"),
		"insult":         chatOf("b:b_upset", "a:greeting apology own_action", "b:Q", "a:W R01.insult!FATAL"),
		"silence":        chatOf("b:b_upset", "a:。", "b:Q1", "b:Q2", "b:Q3"),
		"pasted":         chatOf("b:b_upset", "a:own_action", "b:Q", "a:own_action", "b:b_upset", "a:own_action"),
		"dump":           chatOf("b:b_upset", "a:greeting apology own_action f1 f2 f3 f4"),
		"mixed-sentence": chatOf("b:b_upset", "a:apology own_action。 greeting R04.contact!SEVERE"),
	}
	for name, in := range chats {
		for variant, with := range map[string]Input{
			name:             in,
			name + "-in-all": {Case: in.Case, Task: task(50_000), Replies: []int{10, 70, 400}, Target: 60, Digests: map[string]string{"rubric": "r", "lexicon": "l"}},
		} {
			t.Run(variant, func(t *testing.T) {
				t.Parallel()
				with.Case.Platform = "jd"
				card := plain(t).Grade(with)
				sound(t, card)
				quoted(t, with.Case.Chat.Turns, card)
				got, err := json.MarshalIndent(card, "", " ")
				require.NoError(t, err)
				file := filepath.Join("testdata", "golden", variant+".json")
				if *update {
					require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
					require.NoError(t, os.WriteFile(file, append(got, '\n'), 0o644))
				}
				want, err := os.ReadFile(file)
				require.NoError(t, err)
				require.Empty(t, cmp.Diff(string(want), string(got)+"\n"))
			})
		}
	}
}
