package scenario

import (
	"errors"

	"gopkg.in/yaml.v3"
)

// Lines are phrasings of one beat. In YAML either a list, or a mapping with lists by mood band.
type Lines struct {
	Any     []string
	Upset   []string
	Neutral []string
	Pleased []string
	banded  bool
}

// UnmarshalYAML reads both forms.
func (l *Lines) UnmarshalYAML(n *yaml.Node) error {
	switch n.Kind {
	case yaml.SequenceNode:
		return n.Decode(&l.Any)
	case yaml.MappingNode:
		var banded struct {
			Any     []string `yaml:"any"`
			Upset   []string `yaml:"upset"`
			Neutral []string `yaml:"neutral"`
			Pleased []string `yaml:"pleased"`
		}
		if err := n.Decode(&banded); err != nil {
			return err
		}
		*l = Lines{Any: banded.Any, Upset: banded.Upset, Neutral: banded.Neutral, Pleased: banded.Pleased, banded: true}
		return nil
	}
	return errors.New("lines are a list of sentences, or lists by mood: any, upset, neutral, pleased")
}

// Empty reports whether there is nothing to say.
func (l Lines) Empty() bool { return len(l.Any)+len(l.Upset)+len(l.Neutral)+len(l.Pleased) == 0 }

// Own returns the phrasings written for a band.
func (l Lines) Own(b Band) []string {
	switch b {
	case Upset:
		return l.Upset
	case Pleased:
		return l.Pleased
	}
	return l.Neutral
}

// For returns what may be said in a band, the band's own phrasings first.
func (l Lines) For(b Band) []string {
	return append(append([]string(nil), l.Own(b)...), l.Any...)
}

// Spare returns what may be said when For is used up: the nearer bands first, so that a pleased buyer never
// suddenly shouts while milder words are left.
func (l Lines) Spare(b Band) []string {
	switch b {
	case Upset:
		return l.Neutral
	case Pleased:
		return l.Neutral
	}
	return nil
}

// phrase is one sentence with its place below the beat's field.
type phrase struct {
	text string
	path []any
}

func (l Lines) phrases(path ...any) []phrase {
	var out []phrase
	add := func(texts []string, below ...any) {
		for i, t := range texts {
			out = append(out, phrase{text: t, path: join(path, append(below, i)...)})
		}
	}
	if !l.banded {
		add(l.Any)
		return out
	}
	add(l.Any, "any")
	add(l.Upset, "upset")
	add(l.Neutral, "neutral")
	add(l.Pleased, "pleased")
	return out
}

func join(path []any, more ...any) []any { return append(append([]any(nil), path...), more...) }
