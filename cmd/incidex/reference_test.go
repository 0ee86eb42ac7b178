package main

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"golang.org/x/net/html"
)

// The reference has every route of the document, each with an anchor of its own, every
// link inside it leads somewhere, and its examples are answered.
func TestReference(t *testing.T) {
	server, _ := apiServer(t)
	res, body := get(t, server.URL+"/api", nil)
	if res.StatusCode != http.StatusOK || !strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") {
		t.Fatalf("%d %s", res.StatusCode, res.Header.Get("Content-Type"))
	}
	ids := map[string]bool{}
	for _, m := range regexp.MustCompile(` id="([^"]*)"`).FindAllStringSubmatch(body, -1) {
		if ids[m[1]] {
			t.Errorf("the id %s is there twice", m[1])
		}
		ids[m[1]] = true
	}
	for _, m := range regexp.MustCompile(` href="#([^"]*)"`).FindAllStringSubmatch(body, -1) {
		if !ids[m[1]] {
			t.Errorf("a link leads to %s, which is not there", m[1])
		}
	}
	_, doc := get(t, server.URL+"/openapi.json", nil)
	operations := regexp.MustCompile(`"operationId":"([^"]*)"`).FindAllStringSubmatch(doc, -1)
	for _, m := range operations {
		if !ids[m[1]] {
			t.Errorf("the operation %s is not there", m[1])
		}
	}
	examples := regexp.MustCompile(`<a class="button" href="([^"]*)">Run`).FindAllStringSubmatch(body, -1)
	if len(examples) < 12 || len(operations) < 15 {
		t.Errorf("%d examples of %d operations", len(examples), len(operations))
	}
	for _, m := range examples {
		if res, body := get(t, server.URL+html.UnescapeString(m[1]), nil); res.StatusCode != http.StatusOK {
			t.Errorf("the example %s is answered %d %s", m[1], res.StatusCode, body)
		}
	}
	if strings.Contains(body, "<script>") || strings.Contains(body, " style=") {
		t.Error("the page has what its policy forbids")
	}
}

// The examples run on the page, changed as a person likes.
func TestReferenceInBrowser(t *testing.T) {
	b := openTab(t)
	b.size(1440)
	b.open("/api")
	b.click("#search [data-try] button")
	b.until(`document.querySelector("#search pre").textContent.match(/^200 OK · application.json[^]*"hits": \[/)`)
	do(b, "change the address", chromedp.Evaluate[string](`document.querySelector("#search [data-try] input").value = "/api/v1/search?nothing=1"`))
	b.click("#search [data-try] button")
	b.until(`document.querySelector("#search pre").textContent.includes("unknown parameter")`)
	do(b, "ask another server", chromedp.Evaluate[string](`document.querySelector("#search [data-try] input").value = "https://example.invalid/"`))
	b.click("#search [data-try] button")
	b.until(`document.querySelector("#search pre").textContent === "only this server is asked"`)
}
