package rubric

import (
	"slices"
	"strings"

	"agentladder/course/pack"
	"agentladder/grading/rules"
)

// Platforms is what the selling platforms are publicly reported to ask of a shop and to do about a broken rule.
// Everything in it is dated and cited; none of it is advice. The nil *Platforms knows nothing.
type Platforms struct {
	ID           string        `yaml:"id"`
	Version      int           `yaml:"version"`
	Title        string        `yaml:"title"`
	Wording      string        `yaml:"wording"` // {as_of}, {platform} and {text} are filled in
	Any          string        `yaml:"any"`     // what {platform} says when the consequence is not of one platform
	Platforms    []Platform    `yaml:"platforms"`
	Consequences []Consequence `yaml:"consequences"`

	doc pack.Document
}

// Platform is one selling platform.
type Platform struct {
	ID                 string   `yaml:"id"`
	Name               string   `yaml:"name"`
	ReplyTargetSeconds int      `yaml:"reply_target_seconds"`
	FirstReplySeconds  int      `yaml:"first_reply_seconds"`
	Metric             string   `yaml:"metric"`
	Sources            []string `yaml:"sources"`
	AsOf               string   `yaml:"as_of"` // yyyy, yyyy-mm or yyyy-mm-dd: the state of the public source
	Note               string   `yaml:"note"`
}

// Consequence is what a platform or the law is reported to do about a broken rule, within a span of days.
// Exactly one of Rule and SubRule is set; Platform and Severity narrow it.
type Consequence struct {
	Rule     string         `yaml:"rule"`
	SubRule  string         `yaml:"sub_rule"`
	Platform string         `yaml:"platform"`
	Severity rules.Severity `yaml:"severity"`
	Text     string         `yaml:"text"`
	From     string         `yaml:"from"`  // first day, yyyy-mm-dd; empty: always
	Until    string         `yaml:"until"` // last day, yyyy-mm-dd; empty: still
	Sources  []string       `yaml:"sources"`
	AsOf     string         `yaml:"as_of"`
}

// Digest identifies the bytes. It is empty for nil.
func (p *Platforms) Digest() string {
	if p == nil {
		return ""
	}
	return p.doc.Digest
}

// Platform returns a platform by id.
func (p *Platforms) Platform(id string) (Platform, bool) {
	if p == nil {
		return Platform{}, false
	}
	for _, x := range p.Platforms {
		if x.ID == id {
			return x, true
		}
	}
	return Platform{}, false
}

// Target is how many seconds a buyer should wait at most on a platform; 0 when that is not known.
func (p *Platforms) Target(id string) int {
	x, _ := p.Platform(id)
	return x.ReplyTargetSeconds
}

// Consequence is the dated sentence about a violation on a platform (id, may be empty) on a day (yyyy-mm-dd; empty
// means the newest known). The narrowest entry wins: sub-rule before rule, platform before any, severity before any.
// It is empty when nothing is known.
func (p *Platforms) Consequence(v rules.Violation, platform, day string) string {
	if p == nil {
		return ""
	}
	best, bestRank := -1, -1
	for i, c := range p.Consequences {
		if !c.covers(v, platform) || !c.on(day) {
			continue
		}
		rank := c.rank()
		if rank > bestRank || rank == bestRank && c.From > p.Consequences[best].From {
			best, bestRank = i, rank
		}
	}
	if best < 0 {
		return ""
	}
	c := p.Consequences[best]
	name := p.Any
	if x, ok := p.Platform(c.Platform); ok {
		name = x.Name
	}
	return strings.NewReplacer("{as_of}", c.AsOf, "{platform}", name, "{text}", c.Text).Replace(p.Wording)
}

func (c Consequence) covers(v rules.Violation, platform string) bool {
	return (c.Rule == "" || c.Rule == v.Rule || c.Rule == v.Name) && (c.SubRule == "" || c.SubRule == v.SubRule) &&
		(c.Platform == "" || c.Platform == platform) && (c.Severity == "" || c.Severity == v.Severity)
}

// on compares ISO days as text. Without a day only entries that still hold are known to be right.
func (c Consequence) on(day string) bool {
	if day == "" {
		return c.Until == ""
	}
	return (c.From == "" || c.From <= day) && (c.Until == "" || day <= c.Until)
}

