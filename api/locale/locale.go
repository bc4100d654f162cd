// Package locale says fault codes in the reader's language.
//
// The sentences are data (zh-CN.yaml, en.yaml). Every code has a sentence in every language; a test holds them in parity.
package locale

import (
	"embed"
	"fmt"
	"strings"

	"golang.org/x/text/language"
	"gopkg.in/yaml.v3"
)

//go:embed zh-CN.yaml en.yaml
var files embed.FS

// Languages in order of preference; the first is the default.
var Languages = []string{"zh-CN", "en"}

var matcher = language.NewMatcher([]language.Tag{language.SimplifiedChinese, language.English})

// sentences of one language.
type sentences struct {
	Titles map[string]string `yaml:"titles"` // by fault kind
	Codes  map[string]string `yaml:"codes"`  // by fault code
	Fields map[string]string `yaml:"fields"` // by field code
}

var byLanguage = mustLoad()

func mustLoad() map[string]sentences {
	out := map[string]sentences{}
	for _, lang := range Languages {
		body, err := files.ReadFile(lang + ".yaml")
		if err != nil {
			panic(err)
		}
		var s sentences
		if err := yaml.Unmarshal(body, &s); err != nil {
			panic(fmt.Errorf("locale %s: %w", lang, err))
		}
		out[lang] = s
	}
	return out
}

// Match picks a language for an Accept-Language header. Without one, or with none we speak, it is zh-CN.
func Match(acceptLanguage string) string {
	if len(acceptLanguage) > 200 {
		return Languages[0]
	}
	tags, _, err := language.ParseAcceptLanguage(acceptLanguage)
	if err != nil || len(tags) == 0 {
		return Languages[0]
	}
	_, index, confidence := matcher.Match(tags...)
	if confidence == language.No {
		return Languages[0]
	}
	return Languages[index]
}

// Title names a kind of fault.
func Title(lang, kind string) string { return byLanguage[lang].Titles[kind] }

// Detail is the sentence of a code with its parameters put in. ok is false for an unknown code.
func Detail(lang, code string, params map[string]any) (sentence string, ok bool) {
	s, ok := byLanguage[lang].Codes[code]
	return fill(s, params), ok
}

// Field is the sentence of a field code; an unknown code says itself.
func Field(lang, code string) string {
	if s, ok := byLanguage[lang].Fields[code]; ok {
		return s
	}
	return code
}

func fill(sentence string, params map[string]any) string {
	for k, v := range params {
		sentence = strings.ReplaceAll(sentence, "{"+k+"}", fmt.Sprint(v))
	}
	return sentence
}
