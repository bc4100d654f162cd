package quiz

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"agentladder/course/pack"
)

// FuzzDecode: whatever a bank says, it is read or refused; what is read can be drawn, shown and marked.
func FuzzDecode(f *testing.F) {
	good, err := os.ReadFile("testdata/good/bank.yaml")
	require.NoError(f, err)
	f.Add(good, uint64(1))
	f.Add([]byte("kind: questions\nid: a\nversion: 1\nchapter: C1\nquestions: []\n"), uint64(2))
	f.Fuzz(func(t *testing.T, body []byte, seed uint64) {
		doc, ds := pack.Parse("questions/x.yaml", body)
		if ds.HasErrors() || doc.Kind != pack.KindQuestions {
			return
		}
		bank, ds := Decode(doc)
		for _, d := range ds {
			require.Positive(t, d.Line)
			require.NotEmpty(t, d.Fix)
		}
		if ds.HasErrors() {
			return
		}
		sheet := Draw(seed, bank, 0)
		require.Len(t, sheet, len(bank.Questions))
		blank, err := sheet.Score(bank, nil)
		require.NoError(t, err)
		require.Zero(t, blank.Percent)
		var answers []Answer
		for _, item := range blank.Items {
			answers = append(answers, Answer{Question: item.ID, Options: item.Right})
		}
		tidy, err := sheet.Tidy(answers)
		require.NoError(t, err)
		full, err := sheet.Score(bank, tidy)
		require.NoError(t, err)
		require.Equal(t, 100, full.Percent)
	})
}

// FuzzTidy: whatever a client hands in, it is refused or brought into a form that stays the same.
func FuzzTidy(f *testing.F) {
	f.Add([]byte(`[{"question":"Q1","options":["a"]}]`))
	f.Add([]byte(`[{"question":"Q2","options":["c","a"]},{"question":"Q1","options":null}]`))
	f.Add([]byte(`[{"question":"Q1","options":["aa",""]}]`))
	f.Fuzz(func(t *testing.T, body []byte) {
		var answers []Answer
		if json.Unmarshal(body, &answers) != nil {
			return
		}
		bank, ds := Decode(parse(t, "testdata/good/bank.yaml"))
		require.Empty(t, ds)
		sheet := Draw(7, bank, 0)
		tidy, err := sheet.Tidy(answers)
		if err != nil {
			return
		}
		require.Len(t, tidy, len(sheet))
		again, err := sheet.Tidy(tidy)
		require.NoError(t, err)
		require.Equal(t, tidy, again)
		score, err := sheet.Score(bank, tidy)
		require.NoError(t, err)
		require.LessOrEqual(t, score.Correct, len(sheet))
	})
}
