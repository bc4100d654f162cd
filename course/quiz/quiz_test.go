package quiz

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"agentladder/course/fault"
	"agentladder/course/pack"
	"agentladder/course/pack/packtest"
)

func parse(t *testing.T, name string) pack.Document {
	t.Helper()
	body, err := os.ReadFile(filepath.FromSlash(name))
	require.NoError(t, err)
	doc, ds := pack.Parse(name, body)
	require.Empty(t, ds, "the form is right, only the meaning may be wrong")
	return doc
}

func TestSchemaAndStructKnowTheSameFields(t *testing.T) {
	t.Parallel()
	require.Empty(t, packtest.Differences(pack.KindQuestions, Bank{}))
}

func TestDecode(t *testing.T) {
	t.Parallel()
	t.Run("a good bank has nothing to report", func(t *testing.T) {
		t.Parallel()
		bank, ds := Decode(parse(t, "testdata/good/bank.yaml"))
		require.Empty(t, ds)
		require.Equal(t, "C1", bank.Chapter)
		require.Len(t, bank.Questions, 3)
		require.True(t, bank.Questions[0].Options[0].Right)
		require.False(t, bank.Questions[0].Options[1].Right)
	})
	t.Run("other kinds are refused", func(t *testing.T) {
		t.Parallel()
		_, ds := Decode(pack.Document{Kind: pack.KindRules})
		require.True(t, ds.HasErrors())
	})
	t.Run("letters that name no option are left alone", func(t *testing.T) {
		t.Parallel()
		for _, text := range []string{"选择合适的规格", "选 AA 面料也可以", "选择 ABC 三个档位", "前面都说过要核对地址"} {
			require.Empty(t, byLetter.FindString(text), text)
		}
		for _, text := range []string{"应该选 B", "选项 A 不对", "答案 c。", "第二个选项", "选D，因为"} {
			require.NotEmpty(t, byLetter.FindString(text), text)
		}
	})
}

