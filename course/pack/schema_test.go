package pack_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"agentladder/course/pack"

	"github.com/stretchr/testify/require"
)

func TestSchemas(t *testing.T) {
	t.Parallel()
	kinds := pack.Kinds()
	require.Equal(t, []pack.Kind{pack.KindCurriculum, pack.KindLadder, pack.KindLesson, pack.KindLexicon, pack.KindPlan, pack.KindPlatform, pack.KindQuestions, pack.KindRubric, pack.KindRules, pack.KindScenario}, kinds)
	for _, kind := range append(kinds, "pack") {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			text, ok := pack.Schema(kind)
			require.True(t, ok)
			var s map[string]any
			require.NoError(t, json.Unmarshal(text, &s))
			require.Equal(t, "https://json-schema.org/draft/2020-12/schema", s["$schema"])
			require.Equal(t, "https://agentladder.example/pack/v1/"+string(kind)+".schema.json", s["$id"])
			requireDescribed(t, "", s)
		})
	}
}

// requireDescribed walks a schema: a field without a description cannot be authored, and an open mapping hides typing errors.
func requireDescribed(t *testing.T, at string, part map[string]any) {
	t.Helper()
	if properties, ok := part["properties"].(map[string]any); ok {
		require.Equal(t, false, part["additionalProperties"], "%s takes fields that it does not know", at)
		for name, field := range properties {
			f, isMap := field.(map[string]any)
			require.True(t, isMap, "%s.%s", at, name)
			_, refers := f["$ref"]
			_, described := f["description"]
			require.True(t, refers || described, "%s.%s has no description", at, name)
			requireDescribed(t, at+"."+name, f)
		}
	}
	for _, key := range []string{"oneOf", "anyOf", "allOf"} {
		forms, _ := part[key].([]any)
		for i, form := range forms {
			f, isMap := form.(map[string]any)
			require.True(t, isMap, "%s.%s[%d]", at, key, i)
			requireDescribed(t, fmt.Sprintf("%s.%s[%d]", at, key, i), f)
		}
	}
	for _, key := range []string{"items", "additionalProperties"} {
		if sub, ok := part[key].(map[string]any); ok {
			requireDescribed(t, at+"."+key, sub)
		}
	}
	if defs, ok := part["$defs"].(map[string]any); ok {
		for name, def := range defs {
			d, isMap := def.(map[string]any)
			require.True(t, isMap, "%s.$defs.%s", at, name)
			requireDescribed(t, at+".$defs."+name, d)
		}
	}
}

func TestKindsGoIntoFolders(t *testing.T) {
	t.Parallel()
	var folders []string
	for _, kind := range pack.Kinds() {
		folders = append(folders, pack.Folder(kind))
	}
	require.Equal(t, []string{"curriculum", "ladder", "lessons", "lexicon", "plans", "platform", "questions", "rubrics", "rules", "scenarios"}, folders)
	require.Equal(t, len(folders), len(slices.Compact(folders)))
}
