package main

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"incidex/httpapi"
	"incidex/search"
)

// loggedServer serves the sample articles and writes its log into a buffer.
func loggedServer(t *testing.T) (http.Handler, *bytes.Buffer) {
	t.Helper()
	var log bytes.Buffer
	handler, err := httpapi.New(httpapi.Options{
		Engine: search.NewEngine(sampleStore(t)), Version: "test", Log: slog.New(slog.NewTextHandler(&log, nil)),
	})
	if err != nil {
		t.Fatal(err)
	}
	return handler, &log
}

// respond asks a handler.
func respond(h http.Handler, method, path, accept, body string) *httptest.ResponseRecorder {
	req := httptest.NewRequest(method, "http://localhost"+path, strings.NewReader(body))
	req.Header.Set("Accept", accept)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, req)
	return w
}

// Every problem has its type, the parts that are to blame and an id that the log has,
// and says nothing of the inside.
func TestProblems(t *testing.T) {
	h, log := loggedServer(t)
	for _, x := range []struct {
		method, path, body string
		status             int
		kind, detail       string
		locations          []string
	}{
		{"GET", "/api/v1/search?per_page=500", "", 422, "invalid-parameter", "query.per_page: expected number <= 200", []string{"query.per_page"}},
		{"GET", "/api/v1/search?sort=newst&ordr=x", "", 422, "invalid-parameter", "query.ordr: unknown parameter", []string{"query.ordr", "query.sort"}},
		{"GET", "/api/v1/search?sort=newst", "", 422, "invalid-parameter", `"newst" is no such value: did you mean newest?`, []string{"query.sort"}},
		{"GET", "/api/v1/search?facet=sector", "", 422, "invalid-parameter", "did you mean facets?", []string{"query.facet"}},
		{"GET", "/api/v1/search?q=a&q=b", "", 422, "invalid-parameter", "it is given 2 times", []string{"query.q"}},
		{"GET", "/api/v1/search?filter=44", "", 422, "invalid-parameter", "unknown parameter", []string{"query.filter"}},
		{"GET", "/api/v1/search?filter%5Bsector%5D=retial", "", 400, "invalid-request", "did you mean Retail?", []string{"query.filter[sector]"}},
		{"GET", "/api/v1/search?after=x", "", 400, "invalid-request", "want the next of the page before", []string{"query.after"}},
		{"GET", "/api/v1/search?facets=sectr", "", 400, "invalid-request", `facet "sectr"`, []string{"query.facets"}},
		{"GET", "/api/v1/search?q=%zz", "", 400, "invalid-request", "malformed", []string{"query"}},
		{"GET", "/api/v1/articles/none?x=1", "", 422, "invalid-parameter", "unknown parameter; known are offsets", []string{"query.x"}},
		{"GET", "/api/v1/incidents/kering-2025?x=1", "", 422, "invalid-parameter", "unknown parameter", []string{"query.x"}},
		{"GET", "/api/v1/incidents/kering-2025/similar?limt=1", "", 422, "invalid-parameter", "did you mean limit?", []string{"query.limt"}},
		{"GET", "/api/v1/compare?ids=a,b&x=1", "", 422, "invalid-parameter", "unknown parameter", []string{"query.x"}},
		{"GET", "/api/v1/compare/selections?c=1", "", 422, "invalid-parameter", "unknown parameter", []string{"query.c"}},
		{"GET", "/api/v1/suggest?limt=1", "", 422, "invalid-parameter", "did you mean limit?", []string{"query.limt"}},
		{"GET", "/api/v1/healthz?x=1", "", 422, "invalid-parameter", "unknown parameter; there are none here", []string{"query.x"}},
		{"GET", "/api/v1/articles/none", "", 404, "not-found", `article "none": not found`, []string{}},
		{"GET", "/api/v1/nothing", "", 404, "not-found", "there is nothing at /api/v1/nothing", []string{}},
		{"DELETE", "/api/v1/search", "", 405, "method-not-allowed", "DELETE is not allowed here", []string{}},
		{"GET", "/incidents/none", "", 404, "not-found", `incident "none": not found`, []string{}},
	} {
		t.Run(x.path, func(t *testing.T) {
			log.Reset()
			w := respond(h, x.method, x.path, "*/*", x.body)
			var p httpapi.Problem
			if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil {
				t.Fatalf("%v in %s", err, w.Body)
			}
			if w.Code != x.status || p.Status != x.status || p.Type != "urn:incidex:problem:"+x.kind || p.Title != http.StatusText(x.status) {
				t.Errorf("status %d, problem %+v", w.Code, p)
			}
			if !strings.Contains(p.Detail, x.detail) {
				t.Errorf("detail %q; want %q in it", p.Detail, x.detail)
			}
			if strings.Contains(w.Body.String(), "invalid request:") {
				t.Errorf("inside words in %s", w.Body)
			}
			at := []string{}
			for _, e := range p.Errors {
				at = append(at, e.Location)
			}
			if diff := cmp.Diff(x.locations, at); diff != "" {
				t.Errorf("parts to blame (-want +got):\n%s", diff)
			}
			if !regexp.MustCompile(`^urn:uuid:[0-9a-f-]{36}$`).MatchString(p.Instance) || !strings.Contains(log.String(), p.Instance) {
				t.Errorf("instance %q is not in the log %s", p.Instance, log)
			}
			if !strings.Contains(log.String(), "request refused") {
				t.Errorf("not logged: %s", log)
			}
		})
	}
}