// Each file breaks one thing; its name begins with the id and the line of the finding carries a mark.
func TestBadBanks(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/bad/*.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".yaml"), func(t *testing.T) {
			t.Parallel()
			doc := parse(t, filepath.ToSlash(file))
			_, ds := Decode(doc)
			require.Len(t, ds, 1)
			id, _, _ := strings.Cut(strings.TrimSuffix(filepath.Base(file), ".yaml"), "-")
			require.Equal(t, id, ds[0].ID)
			require.Equal(t, 1+strings.Count(string(doc.Body[:strings.Index(string(doc.Body), "# here")]), "\n"), ds[0].Line, "%v", ds)
			require.Positive(t, ds[0].Column)
			require.NotEmpty(t, ds[0].Fix)
		})
	}
}

// banks makes banks of any size with every kind of question.
func banks(t *rapid.T) Bank {
	bank := Bank{Chapter: "C1"}
	for i := range rapid.IntRange(1, 30).Draw(t, "questions") {
		q := Question{ID: fmt.Sprintf("Q%d", i), Kind: Multiple, Prompt: fmt.Sprintf("问题%d", i), Lesson: "L1.1",
			Objective: rapid.IntRange(1, 5).Draw(t, "objective"), Explanation: fmt.Sprintf("解释-%d", i)}
		for j := range rapid.IntRange(2, 6).Draw(t, "options") {
			q.Options = append(q.Options, Option{Text: fmt.Sprintf("选项%d-%d", i, j), Right: j == 0 || rapid.Bool().Draw(t, "right") && j > 1})
		}
		if len(q.Options) == 2 {
			q.Kind = Judge
		}
		bank.Questions = append(bank.Questions, q)
	}
	return bank
}

// rightAnswers are the right choices, worked out from texts alone.
func rightAnswers(t require.TestingT, sheet Sheet, bank Bank) []Answer {
	shown, err := sheet.Public(bank)
	require.NoError(t, err)
	var out []Answer
	for _, p := range shown {
		q, _ := bank.find(p.ID)
		a := Answer{Question: p.ID}
		for _, o := range p.Options {
			if i := slices.IndexFunc(q.Options, func(own Option) bool { return own.Text == o.Text }); q.Options[i].Right {
				a.Options = append(a.Options, o.ID)
			}
		}
		out = append(out, a)
	}
	return out
}

func TestSheet(t *testing.T) {
	t.Parallel()
	t.Run("a seed always gives the same sheet, also after storing", rapid.MakeCheck(func(t *rapid.T) {
		bank, seed, n := banks(t), rapid.Uint64().Draw(t, "seed"), rapid.IntRange(0, 40).Draw(t, "n")
		sheet := Draw(seed, bank, n)
		require.Equal(t, sheet, Draw(seed, bank, n))
		stored, err := json.Marshal(sheet)
		require.NoError(t, err)
		var back Sheet
		require.NoError(t, json.Unmarshal(stored, &back))
		require.Equal(t, sheet, back)
	}))
	t.Run("a sheet has as many different questions as asked for, and every option of each once", rapid.MakeCheck(func(t *rapid.T) {
		bank, n := banks(t), rapid.IntRange(0, 40).Draw(t, "n")
		sheet := Draw(rapid.Uint64().Draw(t, "seed"), bank, n)
		want := n
		if n == 0 || n > len(bank.Questions) {
			want = len(bank.Questions)
		}
		require.Len(t, sheet, want)
		seen := map[string]bool{}
		shown, err := sheet.Public(bank)
		require.NoError(t, err)
		for _, p := range shown {
			require.False(t, seen[p.ID])
			seen[p.ID] = true
			q, _ := bank.find(p.ID)
			texts := map[string]bool{}
			for i, o := range p.Options {
				require.Equal(t, string(rune('a'+i)), o.ID)
				texts[o.Text] = true
			}
			require.Len(t, texts, len(q.Options))
			if q.Kind == Judge {
				require.Equal(t, q.Options[0].Text, p.Options[0].Text, "true stands before false")
			}
		}
	}))
	t.Run("every objective is asked about while there is room", rapid.MakeCheck(func(t *rapid.T) {
		bank := banks(t)
		all := map[int]bool{}
		for _, q := range bank.Questions {
			all[q.Objective] = true
		}
		n := rapid.IntRange(len(all), max(len(all), len(bank.Questions))).Draw(t, "n")
		asked := map[int]bool{}
		for _, slot := range Draw(rapid.Uint64().Draw(t, "seed"), bank, n) {
			q, _ := bank.find(slot.Question)
			asked[q.Objective] = true
		}
		require.Equal(t, all, asked)
	}))
	t.Run("what is shown before handing in tells nothing of the answer", rapid.MakeCheck(func(t *rapid.T) {
		bank := banks(t)
		sheet := Draw(rapid.Uint64().Draw(t, "seed"), bank, 0)
		before, err := sheet.Public(bank)
		require.NoError(t, err)
		for i := range bank.Questions { // the answers are turned round; what is shown stays the same
			bank.Questions[i].Explanation = "另一个解释"
			for j := range bank.Questions[i].Options {
				bank.Questions[i].Options[j].Right = !bank.Questions[i].Options[j].Right
			}
		}
		after, err := sheet.Public(bank)
		require.NoError(t, err)
		require.Equal(t, before, after)
		text, err := json.Marshal(before)
		require.NoError(t, err)
		require.False(t, bytes.Contains(text, []byte("解释")))
	}))
	t.Run("the right option has no place of its own", func(t *testing.T) {
		t.Parallel()
		bank, _ := Decode(parse(t, "testdata/good/bank.yaml"))
		places := map[string]int{}
		for seed := range uint64(600) {
			for _, a := range rightAnswers(t, Draw(seed, bank, 0), bank) {
				if a.Question == "Q1" {
					places[a.Options[0]]++
				}
			}
		}
		for _, place := range []string{"a", "b", "c"} {
			require.InDelta(t, 200, places[place], 60, "%v", places)
		}
	})
	t.Run("another bank than the sheet's is noticed", func(t *testing.T) {
		t.Parallel()
		bank, _ := Decode(parse(t, "testdata/good/bank.yaml"))
		for _, wrong := range []Sheet{{{Question: "Q9", Order: []int{0, 1, 2}}}, {{Question: "Q1", Order: []int{0, 1}}}, {{Question: "Q1", Order: []int{0, 0, 2}}}} {
			_, err := wrong.Public(bank)
			require.Error(t, err)
			_, err = wrong.Score(bank, nil)
			require.Error(t, err)
		}
	})
}

func TestScore(t *testing.T) {
	t.Parallel()
	t.Run("right answers give a hundred, none give nothing", rapid.MakeCheck(func(t *rapid.T) {
		bank := banks(t)
		sheet := Draw(rapid.Uint64().Draw(t, "seed"), bank, rapid.IntRange(0, 30).Draw(t, "n"))
		tidy, err := sheet.Tidy(rightAnswers(t, sheet, bank))
		require.NoError(t, err)
		score, err := sheet.Score(bank, tidy)
		require.NoError(t, err)
		require.Equal(t, 100, score.Percent)
		require.Equal(t, len(sheet), score.Correct)
		empty, err := sheet.Tidy(nil)
		require.NoError(t, err)
		score, err = sheet.Score(bank, empty)
		require.NoError(t, err)
		require.Zero(t, score.Percent)
		for _, item := range score.Items {
			require.NotEmpty(t, item.Right)
			require.NotEmpty(t, item.Explanation)
		}
	}))
	t.Run("only the exact set counts", rapid.MakeCheck(func(t *rapid.T) {
		bank := banks(t)
		sheet := Draw(rapid.Uint64().Draw(t, "seed"), bank, 0)
		answers := rightAnswers(t, sheet, bank)
		i := rapid.IntRange(0, len(answers)-1).Draw(t, "changed")
		option := letter(rapid.IntRange(0, len(sheet[i].Order)-1).Draw(t, "option"))
		if at := slices.Index(answers[i].Options, option); at >= 0 {
			answers[i].Options = slices.Delete(answers[i].Options, at, at+1)
		} else {
			answers[i].Options = append(answers[i].Options, option)
		}
		tidy, err := sheet.Tidy(answers)
		require.NoError(t, err)
		score, err := sheet.Score(bank, tidy)
		require.NoError(t, err)
		require.Equal(t, len(sheet)-1, score.Correct)
		require.False(t, score.Items[i].Correct)
		require.Equal(t, 100*(len(sheet)-1)/len(sheet), score.Percent)
	}))
	t.Run("order does not matter", rapid.MakeCheck(func(t *rapid.T) {
		bank := banks(t)
		sheet := Draw(1, bank, 0)
		answers := rightAnswers(t, sheet, bank)
		mixed := rapid.Permutation(answers).Draw(t, "mixed")
		for i := range mixed {
			mixed[i].Options = rapid.Permutation(mixed[i].Options).Draw(t, "options")
		}
		one, err := sheet.Tidy(answers)
		require.NoError(t, err)
		two, err := sheet.Tidy(mixed)
		require.NoError(t, err)
		require.Equal(t, one, two)
	}))
	t.Run("what was never shown is refused", func(t *testing.T) {
		t.Parallel()
		bank, _ := Decode(parse(t, "testdata/good/bank.yaml"))
		sheet := Draw(3, bank, 0)
		for _, c := range []struct {
			code    string
			answers []Answer
		}{
			{"answer_unknown", []Answer{{Question: "Q9", Options: []string{"a"}}}},
			{"answer_unknown", []Answer{{Question: "Q1", Options: []string{"d"}}}},
			{"answer_unknown", []Answer{{Question: "Q1", Options: []string{""}}}},
			{"answer_unknown", []Answer{{Question: "Q1", Options: []string{"A"}}}},
			{"answer_unknown", []Answer{{Question: "Q3", Options: []string{"c"}}}},
			{"answer_twice", []Answer{{Question: "Q1", Options: []string{"a"}}, {Question: "Q1", Options: []string{"b"}}}},
			{"answer_twice", []Answer{{Question: "Q2", Options: []string{"a", "a"}}}},
		} {
			_, err := sheet.Tidy(c.answers)
			require.ErrorIs(t, err, fault.New(fault.Invalid, c.code, nil), "%v", c.answers)
		}
	})
}
