package reader

import (
	"context"
	"errors"
	"io"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// The limits of a page that becomes a tree. A node takes 100 to 300 bytes, and
// readability makes several copies of them.
const (
	maxNodes = 300_000
	// maxHead is the number of bytes at the begin of a page that is too heavy in which
	// its head is looked for.
	maxHead = 256 << 10
)

// errHeavy says that a page is read without its tree.
var errHeavy = errors.New("the page is too large or nested too deep to find its article: all of its words are taken")

// parseTree parses a page that is light enough.
func parseTree(ctx context.Context, page string) (*html.Node, error) {
	if weigh(page) > maxNodes {
		return nil, errHeavy
	}
	var doc *html.Node
	err := safely(func() (err error) {
		doc, err = html.Parse(&watched{ctx, strings.NewReader(page)})
		return err
	})
	if err != nil && ctx.Err() == nil {
		err = errHeavy // the depth is all that the parser minds
	}
	return doc, err
}

// formatting are the elements that a parser opens again in every block behind them
// until they are closed, so that a short page can make a tree of any size.
var formatting = map[atom.Atom]bool{
	atom.A: true, atom.B: true, atom.Big: true, atom.Code: true, atom.Em: true, atom.Font: true, atom.I: true,
	atom.Nobr: true, atom.S: true, atom.Small: true, atom.Strike: true, atom.Strong: true, atom.Tt: true, atom.U: true,
}

// weigh estimates how many nodes the tree of a page has. It stops above maxNodes.
func weigh(page string) int {
	z := html.NewTokenizer(strings.NewReader(page))
	nodes, open := 0, 0
	for nodes <= maxNodes {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		nodes++
		if kind != html.StartTagToken && kind != html.EndTagToken {
			continue
		}
		name, _ := z.TagName()
		switch a := atom.Lookup(name); {
		case !formatting[a] && kind == html.StartTagToken:
			nodes += open
		case !formatting[a]:
		case kind == html.StartTagToken:
			open++
		case open > 0:
			open--
		}
	}
	return nodes
}

// tokenText returns the words of a page without making a tree: all but scripts and
// styles.
func tokenText(ctx context.Context, page string) string {
	z := html.NewTokenizer(&watched{ctx, strings.NewReader(page)})
	var b strings.Builder
	hidden := false // in a script, a style or the title
	for {
		kind := z.Next()
		switch kind {
		case html.ErrorToken:
			return lineSpaces(b.String())
		case html.TextToken:
			if !hidden {
				writeWords(&b, html.UnescapeString(string(z.Raw())))
			}
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			a := atom.Lookup(name)
			if a == atom.Script || a == atom.Style || a == atom.Title {
				hidden = kind == html.StartTagToken
				continue
			}
			before, after, _ := layout(a)
			if kind == html.EndTagToken {
				before = after
			}
			b.WriteString(before)
		}
	}
}

// layout says what stands around the text of an element, and which elements have none
// that is read.
func layout(a atom.Atom) (before, after string, none bool) {
	switch a {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Head, atom.Svg, atom.Nav, atom.Iframe,
		atom.Button, atom.Select, atom.Textarea, atom.Input, atom.Audio, atom.Video, atom.Object:
		return "", "", true
	case atom.Br, atom.Li, atom.Tr, atom.Dt, atom.Dd:
		return "\n", "", false
	case atom.Td, atom.Th:
		return " ", "", false
	case atom.P, atom.Div, atom.Section, atom.Article, atom.Main, atom.Header, atom.Footer, atom.Aside, atom.Blockquote,
		atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Pre, atom.Ul, atom.Ol, atom.Dl, atom.Table,
		atom.Figure, atom.Figcaption, atom.Hr, atom.Form, atom.Address:
		return "\n", "\n", false
	}
	return "", "", false
}

// nodeText returns the clean text of a node, blocks on lines of their own and an
// empty line between paragraphs.
func nodeText(n *html.Node) string {
	if n == nil {
		return ""
	}
	var b strings.Builder
	writeText(&b, n)
	return lineSpaces(b.String())
}

// lineSpaces leaves one space between words, and cleans.
func lineSpaces(s string) string {
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = strings.Join(strings.Fields(line), " ")
	}
	return clean(strings.Join(lines, "\n"))
}

func writeText(b *strings.Builder, n *html.Node) {
	switch n.Type {
	case html.TextNode:
		writeWords(b, n.Data)
		return
	case html.ElementNode, html.DocumentNode:
	default:
		return
	}
	before, after, none := layout(n.DataAtom)
	if none {
		return
	}
	b.WriteString(before)
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		writeText(b, c)
	}
	b.WriteString(after)
}

// writeWords writes a text with single spaces, also at its ends.
func writeWords(b *strings.Builder, s string) {
	text := strings.Join(strings.Fields(s), " ")
	if text == "" || startsWithSpace(s) {
		b.WriteByte(' ')
	}
	b.WriteString(text)
	if text != "" && startsWithSpace(s[len(s)-1:]) {
		b.WriteByte(' ')
	}
}

func startsWithSpace(s string) bool { return s != "" && strings.IndexByte(" \t\r\n\f", s[0]) >= 0 }

// fragmentText returns the text of a piece of HTML, as feeds and mails have it.
func fragmentText(ctx context.Context, s string) string {
	if !strings.ContainsAny(s, "<&") {
		return clean(s)
	}
	doc, err := parseTree(ctx, s)
	if err != nil {
		return tokenText(ctx, s)
	}
	return nodeText(find(doc, atom.Body))
}

// headOf parses what stands before the body of a page that is too heavy.
func headOf(ctx context.Context, page string) (*html.Node, error) {
	head := page[:min(len(page), maxHead)]
	lower := strings.ToLower(head)
	for _, end := range []string{"</head>", "<body"} {
		if i := strings.Index(lower, end); i >= 0 && len(lower) == len(head) {
			return html.Parse(io.LimitReader(&watched{ctx, strings.NewReader(head)}, int64(i)))
		}
	}
	return html.Parse(strings.NewReader(""))
}