func (c Consequence) rank() int {
	rank := 0
	for i, narrow := range []bool{c.Severity != "", c.Platform != "", c.SubRule != ""} {
		if narrow {
			rank += 1 << i
		}
	}
	return rank
}

// overlaps says whether two entries about the same thing hold on the same day.
func (c Consequence) overlaps(o Consequence) bool {
	same := c.Rule == o.Rule && c.SubRule == o.SubRule && c.Platform == o.Platform && c.Severity == o.Severity
	starts := c.Until == "" || o.From == "" || o.From <= c.Until
	ends := o.Until == "" || c.From == "" || c.From <= o.Until
	return same && starts && ends
}

// CompilePlatforms decodes and checks the platform documents among docs: at least one; of several versions of one id the newest.
func CompilePlatforms(docs []pack.Document) (*Platforms, pack.Diagnostics) {
	doc, ds := newest(docs, pack.KindPlatform)
	if ds.HasErrors() {
		return nil, ds
	}
	p := &Platforms{doc: doc}
	if ds = doc.Decode(p); ds.HasErrors() {
		return nil, ds
	}
	if ds = p.check(); ds.HasErrors() {
		return nil, ds
	}
	return p, ds
}

func (p *Platforms) check() pack.Diagnostics {
	var ds pack.Diagnostics
	first := map[string]bool{}
	for i, x := range p.Platforms {
		if first[x.ID] {
			ds = append(ds, p.doc.Report("AL3003", "platform "+x.ID+" is listed twice", "keep one of them", "platforms", i, "id"))
		}
		first[x.ID] = true
	}
	for i, c := range p.Consequences {
		at := func(field string) []any { return []any{"consequences", i, field} }
		if (c.Rule == "") == (c.SubRule == "") {
			ds = append(ds, p.doc.Report("AL3006", "a consequence is about exactly one of rule and sub_rule", "keep one of them", "consequences", i))
		}
		if c.Platform != "" && !first[c.Platform] {
			ds = append(ds, p.doc.Report("AL3023", "platform "+c.Platform+" is not listed", "add it to platforms, or correct the id", at("platform")...))
		}
		for _, day := range []struct{ field, value string }{{"from", c.From}, {"until", c.Until}} {
			if day.value != "" && !isDay(day.value) {
				ds = append(ds, p.doc.Report("AL3022", day.value+" is not a day", "write it as yyyy-mm-dd", at(day.field)...))
			}
		}
		if c.From != "" && c.Until != "" && c.Until < c.From {
			ds = append(ds, p.doc.Report("AL3022", "it ends before it begins", "exchange from and until", at("until")...))
		}
		if j := slices.IndexFunc(p.Consequences[:i], c.overlaps); j >= 0 {
			ds = append(ds, p.doc.Report("AL3021", "it overlaps with the entry at "+p.doc.At("consequences", j).String(),
				"end the older entry the day before the newer one begins", "consequences", i))
		}
	}
	return ds
}

// isDay accepts real calendar days only, so that comparing them as text is comparing them in time.
func isDay(s string) bool {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return false
	}
	number := func(digits string) int {
		n := 0
		for _, d := range []byte(digits) {
			if d < '0' || d > '9' {
				return -1
			}
			n = 10*n + int(d-'0')
		}
		return n
	}
	year, month, day := number(s[:4]), number(s[5:7]), number(s[8:])
	if year < 0 || month < 1 || month > 12 || day < 1 {
		return false
	}
	last := [...]int{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}[month-1]
	if month == 2 && year%4 == 0 && (year%100 != 0 || year%400 == 0) {
		last++
	}
	return day <= last
}

// LinkRules reports rules that the book does not have.
func (p *Platforms) LinkRules(book Book) pack.Diagnostics {
	var ds pack.Diagnostics
	for i, c := range p.Consequences {
		ds = append(ds, unknownRule(p.doc, book, c.Rule, "consequences", i, "rule")...)
		ds = append(ds, unknownRule(p.doc, book, c.SubRule, "consequences", i, "sub_rule")...)
	}
	return ds
}
