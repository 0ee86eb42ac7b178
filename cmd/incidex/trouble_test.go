package main

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"incidex/data"
	"incidex/httpapi"
	"incidex/indexer/extract"
	"incidex/search"
	"incidex/search/bleveindex"
)

// answer answers a request without a network.
func answer(handler http.Handler, r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	r.Host = "localhost"
	handler.ServeHTTP(w, r)
	return w
}

// A folder that is removed under a server is told by everything that it answers, and by
// its log, and no run writes into what is gone.
func TestRemovedFolderIsToldEverywhere(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("it removes no file that is in use")
	}
	g := &global{streams: streams{strings.NewReader(""), io.Discard, io.Discard}, data: filepath.Join(t.TempDir(), "data")}
	store, err := openOrSample(t.Context(), g, extract.New)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	var said strings.Builder
	log := slog.New(slog.NewTextHandler(&said, nil))
	folder := t.TempDir()
	runs, err := newRuns(t.Context(), store, sync.OnceValue(extract.New), []string{folder}, log)
	if err != nil {
		t.Fatal(err)
	}
	handler, err := httpapi.New(httpapi.Options{Engine: search.NewEngine(store), Log: log, Runs: runs, Trouble: store.Trouble})
	if err != nil {
		t.Fatal(err)
	}
	get := func(path string) *httptest.ResponseRecorder {
		return answer(handler, httptest.NewRequestWithContext(t.Context(), "GET", path, nil))
	}
	if w := get("/api/v1/healthz"); w.Code != 200 || !strings.Contains(w.Body.String(), `"status":"ok"`) {
		t.Errorf("before: %d %s", w.Code, w.Body)
	}
	if err := os.RemoveAll(g.data); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/api/v1/healthz", "/api/v1/search?q=data", "/", "/status", "/incidents/kering-2025", "/api/v1/compare?ids=kering-2025,cartier-2025"} {
		w := get(path)
		if w.Code != http.StatusServiceUnavailable || !strings.Contains(w.Body.String(), "it was removed, is damaged") || strings.Contains(w.Body.String(), g.data) {
			t.Errorf("%s: %d %.200s", path, w.Code, w.Body)
		}
	}
	if err := runs.Watched(t.Context(), []string{folder}); err == nil || !strings.Contains(err.Error(), "removed or replaced") {
		t.Errorf("a run into a folder that is gone: %v", err)
	}
	said.Reset()
	told, stop := context.WithCancel(t.Context())
	stop()
	tellTrouble(told, store.Trouble, log)
	if !strings.Contains(said.String(), "removed or replaced while it was in use") {
		t.Errorf("the log says %q", said.String())
	}
}

// A server that answers from an older generation says so to those who watch it.
func TestHealthIsDegraded(t *testing.T) {
	store, err := bleveindex.Open(t.TempDir(), bleveindex.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	handler, err := httpapi.New(httpapi.Options{Engine: search.NewEngine(store), Log: slog.New(slog.DiscardHandler), Trouble: func() error { return search.ErrUnavailable }})
	if err != nil {
		t.Fatal(err)
	}
	w := answer(handler, httptest.NewRequestWithContext(t.Context(), "GET", "/api/v1/healthz", nil))
	if w.Code != 200 || !strings.Contains(w.Body.String(), `"status":"degraded"`) {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if p := w.Header().Get("Permissions-Policy"); !strings.Contains(p, "camera=()") {
		t.Errorf("Permissions-Policy %q", p)
	}
}

// unread fails the test when it is read.
type unread struct{ t *testing.T }

func (u unread) Read([]byte) (int, error) {
	u.t.Error("the body was read before the token")
	return 0, io.EOF
}

// What needs a token reads nothing without one; a client that leaves is no error.
func TestServerRefusesFirstAndLogsNoLeaving(t *testing.T) {
	store, err := bleveindex.Open(t.TempDir(), bleveindex.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	var said strings.Builder
	log := slog.New(slog.NewTextHandler(&said, nil))
	runs, err := newRuns(t.Context(), store, extract.New, nil, log)
	if err != nil {
		t.Fatal(err)
	}
	handler, err := httpapi.New(httpapi.Options{Engine: search.NewEngine(store), Log: log, Runs: runs, Groups: groups{store: store}, AdminToken: testAdmin})
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/api/v1/groups", "/api/v1/index-runs", "/api/v1/index-runs/dry"} {
		r := httptest.NewRequestWithContext(t.Context(), "POST", path, unread{t})
		r.Header.Set("Content-Type", "application/json")
		if w := answer(handler, r); w.Code != http.StatusUnauthorized {
			t.Errorf("%s: %d %s", path, w.Code, w.Body)
		}
	}
	said.Reset() // refusals are logged
	gone, leave := context.WithCancel(t.Context())
	leave()
	for _, path := range []string{"/?q=names", "/api/v1/search?q=names"} {
		answer(handler, httptest.NewRequestWithContext(gone, "GET", path, nil))
	}
	if said.Len() > 0 {
		t.Errorf("the log says %q", said.String())
	}
}

// A merge that cannot be says which incident is why.
func TestRefusedMergeNamesTheIncident(t *testing.T) {
	store, err := bleveindex.Open(t.TempDir(), bleveindex.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	incidents := []*data.Incident{
		{ID: "acme-2024", Title: "Acme", Members: []data.Member{{Article: "a", Role: data.Subject}}},
		{ID: "corvo-2024", Title: "Corvo", Members: []data.Member{{Article: "a", Role: data.Mentioned}}},
	}
	if err := store.Current().Apply(t.Context(), &data.Batch{Incidents: incidents}); err != nil {
		t.Fatal(err)
	}
	for other, want := range map[string]string{
		"corvo-2024": "no article is about corvo-2024",
		"acme-2024":  "name another incident to merge into acme-2024",
		"nobody":     `incident "nobody": not found`,
	} {
		_, err := groups{store: store}.Decide(t.Context(), httpapi.GroupDecision{Act: "merge", Incident: "acme-2024", Others: []string{other}})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("merge with %s: %v, want %q", other, err, want)
		}
	}
}
