package scenario_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"agentladder/exam/scenario"
)

func TestVary(t *testing.T) {
	t.Parallel()
	sc, _ := load(t, "testdata/good.yaml")

	t.Run("SameSeedGivesTheSameCase", func(t *testing.T) {
		t.Parallel()
		rapid.Check(t, func(t *rapid.T) {
			seed := rapid.Uint64().Draw(t, "seed")
			a, b := sc.Vary(seed), sc.Vary(seed)
			require.Empty(t, cmp.Diff(a, b, cmpopts.IgnoreUnexported(scenario.Case{}), cmp.AllowUnexported(scenario.Lines{})))
			require.Contains(t, sc.Buyer.Names, a.Name)
			require.Equal(t, a.Values["lamp"]+" 50 元", a.Facts[0].Value)
		})
	})

	t.Run("SeedsReachEveryRowAndManyNames", func(t *testing.T) {
		t.Parallel()
		lamps, names := map[string]bool{}, map[string]bool{}
		for seed := range uint64(200) {
			c := sc.Vary(seed)
			lamps[c.Values["lamp"]], names[c.Name] = true, true
		}
		require.Len(t, lamps, 3)
		require.Len(t, names, 6)
	})

	t.Run("FilledFactsLeaveTheScenarioAlone", func(t *testing.T) {
		t.Parallel()
		sc.Vary(1)
		require.Equal(t, "{lamp} 50 元", sc.Facts[0].Value)
	})
}

func TestFace(t *testing.T) {
	t.Parallel()
	sc, _ := load(t, "testdata/good.yaml")

	t.Run("ShowsTheCardsAndNothingHidden", func(t *testing.T) {
		t.Parallel()
		c := sc.Vary(9)
		face := c.Face()
		require.Equal(t, []scenario.Card{{ID: "price", Label: "价格", Value: c.Values["lamp"] + " 50 元"}}, face.Facts)
		require.NotNil(t, face.Order)
		require.NotNil(t, face.Goods)
		require.NotNil(t, face.QuickPhrases)
		body, err := json.Marshal(face)
		require.NoError(t, err)
		for _, h := range sc.Hidden {
			for _, text := range append(h.Lines.Any, h.Words...) {
				require.NotContains(t, string(body), text)
			}
		}
		for _, topic := range sc.Topics {
			for _, text := range topic.Lines.Any {
				require.NotContains(t, string(body), text)
			}
		}
	})

	t.Run("HasNoWayToTheScenario", func(t *testing.T) {
		t.Parallel()
		requirePlain(t, reflect.TypeOf(scenario.CaseFace{}))
	})
}

// requirePlain fails when a type can carry anything but text, numbers, cards and faces.
func requirePlain(t *testing.T, typ reflect.Type) {
	t.Helper()
	for i := range typ.NumField() {
		field := typ.Field(i).Type
		switch {
		case field.Kind() == reflect.Slice:
			field = field.Elem()
		case field.Kind() == reflect.Struct:
			requirePlain(t, field)
			continue
		}
		if field.Kind() == reflect.Struct {
			requirePlain(t, field)
			continue
		}
		require.Contains(t, []string{"string", "int"}, fmt.Sprint(field.Kind()), typ.Field(i).Name)
	}
}