// Only who asks for HTML gets HTML instead of a problem.
func TestProblemsArePagesForPersonsOnly(t *testing.T) {
	h, log := loggedServer(t)
	for _, path := range []string{"/nothing", "/incidents/none", "/?page=99999", "/compare.csv?ids=a"} {
		for accept, want := range map[string]string{
			"": "application/problem+json", "*/*": "application/problem+json", "application/json": "application/problem+json",
			"text/html,application/xhtml+xml,*/*;q=0.8": "text/html; charset=utf-8",
		} {
			log.Reset()
			w := respond(h, "GET", path, accept, "")
			if got := w.Header().Get("Content-Type"); got != want || w.Code < 400 {
				t.Errorf("%s for %q: status %d, %s; want %s", path, accept, w.Code, got, want)
			}
			id := regexp.MustCompile(`urn:uuid:[0-9a-f-]{36}`).FindString(w.Body.String())
			if id == "" || !strings.Contains(log.String(), id) {
				t.Errorf("%s for %q: its id %q is not in the log", path, accept, id)
			}
		}
	}
	if w := respond(h, "GET", "/api/v1/nothing", "text/html", ""); w.Header().Get("Content-Type") != "application/problem+json" {
		t.Error("a page under /api/")
	}
}

// A body that is no JSON is refused with the place.
func TestPositionsInBodies(t *testing.T) {
	server, _ := apiServer(t)
	_, body := ask(t, server.URL, "POST", "groups", `{"act":!}`, map[string]string{"Authorization": "Bearer " + testAdmin})
	var p httpapi.Problem
	if err := json.Unmarshal([]byte(body), &p); err != nil {
		t.Fatal(err)
	}
	if len(p.Errors) != 1 || p.Errors[0].Location != "body" || p.Errors[0].Position == nil || *p.Errors[0].Position != 7 {
		t.Errorf("problem %s; want the place of the mistake, 7", body)
	}
}

// Lists may be repeated, written with commas, or both.
func TestRepeatedParameters(t *testing.T) {
	server, _ := apiServer(t)
	for _, query := range []string{"facets=sector,attack", "facets=sector&facets=attack", "facets=sector&facets=attack,sector"} {
		_, body := ask(t, server.URL, "GET", "search?"+query, "", nil)
		var res search.Response
		if err := json.Unmarshal([]byte(body), &res); err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range res.Facets {
			got = append(got, f.Field)
		}
		if !slices.Equal(got, []string{"sector", "attack"}) {
			t.Errorf("%s counts %v", query, got)
		}
	}
	for _, query := range []string{"ids=kering-2025,cartier-2025", "ids=kering-2025&ids=cartier-2025"} {
		if res, body := ask(t, server.URL, "GET", "compare?"+query, "", nil); res.StatusCode != 200 || !strings.Contains(body, "cartier-2025") {
			t.Errorf("%s: status %d: %.200s", query, res.StatusCode, body)
		}
	}
}
