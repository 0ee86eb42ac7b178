package main

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"incidex/httpapi"
	"incidex/indexer/extract"
	"incidex/search"
)

// The status page tells what a run could not read, and no path of the machine.
func TestStatusPage(t *testing.T) {
	g := &global{streams: streams{strings.NewReader(""), io.Discard, io.Discard}, data: filepath.Join(t.TempDir(), "data")}
	store, err := openOrSample(t.Context(), g, extract.New)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	secret := t.TempDir()
	folder := filepath.Join(secret, "press")
	if err := os.MkdirAll(filepath.Join(folder, "old"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "old", "torn.jsonl"), []byte(`{"title": torn`), 0o600); err != nil {
		t.Fatal(err)
	}
	log := slog.New(slog.NewTextHandler(t.Output(), nil))
	runs, err := newRuns(t.Context(), store, extract.New, []string{folder}, log)
	if err != nil {
		t.Fatal(err)
	}
	runs.Watched(t.Context(), []string{folder})
	runs.Watched(t.Context(), []string{filepath.Join(secret, "gone")})
	handler, err := httpapi.New(httpapi.Options{Engine: search.NewEngine(store), Version: "1.2.3", Log: log, Runs: runs})
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodGet, "/status", nil)
	r.Host = "localhost"
	handler.ServeHTTP(w, r)
	page := w.Body.String()
	for _, want := range []string{"1.2.3", "gen-", ">Done</span> press", "press/old/torn.jsonl", "line 1", "skipped", "<b>.jsonl</b>", ">Failed</span> gone", "the log of the program says why"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if strings.Contains(page, secret) {
		t.Errorf("the page tells a path: %s", page)
	}
}

// Of the runs over watched folders those are listed that tell something: the first
// failure of several, and the run after it.
func TestListedRuns(t *testing.T) {
	g := &global{streams: streams{strings.NewReader(""), io.Discard, io.Discard}, data: filepath.Join(t.TempDir(), "data")}
	store, err := openOrSample(t.Context(), g, extract.New)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	folder, away := filepath.Join(t.TempDir(), "press"), filepath.Join(t.TempDir(), "away")
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	runs, err := newRuns(t.Context(), store, extract.New, []string{folder}, slog.New(slog.NewTextHandler(t.Output(), nil)))
	if err != nil {
		t.Fatal(err)
	}
	move := func(from, to string) {
		t.Helper()
		if err := os.Rename(from, to); err != nil {
			t.Fatal(err)
		}
	}
	watched := func() { _ = runs.Watched(t.Context(), []string{folder}) }
	watched() // drops the sample
	watched()
	move(folder, away)
	watched()
	watched()
	move(away, folder)
	watched()
	watched()
	var states []string
	for _, run := range runs.List() {
		states = append(states, run.State)
	}
	if got, want := strings.Join(states, " "), "done failed done"; got != want {
		t.Errorf("listed, newest first: %s; want %s", got, want)
	}
}
