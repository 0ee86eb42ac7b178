package reader

import (
	"context"
	"errors"
	"regexp"
	"strconv"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extended "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// The limits of Markdown whose marks are read. The time that the parser takes grows
// with the square of these.
const (
	maxMarkdown = 8 << 20 // bytes
	maxBrackets = 2000    // of a paragraph
	maxQuotes   = 50      // marks of quotes and lists at the begin of a line
)

var errMarks = errors.New("it has too many marks of Markdown: its text is taken as it stands")

// readMarkdown reads Markdown with an optional front matter. The title is that of the
// front matter, else the first heading, else the first line.
func readMarkdown(s *source) {
	b, ok := s.all(MaxFile)
	if !ok {
		return
	}
	decoded := decode(b, "")
	if binary(decoded) {
		s.fail(0, "the file is binary, no text")
		return
	}
	var e entry
	front, body, err := cutFrontMatter(strings.ReplaceAll(decoded, "\r\n", "\n"))
	if err != nil {
		e.problem("front matter: " + err.Error())
	}
	e.set(front, s.opts)
	words, err := unmark(s.ctx, body)
	if err != nil {
		e.problem(err.Error())
	}
	text := clean(words)
	if e.article.Tags == nil {
		text, e.article.Tags = cutTags(text)
	}
	title, rest := cutTitle(text)
	if e.article.Title == "" {
		e.article.Title, text = title, rest
	} else if title == e.article.Title {
		text = rest
	}
	e.article.Text = text
	s.emit(e, 0)
}

// unmark takes the marks of Markdown, with those of GitHub, off a text and leaves its
// words. With an error it is the text as it stands.
func unmark(ctx context.Context, s string) (string, error) {
	if len(s) > maxMarkdown || manyMarks(s) {
		return s, errMarks
	}
	source := []byte(keepDefinitions(s))
	w := words{ctx: ctx, source: source}
	err := safely(func() error {
		parser := goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.TaskList, extension.Footnote)).Parser()
		w.blocks(parser.Parse(text.NewReader(source)))
		return nil
	})
	if err != nil {
		return s, errMarks
	}
	return w.b.String(), nil
}

var quoteMarks = regexp.MustCompile(`(?m)^(?:[ \t]*(?:>|[-+*][ \t]|\d{1,9}[.)][ \t])){` + strconv.Itoa(maxQuotes) + `}`)

// manyMarks reports whether the parser would take too long.
func manyMarks(s string) bool {
	for paragraph := range strings.SplitSeq(s, "\n\n") {
		if strings.Count(paragraph, "[") > maxBrackets {
			return true
		}
	}
	return quoteMarks.MatchString(s)
}

var (
	definition   = regexp.MustCompile(`(?m)^( {0,3})\[(\^?)([^\]\n]+)\]:[ \t]*(\S*)`)
	linkTarget   = regexp.MustCompile(`^<|^#|[/:@]|\.[a-z]`)
	footnoteMark = regexp.MustCompile(`\[\^([^\]\n]+)\](:?)`)
)

// keepDefinitions escapes what looks like the target of a link or a footnote but is
// text: "[Update]: ended", and a footnote that nothing refers to.
func keepDefinitions(s string) string {
	referred := map[string]bool{}
	for _, m := range footnoteMark.FindAllStringSubmatch(s, -1) {
		if m[2] == "" {
			referred[m[1]] = true
		}
	}
	return definition.ReplaceAllStringFunc(s, func(line string) string {
		m := definition.FindStringSubmatch(line)
		if m[2] == "^" && referred[m[3]] || m[2] == "" && linkTarget.MatchString(m[4]) {
			return line
		}
		return m[1] + `\[` + line[len(m[1])+1:]
	})
}

// words collects the words of a tree of Markdown.
type words struct {
	ctx    context.Context
	source []byte
	b      strings.Builder
}

// blocks writes the blocks in a node, an empty line between them.
func (w *words) blocks(parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		w.block(n)
	}
}

func (w *words) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.Paragraph, *ast.Heading:
		w.inlines(n)
		w.b.WriteString("\n\n")
	case *ast.TextBlock:
		w.inlines(n)
		w.b.WriteString("\n")
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		w.b.Write(n.Lines().Value(w.source))
		w.b.WriteString("\n")
	case *ast.HTMLBlock:
		raw := n.Lines().Value(w.source)
		if n.HasClosure() {
			raw = append(raw, n.ClosureLine.Value(w.source)...)
		}
		w.b.WriteString(w.fromHTML(string(raw)))
		w.b.WriteString("\n\n")
	case *ast.List:
		number := n.Start
		for item := n.FirstChild(); item != nil; item = item.NextSibling() {
			mark := "- "
			if n.IsOrdered() {
				mark = strconv.Itoa(number) + ". "
				number++
			}
			w.b.WriteString(mark)
			w.blocks(item)
		}
		w.b.WriteString("\n")
	case *extended.Table:
		for row := n.FirstChild(); row != nil; row = row.NextSibling() {
			for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
				if cell != row.FirstChild() {
					w.b.WriteString(" | ")
				}
				w.inlines(cell)
			}
			w.b.WriteString("\n")
		}
		w.b.WriteString("\n")
	default: // quotes, footnotes
		w.blocks(n)
	}
}

func (w *words) inlines(parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Text:
			value := n.Segment.Value(w.source)
			if !n.IsRaw() && parent.Kind() != ast.KindCodeSpan {
				value = util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(value)))
			}
			w.b.Write(value)
			if n.SoftLineBreak() || n.HardLineBreak() {
				w.b.WriteByte('\n')
			}
		case *ast.String:
			w.b.Write(n.Value)
		case *ast.AutoLink:
			w.b.Write(n.Label(w.source))
		case *ast.RawHTML:
			w.b.WriteString(w.tag(string(n.Segments.Value(w.source))))
		case *ast.Image: // what it shows is told in the text beside it, where it matters
		case *extended.TaskCheckBox:
			mark := "[ ] "
			if n.IsChecked {
				mark = "[x] "
			}
			w.b.WriteString(mark)
		default:
			w.inlines(n)
		}
	}
}

// tag is what stands for a tag in a line: nothing, the break that it is, or its own
// words where no tag of HTML is meant.
func (w *words) tag(raw string) string {
	name, known := tagName(raw)
	switch {
	case !known:
		return raw
	case name == atom.Br:
		return "\n"
	}
	return ""
}

// fromHTML is the text of a block of HTML.
func (w *words) fromHTML(raw string) string {
	if _, known := tagName(raw); !known {
		return raw
	}
	return fragmentText(w.ctx, raw)
}

// tagName returns the element of the first tag, and false for a name that HTML does
// not have.
func tagName(raw string) (atom.Atom, bool) {
	z := html.NewTokenizer(strings.NewReader(raw))
	switch z.Next() {
	case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
		name, _ := z.TagName()
		a := atom.Lookup(name)
		return a, a != 0 || strings.Contains(string(name), "-") // an element of a page's own
	}
	return 0, true
}
