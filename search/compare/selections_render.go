package compare

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// selectionHeader names the columns of a rendered comparison of two selections.
var selectionHeader = []string{"field", "value", "a", "share a", "b", "share b", "odds"}

// rows are the lines of a comparison: the totals, the medians, then every value.
func (t SelectionTable) rows() [][]string {
	percent := func(share float64) string { return strconv.FormatFloat(100*share, 'f', 1, 64) + " %" }
	rows := [][]string{
		{"Incidents", "", strconv.Itoa(t.A.Incidents), "", strconv.Itoa(t.B.Incidents), "", ""},
		{"Articles", "", strconv.Itoa(t.A.Articles), "", strconv.Itoa(t.B.Articles), "", ""},
	}
	for _, m := range t.Medians {
		ratio := ""
		if m.Ratio != nil {
			ratio = strconv.FormatFloat(*m.Ratio, 'f', 2, 64)
		}
		rows = append(rows, []string{m.Label, strings.TrimSpace("median " + m.Unit), FormatNumber(m.MedianA), "", FormatNumber(m.MedianB), "", ratio})
	}
	for _, f := range t.Facets {
		for _, v := range f.Values {
			rows = append(rows, []string{
				f.Label, v.Label, strconv.Itoa(v.CountA), percent(v.ShareA), strconv.Itoa(v.CountB), percent(v.ShareB),
				strconv.FormatFloat(v.Odds, 'f', 2, 64),
			})
		}
	}
	return rows
}

// SelectionMarkdown writes the comparison as a Markdown table.
func SelectionMarkdown(w io.Writer, t SelectionTable) error {
	var b strings.Builder
	fmt.Fprintf(&b, "a: %s  \nb: %s\n\n| %s |\n|%s\n", escape(t.A.Query), escape(t.B.Query),
		strings.Join(selectionHeader, " | "), strings.Repeat(" --- |", len(selectionHeader)))
	for _, row := range t.rows() {
		for _, cell := range row {
			b.WriteString("| " + escape(cell) + " ")
		}
		b.WriteString("|\n")
	}
	fmt.Fprintf(&b, "\nIndex generation %s.\n", t.Generation)
	_, err := io.WriteString(w, b.String())
	return err
}

// SelectionCSV writes the comparison with one line a value; the last columns hold
// the two searches and the index generation.
func SelectionCSV(w io.Writer, t SelectionTable) error {
	out := csv.NewWriter(w)
	if err := out.Write(append(append([]string{}, selectionHeader...), "search a", "search b", "generation")); err != nil {
		return err
	}
	for _, row := range t.rows() {
		for i := range row {
			row[i] = Inert(row[i])
		}
		if err := out.Write(append(row, Inert(t.A.Query), Inert(t.B.Query), t.Generation)); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// SelectionText writes the comparison in columns of plain text.
func SelectionText(w io.Writer, t SelectionTable) error {
	var b strings.Builder
	fmt.Fprintf(&b, "a: %s\nb: %s\n", t.A.Query, t.B.Query)
	if len(t.Most) > 0 {
		b.WriteString("\nWHERE THEY DIFFER MOST\n")
	}
	for _, m := range t.Most {
		more, odds := "a", m.Odds
		if odds < 1 {
			more, odds = "b", 1/odds
		}
		fmt.Fprintf(&b, "%-24s %-28s %d against %d, odds %.1f times as high in %s\n", m.Field, m.Label, m.CountA, m.CountB, odds, more)
	}
	field := ""
	for _, row := range t.rows() {
		if row[0] != field {
			field = row[0]
			b.WriteString("\n" + strings.ToUpper(field) + "\n")
		}
		fmt.Fprintf(&b, "%-32s %12s %8s %12s %8s %8s\n", row[1], row[2], row[3], row[4], row[5], row[6])
	}
	fmt.Fprintf(&b, "\nIndex generation %s.\n", t.Generation)
	_, err := io.WriteString(w, b.String())
	return err
}
