package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"incidex/httpapi"
	"incidex/indexer"
	"incidex/indexer/extract"
	"incidex/search"
)

const (
	testOwner = "the-owner-token-of-the-test"
	testAdmin = "the-admin-token-of-the-test"
)

// testExtractor is made once for all tests.
var testExtractor = sync.OnceValue(extract.New)

// testGlobal is a command line with an index of its own that says nothing.
func testGlobal(t *testing.T) *global {
	t.Helper()
	return &global{streams: streams{strings.NewReader(""), io.Discard, io.Discard}, data: filepath.Join(t.TempDir(), "data")}
}

// apiServer serves the sample articles with everything that a server can do. The
// folder may be indexed by an admin.
func apiServer(t *testing.T) (server *httptest.Server, folder string) {
	t.Helper()
	extractor := sync.OnceValue(extract.New)
	g := &global{streams: streams{strings.NewReader(""), io.Discard, io.Discard}, data: filepath.Join(t.TempDir(), "data")}
	store, err := openOrSample(t.Context(), g, extractor)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	folder = t.TempDir()
	log := slog.New(slog.NewTextHandler(t.Output(), nil))
	runs, err := newRuns(t.Context(), store, extractor, []string{folder}, log)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { runs.busy.Lock() }) // no run may outlive the store
	handler, err := httpapi.New(httpapi.Options{
		Engine: search.NewEngine(store), Documents: store.Documents, Log: log, Version: "test", Runs: runs,
		Groups: groups{store: store, hold: runs.hold}, Figures: runs.figures, OwnerToken: testOwner, AdminToken: testAdmin,
	})
	if err != nil {
		t.Fatal(err)
	}
	server = httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server, folder
}

