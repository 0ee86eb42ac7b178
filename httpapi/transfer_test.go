package httpapi

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
)

// Pages link to the first one, the one before and the next one, with the search as it is.
func TestPageLinks(t *testing.T) {
	const search = "/api/v1/search?filter%5Bsector%5D=44&q=a+%26+b"
	for _, x := range []struct {
		name, at   string
		page       int
		next, want string
	}{
		{"the only page", search, 1, "", `<` + search + `>; rel="first"`},
		{"the first page", search, 1, "abc", `<` + search + `>; rel="first", </api/v1/search?after=abc&filter%5Bsector%5D=44&q=a+%26+b>; rel="next"`},
		{"a page in the middle", search + "&page=3", 3, "abc", `<` + search + `>; rel="first", </api/v1/search?filter%5Bsector%5D=44&page=2&q=a+%26+b>; rel="prev", </api/v1/search?after=abc&filter%5Bsector%5D=44&q=a+%26+b>; rel="next"`},
		{"the last page behind another", search + "&after=abc", 1, "", `<` + search + `>; rel="first"`},
	} {
		t.Run(x.name, func(t *testing.T) {
			at, err := url.Parse(x.at)
			if err != nil {
				t.Fatal(err)
			}
			if got := pageLinks(*at, x.page, x.next); got != x.want {
				t.Errorf("got  %s\nwant %s", got, x.want)
			}
		})
	}
}

// Pages of other sites read the answers where the options say so, and change nothing.
func TestOtherOrigins(t *testing.T) {
	for _, x := range []struct {
		name    string
		origins []string
		origin  string
		want    string
	}{
		{"nobody is allowed by default", nil, "https://a.example", ""},
		{"one that is allowed", []string{"https://a.example", "https://b.example"}, "https://b.example", "https://b.example"},
		{"one that is not", []string{"https://a.example"}, "https://a.example.evil.example", ""},
		{"all are", []string{"*"}, "https://a.example", "*"},
		{"a request of no page", []string{"*"}, "", ""},
	} {
		t.Run(x.name, func(t *testing.T) {
			w := request(t, Options{Origins: x.origins}, new(bytes.Buffer))("192.0.2.1:1", "/assets/none", "Origin", x.origin)
			if got := w.Header().Get("Access-Control-Allow-Origin"); got != x.want {
				t.Errorf("allowed is %q, want %q", got, x.want)
			}
		})
	}
	h, err := New(Options{Origins: []string{"*"}, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodOptions, "http://localhost/api/v1/search", nil)
	r.Header.Set("Origin", "https://a.example")
	r.Header.Set("Access-Control-Request-Method", "POST")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if got := w.Header().Get("Access-Control-Allow-Methods"); w.Code != http.StatusNoContent || got != "GET, HEAD" {
		t.Errorf("before a POST: %d, allowed are %q", w.Code, got)
	}
}
