package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"incidex/httpapi"
	"incidex/indexer/extract"
	"incidex/search"
)

// sampleServer serves the sample articles.
func sampleServer(t *testing.T) *httptest.Server {
	t.Helper()
	g := &global{streams: streams{strings.NewReader(""), io.Discard, io.Discard}, data: filepath.Join(t.TempDir(), "data")}
	store, err := openOrSample(t.Context(), g, extract.New)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	handler, err := httpapi.New(httpapi.Options{
		Engine: search.NewEngine(store), Groups: groups{store: store}, Log: slog.New(slog.NewTextHandler(t.Output(), nil)),
	})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server
}

// visited is a page that a crawl has read.
type visited struct {
	status int
	ids    map[string]bool
	links  []string
}

func visit(t *testing.T, address string) visited {
	t.Helper()
	req, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Accept", "text/html,*/*;q=0.8") // as browsers do
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	v := visited{status: res.StatusCode, ids: map[string]bool{}}
	if !strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") {
		return v
	}
	root, err := html.Parse(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		for _, a := range n.Attr {
			switch {
			case a.Key == "id":
				v.ids[a.Val] = true
			case a.Key == "href" || a.Key == "src":
				v.links = append(v.links, a.Val)
			}
		}
	}
	return v
}

// TestEveryLinkLeadsSomewhere follows the links of the pages, without a script, and
// checks that each leads to a page, and to a place on it that exists.
func TestEveryLinkLeadsSomewhere(t *testing.T) {
	server := sampleServer(t)
	// most is how many pages of each kind are read; searches link to more searches
	// without end.
	const most = 40
	pages := map[string]visited{}
	kinds := map[string]int{}
	type step struct{ from, to string }
	queue := []step{
		{"", "/"}, {"", "/?q=kering"}, {"", "/?q=zzzz&f=sector:62"}, {"", "/?q=recrods:5"}, {"", "/compare"}, {"", "/help"},
		{"", "/compare/searches?a=sector:retail&b=recrods:5"}, {"", "/status"}, {"", "/?q=data+level:incident"},
		{"", "/compare?ids=kering-2025,target-2013,yahoo-2013&unknown=show"},
	}
	for len(queue) > 0 {
		s := queue[0]
		queue = queue[1:]
		from, err := url.Parse(server.URL + s.from)
		if err != nil {
			t.Fatal(err)
		}
		to, err := from.Parse(s.to)
		if err != nil {
			t.Errorf("%s links to %q: %v", s.from, s.to, err)
			continue
		}
		if to.Host != from.Host || strings.HasPrefix(to.Path, "/api/") {
			continue
		}
		place := to.Fragment
		to.Fragment = ""
		address := to.RequestURI()
		v, known := pages[address]
		if !known {
			kind, _, _ := strings.Cut(strings.TrimPrefix(to.Path, "/"), "/")
			if kinds[kind]++; kinds[kind] > most {
				continue
			}
			v = visit(t, to.String())
			pages[address] = v
			for _, link := range v.links {
				queue = append(queue, step{address, link})
			}
		}
		if v.status != http.StatusOK {
			t.Errorf("%s links to %s: status %d", s.from, address, v.status)
		} else if place != "" && !v.ids[place] {
			t.Errorf("%s links to %s#%s, which is no place on it", s.from, address, place)
		}
	}
	for _, kind := range []string{"", "articles", "incidents", "compare", "compare.csv", "compare.md", "help", "status", "assets"} {
		if kinds[kind] == 0 {
			t.Errorf("no link leads to a page of the kind %q", kind)
		}
	}
}

func TestPagesThatAreNot(t *testing.T) {
	server := sampleServer(t)
	for path, want := range map[string]int{
		"/nothing":                            http.StatusNotFound,
		"/articles/none":                      http.StatusNotFound,
		"/articles/":                          http.StatusNotFound,
		"/incidents/none%2Fat%20all":          http.StatusNotFound,
		"/compare?ids=kering-2025,none":       http.StatusNotFound,
		"/compare?ids=kering-2025":            http.StatusOK,
		"/compare.csv?ids=kering-2025":        http.StatusBadRequest,
		"/?f=no-field:x":                      http.StatusBadRequest,
		"/?page=99999":                        http.StatusBadRequest,
		"/assets/app.css":                     http.StatusNotFound,
		"/?q=" + strings.Repeat("long+", 500): http.StatusBadRequest,
	} {
		v := visit(t, server.URL+path)
		if v.status != want {
			t.Errorf("%.60s: status %d, want %d", path, v.status, want)
		}
		if !v.ids["main"] && !strings.HasPrefix(path, "/assets/") {
			t.Errorf("%.60s: the answer is no page", path)
		}
	}
}

func TestSuggestions(t *testing.T) {
	server := sampleServer(t)
	for _, test := range []struct {
		query  string
		status int
		want   string
	}{
		{"q=ker", http.StatusOK, `"query":"victim:Kering"`},
		{"q=ker&limit=1", http.StatusOK, `"kind":"organization"`},
		{"q=", http.StatusOK, `"suggestions":[]`},
		{"q=" + strings.Repeat("a", 2000), http.StatusOK, `"suggestions":[]`},
		{"q=ker&limit=51", http.StatusUnprocessableEntity, "50"},
	} {
		res, err := http.Get(server.URL + "/api/v1/suggest?" + test.query)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(res.Body)
		res.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		if res.StatusCode != test.status || !strings.Contains(string(body), test.want) {
			t.Errorf("%.40s: status %d, want %d: %.300s has no %s", test.query, res.StatusCode, test.status, body, test.want)
		}
	}
}

// With level:incident the hits are the first articles of each incident, in order.
func TestSearchByIncident(t *testing.T) {
	server := sampleServer(t)
	ask := func(q string) (out struct {
		Total, Incidents int
		Hits             []struct {
			Article  struct{ ID string }
			Incident string
		}
	}) {
		res, err := http.Get(server.URL + "/api/v1/search?facets=none&q=" + q)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		if err := json.NewDecoder(res.Body).Decode(&out); err != nil {
			t.Fatal(err)
		}
		return out
	}
	for _, q := range []string{"customers", "", "sector:retail"} {
		articles := ask(q + "&per_page=200")
		seen := map[string]bool{"": true}
		var want []string
		for _, h := range articles.Hits {
			if !seen[h.Incident] {
				seen[h.Incident] = true
				want = append(want, h.Article.ID)
			}
		}
		if len(want) != articles.Incidents {
			t.Fatalf("%q: %d distinct incidents, %d told", q, len(want), articles.Incidents)
		}
		var got []string
		for page := 1; ; page++ {
			found := ask(fmt.Sprintf("%s+level:incident&per_page=3&page=%d", q, page))
			if found.Incidents != articles.Incidents || found.Total != articles.Total {
				t.Errorf("%q: %d articles and %d incidents, want %d and %d", q, found.Total, found.Incidents, articles.Total, articles.Incidents)
			}
			if len(found.Hits) == 0 {
				break
			}
			for _, h := range found.Hits {
				got = append(got, h.Article.ID)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q (-want +got)\n%s", q, diff)
		}
	}
}
