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
