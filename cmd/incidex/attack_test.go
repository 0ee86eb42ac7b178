package main

import (
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"incidex/httpapi"
)

// script is what an attacker writes into a text: it would run in HTML, in an attribute, in
// a style, behind a comment and in a link.
const script = `"><script>alert(1)</script><img src=x onerror=alert(1)>'</style></title>--><svg onload=alert(1)>`

// hostileArticle has it in every text that a source can give.
func hostileArticle(t *testing.T, dir string) {
	t.Helper()
	a := map[string]any{
		"id": "evil" + script, "title": "Acme breach " + script, "publisher": "The Herald " + script, "author": script,
		"url": "javascript:alert(1)//" + script, "date": "2024-05-06", "language": "en", "tags": []string{script, "javascript:alert(1)"},
		"text": "Acme said on Monday that hackers had stolen the names of 12,000 customers. " + script + " [Click](javascript:alert(1)).",
	}
	for _, field := range []string{"victim", "parent", "brand", "supplier", "sector", "country", "attack", "vector", "actor", "motive", "data_type", "data_subject", "malware", "law", "regulator", "response", "consequence"} {
		a[field] = "=cmd|' /C calc'!A0 " + script
	}
	raw, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "evil.jsonl"), raw, 0o600); err != nil {
		t.Fatal(err)
	}
}

// runsScript returns what of a page a browser would run that is not the project's own.
func runsScript(page io.Reader) string {
	doc, err := html.Parse(page)
	if err != nil {
		return err.Error()
	}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		attr := map[string]string{}
		for _, a := range n.Attr {
			attr[a.Key] = strings.ToLower(strings.TrimSpace(a.Val))
			if strings.HasPrefix(a.Key, "on") {
				return fmt.Sprintf("<%s %s=%s>", n.Data, a.Key, a.Val)
			}
		}
		for _, k := range []string{"href", "src", "action", "formaction", "content"} {
			if strings.HasPrefix(attr[k], "javascript:") || strings.HasPrefix(attr[k], "data:text") {
				return fmt.Sprintf("<%s %s=%s>", n.Data, k, attr[k])
			}
		}
		switch n.Data {
		case "script":
			if !strings.HasPrefix(attr["src"], "/assets/") {
				return "<script> that is not an asset"
			}
		case "iframe", "object", "embed", "base":
			return "<" + n.Data + ">"
		case "img":
			if attr["src"] == "x" {
				return "<img> of the article"
			}
		}
	}
	return ""
}

// fetch asks a server and returns the answer with its body.
func fetch(t *testing.T, method, address string, body io.Reader, headers ...string) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, address, body)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		if headers[i] == "Host" {
			req.Host = headers[i+1]
		} else {
			req.Header.Set(headers[i], headers[i+1])
		}
	}
	return exchange(t, http.DefaultTransport.RoundTrip, req)
}

// hostileServer serves an index of the hostile article.
func hostileServer(t *testing.T) (server *httptest.Server, article, incident string) {
	t.Helper()
	server, folder := apiServer(t)
	hostileArticle(t, folder)
	res, body := fetch(t, "POST", server.URL+"/api/v1/index-runs", strings.NewReader(`{"keep_sample":true}`), "Authorization", "Bearer "+testAdmin, "Content-Type", "application/json")
	if res.StatusCode >= 300 {
		t.Fatalf("the run: %d %s", res.StatusCode, body)
	}
	var started httpapi.IndexRun
	if err := json.Unmarshal([]byte(body), &started); err != nil {
		t.Fatal(err)
	}
	fetch(t, "GET", fmt.Sprintf("%s/api/v1/index-runs/%d/events", server.URL, started.ID), nil, "Authorization", "Bearer "+testAdmin)
	_, body = fetch(t, "GET", server.URL+"/api/v1/search?q=%22acme+breach%22", nil)
	var found struct {
		Hits []struct {
			Article  struct{ ID string }
			Incident string
		}
	}
	if err := json.Unmarshal([]byte(body), &found); err != nil || len(found.Hits) == 0 {
		t.Fatalf("%v: %.1000s", err, body)
	}
	return server, found.Hits[0].Article.ID, found.Hits[0].Incident
}

