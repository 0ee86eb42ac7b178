package main

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"

	"incidex/httpapi"
	"incidex/indexer"
)

// figure reads a figure of a server, -1 for none.
func figure(t *testing.T, server, name string) float64 {
	t.Helper()
	_, body := get(t, server+"/metrics", nil)
	m := regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(name) + ` (\S+)$`).FindStringSubmatch(body)
	if m == nil {
		return -1
	}
	n, err := strconv.ParseFloat(m[1], 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestFigures(t *testing.T) {
	server, folder := apiServer(t)
	for _, path := range []string{"/api/v1/search?q=kering", "/api/v1/search?q=kering", "/api/v1/search?nothing=1", "/nothing", "/api/v1/articles/none"} {
		get(t, server.URL+path, nil)
	}
	for name, want := range map[string]float64{
		`incidex_http_request_duration_seconds_count{outcome="ok",route="/api/v1/search"}`:            2,
		`incidex_http_request_duration_seconds_count{outcome="refused",route="/api/v1/search"}`:       1,
		`incidex_http_request_duration_seconds_count{outcome="refused",route="none"}`:                 1,
		`incidex_http_request_duration_seconds_count{outcome="refused",route="/api/v1/articles/:id"}`: 1,
		`incidex_http_request_duration_seconds_bucket{outcome="ok",route="/api/v1/search",le="+Inf"}`: 2,
		"incidex_articles": 84, "incidex_index_up": 1, "incidex_index_generations": 1,
		`incidex_index_runs_total{state="done"}`: 0, `incidex_index_runs_total{state="failed"}`: 0, "incidex_alert_messages_waiting": 0,
	} {
		if got := figure(t, server.URL, name); got != want {
			t.Errorf("%s is %v, want %v", name, got, want)
		}
	}
	if files, bytes := figure(t, server.URL, "incidex_index_files"), figure(t, server.URL, "incidex_index_bytes"); files < 3 || bytes < 10000 {
		t.Errorf("%v files of %v bytes", files, bytes)
	}
	if err := os.WriteFile(filepath.Join(folder, "z.txt"), []byte("Zoo breached\n\nThe zoo lost the names of 3,000 visitors in May 2024."), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := (remote{server.URL, testOwner}).index(t.Context(), httpapi.RunOptions{Paths: []string{folder}, KeepSample: true}, func(indexer.Progress) {}); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]float64{`incidex_index_runs_total{state="done"}`: 1, "incidex_articles": 85} {
		if got := figure(t, server.URL, name); got != want {
			t.Errorf("after a run %s is %v, want %v", name, got, want)
		}
	}
}

func TestReady(t *testing.T) {
	server, _ := apiServer(t)
	if res, body := get(t, server.URL+"/readyz", nil); res.StatusCode != http.StatusOK || body[:17] != `{"status":"ready"` {
		t.Errorf("%d %s", res.StatusCode, body)
	}
}
