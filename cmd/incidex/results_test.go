package main

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// On a phone the first result is in sight, and what is typed is completed beside the
// results, not over them.
func TestResultsAreInSight(t *testing.T) {
	b := openTab(t)
	b.size(390)
	b.open("/?q=customers")
	if top := do(b, "measure", chromedp.Evaluate[float64](`document.querySelector(".hit").getBoundingClientRect().top`)); top > 400 {
		t.Errorf("the first result begins at %v px", top)
	}
	b.click("#strips > summary")
	b.until(`document.querySelector("[data-strip=occurred]").getBoundingClientRect().height > 0`)
	b.size(1440)
	b.open("/?sort=newest")
	b.until(`document.querySelector("#q[role=combobox]")`)
	do(b, "type", chromedp.SendKeys("#q", "hack"))
	b.until(`!document.querySelector("#q-list").hidden`)
	b.until(`document.querySelector("#q-list").getBoundingClientRect().bottom <= document.querySelector(".facets, .results").getBoundingClientRect().top + 1`)
}

// Incidents are a switch beside the query, their cards tell how many articles they have,
// and a query of nothing says so.
func TestIncidentsAreASwitch(t *testing.T) {
	server := sampleServer(t)
	page := pageText(t, server.URL+"/?q=ransomware&level=incidents")
	for _, want := range []string{`value="ransomware"`, `<input type="hidden" name="level" value="incidents">`, `<span class="id">change-healthcare-2024</span> 3 articles`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %s", want)
		}
	}
	for query, want := range map[string]bool{"%22%22": true, "-": true, "***": true, "data": false, "level:incident": false} {
		if says := strings.Contains(pageText(t, server.URL+"/?q="+query), "has no word to search for"); says != want {
			t.Errorf("%s: says that there is no word: %v, want %v", query, says, want)
		}
	}
}

// pageText is the source of a page.
func pageText(t *testing.T, address string) string {
	t.Helper()
	res, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// Searches, incidents and comparisons lead out as files, feeds, commands and citations that
// are of exactly these.
func TestWaysOut(t *testing.T) {
	server := sampleServer(t)
	for page, wants := range map[string][]string{
		"/?q=ransomware&f=sector:62": {
			"/api/v1/export?q=ransomware&amp;filter[sector]=62&amp;format=csv", "/feed.atom?q=ransomware&amp;filter[sector]=62",
			"incidex alert add NAME", "Search for ransomware", server.URL + "/?q=ransomware&amp;f=sector:62</",
		},
		"/?q=ransomware&level=incidents":       {"/api/v1/export?q=ransomware&amp;format=csv&amp;level=incidents"},
		"/incidents/equifax-2017":              {"/api/v1/export?filter[incident]=equifax-2017&amp;format=csv", server.URL + "/incidents/equifax-2017</"},
		"/compare?ids=yahoo-2013,equifax-2017": {"Comparison of Yahoo", server.URL + "/compare?ids=yahoo-2013,equifax-2017</"},
	} {
		text := pageText(t, server.URL+page)
		_, out, _ := strings.Cut(text, `id="out"`)
		out, _, _ = strings.Cut(out, "</details>")
		for _, want := range wants {
			if !strings.Contains(out, want) {
				t.Errorf("%s: no %s in %s", page, want, out)
			}
		}
		for _, part := range strings.Split(out, `href="`)[1:] {
			href, _, _ := strings.Cut(part, `"`)
			res, err := http.Get(server.URL + strings.ReplaceAll(strings.ReplaceAll(href, "&amp;", "&"), "&#43;", "+"))
			if err != nil {
				t.Fatal(err)
			}
			res.Body.Close()
			if res.StatusCode != http.StatusOK {
				t.Errorf("%s: %s: status %d", page, href, res.StatusCode)
			}
		}
	}
}
