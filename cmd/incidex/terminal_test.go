package main

import (
	"strings"
	"testing"
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
