package lesson

import (
	"bytes"
	"fmt"
	"net/url"
	"strings"

	"agentladder/course/pack"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"
)

// markdown understands CommonMark and tables. Raw HTML stays off: there is no WithUnsafe.
var markdown = goldmark.New(goldmark.WithExtensions(
	extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignAttribute)),
	extension.Strikethrough,
))

// policy is the second wall: whatever the renderer lets through, only these elements leave the house.
var policy = func() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "strong", "em", "del", "code", "pre", "blockquote",
		"ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td")
	p.AllowAttrs("align").Matching(bluemonday.CellAlign).OnElements("th", "td")
	p.AllowAttrs("start").Matching(bluemonday.Integer).OnElements("ol")
	p.AllowAttrs("href").OnElements("a")
	p.AllowURLSchemes("http", "https")
	p.RequireParseableURLs(true)
	p.AddTargetBlankToFullyQualifiedLinks(true) // brings rel="noopener"
	p.RequireNoReferrerOnLinks(true)
	return p
}()

// render turns the lesson's Markdown into safe HTML and names what had to be left out.
func render(doc pack.Document) (string, pack.Diagnostics) {
	source := []byte(doc.Markdown())
	root := markdown.Parser().Parse(text.NewReader(source))
	c := checker{doc: doc, source: source}
	// The walker never returns an error and the buffer never refuses a write.
	_ = ast.Walk(root, c.visit)
	var out bytes.Buffer
	_ = markdown.Renderer().Render(&out, source, root)
	return strings.TrimSpace(policy.Sanitize(out.String())), c.found.Sorted()
}

type checker struct {
	doc    pack.Document
	source []byte
	found  pack.Diagnostics
}

func (c *checker) visit(n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	switch n := n.(type) {
	case *ast.Heading:
		// The page already has a title, so the lesson's headings start one step below it.
		n.Level = min(max(n.Level, 2), 6)
	case *ast.HTMLBlock:
		if n.Lines().Len() > 0 {
			c.report(n.Lines().At(0).Start, "raw HTML is not shown", "write it in Markdown")
		}
	case *ast.RawHTML:
		c.report(n.Segments.At(0).Start, "raw HTML is not shown", "write it in Markdown; put `<` in a code span")
	case *ast.Image:
		c.report(c.before(n, "!["), "images are not shown", "describe it in words")
	case *ast.Link:
		if !allowed(string(n.Destination)) {
			c.report(c.before(n, "["), fmt.Sprintf("the link to %.60q is not shown", n.Destination), "link to a full https address")
		}
	case *ast.AutoLink:
		if !allowed(string(n.URL(c.source))) {
			c.report(c.before(n, "<"), fmt.Sprintf("the link to %.60q is not shown", n.URL(c.source)), "link to a full https address")
		}
	}
	return ast.WalkContinue, nil
}

func (c *checker) report(offset int, message, fix string) {
	c.found = append(c.found, pack.Diagnostic{ID: "AL0016", Severity: pack.Error, Position: c.doc.MarkdownAt(offset), Message: message, Fix: fix})
}

// before is the offset of the mark that opens an inline node: the last one before the node's own text. An inline
// without text is placed at the start of the block around it.
func (c *checker) before(n ast.Node, mark string) int {
	block := n
	for block.Type() == ast.TypeInline && block.Parent() != nil {
		block = block.Parent()
	}
	start := 0
	if block.Type() == ast.TypeBlock && block.Lines().Len() > 0 {
		start = block.Lines().At(0).Start
	}
	if t := firstText(n); t != nil {
		if i := bytes.LastIndex(c.source[start:t.Segment.Start], []byte(mark)); i >= 0 {
			return start + i
		}
		return t.Segment.Start
	}
	return start
}

func firstText(n ast.Node) *ast.Text {
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		if t, ok := child.(*ast.Text); ok {
			return t
		}
		if t := firstText(child); t != nil {
			return t
		}
	}
	return nil
}

// allowed says whether a destination survives the policy.
func allowed(destination string) bool {
	u, err := url.Parse(destination)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}
