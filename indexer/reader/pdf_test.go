package reader

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestPDFOperations(t *testing.T) {
	const in = `% a comment
/F1 11 Tf [(a\(b\)(c)\051) -250.5 <4 1 4>] TJ <</K[1 2]/L(x)>> BDC
q BI /W 1 ID ` + "\x00EI\xff" + ` EI Q (\101\n\
z) ' ] (never closed`
	type operation struct {
		Op   string
		Args []any
	}
	var got []operation
	l := pdfLexer{b: []byte(in)}
	for op, args := range l.operations() {
		got = append(got, operation{op, args})
	}
	want := []operation{
		{"Tf", []any{pdfName("F1"), 11.0}},
		{"TJ", []any{[]any{"a(b)(c))", -250.5, "A@"}}},
		{"BDC", []any{nil}},
		{"q", nil}, {"Q", nil},
		{"'", []any{"A\nz"}},
		{"]", nil},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestPDFCodes(t *testing.T) {
	c := readCodes([]byte(`1 begincodespacerange <0000> <ffff> endcodespacerange
2 beginbfchar <0001> <0041> <0002> <00660066> endbfchar
3 beginbfrange <00fe> <0101> <0061> <0010> <0012> [<0078> <D83DDE00>] <05> <06> <0030> endbfrange`))
	for code, want := range map[string]string{
		"\x00\x01\x00\x02": "Aff", "\x00\xfe\x01\x01": "ad", "\x00\x10\x00\x11": "x😀", "\x00\x12": "", "\x05\x06": "01", "\xff\xff\x00\x01": "A",
	} {
		if got := c.decode(code); got != want {
			t.Errorf("decode(%q) = %q, want %q", code, got, want)
		}
	}
}

func TestPDFTable(t *testing.T) {
	c := readCodes([]byte(strings.Repeat("<0000> <ffff> <0000> ", 300) + "endbfrange"))
	if c.added > maxCodes {
		t.Errorf("%d codes", c.added)
	}
}

func TestJoinLines(t *testing.T) {
	for in, want := range map[string]string{
		"A title\nA line\nthat goes on.\n\nA second.": "A title\nA line that goes on.\n\nA second.",
		"A title that\nruns on\nthe pass-\nengers":    "A title that runs on the passengers",
		"Seats 4-\nfive":    "Seats 4- five",
		"A\n\nWell-\nKnown": "A\n\nWell- Known",

		"A\n\nThe zero-\nday of a Third-\nparty com-\npany.":                       "A\n\nThe zero-day of a Third-party company.",
		"A\n\nAn end-\nto-end and end-to-\nend cipher, Leeds-\nbased.":             "A\n\nAn end-to-end and end-to-end cipher, Leeds-based.",
		"A\n\nA mill-\nrace and a mill-race, a wa-\nter wheel, and a wa-ter water": "A\n\nA mill-race and a mill-race, a water wheel, and a wa-ter water",
		"A\n\nA count-\ner and coun-\nterparty":                                    "A\n\nA counter and counterparty",
	} {
		if got := joinLines(in); got != want {
			t.Errorf("joinLines(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestWithin(t *testing.T) {
	release := make(chan bool)
	defer close(release)
	var e entry
	err := within(t.Context(), time.Nanosecond, func(context.Context) (entry, error) { <-release; return entry{summary: "late"}, nil }, &e)
	if !errors.Is(err, errTime) || e.summary != "" {
		t.Errorf("error %v, entry %+v", err, e)
	}
	if err := within(t.Context(), time.Hour, func(context.Context) (entry, error) { return entry{summary: "soon"}, nil }, &e); err != nil || e.summary != "soon" {
		t.Errorf("error %v, entry %+v", err, e)
	}
}

// TestOutsized holds that no size in a file makes the library take that much memory.
func TestOutsized(t *testing.T) {
	b, err := os.ReadFile("testdata/report.pdf")
	if err != nil {
		t.Fatal(err)
	}
	for _, edit := range [][2]string{{"/Size ", "/Size 99999999"}, {"xref\n0 ", "xref\n999999999 1\n0000000000 65535 f \n0 "}} {
		bad := strings.Replace(string(b), edit[0], edit[1], 1)
		if g := readAll(t, "a.pdf", []byte(bad), Options{}); len(g.Problems) != 1 || g.Problems[0] != "a.pdf: pdf: "+errBudget.Error() {
			t.Errorf("%s: %+v", edit[1], g)
		}
	}
}

// TestJustified holds that the wide gaps of lines that are set to one width make no table
// of them, as those between cells do.
func TestJustified(t *testing.T) {
	for _, test := range []struct {
		pieces [2][3]string
		want   string
	}{
		{[2][3]string{{"The ", "mill ", "was"}, {"shut ", "by ", "night."}}, "The mill was\nshut by night."},
		{[2][3]string{{"Mill", "2024", "310"}, {"Weir", "2025", "520"}}, "\x1fMill 2024 310\x1f\n\x1fWeir 2025 520\x1f"},
	} {
		var p pen
		for row, pieces := range test.pieces {
			for i, s := range pieces {
				x := 50 + 60*float64(i)
				p.write(s, x, 700-12*float64(row), x+30, 10)
			}
		}
		var out strings.Builder
		p.lay(&out)
		if diff := cmp.Diff(test.want, out.String()); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}

// TestNextColumn holds that a sentence goes on from the foot of a column to the top of the
// next one.
func TestNextColumn(t *testing.T) {
	for next, want := range map[string]string{"was shut.": "The mill\nwas shut.", "A weir.": "The mill\n\nA weir."} {
		var p pen
		p.write("The mill", 50, 100, 90, 10)
		p.write(next, 300, 700, 340, 10)
		var out strings.Builder
		p.lay(&out)
		if out.String() != want {
			t.Errorf("%q, want %q", out.String(), want)
		}
	}
}

func FuzzPDFContents(f *testing.F) {
	f.Add([]byte("BT /F1 11 Tf (a\\)b) Tj [<41> -3 (x)] TJ << /A [1] >> BDC BI ID x EI ET"))
	f.Add([]byte("2 beginbfrange <00> <05> <0041> <10> <11> [<0041>] endbfrange"))
	f.Fuzz(func(t *testing.T, b []byte) {
		l := pdfLexer{b: b}
		n := 0
		for range l.operations() {
			n++
		}
		if n > len(b) || l.pos != len(b) {
			t.Errorf("%d operations, ended at %d of %d bytes", n, l.pos, len(b))
		}
		readCodes(b).decode(string(b))
	})
}

func TestFileLike(t *testing.T) {
	for title, want := range map[string]bool{
		"(anonymous)": true, "untitled": true, "Untitled-1": true, "Print": true, "Microsoft Word - a.doc": true, "notice.pdf": true, "12345": true, "": true,
		"Notice to patients": false, "Print shop loses list": false, "Breach": false,
	} {
		if got := fileLike(title); got != want {
			t.Errorf("fileLike(%q) = %t", title, got)
		}
	}
}
