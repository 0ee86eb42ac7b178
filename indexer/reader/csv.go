package reader

import (
	"bufio"
	"encoding/csv"
	"errors"
	"io"
	"path"
	"strings"

	uni "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

const (
	// maxColumns is the number of columns of a table.
	maxColumns = 5000
	// maxPreamble is the number of lines at the begin of a file among which its header
	// is looked for.
	maxPreamble = 50
)

// readCSV reads rows under a header of keys. The header may stand behind titles,
// comments and a line that names the separator, which else is the comma, semicolon, tab
// or bar that the header has most of. How the columns are taken is noted where not all
// of them have names of ours.
func readCSV(s *source) {
	head := bufio.NewReaderSize(s.r, maxOrderSample)
	decoded, name := decodeStream(head)
	if name != "" && !s.note(0, "the file is read as "+name+": save it as UTF-8 if letters are wrong") {
		return
	}
	r := bufio.NewReaderSize(decoded, maxOrderSample)
	s.learnOrder(r)
	sample, _ := r.Peek(maxOrderSample)
	if len(strings.TrimSpace(string(sample))) == 0 {
		s.fail(0, "the file is empty")
		return
	}
	found := s.findHeader(string(sample))
	if _, err := r.Discard(found.skip); err != nil {
		s.fail(0, "read: %v", err)
		return
	}
	s.rows(r, found)
}

// decodeStream makes UTF-8 of a table. The name is that of a character set that was
// guessed, "" for none. What is read as Windows-1252 is repaired row by row.
func decodeStream(r *bufio.Reader) (out io.Reader, name string) {
	sample, _ := r.Peek(maxOrderSample)
	if byteOrderMark(sample) != nil {
		return skipMark(r), ""
	}
	if order, ok := looksUTF16(sample[:len(sample)/2*2]); ok {
		return transform.NewReader(r, uni.UTF16(order, uni.IgnoreBOM).NewDecoder()), ""
	}
	if e, name := guessEncoding(sample); e != nil {
		return e.NewDecoder().Reader(r), name
	}
	return r, ""
}

// header is the line of a table that names its columns.
type header struct {
	comma rune
	skip  int // bytes before the rows, or before the header where that has several lines
	lines int // that these bytes are
	names []string
	// comments says that lines with # are none of the table.
	comments bool
}

// findHeader looks for the first line whose names say something: a text, or two other
// keys. Without one it is the first line that has columns.
func (s *source) findHeader(sample string) header {
	best := header{comma: separator(s.file, sample)}
	h := header{}
	rest := sample
	for range maxPreamble {
		line, more, ok := strings.Cut(rest, "\n")
		h.skip += len(line) + 1
		h.lines++
		if !ok {
			h.skip = len(sample)
		}
		rest = more
		line = strings.TrimSuffix(line, "\r")
		if sep, ok := strings.CutPrefix(strings.ToLower(strings.Trim(line, `"`)), "sep="); ok && len(sep) == 1 {
			h.comma = rune(sep[0])
			best.comma, best.skip, best.lines = h.comma, h.skip, h.lines
			continue
		}
		bare, isComment := strings.CutPrefix(line, "#")
		if isComment {
			h.comments, line = true, bare
			best.skip, best.lines, best.comments = h.skip, h.lines, true
		}
		comma := h.comma
		if comma == 0 {
			comma = separator(s.file, line)
		}
		if names := splitLine(line, comma); s.speaks(names) {
			h.comma, h.names = comma, names
			return h
		}
		if !ok {
			break
		}
	}
	return best
}

// splitLine returns the columns of a line, nil for one that does not end there.
func splitLine(line string, comma rune) []string {
	r := csv.NewReader(strings.NewReader(line))
	r.Comma, r.LazyQuotes = comma, true
	row, err := r.Read()
	if err != nil || strings.Count(line, `"`)%2 == 1 {
		return nil
	}
	return trimNames(row)
}

func trimNames(row []string) []string {
	names := make([]string, len(row))
	for i, name := range row {
		names[i] = cleanLine(name)
	}
	return names
}

func separator(name, head string) rune {
	if strings.EqualFold(path.Ext(name), ".tsv") {
		return '\t'
	}
	line, _, _ := strings.Cut(head, "\n")
	best := ','
	for _, c := range ";\t|" {
		if strings.Count(line, string(c)) > strings.Count(line, string(best)) {
			best = c
		}
	}
	return best
}

// rows reads the rows of a table, and its header where that is not known yet.
func (s *source) rows(in io.Reader, h header) {
	budget := &limited{r: in, n: MaxItem}
	r := csv.NewReader(budget)
	r.Comma = h.comma
	r.LazyQuotes, r.FieldsPerRecord, r.ReuseRecord = true, -1, true
	if h.comments && h.comma != '#' {
		r.Comment = '#'
	}
	var t *table
	if h.names != nil {
		if t = s.table(h.names, h.lines); t == nil {
			return
		}
	}
	for {
		budget.n = MaxItem
		row, err := r.Read()
		line := 0
		if len(row) > 0 {
			line, _ = r.FieldPos(0)
			line += h.lines
		}
		var syntax *csv.ParseError
		switch {
		case err == io.EOF:
			if t == nil {
				s.fail(0, "the file is empty")
			}
			return
		case errors.Is(err, errTooLong):
			s.fail(line, "the row has more than %d bytes: is a quote missing?", MaxItem)
			return
		case errors.As(err, &syntax):
			if !s.fail(syntax.StartLine+h.lines, "csv: %v", syntax.Err) {
				return
			}
			continue
		case err != nil:
			s.fail(line, "read: %v", err)
			return
		case len(row) > maxColumns:
			s.fail(line, "the row has more than %d columns", maxColumns)
			return
		}
		if t == nil {
			if t = s.table(trimNames(row), line); t == nil {
				return
			}
			continue
		}
		if !t.row(s, row, line) {
			return
		}
	}
}

// note tells how a file is read.
func (s *source) note(line int, reason string) bool {
	return s.put(Item{}, &Problem{Name: s.name, Line: line, Reason: reason, Kept: true, Note: true})
}
