package export

import (
	"encoding/csv"
	"io"

	"incidex/search/compare"
)

// csvWriter writes RFC 4180 with a header. No cell is read as a formula.
type csvWriter struct {
	out     *csv.Writer
	columns []column
	cells   []string
}

func beginCSV(w io.Writer, a About) (writer, error) {
	c := &csvWriter{out: csv.NewWriter(w), columns: columns(a)}
	for _, col := range c.columns {
		c.cells = append(c.cells, col.name)
	}
	return c, c.out.Write(c.cells)
}

func (c *csvWriter) row(e entry) error {
	for i, col := range c.columns {
		switch v := col.cell(&e).(type) {
		case float64:
			c.cells[i] = plain(v)
		case string:
			c.cells[i] = compare.Inert(v)
		default:
			c.cells[i] = ""
		}
	}
	return c.out.Write(c.cells)
}

func (c *csvWriter) end() error {
	c.out.Flush()
	return c.out.Error()
}
