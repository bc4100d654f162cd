package pack

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
	"gopkg.in/yaml.v3"
)

// explainer turns the tree of a schema error into findings at the lines of the file.
type explainer struct {
	schema   schema
	path     string
	lineBase int
	root     *yaml.Node
	found    Diagnostics
}

func (e *explainer) full() bool { return len(e.found) > MaxFindings }

func (e *explainer) report(n *yaml.Node, id, message, fix string) {
	d := Diagnostic{ID: id, Severity: Error, Message: message, Fix: fix,
		Position: Position{Path: e.path, Line: n.Line + e.lineBase, Column: n.Column}}
	if !slices.Contains(e.found, d) {
		e.found = append(e.found, d)
	}
}

func (e *explainer) explain(v *jsonschema.ValidationError) {
	if e.full() {
		return
	}
	here := find(e.root, v.InstanceLocation)
	name := label(v.InstanceLocation)
	part := e.schema.at(v.SchemaURL)
	switch k := v.ErrorKind.(type) {
	case *kind.OneOf, *kind.AnyOf:
		e.explainChoice(v, here, name, part)
		return
	case *kind.AdditionalProperties:
		for _, field := range slices.Sorted(slices.Values(k.Properties)) {
			if e.full() {
				return
			}
			e.unknownField(keyOf(here, field), field, part)
		}
	case *kind.FalseSchema:
		if len(v.InstanceLocation) > 0 {
			parent := find(e.root, v.InstanceLocation[:len(v.InstanceLocation)-1])
			e.report(keyOf(parent, v.InstanceLocation[len(v.InstanceLocation)-1]), "AL0005", name+" does not go with the other fields here", "delete it")
		}
	case *kind.Required:
		for _, field := range k.Missing {
			e.report(here, "AL0006", "the field `"+field+"` is missing"+inside(name), e.describe(v.SchemaURL, field))
		}
	case *kind.DependentRequired:
		for _, field := range k.Missing {
			e.report(here, "AL0006", "the field `"+field+"` is missing"+inside(name)+": `"+k.Prop+"` needs it", e.describe(v.SchemaURL, field))
		}
	case *kind.Type:
		e.report(here, "AL0007", fmt.Sprintf("%s must be %s, not %s", name, typeNames(k.Want), typeName(k.Got)), description(part))
	case *kind.PropertyNames:
		// The validator does not say where; a name that is not allowed hardly stands in two places.
		if key := findKey(e.root, k.Property); key != nil {
			e.report(key, "AL0008", "`"+clip(k.Property)+"` cannot be a field name here", description(part))
		}
		return
	default:
		if len(v.Causes) == 0 {
			e.report(here, "AL0008", name+" "+complaint(v.ErrorKind, here), e.remedy(v.ErrorKind, here, part))
		}
	}
	for _, cause := range v.Causes {
		e.explain(cause)
	}
}

// explainChoice reports the form that the author most likely meant: the one whose own type and
// distinguishing values fit, and within those the one with the fewest differences.
func (e *explainer) explainChoice(v *jsonschema.ValidationError, here *yaml.Node, name string, part map[string]any) {
	if len(v.Causes) == 0 {
		e.report(here, "AL0008", name+" fits more than one of the allowed forms", description(part))
		return
	}
	best, bestMisfit, bestCount := v.Causes[0], 1<<30, 1<<30
	var wants []string
	for _, cause := range v.Causes {
		misfit, count := 0, 0
		for leaf := range leaves(cause) {
			count++
			depth := len(leaf.InstanceLocation) - len(v.InstanceLocation)
			switch k := leaf.ErrorKind.(type) {
			case *kind.Type:
				if depth == 0 {
					misfit += 4
					wants = append(wants, k.Want...)
				}
			case *kind.Const, *kind.Enum:
				if depth <= 1 {
					misfit += 2
				}
			case *kind.Required:
				misfit += len(k.Missing)
			}
		}
		if misfit < bestMisfit || misfit == bestMisfit && count < bestCount {
			best, bestMisfit, bestCount = cause, misfit, count
		}
	}
	if len(wants) >= len(v.Causes) {
		slices.Sort(wants)
		e.report(here, "AL0007", name+" must be "+typeNames(slices.Compact(wants)), description(part))
		return
	}
	e.explain(best)
}

// leaves are the errors at the ends of a tree.
func leaves(v *jsonschema.ValidationError) func(yield func(*jsonschema.ValidationError) bool) {
	return func(yield func(*jsonschema.ValidationError) bool) {
		if len(v.Causes) == 0 {
			yield(v)
			return
		}
		for _, cause := range v.Causes {
			for leaf := range leaves(cause) {
				if !yield(leaf) {
					return
				}
			}
		}
	}
}

func (e *explainer) unknownField(key *yaml.Node, field string, part map[string]any) {
	properties, _ := part["properties"].(map[string]any)
	known := slices.Sorted(maps.Keys(properties))
	e.report(key, "AL0005", "unknown field `"+clip(field)+"`", suggest(field, known))
}

func (e *explainer) describe(address, field string) string {
	if text := description(e.schema.at(address, "properties", field)); text != "" {
		return "add " + field + ": " + text
	}
	return "add " + field
}

func (e *explainer) remedy(k jsonschema.ErrorKind, here *yaml.Node, part map[string]any) string {
	if enum, ok := k.(*kind.Enum); ok {
		allowed := make([]string, len(enum.Want))
		for i, want := range enum.Want {
			allowed[i] = fmt.Sprint(want)
		}
		return suggest(here.Value, allowed)
	}
	return description(part)
}

// complaint says what is wrong with a value; the sentence continues after the field's name.
func complaint(k jsonschema.ErrorKind, here *yaml.Node) string {
	switch k := k.(type) {
	case *kind.Enum:
		return fmt.Sprintf("cannot be `%s`", clip(here.Value))
	case *kind.Const:
		return fmt.Sprintf("must be `%v`", k.Want)
	case *kind.Not:
		return "is a value that is ruled out"
	case *kind.Pattern:
		return fmt.Sprintf("is `%s`, which does not have the form %s", clip(k.Got), k.Want)
	case *kind.Minimum:
		return "must be at least " + k.Want.RatString()
	case *kind.Maximum:
		return "must be at most " + k.Want.RatString()
	case *kind.MinLength:
		if k.Got == 0 {
			return "must not be empty"
		}
		return fmt.Sprintf("has %d characters, at least %d are needed", k.Got, k.Want)
	case *kind.MaxLength:
		return fmt.Sprintf("has %d characters, at most %d are allowed", k.Got, k.Want)
	case *kind.MinItems:
		return fmt.Sprintf("has %d items, at least %d are needed", k.Got, k.Want)
	case *kind.MaxItems:
		return fmt.Sprintf("has %d items, at most %d are allowed", k.Got, k.Want)
	case *kind.UniqueItems:
		return fmt.Sprintf("says the same in items %d and %d", k.Duplicates[0]+1, k.Duplicates[1]+1)
	case *kind.MinProperties:
		return fmt.Sprintf("has %d fields, at least %d are needed", k.Got, k.Want)
	case *kind.MaxProperties:
		return fmt.Sprintf("has %d fields, at most %d are allowed", k.Got, k.Want)
	}
	return "is not allowed here (" + strings.Join(k.KeywordPath(), " ") + ")"
}
