// Package packtest decides whether a JSON Schema and the Go struct that reads the same document know the same fields.
//
// It is for tests: a field that only one of them knows is either refused in every pack or silently ignored.
package packtest

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"agentladder/course/pack"

	"gopkg.in/yaml.v3"
)

// Differences lists, sorted, the fields of a kind's schema that the type of into lacks, the other way round, and
// those whose types disagree. The header (kind, id, version) may be missing from the struct.
// Types with their own UnmarshalYAML are taken at their word.
func Differences(kind pack.Kind, into any) []string {
	text, ok := pack.Schema(kind)
	if !ok {
		return []string{fmt.Sprintf("there is no schema for %s", kind)}
	}
	var root map[string]any
	if err := json.Unmarshal(text, &root); err != nil {
		return []string{err.Error()}
	}
	c := comparer{root: root, seen: map[string]bool{}}
	c.compare("", root, reflect.TypeOf(into))
	slices.Sort(c.found)
	return slices.Compact(c.found)
}

type comparer struct {
	root  map[string]any
	seen  map[string]bool // definition and type, for schemas that refer to themselves
	found []string
}

func (c *comparer) differ(at, format string, args ...any) {
	c.found = append(c.found, strings.TrimPrefix(at, ".")+": "+fmt.Sprintf(format, args...))
}

var unmarshaler = reflect.TypeFor[yaml.Unmarshaler]()

func (c *comparer) compare(at string, schema map[string]any, t reflect.Type) {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Implements(unmarshaler) || reflect.PointerTo(t).Implements(unmarshaler) || t.Kind() == reflect.Interface {
		return
	}
	if ref, ok := schema["$ref"].(string); ok {
		key := ref + " " + t.String()
		if c.seen[key] {
			return
		}
		c.seen[key] = true
		name := strings.TrimPrefix(ref, "#/$defs/")
		defs, _ := c.root["$defs"].(map[string]any)
		def, found := defs[name].(map[string]any)
		if !found {
			c.differ(at, "%s is not defined", ref)
			return
		}
		c.compare(at, def, t)
		return
	}
	if want := kindsOf(schema); len(want) > 0 && !slices.Contains(want, t.Kind()) {
		c.differ(at, "the schema says %v, the struct %s", schema["type"], t.Kind())
		return
	}
	switch t.Kind() {
	case reflect.Struct:
		c.compareStruct(at, schema, t)
	case reflect.Slice, reflect.Array:
		if items, ok := schema["items"].(map[string]any); ok {
			c.compare(at+"[]", items, t.Elem())
		}
	case reflect.Map:
		if values, ok := schema["additionalProperties"].(map[string]any); ok {
			c.compare(at+"{}", values, t.Elem())
		}
	}
}

// kindsOf are the Go kinds that can hold a value of the schema's type; none when the schema does not say.
func kindsOf(schema map[string]any) []reflect.Kind {
	switch schema["type"] {
	case "string":
		return []reflect.Kind{reflect.String}
	case "boolean":
		return []reflect.Kind{reflect.Bool}
	case "integer":
		return []reflect.Kind{reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
			reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64}
	case "array":
		return []reflect.Kind{reflect.Slice, reflect.Array}
	case "object":
		return []reflect.Kind{reflect.Struct, reflect.Map}
	}
	return nil
}

func (c *comparer) compareStruct(at string, schema map[string]any, t reflect.Type) {
	properties, _ := schema["properties"].(map[string]any)
	fields := map[string]reflect.Type{}
	collect(t, fields)
	for _, name := range slices.Sorted(maps.Keys(properties)) {
		field, ok := fields[name]
		if !ok {
			if at != "" || name != "kind" && name != "id" && name != "version" {
				c.differ(at+"."+name, "only the schema knows it")
			}
			continue
		}
		property, _ := properties[name].(map[string]any)
		c.compare(at+"."+name, property, field)
	}
	for name := range fields {
		if _, ok := properties[name]; !ok {
			c.differ(at+"."+name, "only the struct knows it")
		}
	}
}

// collect finds the YAML names of a struct's fields the way the YAML library does.
func collect(t reflect.Type, into map[string]reflect.Type) {
	for field := range t.Fields() {
		name, options, _ := strings.Cut(field.Tag.Get("yaml"), ",")
		switch {
		case name == "-" || !field.IsExported() && !field.Anonymous:
		case strings.Contains(options, "inline"):
			collect(field.Type, into)
		case name == "":
			into[strings.ToLower(field.Name)] = field.Type
		default:
			into[name] = field.Type
		}
	}
}
