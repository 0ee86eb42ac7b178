package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const (
	// browserTime is the longest that the tests in the browser may take.
	browserTime = 3 * time.Minute
	// settleTime is the longest that a page may take to come to what is expected.
	settleTime = 20 * time.Second
)

// tab is a page in a browser.
type tab struct {
	*testing.T
	ctx  context.Context
	base string
}

// chromium finds the browser. Without one the test is skipped, or fails where
// INCIDEX_BROWSER=required says that there must be one.
func chromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "headless-shell"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	const missing = "no Chromium was found on the path"
	if os.Getenv("INCIDEX_BROWSER") == "required" {
		t.Fatal(missing)
	}
	t.Skip(missing + "; INCIDEX_BROWSER=required makes this a failure")
	return ""
}

// openTab starts a browser that ends with the test.
func openTab(t *testing.T) tab {
	t.Helper()
	path := chromium(t)
	base := sampleServer(t).URL
	profile, err := os.MkdirTemp("", "incidex-browser-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(profile) })
	ctx, stop := context.WithTimeout(t.Context(), browserTime)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewExecAllocator(ctx, chromedp.ExecPath(path), chromedp.UserDataDir(profile),
		chromedp.Headless, chromedp.NoSandbox, chromedp.NoFirstRun, chromedp.Flag("disable-gpu", true), chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true))
	t.Cleanup(stop)
	ctx, stop = chromedp.NewContext(ctx)
	t.Cleanup(stop)
	return tab{t, ctx, base}
}

func do[T any](b tab, what string, a chromedp.Action[T]) T {
	b.Helper()
	v, err := chromedp.Run(b.ctx, a)
	if err != nil {
		b.Fatalf("%s: %v", what, err)
	}
	return v
}

// open goes to a page of the server.
func (b tab) open(path string) {
	b.Helper()
	do(b, "open "+path, chromedp.Navigate(b.base+path))
}

// overflowing names what is wider than the window. The script may replace a page by
// one that carries the tray along; then that one is measured.
func (b tab) overflowing() []string {
	b.Helper()
	const measure = `(() => {
		const wide = document.documentElement.clientWidth;
		if (document.readyState !== "complete") throw new Error("loading");
		if (document.documentElement.scrollWidth <= wide) return [];
		return [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > wide + 1 && !e.closest(".scroll"))
			.slice(0, 5).map((e) => e.tagName + "." + e.getAttribute("class"));
	})()`
	for end := time.Now().Add(settleTime); ; time.Sleep(50 * time.Millisecond) {
		wide, err := chromedp.Run(b.ctx, chromedp.Evaluate[[]string](measure))
		if err == nil {
			return wide
		}
		if b.ctx.Err() != nil || time.Now().After(end) {
			b.Fatalf("measure: %v", err)
		}
	}
}

// size sets the width of the page in pixels.
func (b tab) size(width int64) {
	b.Helper()
	do(b, "set the size", chromedp.EmulateViewport(width, 1000))
}

// until waits for an expression of the page to be true. A page that is being
// replaced has no answer; then the next one is asked.
func (b tab) until(expression string) {
	b.Helper()
	end := time.Now().Add(settleTime)
	for {
		ok, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool]("!!("+expression+")"))
		if ok {
			return
		}
		if b.ctx.Err() != nil || time.Now().After(end) {
			at, _ := chromedp.Run(b.ctx, chromedp.Location())
			b.Fatalf("%s: never became true at %s: %v", expression, at, err)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// click clicks the first element that a selector finds.
func (b tab) click(selector string) {
	b.Helper()
	b.until(fmt.Sprintf("document.querySelector(%q)", selector))
	do(b, "click "+selector, chromedp.Click(selector, chromedp.NodeVisible))
}

// mark leaves a sign on the page, which is gone once another page is loaded.
func (b tab) mark() {
	b.Helper()
	do(b, "mark the page", chromedp.Evaluate[bool]("window.marked = true"))
}

// A person searches, narrows, compares and reads, as the pages are meant to be used.
func TestInBrowser(t *testing.T) {
	b := openTab(t)
	b.size(1440)

	b.open("/")
	b.mark()
	do(b, "type", chromedp.SendKeys("#q", "kering"))
	b.until(`marked && location.search === "?q=kering" && document.querySelector(".hit mark")?.textContent.toLowerCase() === "kering"`)
	b.until(`[...document.querySelectorAll("[role=option]")].some((o) => o.textContent.startsWith("Kering"))`)
	b.until(`document.querySelector("#q").getAttribute("aria-expanded") === "true"`)
	do(b, "press the arrow", chromedp.KeyEvent(kb.ArrowDown))
	b.until(`document.getElementById(document.querySelector("#q").getAttribute("aria-activedescendant"))?.getAttribute("aria-selected") === "true"`)
	do(b, "press escape", chromedp.KeyEvent(kb.Escape))
	b.until(`document.querySelector("#q-list").hidden && document.querySelector("#q").value === "kering" && document.activeElement.id === "q"`)
	do(b, "press the arrow", chromedp.KeyEvent(kb.ArrowDown)) // asks again
	b.until(`!document.querySelector("#q-list").hidden`)
	do(b, "press the arrow", chromedp.KeyEvent(kb.ArrowDown))
	do(b, "press enter", chromedp.KeyEvent(kb.Enter))
	b.until(`marked && new URLSearchParams(location.search).get("q") === "victim:Kering" && document.querySelector(".hit")`)

	b.open("/?q=customers")
	b.mark()
	b.click(`[aria-labelledby="facet-sector"] a.value`)
	b.until(`marked && location.search.includes("f=sector:") && document.querySelector(".active .chip")`)
	b.until(`document.querySelector("[aria-labelledby=facet-sector] a.value[aria-checked=true]")`)

	b.click(".hit a.tick:not(.on)")
	b.until(`document.querySelectorAll(".tray li").length === 1`)
	b.click(".hit a.tick:not(.on)")
	b.until(`marked && document.querySelectorAll(".tray li").length === 2`)
	b.click(".tray a.button")
	b.until(`location.pathname === "/compare" && document.querySelectorAll("#known thead th").length === 3`)

	b.click("table.versus td .values a.v")
	b.until(`location.pathname.startsWith("/articles/") && document.querySelector(".ev:target")`)
	b.until(`(() => { const r = document.querySelector(".ev:target").getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight })()`)
	b.until(`document.querySelector(".claims .claim.lit .v")`)
	b.until(`document.querySelectorAll(".tray li").length === 2`) // it came along
}

// No page is wider than its window.
func TestNoPageOverflows(t *testing.T) {
	b := openTab(t)
	for _, width := range []int64{1440, 390} {
		b.size(width)
		for _, path := range []string{
			"/", "/?q=stolen+customer+data&ids=kering-2025,target-2013", "/?q=zzzzz", "/?q=recrods:5", "/incidents/kering-2025", "/articles/kering-2025-1",
			"/compare", "/compare?ids=kering-2025,target-2013,yahoo-2013,equifax-2017", "/compare/searches", "/compare/searches?a=sector:retail&b=sector:health",
			"/help", "/status", "/api", "/nothing",
		} {
			b.open(path)
			got := b.overflowing()
			if len(got) > 0 {
				t.Errorf("%s is wider than %d pixels: %s", path, width, strings.Join(got, ", "))
			}
		}
	}
}
