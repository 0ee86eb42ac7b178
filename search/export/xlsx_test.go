package export

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

func openXLSX(t *testing.T, raw []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func TestXLSX(t *testing.T) {
	a := testAbout
	a.Query = "=hospital"
	raw := write(t, XLSX, a, hospital(), entry{id: "\x01bad\x00", title: strings.Repeat("x", 40000)})
	if _, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw))); err != nil {
		t.Fatal(err)
	}
	f := openXLSX(t, raw)
	rows, err := f.GetRows("Incidents")
	if err != nil || len(rows) != 3 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	at := slices.Index(rows[0], "records")
	cell, _ := excelize.CoordinatesToCellName(at+1, 2)
	if kind, _ := f.GetCellType("Incidents", cell); rows[1][at] != "7400000" || kind == excelize.CellTypeInlineString || kind == excelize.CellTypeSharedString {
		t.Errorf("records are %q, of type %d", rows[1][at], kind)
	}
	for cell, want := range map[string]string{"B1": "'=hospital sector=62", "B2": "1", "B4": "gen-000001", "B5": "2026-01-02T03:04:05Z"} {
		if got, _ := f.GetCellValue(aboutSheet, cell); got != want {
			t.Errorf("%s of the sheet %s is %q, want %q", cell, aboutSheet, got, want)
		}
	}
}

// A workbook that is given up leaves no file behind.
func TestXLSXLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	t.Setenv("TMP", dir)
	w, err := beginXLSX(io.Discard, testAbout)
	if err != nil {
		t.Fatal(err)
	}
	long := entry{id: "x", title: strings.Repeat("x", excelize.TotalCellChars)}
	for range excelize.StreamChunkSize/excelize.TotalCellChars + 2 {
		if err := w.row(long); err != nil {
			t.Fatal(err)
		}
	}
	if left, _ := os.ReadDir(dir); len(left) == 0 {
		t.Error("there is no temporary file: this tests nothing")
	}
	if err := w.(io.Closer).Close(); err != nil {
		t.Fatal(err)
	}
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
}

// Rows beyond what a sheet holds stand in the next one.
func TestSheets(t *testing.T) {
	var b bytes.Buffer
	w, err := beginXLSX(&b, testAbout)
	if err != nil {
		t.Fatal(err)
	}
	x := w.(*xlsxWriter)
	x.most = 3
	for i := range 5 {
		if err := x.row(entry{id: fmt.Sprint("i", i)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := x.end(); err != nil {
		t.Fatal(err)
	}
	f := openXLSX(t, b.Bytes())
	var got []string
	for _, sheet := range f.GetSheetList()[:3] {
		rows, _ := f.GetRows(sheet)
		for _, r := range rows[1:] {
			got = append(got, sheet+":"+r[0])
		}
	}
	if want := "[Incidents:i0 Incidents:i1 Incidents 2:i2 Incidents 2:i3 Incidents 3:i4]"; fmt.Sprint(got) != want {
		t.Errorf("rows %v, want %s", got, want)
	}
}
