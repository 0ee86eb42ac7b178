package export

import (
	"fmt"
	"io"
	"time"

	"github.com/xuri/excelize/v2"

	"incidex/search/compare"
)

const (
	// sheetRows is the most rows of a sheet, its header included; another one follows.
	sheetRows = excelize.TotalRows
	// aboutSheet is the name of the sheet that tells of the export.
	aboutSheet = "About"
	// wideColumn is the width of columns in characters.
	wideColumn = 18
)

// xlsxWriter writes a workbook: numbers as numbers, all else as text that is no formula.
// The workbook is kept in a temporary file until it is whole.
type xlsxWriter struct {
	w       io.Writer
	about   About
	columns []column
	file    *excelize.File
	bold    int
	most    int // rows of a sheet
	sheets  int
	sheet   *excelize.StreamWriter
	rows    int // in the sheet
}

func beginXLSX(w io.Writer, a About) (writer, error) {
	x := &xlsxWriter{w: w, about: a, columns: columns(a), file: excelize.NewFile(), most: sheetRows}
	var err error
	if x.bold, err = x.file.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}}); err != nil {
		return nil, err
	}
	return x, x.next()
}

// next begins a sheet.
func (x *xlsxWriter) next() error {
	name := "Articles"
	if x.about.Level != articles[0] {
		name = "Incidents"
	}
	x.sheets++
	if x.sheets > 1 {
		name = fmt.Sprintf("%s %d", name, x.sheets)
		if _, err := x.file.NewSheet(name); err != nil {
			return err
		}
	} else if err := x.file.SetSheetName("Sheet1", name); err != nil {
		return err
	}
	var err error
	if x.sheet, err = x.file.NewStreamWriter(name); err != nil {
		return err
	}
	err = x.sheet.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
	if err == nil {
		err = x.sheet.SetColWidth(1, len(x.columns), wideColumn)
	}
	if err != nil {
		return err
	}
	head := make([]any, len(x.columns))
	for i, c := range x.columns {
		head[i] = excelize.Cell{StyleID: x.bold, Value: c.name}
	}
	x.rows = 1
	return x.sheet.SetRow("A1", head)
}

func (x *xlsxWriter) row(e entry) error {
	if x.rows == x.most {
		if err := x.sheet.Flush(); err != nil {
			return err
		}
		if err := x.next(); err != nil {
			return err
		}
	}
	cells := make([]any, len(x.columns))
	for i, c := range x.columns {
		if cells[i] = c.cell(&e); cells[i] == "" {
			cells[i] = nil
		}
		if text, ok := cells[i].(string); ok {
			cells[i] = compare.Inert(text)
		}
	}
	x.rows++
	return x.sheet.SetRow(fmt.Sprintf("A%d", x.rows), cells)
}

// end adds what the export is of, and writes the workbook.
func (x *xlsxWriter) end() error {
	if err := x.sheet.Flush(); err != nil {
		return err
	}
	if _, err := x.file.NewSheet(aboutSheet); err != nil {
		return err
	}
	for i, line := range [][2]any{
		{"Search", compare.Inert(x.about.Search())}, {"Rows", x.about.Rows}, {"Level", string(x.about.Level)},
		{"Generation", x.about.Generation}, {"Exported", x.about.Time.Format(time.RFC3339)}, {"Program", "incidex " + x.about.Version},
	} {
		if err := x.file.SetSheetRow(aboutSheet, fmt.Sprintf("A%d", i+1), &[]any{line[0], line[1]}); err != nil {
			return err
		}
	}
	return x.file.Write(x.w)
}

// Close removes the temporary file.
func (x *xlsxWriter) Close() error { return x.file.Close() }
