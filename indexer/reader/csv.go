package reader

import (
	"bufio"
	"encoding/csv"
	"errors"
	"io"
	"path"
	"strings"
)

// readCSV reads rows under a header of keys. The separator of a .csv file is the
// comma, semicolon or tab that its header has most of.
func readCSV(s *source) {
	budget := &limited{r: skipMark(s.r), n: MaxItem}
	buffered := bufio.NewReaderSize(budget, 64<<10)
	r := csv.NewReader(buffered)
	r.Comma = separator(s.file, buffered)
	r.LazyQuotes, r.FieldsPerRecord, r.ReuseRecord = true, -1, true
	var header []string
	for {
		budget.n = MaxItem
		row, err := r.Read()
		line, _ := 0, 0
		if len(row) > 0 {
			line, _ = r.FieldPos(0)
		}
		var syntax *csv.ParseError
		switch {
		case err == io.EOF:
			if header == nil {
				s.fail(0, "the file is empty")
			}
			return
		case errors.Is(err, errTooLong):
			s.fail(line, "the row has more than %d bytes: is a quote missing?", MaxItem)
			return
		case errors.As(err, &syntax):
			if !s.fail(syntax.StartLine, "csv: %v", syntax.Err) {
				return
			}
			continue
		case err != nil:
			s.fail(line, "read: %v", err)
			return
		}
		if header == nil {
			for _, name := range row {
				header = append(header, strings.TrimSpace(repair(name)))
			}
			if !s.knows(header) {
				s.fail(line, "the header has no column that is a text: %s; --map says which one is", shorten(strings.Join(header, ", ")))
				return
			}
			continue
		}
		if !s.row(header, row, line) {
			return
		}
	}
}

func separator(name string, r *bufio.Reader) rune {
	if strings.EqualFold(path.Ext(name), ".tsv") {
		return '\t'
	}
	head, _ := r.Peek(4 << 10)
	line, _, _ := strings.Cut(string(head), "\n")
	best := ','
	for _, c := range ";\t" {
		if strings.Count(line, string(c)) > strings.Count(line, string(best)) {
			best = c
		}
	}
	return best
}

// knows reports whether a header has a column for the text.
func (s *source) knows(header []string) bool {
	for _, name := range header {
		if k, ok := s.opts.ours(name); ok && (k.name == "text" || k.name == "summary") {
			return true
		}
	}
	return false
}

// row yields the article of a row. Columns without a name are left out.
func (s *source) row(header, row []string, line int) bool {
	m := map[string]any{}
	for i, cell := range row {
		if i < len(header) && header[i] != "" {
			m[header[i]] = clean(cell)
		}
	}
	var e entry
	e.set(m, s.opts)
	if e.article.Text == "" {
		e.article.Text = e.summary
	}
	if len(row) > len(header) {
		e.problem("the row has more cells than the header")
	}
	return s.emit(e, line)
}
