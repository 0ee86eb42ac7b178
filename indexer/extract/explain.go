package extract

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"incidex/data"
)

// Explain writes the article with its evidence in brackets, each followed by the
// number of its claim, and below it the claims of every incident with status,
// confidence and rule.
func (x *Extractor) Explain(w io.Writer, a *data.Article) error {
	return Render(w, a, x.Extract(a))
}

// mark is a bracket to be written into a text.
type mark struct {
	at    int
	close bool
	// far is where the other bracket stands; outer brackets open first and close last.
	far   int
	claim int
}

// Render writes an article and its mentions in the form of Explain.
func Render(w io.Writer, a *data.Article, mentions []data.Mention) error {
	var title, text []mark
	var list strings.Builder
	n := 0
	for _, m := range mentions {
		fmt.Fprintf(&list, "\n%s %s\n", m.Role, m.ID)
		for _, c := range m.Claims {
			n++
			fmt.Fprintf(&list, "%4d  %-15s %-32s %-9s %.2f  %s\n", n, c.Field, valueOf(c), c.Status, c.Confidence, c.Rule)
			for _, e := range c.Evidence {
				in := &text
				if e.Source == data.InTitle {
					in = &title
				}
				*in = append(*in, mark{e.Start, false, e.End, n}, mark{e.End, true, e.Start, n})
			}
		}
	}
	out := bufio.NewWriter(w)
	if a.Title != "" {
		writeMarked(out, a.Title, title)
		out.WriteString("\n\n")
	}
	writeMarked(out, a.Text, text)
	out.WriteString("\n")
	if n == 0 {
		list.WriteString("\nno incident\n")
	}
	out.WriteString(list.String())
	return out.Flush()
}

// writeMarked writes a text with brackets; marks outside of the text are left out.
func writeMarked(out *bufio.Writer, text string, marks []mark) {
	slices.SortStableFunc(marks, func(a, b mark) int {
		if a.at != b.at {
			return cmp.Compare(a.at, b.at)
		}
		if a.close != b.close {
			if a.close {
				return -1
			}
			return 1
		}
		return cmp.Compare(b.far, a.far)
	})
	from := 0
	for _, m := range marks {
		if m.at < from || m.at > len(text) {
			continue
		}
		out.WriteString(text[from:m.at])
		from = m.at
		if m.close {
			out.WriteString("]" + strconv.Itoa(m.claim))
		} else {
			out.WriteByte('[')
		}
	}
	out.WriteString(text[from:])
}

// valueOf is the value of a claim in one line.
func valueOf(c data.Claim) string {
	if c.Number == nil {
		return c.Value
	}
	parts := []string{string(c.Qualifier), strconv.FormatFloat(*c.Number, 'f', -1, 64), c.Unit, c.Currency}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " ")
}