// No page and no feed runs what an article says, in whatever field.
func TestStoredScripts(t *testing.T) {
	server, article, incident := hostileServer(t)
	a, i := url.PathEscape(article), url.PathEscape(incident)
	q := url.QueryEscape(incident)
	for _, path := range []string{
		"/", "/?q=acme", "/?q=acme&level=incident", "/?facets=victim,tag,publisher", "/articles/" + a, "/incidents/" + i, "/status", "/help",
		"/compare?ids=" + q + ",kering-2025", "/compare/searches?a=acme&b=sector:retail", "/?q=acme&sort=newest&ids=" + q,
	} {
		res, body := fetch(t, "GET", server.URL+path, nil, "Accept", "text/html")
		if res.StatusCode != http.StatusOK {
			t.Errorf("%s: %d %.300s", path, res.StatusCode, body)
		}
		if found := runsScript(strings.NewReader(body)); found != "" {
			t.Errorf("%s runs %s", path, found)
		}
		if p := res.Header.Get("Content-Security-Policy"); !strings.Contains(p, "script-src 'self'") && !strings.Contains(p, "default-src 'self'") || strings.Contains(p, "unsafe") {
			t.Errorf("%s: policy %q", path, p)
		}
	}
	for _, path := range []string{"/feed.atom?q=acme", "/feed.json?q=acme", "/opensearch.xml"} {
		res, body := fetch(t, "GET", server.URL+path, nil)
		if res.StatusCode != http.StatusOK || strings.Contains(res.Header.Get("Content-Type"), "html") || res.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %d %q", path, res.StatusCode, res.Header)
			continue
		}
		if strings.Contains(path, "json") {
			continue
		}
		for d := xml.NewDecoder(strings.NewReader(body)); ; {
			token, err := d.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Errorf("%s: %v", path, err)
				break
			}
			if e, ok := token.(xml.StartElement); ok {
				if e.Name.Local == "script" || e.Name.Local == "svg" {
					t.Errorf("%s has <%s>", path, e.Name.Local)
				}
				for _, at := range e.Attr {
					if at.Name.Local == "href" && strings.HasPrefix(at.Value, "javascript:") {
						t.Errorf("%s links to %s", path, at.Value)
					}
				}
			}
		}
	}
}

// No cell of a table that goes out is a formula, and Markdown has no live link.
func TestFormulas(t *testing.T) {
	server, _, incident := hostileServer(t)
	for _, path := range []string{"/compare.csv?ids=" + url.QueryEscape(incident) + ",kering-2025", "/api/v1/export?q=acme&format=csv", "/api/v1/export?q=acme&level=incidents&format=csv"} {
		res, body := fetch(t, "GET", server.URL+path, nil)
		r := csv.NewReader(strings.NewReader(body))
		r.FieldsPerRecord, r.Comment = -1, '#'
		rows, err := r.ReadAll()
		if err != nil || res.StatusCode != http.StatusOK || len(rows) < 2 {
			t.Errorf("%s: %d, %v: %.300s", path, res.StatusCode, err, body)
		}
		for _, row := range rows {
			for _, cell := range row {
				if strings.IndexAny(cell, "=+-@\t\r＝＋－＠") == 0 {
					t.Errorf("%s: the cell %.60q is a formula", path, cell)
				}
			}
		}
	}
	_, body := fetch(t, "GET", server.URL+"/compare.md?ids="+url.QueryEscape(incident)+",kering-2025", nil)
	if strings.Contains(body, "<script") || strings.Contains(body, "](javascript:") {
		t.Errorf("Markdown: %s", body)
	}
}

// No page and no problem gives back what was asked so that it runs.
func TestReflectedScripts(t *testing.T) {
	server, _ := apiServer(t)
	s := url.QueryEscape(script)
	for _, path := range []string{
		"/?q=" + s, "/?q=victim:" + s, "/?filter%5Bvictim%5D=" + s, "/?f=victim:" + s, "/?sort=" + s, "/?page=" + s, "/?level=" + s, "/?ids=" + s,
		"/articles/" + url.PathEscape(script), "/incidents/" + url.PathEscape(script), "/compare?ids=" + s, "/compare/searches?a=" + s + "&b=" + s,
		"/" + url.PathEscape(script), "/?" + s + "=1", "/help?ids=" + s, "/assets/" + url.PathEscape(script),
	} {
		res, body := fetch(t, "GET", server.URL+path, nil, "Accept", "text/html")
		if strings.Contains(res.Header.Get("Content-Type"), "html") {
			if found := runsScript(strings.NewReader(body)); found != "" {
				t.Errorf("%s runs %s", path, found)
			}
		}
		if res.StatusCode >= 500 {
			t.Errorf("%s: %d", path, res.StatusCode)
		}
	}
	res, _ := fetch(t, "GET", server.URL+"/?q="+url.QueryEscape("a\r\nSet-Cookie: x=1"), nil)
	if res.Header.Get("Set-Cookie") != "" {
		t.Error("a query sets a header")
	}
}

