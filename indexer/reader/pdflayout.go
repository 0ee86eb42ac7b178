package reader

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"
)

// How far apart pieces of text stand, in heights of their letters.
const (
	paragraphDrop = 1.8  // from one paragraph to the next
	lineDrop      = 0.5  // from one line to the next
	wordGap       = 0.18 // between words
	columnGap     = 1.2  // between columns
)

const (
	// minColumnRows is the number of lines of two columns from which they are believed.
	minColumnRows = 4
	// minContinued is the share of the lines of a column of prose that begin with a small
	// letter. Cells of a table do so seldom.
	minContinued = 0.3
	// rowMark stands before and behind a line that is a row of a table.
	rowMark = "\x1f"
)

// segment is a piece of a line, without a wide gap in it.
type segment struct {
	text                string
	x, end, y, height   float64
	sameLine, paragraph bool // as the piece before, or apart from it
}

// pen takes pieces of text in the order of the page, and finds from their places where
// words, lines, columns and paragraphs end.
type pen struct {
	segments []segment
	size     int  // bytes of all
	space    bool // the last piece ended with a space
}

func (p *pen) write(s string, x, y, end, height float64) {
	s = strings.Map(func(r rune) rune {
		if r == utf8.RuneError || unicode.IsControl(r) {
			return -1
		}
		return r
	}, s)
	if s == "" {
		return
	}
	p.size += len(s) + 1
	next := segment{text: s, x: x, end: end, y: y, height: height}
	if n := len(p.segments); n > 0 {
		last := &p.segments[n-1]
		size := max(math.Min(height, last.height), 1)
		drop, gap := math.Abs(y-last.y), x-last.end
		next.paragraph = drop > paragraphDrop*max(height, last.height) && (y < last.y || !continues(s)) // on top of the next column
		next.sameLine = drop <= lineDrop*size && gap >= -2*size
		if next.sameLine && gap <= columnGap*size {
			if gap > wordGap*size && !p.space && s[0] != ' ' {
				last.text += " "
			}
			last.text += s
			last.end, last.y, last.height = end, y, height
			p.space = strings.HasSuffix(s, " ")
			return
		}
	}
	p.segments = append(p.segments, next)
	p.space = strings.HasSuffix(s, " ")
}

// lay writes the text of a page: columns that were drawn line by line one after the
// other, the rows of tables each on a line of its own, and else what was drawn in the
// order in which it was.
func (p *pen) lay(out *strings.Builder) {
	rows := rowsOf(p.segments)
	for i := 0; i < len(rows); {
		starts, n := columnsFrom(rows[i:])
		if n > 0 && isProse(rows[i:i+n], starts) {
			layColumns(out, rows[i:i+n], starts)
			i += n
			continue
		}
		layRow(out, rows[i], isTable(rows, i))
		i++
	}
}

// rowsOf groups the pieces of a line.
func rowsOf(segments []segment) (rows [][]segment) {
	for i := 0; i < len(segments); {
		n := i + 1
		for n < len(segments) && segments[n].sameLine {
			n++
		}
		rows = append(rows, segments[i:n])
		i = n
	}
	return rows
}

// columnsFrom returns where columns begin from the first row on, and how many rows they
// go on for, 0 where there are none.
func columnsFrom(rows [][]segment) (starts []float64, n int) {
	if len(rows) == 0 || len(rows[0]) < 2 {
		return nil, 0
	}
	for _, s := range rows[0] {
		starts = append(starts, s.x)
	}
	full, top := 0, rows[0][0].y
	for n < len(rows) {
		row := rows[n]
		if n > 0 && (math.Abs(row[0].y-rows[n-1][0].y) > 4*row[0].height || (row[0].y > top) != (rows[n-1][0].y > top) && n > 1) {
			break
		}
		if !fits(row, starts) {
			break
		}
		if len(row) == len(starts) {
			full++
		}
		n++
	}
	if full < minColumnRows {
		return nil, 0
	}
	return starts, n
}

// fits reports whether the pieces of a row each stand in a column of their own.
func fits(row []segment, starts []float64) bool {
	last := -1
	for _, s := range row {
		c := columnOf(s, starts)
		if c <= last || math.Abs(s.x-starts[c]) > 2*s.height || c+1 < len(starts) && s.end > starts[c+1] {
			return false
		}
		last = c
	}
	return true
}

// columnOf is the column that begins nearest to a piece.
func columnOf(s segment, starts []float64) int {
	best := 0
	for i, x := range starts {
		if math.Abs(s.x-x) < math.Abs(s.x-starts[best]) {
			best = i
		}
	}
	return best
}

// isProse reports whether the lines of every column go on in the next one.
func isProse(rows [][]segment, starts []float64) bool {
	lines, continued := make([]float64, len(starts)), make([]float64, len(starts))
	for _, row := range rows {
		for _, s := range row {
			c := columnOf(s, starts)
			lines[c]++
			if continues(strings.TrimSpace(s.text)) {
				continued[c]++
			}
		}
	}
	for c := range starts {
		if continued[c] < minContinued*lines[c] {
			return false
		}
	}
	return true
}

func layColumns(out *strings.Builder, rows [][]segment, starts []float64) {
	out.WriteByte('\n')
	if rows[0][0].paragraph {
		out.WriteByte('\n')
	}
	var end string // of the column before
	for c := range starts {
		var last *segment
		for _, row := range rows {
			for i := range row {
				s := &row[i]
				if columnOf(*s, starts) != c {
					continue
				}
				if last == nil && strings.HasSuffix(end, ".") && !continues(s.text) { // perhaps another story
					out.WriteByte('\n')
				}
				if last != nil && math.Abs(s.y-last.y) > paragraphDrop*max(s.height, last.height) {
					out.WriteByte('\n')
				}
				out.WriteString(s.text)
				out.WriteByte('\n')
				last, end = s, strings.TrimSpace(s.text)
			}
		}
	}
}

// isTable reports whether a row has several cells, or stands under or above one that
// has, at the same margin: narrow gaps make one piece of two cells. Behind a space that is
// drawn no cell ends: lines that are set to one width have wide gaps there.
func isTable(rows [][]segment, i int) bool {
	for _, j := range []int{i - 1, i + 1} {
		if j < 0 || j >= len(rows) || cells(rows[i])+cells(rows[j]) < 3 {
			continue
		}
		a, b := rows[i][0], rows[j][0]
		if math.Abs(a.x-b.x) < 1 && math.Abs(a.height-b.height) < 1 {
			return true
		}
	}
	return false
}

// cells counts the pieces of a row that no space leads to.
func cells(row []segment) int {
	n := 1
	for _, s := range row[:len(row)-1] {
		if !strings.HasSuffix(s.text, " ") {
			n++
		}
	}
	return n
}

func layRow(out *strings.Builder, row []segment, table bool) {
	if out.Len() > 0 {
		out.WriteByte('\n')
		if row[0].paragraph {
			out.WriteByte('\n')
		}
	}
	if table {
		out.WriteString(rowMark)
	}
	for i, s := range row {
		if i > 0 && !strings.HasSuffix(row[i-1].text, " ") {
			out.WriteByte(' ')
		}
		out.WriteString(s.text)
	}
	if table {
		out.WriteString(rowMark)
	}
}
