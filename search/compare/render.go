package compare

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// Markdown writes the table as GitHub Markdown.
func Markdown(w io.Writer, t Table) error {
	var b strings.Builder
	cells := []string{""}
	for _, c := range t.Incidents {
		cells = append(cells, escape(c.Title)+" ("+code(c.ID)+")")
	}
	line := func(cells []string) { b.WriteString("| " + strings.Join(cells, " | ") + " |\n") }
	line(append(cells, "Verdict"))
	b.WriteString(strings.Repeat("|---", len(cells)+1) + "|\n")
	for _, g := range t.Groups {
		line(append([]string{"**" + g.Heading + "**"}, make([]string, len(t.Incidents)+1)...))
		for _, r := range g.Rows {
			cells := []string{escape(r.Label)}
			for _, c := range r.Cells {
				cells = append(cells, escape(c.shown()))
			}
			line(append(cells, escape(r.Words)))
		}
	}
	fmt.Fprintf(&b, "\nIndex generation %s.\n", t.Generation)
	_, err := io.WriteString(w, b.String())
	return err
}

// shown is the cell for a reader, with a mark where sources disagree.
func (c Cell) shown() string {
	if c.Conflict {
		if c.Low != nil && c.High != nil && *c.Low < *c.High {
			return fmt.Sprintf("%s (sources disagree: %s to %s)", c.Text, FormatNumber(*c.Low), FormatNumber(*c.High))
		}
		return c.Text + " (sources disagree)"
	}
	return c.Text
}

// CSV writes the table as RFC 4180 with a header: group, key, label, verdict, words,
// then for each incident its id as the heading of its cells, and the generation.
func CSV(w io.Writer, t Table) error {
	out := csv.NewWriter(w)
	head := []string{"group", "key", "label", "verdict", "words"}
	for _, c := range t.Incidents {
		head = append(head, Inert(c.ID))
	}
	if err := out.Write(append(head, "generation")); err != nil {
		return err
	}
	for _, g := range t.Groups {
		for _, r := range g.Rows {
			row := []string{g.Heading, r.Key, r.Label, string(r.Verdict), Inert(r.Words)}
			for _, c := range r.Cells {
				row = append(row, Inert(c.shown()))
			}
			if err := out.Write(append(row, t.Generation)); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}

// textWidth is the number of runes of a column of the plain text table.
const textWidth = 32

// Text writes the table in columns of plain text, long cells wrapped between words.
func Text(w io.Writer, t Table) error {
	var b strings.Builder
	row := func(cells ...string) {
		wrapped := make([][]string, len(cells))
		height := 1
		for i, c := range cells {
			wrapped[i] = wrap(c, textWidth)
			height = max(height, len(wrapped[i]))
		}
		for y := range height {
			var l strings.Builder
			for _, lines := range wrapped {
				s := ""
				if y < len(lines) {
					s = lines[y]
				}
				l.WriteString(s + strings.Repeat(" ", textWidth+2-utf8.RuneCountInString(s)))
			}
			b.WriteString(strings.TrimRight(l.String(), " ") + "\n")
		}
	}
	titles, ids := []string{""}, []string{""}
	for _, c := range t.Incidents {
		titles, ids = append(titles, c.Title), append(ids, c.ID)
	}
	row(titles...)
	row(ids...)
	for _, g := range t.Groups {
		b.WriteString("\n" + strings.ToUpper(g.Heading) + "\n")
		for _, r := range g.Rows {
			cells := []string{r.Label}
			for _, c := range r.Cells {
				cells = append(cells, c.shown())
			}
			row(append(cells, r.Words)...)
		}
	}
	fmt.Fprintf(&b, "\nIndex generation %s.\n", t.Generation)
	_, err := io.WriteString(w, b.String())
	return err
}

// wrap breaks s into lines of at most width runes.
func wrap(s string, width int) []string {
	var lines []string
	var line []rune
	for word := range strings.FieldsSeq(s) {
		w := []rune(word)
		for len(line) > 0 && len(line)+1+len(w) > width || len(w) > width {
			if len(line) > 0 {
				lines, line = append(lines, string(line)), nil
				continue
			}
			lines, w = append(lines, string(w[:width])), w[width:]
		}
		if len(line) > 0 {
			line = append(line, ' ')
		}
		line = append(line, w...)
	}
	if len(line) > 0 {
		lines = append(lines, string(line))
	}
	return lines
}