func TestAPI(t *testing.T) {
	server, _ := apiServer(t)
	for _, x := range []struct {
		name, method, path string
		header             map[string]string
		body               string
		status             int
		want               []string // each must be in the answer
		not                []string // none may be
	}{
		{name: "a search", path: "search?q=kering&per_page=2", status: 200,
			want: []string{`"total":`, `"id":"kering-2025-`, `"incident":"kering-2025"`, `"facets":[`, `"generation":"gen-`}},
		{name: "a filter by label", path: "search?filter%5Bsector%5D=retail&facets=none", status: 200,
			want: []string{`"facets":[]`, `"id":"`}, not: []string{`"total":0,`}},
		{name: "a filter that excludes", path: "search?q=id:kering-2025-1&filter%5B-sector%5D=44&facets=none", status: 200, want: []string{`"total":0`}},
		{name: "two ranges of one filter", path: "search?filter%5Brecords%5D=1+to+10+million&filter%5Brecords%5D=10+to+100+million&facets=records", status: 200,
			want: []string{`"selected":true`}, not: []string{`"total":0,"incidents"`}},
		{name: "mistakes in a query are named, and the rest is searched", path: "search?q=kering+recrods:5", status: 200,
			want: []string{`"problems":[`, `"suggestion":"records"`}, not: []string{`"hits":[]`}},
		{name: "an unknown parameter", path: "search?query=kering", status: 422, want: []string{`unknown parameter`, `filter[FIELD]`}},
		{name: "an unknown field to filter by", path: "search?filter%5Bcolor%5D=red", status: 400, want: []string{`filter by \"color\"`, `sector`}},
		{name: "an unknown range", path: "search?filter%5Brecords%5D=many", status: 400, want: []string{`1 to 10 million`}},
		{name: "an unknown order", path: "search?sort=best", status: 422, want: []string{`relevance`}},
		{name: "a page too far", path: "search?page=1000000", status: 400, want: []string{`narrow the search`}},
		{name: "the page behind another", path: "search?q=hospital&per_page=2&facets=none", status: 200, want: []string{`"next":"`}},
		{name: "a page behind what is no place", path: "search?q=hospital&after=none", status: 400, want: []string{`want the next of the page before`}},
		{name: "a page whose first hit no number can hold", path: "search?page=9223372036854775807", status: 422},
		{name: "a weight that is no number", path: "incidents/kering-2025/similar?weight_text=NaN", status: 422, want: []string{`weight_text: want a number`}},
		{name: "a weight without an end", path: "incidents/kering-2025/similar?weight_text=Inf", status: 422, want: []string{`weight_text: want a number`}},
		{name: "an id with an escaped slash", path: "articles/a%2Fb", status: 404, want: []string{`article \"a/b\": not found`}},
		{name: "a page before the first", path: "search?page=0", status: 422},
		{name: "too many on a page", path: "search?per_page=201", status: 422, want: []string{`200`}},
		{name: "a query that is too long", path: "search?q=" + strings.Repeat("a", 2001), status: 422, want: []string{`2000`}},
		{name: "an article", path: "articles/kering-2025-1", status: 200, want: []string{`"text":"`, `"evidence":[{"start":`}, not: []string{`locations`, `sample:`}},
		{name: "no such article", path: "articles/none", status: 404, want: []string{`article \"none\": not found`}},
		{name: "an incident", path: "incidents/kering-2025", status: 200, want: []string{`"fields":[`, `"articles":[`, `"chosen":[`}},
		{name: "no such incident", path: "incidents/none-1900", status: 404},
		{name: "comparable incidents", path: "incidents/kering-2025/similar?limit=3", status: 200, want: []string{`"contributions":[`, `"title":`}},
		{name: "why articles are together", path: "incidents/kering-2025/explain", status: 200, want: []string{`"reasons":[`}},
		{name: "a comparison", path: "compare?ids=kering-2025,cartier-2025", status: 200, want: []string{`"verdict":`, `"generation":"gen-`}},
		{name: "a comparison of one", path: "compare?ids=kering-2025", status: 422},
		{name: "a comparison of seven", path: "compare?ids=a,b,c,d,e,f,g", status: 422},
		{name: "a comparison with itself", path: "compare?ids=kering-2025,kering-2025", status: 400, want: []string{`twice`}},
		{name: "two searches compared", path: "compare/selections?a=sector:retail&b=sector:health", status: 200, want: []string{`"odds_ratio":`}},
		{name: "health", path: "healthz", status: 200, want: []string{`"status":"ok"`}},
		{name: "the schema", path: "schema", status: 200, want: []string{`"name":"sector"`, `"value":"62","label":"Health care"`, `"units":["people"`}, not: []string{`null`}},
		{name: "no such route", path: "nothing", status: 404, want: []string{`"status":404`}},
		{name: "a method that is not allowed", method: "DELETE", path: "search", status: 405},
		{name: "another host's name", path: "healthz", header: map[string]string{"Host": "evil.example"}, status: 421},
		{name: "a run without a token", method: "POST", path: "index-runs", body: `{"paths":["/"]}`, status: 401, want: []string{`admin token`}},
		{name: "a run with a wrong token", method: "POST", path: "index-runs", body: `{"paths":["/"]}`, header: map[string]string{"Authorization": "Bearer no"}, status: 401},
		{name: "a run outside of the folders", method: "POST", path: "index-runs", body: `{"paths":["/etc"]}`, header: map[string]string{"Authorization": "Bearer " + testAdmin}, status: 403},
		{name: "a dry run without a token", method: "POST", path: "index-runs/dry", body: `{"paths":["/"]}`, status: 401, want: []string{`admin token`}},
		{name: "a dry run outside of the folders", method: "POST", path: "index-runs/dry", body: `{"paths":["/etc"]}`, header: map[string]string{"Authorization": "Bearer " + testAdmin}, status: 403},
		{name: "a dry run with an unknown option", method: "POST", path: "index-runs/dry", body: `{"path":"/etc"}`, header: map[string]string{"Authorization": "Bearer " + testOwner}, status: 400, want: []string{`unknown field`}},
		{name: "an export without a token", path: "export?full=true", status: 401, want: []string{`admin token`}},
		{name: "a run over a relative path", method: "POST", path: "index-runs", body: `{"paths":["../x"]}`, header: map[string]string{"Authorization": "Bearer " + testOwner}, status: 400},
		{name: "a decision without a token", method: "POST", path: "groups", body: `{"act":"undo","undoes":1}`, status: 401},
		{name: "a decision on nothing", method: "POST", path: "groups", body: `{"act":"merge","incident":"none","others":["x"]}`, header: map[string]string{"Authorization": "Bearer " + testAdmin}, status: 404},
		{name: "a split into an id that steers a terminal", method: "POST", path: "groups", body: `{"act":"split","incident":"kering-2025","articles":["kering-2025-1"],"new":"a\u001b[31m"}`, header: map[string]string{"Authorization": "Bearer " + testAdmin}, status: 400, want: []string{`letters, digits and hyphens`}},
		{name: "a split into an incident that is there", method: "POST", path: "groups", body: `{"act":"split","incident":"kering-2025","articles":["kering-2025-1"],"new":"cartier-2025"}`, header: map[string]string{"Authorization": "Bearer " + testAdmin}, status: 400, want: []string{`cartier-2025 already`}},
		{name: "broken JSON", method: "POST", path: "groups", body: `{"act":`, header: map[string]string{"Authorization": "Bearer " + testAdmin}, status: 400},
	} {
		t.Run(x.name, func(t *testing.T) {
			res, body := ask(t, server.URL, x.method, x.path, x.body, x.header)
			if res.StatusCode != x.status {
				t.Fatalf("status %d; want %d: %s", res.StatusCode, x.status, body)
			}
			kind := "application/json"
			if x.status >= 400 {
				kind = "application/problem+json"
			}
			if got := res.Header.Get("Content-Type"); got != kind {
				t.Errorf("content type %q; want %q", got, kind)
			}
			for _, w := range x.want {
				if !strings.Contains(body, w) {
					t.Errorf("no %s in %.600s", w, body)
				}
			}
			for _, w := range x.not {
				if strings.Contains(body, w) {
					t.Errorf("%s in %.600s", w, body)
				}
			}
		})
	}
}

