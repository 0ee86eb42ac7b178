package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"incidex/data"
	"incidex/indexer/reader"
)

func TestTerminal(t *testing.T) {
	for _, x := range []struct{ in, want string }{
		{"Größe\t12 %\n日本\n", "Größe\t12 %\n日本\n"},
		{"\x1b[31mred\x1b]0;title\a", `\x1b[31mred\x1b]0;title\x07`},
		{"back\rover\b", `back\x0dover\x08`},
		{"\u009b32m", `\x9b32m`},
		{"\x9b32m\xff", `\x9b32m\xff`},
		{"txt.\u202egnp", `txt.\u202egnp`},
	} {
		var whole, single strings.Builder
		w := &terminal{w: &whole}
		if n, err := w.Write([]byte(x.in)); n != len(x.in) || err != nil {
			t.Errorf("write %q: %d, %v", x.in, n, err)
		}
		w = &terminal{w: &single}
		for i := range len(x.in) {
			if _, err := w.Write([]byte{x.in[i]}); err != nil {
				t.Fatal(err)
			}
		}
		if whole.String() != x.want || single.String() != x.want {
			t.Errorf("%q is written as %q, byte by byte as %q; want %q", x.in, whole.String(), single.String(), x.want)
		}
	}
}

// JSON that is printed stays JSON, of the same text.
func TestTerminalOfJSON(t *testing.T) {
	const title = "a\u009b31m \u202egnp \u007f \x1b[0m Größe\n"
	var out strings.Builder
	if err := writeJSON(&out, title); err != nil {
		t.Fatal(err)
	}
	var back string
	if err := json.Unmarshal([]byte(out.String()), &back); err != nil || back != title {
		t.Errorf("%q is read back as %q, %v", out.String(), back, err)
	}
	if strings.ContainsAny(out.String(), "\u009b\u202e\u007f\x1b") {
		t.Errorf("%q would steer a terminal", out.String())
	}
}

func TestSayKeepsToItsLine(t *testing.T) {
	hostile := "a\nincidex: all is well\r\tb\u2028c"
	const want = `a\nincidex: all is well\r\tb\u2028c`
	for name, arg := range map[string]any{
		"a string": hostile, "a string of its own type": data.Date(hostile), "an error": errors.New(hostile),
		"an error in another": fmt.Errorf("%w", &fs.PathError{Op: "open", Path: hostile, Err: fs.ErrNotExist}),
		"joined errors":       errors.Join(errors.New(hostile), errors.New("second")),
		"a problem":           &reader.Problem{Name: hostile, Reason: hostile},
	} {
		var out strings.Builder
		say(&out, "skipped %v\n", arg)
		if strings.Count(out.String(), "\n") != 1 || !strings.Contains(out.String(), want) || strings.ContainsAny(out.String(), "\r\t\u2028") {
			t.Errorf("%s: %q", name, out.String())
		}
	}
	var out strings.Builder
	say(&out, "%d of %s\n", 3, errors.Join(errors.New("first"), errors.New("second")))
	if out.String() != "3 of first; second\n" {
		t.Errorf("%q", out.String())
	}
}
