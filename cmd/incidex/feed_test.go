package main

import (
	"encoding/json"
	"encoding/xml"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"incidex/search/export"
)

// get asks for a path of a server with headers.
func get(t *testing.T, address string, header map[string]string) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	for k, v := range header {
		req.Header.Set(k, v)
		if k == "Host" {
			req.Host = v
		}
	}
	return exchange(t, http.DefaultTransport.RoundTrip, req)
}

type testLink struct {
	Rel  string `xml:"rel,attr"`
	Href string `xml:"href,attr"`
}

type testEntry struct {
	ID      string     `xml:"id"`
	Updated time.Time  `xml:"updated"`
	Links   []testLink `xml:"link"`
}

type testAtom struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	ID      string      `xml:"id"`
	Updated time.Time   `xml:"updated"`
	Links   []testLink  `xml:"link"`
	Entries []testEntry `xml:"entry"`
}

func TestFeeds(t *testing.T) {
	server, _ := apiServer(t)
	const search = "?q=customers&filter%5Bsector%5D=retail"
	res, body := get(t, server.URL+"/feed.atom"+search, nil)
	var atom testAtom
	if err := xml.Unmarshal([]byte(body), &atom); err != nil || res.Header.Get("Content-Type") != export.AtomType {
		t.Fatalf("%v, %s\n%s", err, res.Header.Get("Content-Type"), body)
	}
	if len(atom.Entries) < 10 || !atom.Updated.Equal(atom.Entries[0].Updated) {
		t.Errorf("%d entries, updated %v", len(atom.Entries), atom.Updated)
	}
	if !slices.IsSortedFunc(atom.Entries, func(a, b testEntry) int { return b.Updated.Compare(a.Updated) }) {
		t.Error("the newest incident is not the first")
	}
	for _, want := range []string{"<id>urn:incidex:incident:kering-2025</id>", `href="` + server.URL + `/incidents/kering-2025"`, `rel="self"`, "Victim: Kering"} {
		if !strings.Contains(body, want) {
			t.Errorf("the feed has no %s", want)
		}
	}
	// The page that the feed is of finds the same, and names the feed.
	page := atom.Links[slices.IndexFunc(atom.Links, func(l testLink) bool { return l.Rel == "alternate" })].Href
	if _, html := get(t, page, nil); !strings.Contains(html, ` href="/feed.atom?q=customers&amp;filter[sector]=retail">`) {
		t.Errorf("the page %s names no feed", page)
	}
	tag := res.Header.Get("ETag")
	if res, body := get(t, server.URL+"/feed.atom"+search, map[string]string{"If-None-Match": tag}); res.StatusCode != http.StatusNotModified || body != "" {
		t.Errorf("one who has it is answered %d %q", res.StatusCode, body)
	}
	if res, _ := get(t, server.URL+"/feed.atom?q=ransomware", map[string]string{"If-None-Match": tag}); res.StatusCode != http.StatusOK {
		t.Errorf("another feed is answered %d to one who has this", res.StatusCode)
	}
	if res, body := get(t, server.URL+"/feed.atom?page=2", nil); res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, "unknown parameter") {
		t.Errorf("an unknown parameter: %d %s", res.StatusCode, body)
	}
	_, again := get(t, server.URL+"/feed.atom"+search, map[string]string{"Host": "localhost:1", "X-Forwarded-Proto": "https"})
	var other testAtom
	if err := xml.Unmarshal([]byte(again), &other); err != nil || other.ID != atom.ID || other.Entries[0].ID != atom.Entries[0].ID || !strings.HasPrefix(other.Entries[0].Links[0].Href, "https://localhost:1/incidents/") {
		t.Errorf("under another name: %v, %s, %v", err, other.ID, other.Entries[0])
	}
	res, body = get(t, server.URL+"/feed.json"+search, nil)
	var feed struct {
		Version string
		Items   []struct{ ID, URL, Title string }
	}
	if err := json.Unmarshal([]byte(body), &feed); err != nil || len(feed.Items) != len(atom.Entries) || feed.Items[0].ID != atom.Entries[0].ID || res.Header.Get("Content-Type") != export.JSONFeedType {
		t.Errorf("as JSON: %v, %d items, %s", err, len(feed.Items), res.Header.Get("Content-Type"))
	}
}

func TestFeedCommand(t *testing.T) {
	g := testGlobal(t)
	store, err := openOrSample(t.Context(), g, testExtractor)
	if err != nil {
		t.Fatal(err)
	}
	store.Close()
	code, out, said := incidex(t, "feed", "--data", g.data, "--query", "kering", "--base", "https://x.example/")
	var atom testAtom
	if err := xml.Unmarshal([]byte(out), &atom); code != exitOK || err != nil || !strings.Contains(out, `href="https://x.example/incidents/kering-2025"`) {
		t.Errorf("feed: %d %s %v\n%s", code, said, err, out)
	}
	if code, out, _ = incidex(t, "feed", "--data", g.data, "--format", "json", "--filter", "country=FR"); code != exitOK || !json.Valid([]byte(out)) {
		t.Errorf("feed as JSON: %d %s", code, out)
	}
	for _, args := range [][]string{{"--format", "rss"}, {"--base", "x"}} {
		if code, _, said := incidex(t, append([]string{"feed", "--data", g.data}, args...)...); code != exitUsage {
			t.Errorf("%v: %d %s", args, code, said)
		}
	}
}

// A browser finds how to search here, under the name by which it asked.
func TestOpenSearch(t *testing.T) {
	server, _ := apiServer(t)
	res, body := get(t, server.URL+"/opensearch.xml", nil)
	var doc struct {
		XMLName xml.Name `xml:"http://a9.com/-/spec/opensearch/1.1/ OpenSearchDescription"`
		Short   string   `xml:"ShortName"`
		URLs    []struct {
			Type     string `xml:"type,attr"`
			Template string `xml:"template,attr"`
		} `xml:"Url"`
	}
	if err := xml.Unmarshal([]byte(body), &doc); err != nil || res.Header.Get("Content-Type") != "application/opensearchdescription+xml; charset=utf-8" {
		t.Fatalf("%v %s\n%s", err, res.Header.Get("Content-Type"), body)
	}
	if doc.Short != "incidex" || len(doc.URLs) != 3 {
		t.Errorf("%+v", doc)
	}
	for _, u := range doc.URLs {
		kind, _, _ := strings.Cut(u.Type, ";")
		res, body := get(t, strings.ReplaceAll(u.Template, "{searchTerms}", "kering"), nil)
		if res.StatusCode != http.StatusOK || !strings.HasPrefix(res.Header.Get("Content-Type"), kind) || !strings.Contains(body, "Kering") {
			t.Errorf("%s answers %d, %s", u.Template, res.StatusCode, res.Header.Get("Content-Type"))
		}
	}
	if _, html := get(t, server.URL+"/help", nil); !strings.Contains(html, `href="/opensearch.xml"`) {
		t.Error("pages do not name it")
	}
}