// ask sends a request to the API and returns the answer with its body.
func ask(t *testing.T, base, method, path, body string, header map[string]string) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, base+"/api/v1/"+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	for k, v := range header {
		if k == "Host" {
			req.Host = v
		}
		req.Header.Set(k, v)
	}
	res, raw := exchange(t, http.DefaultClient.Do, req)
	if err := documentOf(t, base).check(method, "/api/v1/"+path, res, raw); err != nil {
		t.Errorf("%s %s is not answered as the document has it: %v in %.500s", method, path, err, raw)
	}
	return res, raw
}

// An admin's run is followed to its end, and what it indexed is found.
func TestRunOverHTTP(t *testing.T) {
	server, folder := apiServer(t)
	file := filepath.Join(folder, "acme.md")
	text := "---\nid: acme\ntitle: Acme Lanterns breached\nvictim: Acme Lanterns\n---\nAcme Lanterns lost data.\n"
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	admin := map[string]string{"Authorization": "Bearer " + testAdmin}
	res, body := ask(t, server.URL, "POST", "index-runs", `{}`, admin)
	if res.StatusCode != http.StatusAccepted {
		t.Fatalf("status %d: %s", res.StatusCode, body)
	}
	var run httpapi.IndexRun
	if err := json.Unmarshal([]byte(body), &run); err != nil {
		t.Fatal(err)
	}
	_, events := ask(t, server.URL, "GET", fmt.Sprintf("index-runs/%d/events", run.ID), "", admin)
	lines := strings.Split(strings.TrimSpace(events), "\n\n")
	if err := json.Unmarshal([]byte(strings.TrimPrefix(lines[len(lines)-1], "data: ")), &run); err != nil {
		t.Fatalf("%v in the last event of %q", err, events)
	}
	if run.State != "done" || run.New != 1 || run.Removed == 0 {
		t.Errorf("run ended as %+v; want done, one new article, the sample removed", run)
	}
	if _, body := ask(t, server.URL, "GET", "search?q=lanterns", "", nil); !strings.Contains(body, `"total":1`) {
		t.Errorf("the article is not found: %.300s", body)
	}
	_, dry := ask(t, server.URL, "POST", "index-runs/dry", `{"paths":["/not/there"]}`, map[string]string{"Authorization": "Bearer " + testOwner})
	if !strings.Contains(dry, `"state":"failed"`) || !strings.Contains(dry, "no such file or directory") {
		t.Errorf("a dry run over what is not there: %s", dry)
	}
	if _, body := ask(t, server.URL, "GET", "index-runs", "", admin); !strings.Contains(body, `"state":"done"`) {
		t.Errorf("the run is not listed: %.300s", body)
	}
}

