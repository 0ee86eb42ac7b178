package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// send asks with no encoding but the one in the headers.
func send(t *testing.T, server *httptest.Server, method, path string, header map[string]string) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, server.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Accept-Encoding", "identity")
	for k, v := range header {
		req.Header.Set(k, v)
	}
	return exchange(t, http.DefaultClient.Do, req)
}

// Texts of the API, of pages and of assets are compressed for those who take them.
func TestAnswersAreCompressed(t *testing.T) {
	server, _ := apiServer(t)
	for _, path := range []string{"/api/v1/search?q=hospital", "/", "/openapi.json", "/api/v1/export?q=hospital&format=csv", "/api/v1/schema"} {
		_, plain := send(t, server, "GET", path, nil)
		for accepted, want := range map[string]string{"gzip": "gzip", "zstd": "zstd", "gzip, deflate, br, zstd": "zstd", "gzip;q=0": "", "br": ""} {
			res, body := send(t, server, "GET", path, map[string]string{"Accept-Encoding": accepted})
			if got := res.Header.Get("Content-Encoding"); got != want {
				t.Errorf("%s for %q: encoded as %q, want %q", path, accepted, got, want)
				continue
			}
			if !strings.Contains(strings.Join(res.Header.Values("Vary"), ","), "Accept-Encoding") {
				t.Errorf("%s varies with %q", path, res.Header.Values("Vary"))
			}
			decoded, err := decode(want, body)
			if err != nil {
				t.Fatal(err)
			}
			if want != "" && len(body) > len(plain)/2 {
				t.Errorf("%s for %q: %d bytes of %d", path, accepted, len(body), len(plain))
			}
			if !strings.Contains(path, "export") && decoded != plain {
				t.Errorf("%s for %q differs from the plain answer", path, accepted)
			}
		}
	}
}

func decode(encoding, body string) (string, error) {
	in := io.Reader(strings.NewReader(body))
	switch encoding {
	case "gzip":
		r, err := gzip.NewReader(in)
		if err != nil {
			return "", err
		}
		in = r
	case "zstd":
		r, err := zstd.NewReader(in)
		if err != nil {
			return "", err
		}
		defer r.Close()
		in = r
	}
	b, err := io.ReadAll(in)
	return string(b), err
}

// An answer is asked for again with its tag until the index changes.
func TestTagsOfAnswers(t *testing.T) {
	server, folder := apiServer(t)
	for _, path := range []string{"search?q=hospital", "articles/kering-2025-1", "incidents/kering-2025", "incidents/kering-2025/similar", "compare?ids=kering-2025,cartier-2025", "compare/selections?a=sector:retail&b=sector:health", "suggest?q=ker", "schema"} {
		path = "/api/v1/" + path
		res, _ := send(t, server, "GET", path, nil)
		tag := res.Header.Get("ETag")
		if res.StatusCode != 200 || tag == "" || res.Header.Get("Cache-Control") != "no-cache" {
			t.Errorf("%s: status %d, tag %q, %q", path, res.StatusCode, tag, res.Header.Get("Cache-Control"))
			continue
		}
		for _, encoding := range []string{"identity", "gzip", "zstd"} {
			res, body := send(t, server, "GET", path, map[string]string{"If-None-Match": `"other", ` + tag, "Accept-Encoding": encoding})
			if res.StatusCode != http.StatusNotModified || body != "" || res.Header.Get("ETag") != tag {
				t.Errorf("%s again: status %d, tag %q, %q", path, res.StatusCode, res.Header.Get("ETag"), body)
			}
		}
		if res, _ := send(t, server, "GET", "/api/v1/search?q=other", map[string]string{"If-None-Match": tag}); res.StatusCode != 200 {
			t.Errorf("the tag of %s is that of another request", path)
		}
	}
	for _, path := range []string{"incidents/none", "search?page=0", "healthz"} {
		if res, _ := send(t, server, "GET", "/api/v1/"+path, nil); res.Header.Get("ETag") != "" || res.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: tag %q, %q", path, res.Header.Get("ETag"), res.Header.Get("Cache-Control"))
		}
	}

	const path = "/api/v1/search?q=lanterns"
	res, _ := send(t, server, "GET", path, nil)
	before := map[string]string{"If-None-Match": res.Header.Get("ETag")}
	if err := os.WriteFile(filepath.Join(folder, "acme.txt"), []byte("Acme lost lanterns\n\nLanterns were lost.\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	admin := map[string]string{"Authorization": "Bearer " + testAdmin}
	ask(t, server.URL, "POST", "index-runs", `{}`, admin)
	ask(t, server.URL, "GET", "index-runs/1/events", "", admin)
	if res, body := send(t, server, "GET", path, before); res.StatusCode != 200 || !strings.Contains(body, `"total":1`) {
		t.Errorf("after the index changed: status %d: %.200s", res.StatusCode, body)
	}
}

// HEAD is answered like GET, without the body.
func TestHead(t *testing.T) {
	server, _ := apiServer(t)
	for _, path := range []string{"/", "/help", "/api/v1/search?q=hospital", "/api/v1/incidents/none", "/api/v1/export?format=csv", "/feed.atom", "/openapi.json", "/metrics", "/nothing"} {
		head, body := send(t, server, "HEAD", path, nil)
		get, _ := send(t, server, "GET", path, nil)
		if head.StatusCode != get.StatusCode || head.Header.Get("Content-Type") != get.Header.Get("Content-Type") || head.Header.Get("ETag") != get.Header.Get("ETag") || body != "" {
			t.Errorf("%s: HEAD is %d %s, GET is %d %s", path, head.StatusCode, head.Header, get.StatusCode, get.Header)
		}
	}
}

// A client that follows the links from the first page gets every hit once.
func TestLinksVisitEveryHitOnce(t *testing.T) {
	server, _ := apiServer(t)
	for _, query := range []string{"q=hospital", "q=data+level:incident", "filter%5Bsector%5D=44", "sort=records"} {
		_, all := send(t, server, "GET", "/api/v1/search?per_page=200&facets=none&"+query, nil)
		want := strings.Count(all, `"snippets":`)
		seen, hits := map[string]bool{}, 0
		at := "/api/v1/search?per_page=7&facets=none&" + query
		for at != "" {
			res, body := send(t, server, "GET", at, nil)
			if res.StatusCode != 200 || seen[at] {
				t.Fatalf("%s: status %d, or asked twice: %.200s", at, res.StatusCode, body)
			}
			seen[at] = true
			hits += strings.Count(body, `"snippets":`)
			at = nextLink(t, res.Header.Get("Link"))
		}
		if hits != want || want == 0 {
			t.Errorf("%s: the pages have %d hits, want %d", query, hits, want)
		}
	}
}

// nextLink is the address of the next page, "" where there is none.
func nextLink(t *testing.T, links string) string {
	t.Helper()
	for link := range strings.SplitSeq(links, ", ") {
		if to, ok := strings.CutSuffix(link, `>; rel="next"`); ok {
			if _, err := url.Parse(to[1:]); err != nil {
				t.Fatal(err)
			}
			return to[1:]
		}
	}
	return ""
}
