package score

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agentladder/grading/discourse"
)

func TestDecodeTranscript(t *testing.T) {
	t.Parallel()
	t.Run("a whole transcript, unknown fields ignored", func(t *testing.T) {
		t.Parallel()
		got, err := DecodeTranscript("chat.json", []byte(`{"id":"T1","group":"G1","rank":2,"quality":"good","stage":"after","platform":"jd","facts":"标价159; 满150减10","expected_violations":["PASSIVE"],
			"mood":{"x":[1,2]},"turns":[{"role":"buyer","text":"在吗","at":"2026-03-02T09:00:00+08:00","emoji":true},{"role":"agent","text":""}]}`))
		require.NoError(t, err)
		require.Equal(t, "T1", got.ID)
		require.Equal(t, 2, got.Rank)
		require.Equal(t, []string{"PASSIVE"}, got.Expected)
		require.Len(t, got.Facts, 2)
		require.Len(t, got.Turns, 2)
		require.Equal(t, discourse.Agent, got.Turns[1].Role)
		require.Equal(t, 2, got.Turns[1].Seq)
		require.True(t, got.Turns[0].At.Equal(time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)))
		require.Equal(t, "jd", got.Input().Case.Platform)
	})
	t.Run("facts may be absent or a list", func(t *testing.T) {
		t.Parallel()
		for text, n := range map[string]int{`"facts":null,`: 0, ``: 0, `"facts":["标价159","包邮"],`: 2} {
			got, err := DecodeTranscript("chat.json", []byte(`{`+text+`"turns":[{"role":"buyer","text":"x"}]}`))
			require.NoError(t, err)
			require.Len(t, got.Facts, n)
		}
	})
	turns := `"turns":[{"role":"buyer","text":"在吗"}]`
	for _, c := range []struct{ outcome, text, want string }{
		{"nothing", ``, `f:1:1: there is no JSON object`},
		{"blanks", " \n ", `f:2:2: there is no JSON object`},
		{"not JSON", `{"turns": oops}`, `f:1:11: not JSON: invalid character 'o' looking for beginning of value`},
		{"on the third line", "{\n\"stage\":\"pre\",\n  x}", `f:3:3: not JSON: invalid character 'x' looking for beginning of object key string`},
		{"cut short", `{"turns":[{"role"`, `f:1:18: the JSON ends too early`},
		{"something behind it", `{` + turns + `} {}`, `f:1:42: something follows the JSON object`},
		{"a list", `[1]`, `f:1:1: the file is array, which does not fit`},
		{"turns of the wrong kind", `{"turns":"none"}`, `f:1:10: turns is string, which does not fit`},
		{"a text of the wrong kind", `{"turns":[{"role":"buyer","text":7}]}`, `f:1:34: turns.text is number, which does not fit`},
		{"no turns", `{"stage":"pre"}`, "f:1:1: `turns` is missing or empty"},
		{"empty turns", `{"turns":[]}`, "f:1:10: `turns` is missing or empty"},
		{"an unknown stage", `{"stage":"later",` + turns + `}`, "f:1:10: `stage` is \"later\"; write pre, in or after"},
		{"an unknown role, columns in characters", `{"id":"您好","turns":[{"text":"在吗","role":"客服"}]}`, "f:1:41: turns[0]: `role` is \"客服\"; write buyer or agent"},
		{"a missing role", "{\"turns\":[\n{\"text\":\"x\"}]}", "f:2:1: turns[0]: `role` is \"\"; write buyer or agent"},
		{"a missing text", `{"turns":[{"role":"buyer","text":"x"},{"role":"agent"}]}`, "f:1:39: turns[1]: `text` is missing"},
		{"a time that is none", `{"turns":[{"role":"buyer","text":"x","at":"morning"}]}`, "f:1:43: turns[0]: `at` is \"morning\"; write a time like 2026-03-02T09:00:00+08:00"},
		{"facts of the wrong kind", `{"facts":{"price":1},` + turns + `}`, "f:1:10: `facts` must be text, or a list of texts"},
		{"a negative rank", `{"rank":-1,` + turns + `}`, "f:1:9: `rank` is negative; 1 is best"},
		{"bytes that are no text", "{\"id\":\"\xff\"}", `f:1:8: byte 0xff is not UTF-8`},
		{"a text without end", `{"turns":[{"role":"buyer","text":"` + strings.Repeat("长", 20_001) + `"}]}`, "f:1:34: turns[0]: the text has 20001 characters, more than 20000"},
	} {
		t.Run(c.outcome, func(t *testing.T) {
			t.Parallel()
			_, err := DecodeTranscript("f", []byte(c.text))
			var wrong *InputError
			require.True(t, errors.As(err, &wrong), "%v", err)
			require.Equal(t, c.want, err.Error())
		})
	}
}

