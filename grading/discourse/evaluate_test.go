package discourse_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"gopkg.in/yaml.v3"

	"agentladder/grading/discourse"
)

func TestConditionEval(t *testing.T) {
	t.Parallel()
	lex := shipped(t)
	chat := lex.ReadChat([]discourse.Turn{
		{Seq: 1, Role: discourse.Buyer, Text: "快递三天没动了，你们管不管"},
		{Seq: 2, Role: discourse.Agent, Text: "实在抱歉，让您着急了"},
		{Seq: 3, Role: discourse.Agent, Text: "我马上联系网点，今天18点前回复您"},
		{Seq: 4, Role: discourse.Buyer, Text: "谢谢"},
		{Seq: 5, Role: discourse.Agent, Text: "不客气，抱歉耽误您了，您先忙"},
	})
	for text, want := range map[string]bool{
		"{signal: apology}":                                                 true,
		"{signal: apology, at_least: 2}":                                    true,
		"{signal: apology, at_least: 3}":                                    false,
		"{signal: apology, where: first}":                                   true,
		"{signal: own_action, where: first}":                                false,
		"{signal: farewell, where: last}":                                   true,
		"{signal: b_upset, by: buyer}":                                      true,
		"{signal: b_upset}":                                                 false,
		"{signal: apology, before: own_action}":                             true,
		"{signal: farewell, before: own_action}":                            false,
		"{signal: farewell, before: insult_person}":                         true,
		"{signal: own_action, after: b_upset}":                              true,
		"{signal: own_action, after: b_thanks}":                             false,
		"{signal: own_action, after: b_insult}":                             false,
		"{all: [{signal: apology}, {signal: commit_time}]}":                 true,
		"{all: [{signal: apology}, {signal: curt}]}":                        false,
		"{any: [{signal: curt}, {signal: commit_time}]}":                    true,
		"{any: [{signal: curt}, {signal: insult_person}]}":                  false,
		"{not: {signal: curt}}":                                             true,
		"{not: {signal: apology}}":                                          false,
		"{}":                                                                false,
		"{signal: contact_courier, after: apology, before: farewell}":       true,
		"{signal: apology, before: contact_courier, at_least: 2}":           false,
		"{all: [{not: {signal: curt}}, {any: [{signal: welcome}]}]}":        true,
		"{signal: apology, where: last, after: b_thanks}":                   true,
		"{signal: commit_time, before: contact_courier, where: any}":        false,
		"{signal: b_thanks, by: buyer, after: commit_time, where: last}":    true,
		"{signal: b_thanks, by: buyer, before: farewell, where: last}":      true,
		"{signal: b_upset, by: buyer, before: apology, where: first}":       true,
		"{signal: b_thanks, by: buyer, before: apology}":                    false,
		"{not: {all: [{signal: apology}, {not: {signal: insult_person}}]}}": false,
	} {
		var c discourse.Condition
		require.NoError(t, yaml.Unmarshal([]byte(text), &c))
		ok, evidence := c.Eval(chat)
		require.Equal(t, want, ok, text)
		if !ok {
			require.Empty(t, evidence, text)
		}
		for _, e := range evidence {
			turn := chat.Turns[e.Seq-1]
			require.Equal(t, e.Quote, string([]rune(turn.Text)[e.Start:e.End]), text)
		}
	}

	t.Run("a turn alone", func(t *testing.T) {
		t.Parallel()
		apology := discourse.Condition{Signal: "apology"}
		for i, want := range []bool{false, true, false, false, true} {
			ok, _ := apology.EvalTurn(chat, i)
			require.Equal(t, want, ok, i)
		}
		upset := discourse.Condition{Signal: "b_upset", By: discourse.Buyer}
		ok, _ := upset.EvalTurn(chat, 0)
		require.True(t, ok)
	})
}

func TestConditionCheck(t *testing.T) {
	t.Parallel()
	lex := shipped(t)
	doc := parse(t, "rules/test.yaml", "kind: rules\nid: test\nversion: 1\nrules: []\n")
	for name, row := range map[string]struct {
		c  discourse.Condition
		id string
	}{
		"nothing set":           {discourse.Condition{}, "AL1020"},
		"two forms":             {discourse.Condition{Signal: "apology", Not: &discourse.Condition{Signal: "curt"}}, "AL1020"},
		"order without signal":  {discourse.Condition{All: []discourse.Condition{{Signal: "apology"}}, After: "curt"}, "AL1020"},
		"unknown frame":         {discourse.Condition{Signal: "apologie"}, "AL1021"},
		"unknown frame inside":  {discourse.Condition{Not: &discourse.Condition{Any: []discourse.Condition{{Signal: "curt", Before: "nothing"}}}}, "AL1021"},
		"a place that is none":  {discourse.Condition{Signal: "apology", Where: "middle"}, "AL1022"},
		"a side that is none":   {discourse.Condition{Signal: "apology", By: "shop"}, "AL1022"},
		"a count below nothing": {discourse.Condition{Signal: "apology", AtLeast: -1}, "AL1022"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ds := row.c.Check(doc, lex, "rules")
			require.Len(t, ds, 1, "%v", ds)
			require.Equal(t, row.id, ds[0].ID)
			require.Equal(t, 4, ds[0].Line)
		})
	}
	require.Empty(t, discourse.Condition{Signal: "apology", By: discourse.Agent, Where: discourse.WhereFirst}.Check(doc, lex, "rules"))
}
