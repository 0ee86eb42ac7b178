package main

import (
	"net/http"
	"testing"

	"github.com/chromedp/chromedp"
)

// Dragging over the years narrows a search to them; the same range can be typed.
func TestYearsAreDragged(t *testing.T) {
	b := openTab(t)
	b.size(1440)
	b.open("/?q=customers")
	b.mark()
	b.until(`document.querySelectorAll("[data-strip=occurred] a").length > 5`)
	do(b, "drag", chromedp.Evaluate[bool](`(() => {
		const middle = (year) => { const r = document.querySelector("[data-strip=occurred] a[data-value='" + year + "'] rect").getBoundingClientRect(); return { clientX: r.x + r.width / 2, clientY: r.y + 5, bubbles: true }; };
		const bar = document.querySelector("[data-strip=occurred] a rect");
		bar.dispatchEvent(new PointerEvent("pointerdown", middle(2014)));
		bar.dispatchEvent(new PointerEvent("pointermove", middle(2016)));
		bar.dispatchEvent(new PointerEvent("pointerup", middle(2017)));
		return true;
	})()`))
	b.until(`marked && new URLSearchParams(location.search).get("f") === "occurred:2014..2017" && document.querySelector(".active .chip")`)
	b.until(`document.querySelectorAll("[data-strip=occurred] a.on").length === 4`)
	dragged := do(b, "read", chromedp.Evaluate[string](`document.querySelector("#found").textContent`))
	b.open("/?q=customers&occurred.from=2014&occurred.to=2017")
	if typed := do(b, "read", chromedp.Evaluate[string](`document.querySelector("#found").textContent`)); typed != dragged {
		t.Errorf("typed %q, dragged %q", typed, dragged)
	}
	// A bar is a link, to the year alone.
	b.click("[data-strip=occurred] a[data-value='2017']")
	b.until(`new URLSearchParams(location.search).get("f") === "occurred:2017"`)
}

// Ends of a range that cannot be read are left out.
func TestRangesThatAreNone(t *testing.T) {
	server := sampleServer(t)
	for _, q := range []string{"occurred.from=last+year", "records.from=many&records.to=9", "occurred.from=2020&occurred.to=2010", "records.from=10k&records.to=2m", "records.to=1m"} {
		if v := visit(t, server.URL+"/?"+q); v.status != http.StatusOK {
			t.Errorf("%s: status %d", q, v.status)
		}
	}
}