func TestDecodeTranscripts(t *testing.T) {
	t.Parallel()
	one := `{"id":"a","turns":[{"role":"buyer","text":"x"}]}`
	t.Run("one per line, empty lines are skipped", func(t *testing.T) {
		t.Parallel()
		all, err := DecodeTranscripts("f", []byte(one+"\n\n"+strings.Replace(one, `"a"`, `"b"`, 1)))
		require.NoError(t, err)
		require.Len(t, all, 2)
	})
	t.Run("the line of the fault is the line of the file", func(t *testing.T) {
		t.Parallel()
		_, err := DecodeTranscripts("f", []byte(one+"\n\n"+`{"id":"b","turns":[{"role":"x","text":""}]}`))
		require.EqualError(t, err, "f:3:28: turns[0]: `role` is \"x\"; write buyer or agent")
	})
	t.Run("ids differ and are there", func(t *testing.T) {
		t.Parallel()
		_, err := DecodeTranscripts("f", []byte(one+"\n"+one))
		require.EqualError(t, err, `f:2:1: the id "a" is already on line 1`)
		_, err = DecodeTranscripts("f", []byte(strings.Replace(one, `"id":"a",`, "", 1)))
		require.EqualError(t, err, "f:1:1: `id` is missing")
	})
}

func TestEvaluate(t *testing.T) {
	t.Parallel()
	e := plain(t)
	at := func(id, group string, rank int, lines ...string) Transcript {
		return Transcript{ID: id, Group: group, Rank: rank, Turns: say(lines...)}
	}
	good := []string{"b:b_upset", "a:greeting apology own_action"}
	weak := []string{"b:b_upset", "a:own_action R14.deflect!MEDIUM。 R14.deflect!MEDIUM"}
	t.Run("pairs are counted within a group, equal scores are out of order", func(t *testing.T) {
		t.Parallel()
		got := e.Evaluate([]Transcript{at("1", "G", 2, weak...), at("2", "G", 1, good...), at("3", "G", 3, weak...), at("4", "H", 1, weak...), at("5", "", 2, weak...), at("6", "G", 0, weak...)})
		require.Equal(t, 6, got.N)
		require.Equal(t, 3, got.Pairs)
		require.Equal(t, 2, got.PairsOrdered, "2 over 1, 2 over 3; 1 and 3 are equal")
		require.Equal(t, []string{"NAME_R14"}, got.Items[0].Violations)
	})
	t.Run("scores are written as points", func(t *testing.T) {
		t.Parallel()
		body, err := json.Marshal(e.Evaluate([]Transcript{at("1", "G", 1, good...)}))
		require.NoError(t, err)
		require.Equal(t, `{"n":1,"pairs":0,"pairs_ordered":0,"items":[{"id":"1","score":100.000,"passed":true,"violations":[]}]}`, string(body))
		_, err = json.Marshal(Points(-1))
		require.Error(t, err)
	})
}

func FuzzDecodeTranscript(f *testing.F) {
	f.Add([]byte(`{"id":"T1","turns":[{"role":"buyer","text":"在吗","at":"2026-03-02T09:00:00+08:00"}]}`))
	f.Add([]byte(`{"turns":[{"role":7}]}`))
	f.Add([]byte("{\n\"facts\":[1]}"))
	f.Fuzz(func(t *testing.T, text []byte) {
		got, err := DecodeTranscript("f", text)
		if err == nil {
			require.NotEmpty(t, got.Turns)
			return
		}
		var wrong *InputError
		require.True(t, errors.As(err, &wrong))
		require.Positive(t, wrong.Line)
		require.Positive(t, wrong.Column)
		require.LessOrEqual(t, wrong.Line, 1+strings.Count(string(text), "\n"))
	})
}
