package pack

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// formsSchema holds the constructs whose errors come as trees.
const formsSchema = `{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$id": "https://agentladder.example/test.schema.json",
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "lines": {"oneOf": [
      {"type": "array", "items": {"type": "string"}},
      {"type": "object", "additionalProperties": false, "properties": {"upset": {"type": "array"}, "pleased": {"type": "array"}}}
    ], "description": "a list, or lists by mood"},
    "act": {"anyOf": [
      {"type": "object", "additionalProperties": false, "required": ["do", "order"], "properties": {"do": {"const": "refund"}, "order": {"type": "string"}}},
      {"type": "object", "additionalProperties": false, "required": ["do", "text"], "properties": {"do": {"const": "remark"}, "text": {"type": "string", "description": "what to note"}}}
    ]},
    "both": {"oneOf": [{"type": "integer"}, {"minimum": 3}]},
    "names": {"type": "object", "propertyNames": {"pattern": "^[a-z]+$", "description": "lower-case letters"}, "additionalProperties": {"type": "integer"}},
    "until": {"type": "string"},
    "from": {"type": "string", "description": "first day"},
    "plain": {"type": "string", "not": {"const": "x"}},
    "few": {"type": "array", "minItems": 2, "maxItems": 3, "items": {"type": "number", "maximum": 5}},
    "level": {"enum": ["low", "high"]}
  },
  "dependentRequired": {"until": ["from"]},
  "if": {"required": ["from"]},
  "then": {"properties": {"level": false}}
}`

func TestExplain(t *testing.T) {
	t.Parallel()
	s, err := compile([]byte(formsSchema))
	require.NoError(t, err)
	cases := []struct {
		name, text string
		want       []string
	}{
		{"ListFormWithAWrongItem", "lines: [a, 1]\n", []string{"x.yaml:1:12: error AL0007: `lines[1]` must be text, not a number"}},
		{"MappingFormWithATypingError", "lines:\n  upste: [a]\n", []string{"x.yaml:2:3: error AL0005: unknown field `upste`\n    did you mean `upset`?"}},
		{"NoFormAtAll", "lines: 3\n", []string{"x.yaml:1:8: error AL0007: `lines` must be a list or a mapping\n    a list, or lists by mood"}},
		{"TheFormWhoseMarkFitsIsExplained", "act: {do: remark}\n", []string{"x.yaml:1:6: error AL0006: the field `text` is missing in `act`\n    add text: what to note"}},
		{"MoreThanOneFormFits", "both: 4\n", []string{"x.yaml:1:7: error AL0008: `both` fits more than one of the allowed forms"}},
		{"FieldNameOfTheWrongForm", "names: {a: 1, B: 2}\n", []string{"x.yaml:1:15: error AL0008: `B` cannot be a field name here\n    lower-case letters"}},
		{"FieldThatNeedsAnother", "until: '1'\n", []string{"x.yaml:1:1: error AL0006: the field `from` is missing: `until` needs it\n    add from: first day"}},
		{"FieldThatDoesNotGoWithAnother", "from: '1'\nlevel: low\n", []string{"x.yaml:2:1: error AL0005: `level` does not go with the other fields here\n    delete it"}},
		{"ForbiddenValue", "plain: x\n", []string{"x.yaml:1:8: error AL0008: `plain` is a value that is ruled out"}},
		{"TooFewItemsAndTooLarge", "few: [9.5]\n", []string{
			"x.yaml:1:6: error AL0008: `few` has 1 items, at least 2 are needed",
			"x.yaml:1:7: error AL0008: `few[0]` must be at most 5",
		}},
		{"ValueThatIsNoneOfTheChoices", "level: hihg\n", []string{"x.yaml:1:8: error AL0008: `level` cannot be `hihg`\n    did you mean `high`?"}},
		{"NothingWrong", "lines: {upset: [a]}\nact: {do: refund, order: '1'}\n", nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			root, ds := readMapping("x.yaml", []byte(c.text), 0)
			require.Empty(t, ds)
			var got []string
			for _, d := range s.check("x.yaml", root, 0) {
				got = append(got, d.String())
			}
			require.Equal(t, c.want, got)
		})
	}
}

func TestSchemasCannotReachOut(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"https://example.org/other.json", "file:///etc/hostname", "other.schema.json"} {
		_, err := compile([]byte(`{"$id": "https://agentladder.example/x.json", "$ref": "` + address + `"}`))
		require.ErrorContains(t, err, "must not refer")
	}
}