// While a generation is rebuilt and swapped in, no search fails and none is empty.
func TestSearchesGoOnWhileTheIndexIsRebuilt(t *testing.T) {
	server, folder := apiServer(t)
	for i := range 30 {
		text := fmt.Sprintf("---\nid: acme-%d\ntitle: Acme breached again\nvictim: Acme\n---\nAcme lost the data of customer number %d.\n", i, i)
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("%d.md", i)), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	owner := map[string]string{"Authorization": "Bearer " + testOwner}
	rebuild := func() httpapi.IndexRun {
		var run httpapi.IndexRun
		_, body := ask(t, server.URL, "POST", "index-runs", `{"paths":[],"rebuild":true}`, owner)
		if err := json.Unmarshal([]byte(body), &run); err != nil {
			t.Fatal(err)
		}
		ask(t, server.URL, "GET", fmt.Sprintf("index-runs/%d/events", run.ID), "", owner)
		return run
	}
	rebuild()
	stop, bad := make(chan struct{}), make(chan string, 1)
	var searches sync.WaitGroup
	searches.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
			}
			res, body := ask(t, server.URL, "GET", "search?q=acme&facets=none&per_page=1", "", nil)
			if res.StatusCode != 200 || !strings.Contains(body, `"total":30`) {
				select {
				case bad <- fmt.Sprintf("%d %.200s", res.StatusCode, body):
				default:
				}
			}
		}
	})
	for range 3 {
		rebuild()
	}
	close(stop)
	searches.Wait()
	select {
	case answer := <-bad:
		t.Errorf("a search during a rebuild answered %s", answer)
	default:
	}
}

// Metrics say how often an answer was given before, and what is kept.
func TestMetrics(t *testing.T) {
	g := &global{streams: streams{strings.NewReader(""), io.Discard, io.Discard}, data: filepath.Join(t.TempDir(), "data")}
	store, err := openOrSample(t.Context(), g, sync.OnceValue(extract.New))
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	engine := search.NewEngine(store)
	engine.Keep(1 << 20)
	handler, err := httpapi.New(httpapi.Options{Engine: engine, Version: "test", Log: slog.New(slog.NewTextHandler(t.Output(), nil))})
	if err != nil {
		t.Fatal(err)
	}
	get := func(path string) string {
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, httptest.NewRequest("GET", "http://localhost"+path, nil))
		if w.Code != 200 {
			t.Fatalf("%s: status %d: %s", path, w.Code, w.Body)
		}
		return w.Body.String()
	}
	for range 3 {
		get("/api/v1/search?q=hospital")
	}
	metrics := get("/metrics")
	for _, line := range []string{
		"incidex_search_cache_hits_total 2\n", "incidex_search_cache_misses_total 1\n", "incidex_search_cache_entries 1\n",
		"incidex_search_cache_limit_bytes 1.048576e+06\n", "# TYPE incidex_search_cache_bytes gauge\n",
	} {
		if !strings.Contains(metrics, line) {
			t.Errorf("%q is not in\n%s", line, metrics)
		}
	}
}

// A folder that is watched is followed: new, changed and removed files.
func TestWatchedFolder(t *testing.T) {
	folder := t.TempDir()
	extractor := sync.OnceValue(extract.New)
	g := &global{streams: streams{strings.NewReader(""), io.Discard, io.Discard}, data: filepath.Join(t.TempDir(), "data")}
	store, err := openOrSample(t.Context(), g, extractor)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	engine := search.NewEngine(store)
	log := slog.New(slog.NewTextHandler(t.Output(), nil))
	runs, err := newRuns(t.Context(), store, extractor, []string{folder}, log)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		ended <- indexer.Watcher{Roots: runs.roots, Changed: runs.Watched, Log: log}.Run(ctx)
	}()
	defer func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}()
	total := func(q string) int {
		res, err := engine.Search(t.Context(), search.Request{Query: q, Facets: []search.FacetRequest{}})
		if err != nil {
			t.Fatal(err)
		}
		return res.Total
	}
	wait := func(what, q string, want int) {
		t.Helper()
		for range 300 { // half a minute, on the slowest of machines
			if total(q) == want {
				return
			}
			time.Sleep(100 * time.Millisecond)
		}
		t.Fatalf("%s: %d found; want %d", what, total(q), want)
	}
	file := filepath.Join(folder, "sub", "a.md")
	write := func(text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte("---\ntitle: Acme\nvictim: Acme\n---\n"+text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	wait("the sample goes", "kering", 0)
	write("Acme lost its lanterns.")
	wait("a new file", `"lanterns"`, 1)
	write("Acme lost all of its torches.")
	wait("a changed file", `"torches"`, 1)
	wait("its old text", `"lanterns"`, 0)
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	wait("a removed file", `"torches"`, 0)
	if !slices.ContainsFunc(runs.List(), func(r httpapi.IndexRun) bool { return r.New == 1 }) {
		t.Errorf("no run with a new article in %+v", runs.List())
	}
}
