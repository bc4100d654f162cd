package library

import (
	"regexp"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"agentladder/course/pack"
	"agentladder/course/quiz"
	"agentladder/exam/bundle"
	"agentladder/grading/discourse"
	"agentladder/grading/rules"
)

// TestEveryQuestionIsAnsweredRightAndWrong marks each shipped question with its own answer and with every answer that
// differs from it by one option.
func TestEveryQuestionIsAnsweredRightAndWrong(t *testing.T) {
	t.Parallel()
	for _, bank := range banks(t) {
		sheet := quiz.Draw(20, bank, 0)
		blank, err := sheet.Score(bank, nil)
		require.NoError(t, err)
		require.Len(t, blank.Items, len(bank.Questions))
		for i, item := range blank.Items {
			require.False(t, item.Correct, "%s: silence is no answer", item.ID)
			require.True(t, marked(t, sheet, bank, i, item.Right), "%s: its own answer", item.ID)
			for _, o := range item.Options {
				changed := slices.DeleteFunc(slices.Clone(item.Right), func(id string) bool { return id == o.ID })
				if len(changed) == len(item.Right) {
					changed = append(changed, o.ID)
				}
				require.False(t, marked(t, sheet, bank, i, changed), "%s: with %s the other way", item.ID, o.Text)
			}
		}
	}
}

// marked says whether one question counts as right with these options.
func marked(t *testing.T, sheet quiz.Sheet, bank quiz.Bank, i int, options []string) bool {
	t.Helper()
	tidy, err := sheet.Tidy([]quiz.Answer{{Question: sheet[i].Question, Options: options}})
	require.NoError(t, err)
	score, err := sheet.Score(bank, tidy)
	require.NoError(t, err)
	return score.Items[i].Correct
}

func banks(t *testing.T) []quiz.Bank {
	t.Helper()
	var out []quiz.Bank
	for _, root := range Shipped() {
		p, ds := pack.Read(root)
		require.Empty(t, ds)
		for _, doc := range p.Of(pack.KindQuestions) {
			bank, ds := quiz.Decode(doc)
			require.Empty(t, ds)
			out = append(out, bank)
		}
	}
	require.NotEmpty(t, out)
	return out
}

// TestRightAnswersBreakNoRule: what a quiz calls right may be sent as it stands.
func TestRightAnswersBreakNoRule(t *testing.T) {
	t.Parallel()
	var docs []pack.Document
	for _, root := range Shipped() {
		p, ds := pack.Read(root)
		require.Empty(t, ds)
		docs = append(docs, p.Documents...)
	}
	b, ds := bundle.Load(docs)
	require.False(t, ds.HasErrors(), "%v", ds)
	spoken, tried := regexp.MustCompile(`“([^”]+)”`), 0
	for _, bank := range banks(t) {
		for _, q := range bank.Questions {
			for _, o := range q.Options {
				for _, words := range spoken.FindAllStringSubmatch(o.Text, -1) {
					if !o.Right {
						continue
					}
					tried++
					chat := b.Lexicon().ReadChat([]discourse.Turn{{Seq: 1, Role: discourse.Agent, Text: words[1]}})
					require.Empty(t, b.Engine().Book.Check(rules.Case{Chat: chat}), "%s: %s", q.ID, words[1])
				}
			}
		}
	}
	require.GreaterOrEqual(t, tried, 5)
}
