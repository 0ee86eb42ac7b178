package reader

import (
	"fmt"
	"slices"
	"strings"

	"incidex/data"
)

// table is what the columns of a table are taken for.
type table struct {
	names []string
	// ours are our keys of columns that have other names, "" for those that the article's
	// keys say already or that nothing is known of.
	ours []string
	// text says that a column holds texts. Rows without one are articles made of their
	// fields.
	text bool
}

// table finds out what columns are, and notes it. It is nil where none is known.
func (s *source) table(names []string, line int) *table {
	t := &table{names: names, ours: make([]string, len(names))}
	taken, known := map[string]bool{}, 0
	for _, name := range names {
		if k, ok := s.opts.ours(name); ok {
			taken[k.name] = true
			known++
			t.text = t.text || k.name == "text" || k.name == "summary"
		}
	}
	var told []string
	for rank := range 2 { // names that say it all come before those that may mean it
		for i, name := range names {
			if _, ok := s.opts.ours(name); ok || t.ours[i] != "" {
				continue
			}
			if c, ok := columns[columnKey(name)]; ok && c.rank == rank && !taken[c.key] {
				t.ours[i] = c.key
				taken[c.key] = true
				known++
				t.text = t.text || c.key == "text"
				told = append(told, name+"="+c.key)
			}
		}
	}
	if !t.text && known < 2 && !taken["victim"] && !taken["title"] {
		s.fail(line, "the header has no column that is a text: %s; --map says which one is", shorten(strings.Join(names, ", ")))
		return nil
	}
	if len(told) > 0 || !t.text {
		reason := "columns are taken as " + strings.Join(told, ", ")
		if len(told) == 0 {
			reason = "no column is taken as text"
		}
		if !t.text {
			reason += "; each row is an article made of its fields"
		}
		if !s.note(line, reason+"; --map takes them otherwise") {
			return nil
		}
	}
	return t
}

// speaks reports whether a line can be the header of a table: it names a text or two
// other keys.
func (s *source) speaks(names []string) bool {
	known := 0
	for _, name := range names {
		k, ok := s.opts.ours(name)
		if ok && (k.name == "text" || k.name == "summary") {
			return true
		}
		if _, column := columns[columnKey(name)]; ok || column {
			known++
		}
	}
	return known >= 2
}

// victim is the first victim that a source gives, "" for none.
func victim(given []data.Claim) string {
	i := slices.IndexFunc(given, func(c data.Claim) bool { return c.Field == data.Victim })
	if i < 0 {
		return ""
	}
	return given[i].Value
}

// row yields the article of a row. Columns without a name are left out.
func (t *table) row(s *source, row []string, line int) bool {
	if len(row) == 1 && len(t.names) > 1 && strings.HasPrefix(row[0], "#") {
		return true // a comment
	}
	m := map[string]any{}
	var e entry
	var fields []string
	for i, cell := range row {
		cell = clean(cell)
		if i >= len(t.names) || t.names[i] == "" || cell == "" {
			continue
		}
		fields = append(fields, fmt.Sprintf("%s: %s", t.names[i], cell))
		switch key := t.ours[i]; {
		case key == "":
			m[t.names[i]] = cell
		case readable(key, cell):
			m[key] = cell
		default: // the column was taken for it without being asked
			e.ignored = append(e.ignored, t.names[i])
		}
	}
	if len(fields) == 0 {
		return true
	}
	e.set(m, s.opts)
	if e.article.Text == "" {
		e.article.Text = e.summary
	}
	if e.article.Text == "" && (!t.text || len(e.article.Given) > 0) {
		e.article.Text = strings.Join(fields, "\n")
		e.article.Tags = append(e.article.Tags, listEntry)
	}
	if e.article.Text == "" {
		e.article.Text = e.article.Title
		if len(row) < len(t.names) {
			e.problem("the row has fewer cells than the header: is a quote missing?")
		}
	}
	if e.article.Title == "" {
		if e.article.ID == "" { // rows of several victims can have one text
			e.article.ID = contentID(strings.Join(fields, "\n"), e.article.Text)
		}
		e.article.Title = victim(e.article.Given)
	}
	if len(row) > len(t.names) {
		e.problem("the row has more cells than the header")
	}
	return s.emit(e, line)
}
