package main

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// press presses a key.
func (b tab) press(key string) {
	b.Helper()
	do(b, "press "+key, chromedp.KeyEvent(key))
}

// A person searches, narrows and compares without a mouse: the focus stays where it was
// used, and what changed is told.
func TestKeyboardAlone(t *testing.T) {
	b := openTab(t)
	b.size(1440)
	b.open("/?q=data")
	b.until(`document.querySelector(".facet a.value")?.getAttribute("role") === "checkbox"`)
	b.press("j")
	b.press("j")
	b.press("k")
	b.until(`document.querySelector(".hit").contains(document.activeElement)`)
	b.press("x")
	b.until(`document.querySelectorAll(".tray li").length === 1 && document.querySelector(".hit").contains(document.activeElement)`)
	b.press("j")
	b.press("x")
	b.until(`document.querySelectorAll(".tray li").length === 2`)

	do(b, "focus a filter", chromedp.Evaluate[bool](`(document.querySelector("#fold-sector a.value").focus(), true)`))
	b.press(" ")
	b.until(`location.search.includes("f=sector:") && document.activeElement.matches("#fold-sector .on a.value[aria-checked=true]")`)
	b.until(`document.querySelector("#told").textContent === document.querySelector("#found").textContent`)
	b.press(kb.Escape)
	b.until(`!document.querySelector("#fold-sector").open && document.activeElement.matches("#fold-sector summary")`)
	b.press("c")
	b.until(`location.pathname === "/compare" && document.querySelector("#add[role=combobox]")`) // the script is there
	b.press("?")
	b.until(`location.pathname === "/help"`)

	b.open("/?q=data")
	b.until(`document.querySelector(".facet a.value")?.getAttribute("role") === "checkbox"`)
	// Stops is how often Tab is pressed from the search button to the first result.
	stops := do(b, "count", chromedp.Evaluate[int](`(() => {
		const seen = [...document.querySelectorAll("a[href]:not([tabindex='-1']), button, input, summary, [tabindex='0']")].filter((el) => el.checkVisibility({ contentVisibilityAuto: true }));
		return seen.indexOf(document.querySelector(".hit h2 a")) - seen.indexOf(document.querySelector("form.search button"));
	})()`))
	if stops > 75 {
		t.Errorf("%d stops from the search to the first result", stops)
	}
}

// Somebody's comparison is shown beside one's own choice, and takes its place when asked.
func TestTrayOfALink(t *testing.T) {
	b := openTab(t)
	b.size(1440)
	const mine = `(document.cookie.match(/incidex-compare-[0-9]*=([^;]*)/) ?? []).slice(1).map(decodeURIComponent).at(0)`
	b.open("/?q=customers")
	b.click(".hit a.tick:not(.on)")
	b.until(`document.querySelectorAll(".tray li").length === 1`)
	b.until(mine + ` === new URLSearchParams(location.search).get("ids")`)
	do(b, "keep", chromedp.Evaluate[bool](`(sessionStorage.setItem("mine", `+mine+`), true)`))

	b.open("/compare?ids=yahoo-2013,target-2013")
	b.until(`document.querySelector("#choice") && ` + mine + ` === sessionStorage.getItem("mine")`)
	b.click("#choice a")
	b.until(`location.search.includes("ids=" + sessionStorage.getItem("mine")) && !document.querySelector("#choice")`)
	b.open("/compare?ids=yahoo-2013,target-2013")
	b.click("#choice button")
	b.until(mine + ` === "yahoo-2013,target-2013" && !document.querySelector("#choice")`)
	// The server reads the choice: the page comes with it, once.
	b.open("/help")
	b.until(`document.querySelectorAll(".tray li").length === 2 && location.search === "?ids=yahoo-2013%2Ctarget-2013"`)
	if n := do(b, "count", chromedp.Evaluate[int](`performance.getEntriesByType("resource").filter((r) => r.initiatorType === "fetch").length`)); n != 0 {
		t.Errorf("the page loaded %d more times", n)
	}
	b.click(".tray a.quiet")
	b.until(`!document.querySelector(".tray") && document.cookie === ""`)
}

// A comparison takes names of victims, says which one nobody goes by beside the table, and
// keeps its heads in sight.
func TestCompareByName(t *testing.T) {
	b := openTab(t)
	b.size(1440)
	b.open("/compare?ids=Equifax,target-2013,Nobody+Of+That+Name")
	b.until(`document.querySelectorAll("#known thead th").length === 3 && document.querySelector(".problem").textContent.includes("Nobody Of That Name")`)
	b.open("/compare?ids=Equifax,target-2013")
	b.until(`location.search === "?ids=equifax-2017,target-2013"`)
	do(b, "type a name", chromedp.SendKeys("#add", "Keri"))
	b.until(`[...document.querySelectorAll("#add-list [role=option]")].some((o) => o.textContent.startsWith("Kering"))`)
	b.press(kb.ArrowDown)
	b.press(kb.Enter)
	b.until(`document.querySelectorAll("#known thead th").length === 4 && !document.querySelector("#choice")`)
	do(b, "scroll", chromedp.Evaluate[bool](`(document.querySelector("#known .scroll").scrollTo(0, 600), true)`))
	b.until(`(() => { const at = (q) => document.querySelector(q).getBoundingClientRect().top; return Math.abs(at("#known thead th") - at("#known .scroll")) < 3 })()`)
	b.size(390)
	b.until(`[...document.querySelectorAll("#known thead th")].filter((th) => { const r = th.getBoundingClientRect(); return r.width > 0 && r.left >= 0 && r.right <= innerWidth }).length === 2`)
}
