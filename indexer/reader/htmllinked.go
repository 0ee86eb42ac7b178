package reader

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// minLinked is the number of bytes from which a paragraph that is one link is text and
// not the way to another page.
const minLinked = 60

// maxLost is the number of paragraphs that are looked for in vain: a page with more is
// mostly none of an article.
const maxLost = 2000

// addLinked puts back the paragraphs that readability takes for a list of links: those
// that stand between two paragraphs that it kept.
func addLinked(readable string, body *html.Node) string {
	if body == nil {
		return readable
	}
	var pending []string // lost since the last paragraph that was kept
	at := -1             // where that ends in readable
	lost := 0
	for n := range body.Descendants() {
		if n.DataAtom != atom.P {
			continue
		}
		text := nodeText(n)
		if text == "" {
			continue
		}
		from := max(at, 0)
		if i := strings.Index(readable[from:], text); i >= 0 {
			if at >= 0 && len(pending) > 0 {
				back := "\n\n" + strings.Join(pending, "\n\n")
				readable = readable[:at] + back + readable[at:]
				from, i = at+len(back), strings.Index(readable[at+len(back):], text)
			}
			pending, at = nil, from+max(i, 0)+len(text)
			continue
		}
		if lost++; lost > maxLost {
			break
		}
		if at >= 0 && len(text) >= minLinked && isLink(n, text) && strings.ContainsAny(text[len(text)-1:], ".!?\"'") {
			pending = append(pending, text)
		}
	}
	return readable
}

// isLink reports whether nothing but a link makes up a paragraph.
func isLink(n *html.Node, text string) bool {
	for d := range n.Descendants() {
		if d.DataAtom == atom.A && nodeText(d) == text {
			return true
		}
	}
	return false
}
