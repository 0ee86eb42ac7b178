package main

import (
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// terminal passes text on that a terminal shows as it is. Titles, ids and names of
// files come from elsewhere: what would steer the terminal, reorder a line or be no
// text at all is written as Go writes it in quotes, such as \x1b. Lines and tabs stay.
type terminal struct {
	w io.Writer
	// json says that the text is JSON, in which the escapes are those of JSON.
	json bool
	rest []byte // the beginning of a character whose end was not written yet
}

var _ io.Writer = (*terminal)(nil)

// Write never writes a part of a character. It returns len(p) unless w fails.
func (t *terminal) Write(p []byte) (int, error) {
	in := append(t.rest, p...)
	out := make([]byte, 0, len(in))
	for len(in) > 0 && utf8.FullRune(in) {
		r, n := utf8.DecodeRune(in)
		switch {
		case r == utf8.RuneError && n == 1:
			out = fmt.Appendf(out, `\x%02x`, in[0])
		case r == '\n' || r == '\t' || !steers(r):
			out = append(out, in[:n]...)
		case r <= 0xff && !t.json:
			out = fmt.Appendf(out, `\x%02x`, r)
		default:
			out = fmt.Appendf(out, `\u%04x`, r)
		}
		in = in[n:]
	}
	t.rest = append([]byte(nil), in...)
	if _, err := t.w.Write(out); err != nil {
		return 0, err
	}
	return len(p), nil
}

// steers reports whether a character is a control, or changes the direction of a line.
func steers(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }

// say prints a line, or some. What its arguments bring stays on the line that it is in:
// a name of a file may hold a line break, and what follows would pass for the program's
// own words.
func say(w io.Writer, format string, args ...any) {
	shown := make([]any, len(args))
	for i, a := range args {
		switch a := a.(type) {
		case error:
			shown[i] = oneLine(message(a))
		case fmt.Stringer:
			shown[i] = oneLine(a.String())
		case string:
			shown[i] = oneLine(a)
		default:
			shown[i] = a
			if s := fmt.Sprint(a); strings.ContainsAny(s, "\n\r\t") { // a string of another type
				shown[i] = oneLine(s)
			}
		}
	}
	fmt.Fprintf(w, format, shown...) // to a terminal that is gone nothing can be said
}

// lineMarks are what breaks a line, or a column of it.
var lineMarks = strings.NewReplacer("\n", `\n`, "\r", `\r`, "\t", `\t`, "\u2028", `\u2028`, "\u2029", `\u2029`)

func oneLine(s string) string { return lineMarks.Replace(s) }
