package main

import (
	"io"
	"net/http"
	"strings"
	"testing"
)

// A page without results says what is in the way, and a page behind the last one where that is.
func TestPagesWithoutResults(t *testing.T) {
	server := sampleServer(t)
	for path, want := range map[string][]string{
		"/?q=customers+%22zzzz+qqqq%22":             {"Nothing found", "Without <q><bdi>&#34;zzzz qqqq&#34;</bdi></q></a>: 50 articles"},
		"/?q=customers&f=sector:44&f=victim:Nobody": {"Nothing found", "Without <q><bdi>victim:Nobody</bdi></q>"},
		"/?q=customers&page=99":                     {"There is no page 99", `href="/?q=customers&amp;page=3"`},
		"/?q=customers+records:%3E%3D900bn":         {"Without <q><bdi>records:&gt;=900000000000</bdi></q></a>"},
		"/?q=sector:retail+OR+sector:education":     {"on "},
	} {
		res, err := http.Get(server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(res.Body)
		res.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range want {
			if !strings.Contains(string(body), w) {
				_, main, _ := strings.Cut(string(body), `id="found"`)
				t.Errorf("%s: no %q in %.900s", path, w, main)
			}
		}
	}
}
