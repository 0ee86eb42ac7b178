package main

import (
	"io"
	"log/slog"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"incidex/httpapi"
	"incidex/indexer/extract"
	"incidex/search"
)

// counting is an index that counts how often its state is taken.
type counting struct {
	search.Index
	taken atomic.Int64
}

func (c *counting) Snapshot() (search.Snapshot, error) {
	c.taken.Add(1)
	return c.Index.Snapshot()
}

// A page and an answer of the API are of one state of the index, whatever they are made of.
func TestOneStateARequest(t *testing.T) {
	g := &global{streams: streams{strings.NewReader(""), io.Discard, io.Discard}, data: filepath.Join(t.TempDir(), "data")}
	store, err := openOrSample(t.Context(), g, extract.New)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	index := &counting{Index: store}
	engine := search.NewEngine(index)
	found, err := engine.Search(t.Context(), search.Request{Query: "kering"})
	if err != nil || len(found.Hits) == 0 {
		t.Fatal(err)
	}
	handler, err := httpapi.New(httpapi.Options{Engine: engine, Log: slog.New(slog.NewTextHandler(t.Output(), nil))})
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{
		"/?q=hospital", "/articles/" + found.Hits[0].Article.ID, "/incidents/kering-2025", "/compare?i=kering-2025&i=cartier-2025",
		"/compare/searches?a=sector:retail&b=sector:health", "/help",
		"/api/v1/search?q=hospital", "/api/v1/incidents/kering-2025/similar", "/api/v1/compare?ids=kering-2025,cartier-2025",
	} {
		index.taken.Store(0)
		w := answer(handler, httptest.NewRequestWithContext(t.Context(), "GET", path, nil))
		if n := index.taken.Load(); w.Code != 200 || n != 1 {
			t.Errorf("%s: status %d from %d states of the index; want 1", path, w.Code, n)
		}
	}
}