// What changes something asks for a token, whatever a browser sends by itself; an admin
// stays inside the folders, and no name of another site is answered.
func TestWhoMayWhat(t *testing.T) {
	server, folder := apiServer(t)
	if err := os.Symlink("/", filepath.Join(folder, "out")); err != nil {
		t.Skip(err)
	}
	run := func(path string) string { return fmt.Sprintf(`{"paths":[%q]}`, path) }
	const jsonType, form = "application/json", "text/plain"
	for _, x := range []struct {
		name, method, path, body, kind, token string
		status                                int
	}{
		{"a run without a token", "POST", "/api/v1/index-runs", "{}", jsonType, "", 401},
		{"a run with a wrong token", "POST", "/api/v1/index-runs", "{}", jsonType, testAdmin + "x", 401},
		{"a run with the begin of the token", "POST", "/api/v1/index-runs", "{}", jsonType, testAdmin[:20], 401},
		{"a run with an empty token", "POST", "/api/v1/index-runs", "{}", jsonType, " ", 401},
		{"the form of another site", "POST", "/api/v1/index-runs", "{}", form, "", 401},
		{"a dry run without a token", "POST", "/api/v1/index-runs/dry", "{}", jsonType, "", 401},
		{"the list of runs without a token", "GET", "/api/v1/index-runs", "", "", "", 401},
		{"the events of a run without a token", "GET", "/api/v1/index-runs/1/events", "", "", "", 401},
		{"a decision without a token", "POST", "/api/v1/groups", `{"act":"undo","undoes":1}`, jsonType, "", 401},
		{"all claims without a token", "GET", "/api/v1/export?full=true", "", "", "", 401},
		{"a folder that was not given", "POST", "/api/v1/index-runs", run("/etc"), jsonType, testAdmin, 403},
		{"a way out of the folder", "POST", "/api/v1/index-runs", run(folder + "/../.."), jsonType, testAdmin, 403},
		{"a link out of the folder", "POST", "/api/v1/index-runs", run(folder + "/out/etc"), jsonType, testAdmin, 403},
		{"a way that is relative", "POST", "/api/v1/index-runs", run("etc"), jsonType, testAdmin, 400},
		{"a body without end", "POST", "/api/v1/index-runs", `{"paths":["` + strings.Repeat("a", 4<<20) + `"]}`, jsonType, testAdmin, 413},
		{"deep nesting", "POST", "/api/v1/groups", strings.Repeat("[", 500_000), jsonType, testAdmin, 400},
		{"an asset outside", "GET", "/assets/..%2f..%2fgo.mod", "", "", "", 404},
	} {
		t.Run(x.name, func(t *testing.T) {
			headers := []string{"Content-Type", x.kind, "Origin", "https://evil.example", "Cookie", "token=" + testAdmin}
			if x.token != "" {
				headers = append(headers, "Authorization", "Bearer "+x.token)
			}
			res, body := fetch(t, x.method, server.URL+x.path, strings.NewReader(x.body), headers...)
			if res.StatusCode != x.status {
				t.Errorf("%d, want %d: %.300s", res.StatusCode, x.status, body)
			}
			if h := res.Header.Get("Access-Control-Allow-Origin"); h != "" {
				t.Errorf("another site may read it: %q", h)
			}
		})
	}
	for _, path := range []string{"/", "/api/v1/search?q=data", "/metrics", "/openapi.json", "/feed.atom", "/api/v1/export"} {
		if res, body := fetch(t, "GET", server.URL+path, nil, "Host", "evil.example"); res.StatusCode != http.StatusMisdirectedRequest || strings.Contains(body, "Kering") {
			t.Errorf("%s under another site's name: %d", path, res.StatusCode)
		}
	}
}
