// Makes the pages live. Everything works without it: links and forms are plain,
// and whatever a page shows is in its address.
"use strict";
(() => {
  const memory = "incidex.compare";
  const typing = 220; // milliseconds from the last key to a search
  const parser = new DOMParser();
  let flight = null; // the request under way
  let timer = 0;

  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const ours = (url) => url.origin === location.origin;

  // Fetches a page and swaps the parts that are marked as live. Falls back to
  // plain navigation when anything is not as expected.
  async function go(address, history = "push") {
    const url = new URL(address, location.href);
    flight?.abort();
    flight = new AbortController();
    const mine = flight;
    document.documentElement.toggleAttribute("aria-busy", true);
    try {
      const answer = await fetch(url, { signal: mine.signal, headers: { Accept: "text/html" } });
      const page = parser.parseFromString(await answer.text(), "text/html");
      if (mine.signal.aborted) return;
      if (!$("#main", page)) throw new Error("not a page");
      const open = $("#facets")?.open;
      const kept = focusKey();
      for (const part of $$("[data-live]")) {
        const fresh = page.getElementById(part.id);
        if (fresh) part.replaceWith(document.adoptNode(fresh));
      }
      document.title = page.title;
      document.body.className = page.body.className;
      if (open && $("#facets")) $("#facets").open = true;
      if (history === "push") window.history.pushState(null, "", url);
      if (history === "replace") window.history.replaceState(null, "", url);
      refocus(kept);
      remember();
      arrive();
    } catch (problem) {
      if (problem.name !== "AbortError") location.assign(url);
    } finally {
      if (flight === mine) document.documentElement.removeAttribute("aria-busy");
    }
  }

  // The focus is kept on what replaces the focused element: by its id, else by
  // the words that name it.
  function focusKey() {
    const at = document.activeElement;
    if (!at || !at.closest("[data-live]")) return null;
    return { id: at.id, name: at.getAttribute("aria-label") || at.title || at.textContent, at: at.selectionEnd };
  }
  function refocus(key) {
    if (!key) return;
    const same = (el) => (el.getAttribute("aria-label") || el.title || el.textContent) === key.name;
    const el = key.id ? document.getElementById(key.id) : $$("[data-live] a").find(same);
    el?.focus({ preventScroll: true });
    if (key.at != null) el?.setSelectionRange?.(key.at, key.at);
  }

  // The tray is in the address; the copy in storage brings it back on a later visit.
  function remember() {
    const ids = new URLSearchParams(location.search).get("ids");
    if (ids) localStorage.setItem(memory, ids);
  }
  function restore() {
    const url = new URL(location.href);
    const ids = localStorage.getItem(memory);
    if (url.searchParams.has("ids")) return remember();
    if (!ids || url.pathname === "/compare") return;
    url.searchParams.set("ids", ids);
    go(url, "replace");
  }

  const isSearch = (url) => url.pathname === "/";

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const url = new URL(link.href);
    if (!ours(url)) return;
    const tray = link.hasAttribute("data-tray");
    if (tray && !url.searchParams.get("ids")) localStorage.removeItem(memory);
    const search = isSearch(url) && isSearch(location) && !link.closest(".brand");
    if (!search && !(tray && url.pathname === location.pathname)) return;
    event.preventDefault();
    const paging = link.closest(".pages");
    go(url).then(() => {
      if (isSearch(url)) $("#q").value = url.searchParams.get("q") || "";
      if (paging) window.scrollTo(0, 0);
    });
  });

  const addressOf = (form) => {
    const url = new URL(form.action);
    url.search = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ""));
    return url;
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!isSearch(new URL(form.action)) || !isSearch(location)) return;
    event.preventDefault();
    clearTimeout(timer);
    go(addressOf(form));
  });
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (!form || !isSearch(location) || !form.matches("form.search, [data-facet]")) return;
    clearTimeout(timer);
    // The first change of a page can be undone with "back", the ones after it are one with it.
    const history = form.dataset.typed ? "replace" : "push";
    timer = setTimeout(() => { form.dataset.typed = "1"; go(addressOf(form), history); }, typing);
  });
  document.addEventListener("change", (event) => event.target.form?.removeAttribute("data-typed"));
  addEventListener("popstate", () => {
    if (location.hash) return;
    go(location.href, "none").then(() => { $("#q").value = new URLSearchParams(location.search).get("q") || ""; });
  });

  document.addEventListener("keydown", (event) => {
    const busy = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !busy && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      $("#q").select();
      $("#q").focus();
    }
    if (event.key === "Escape" && event.target.id === "q") event.target.blur();
  });

  // Pointing at a claim lights up its words in the text, and the other way round.
  function light(event, on) {
    const at = event.target.closest?.("[data-claim], [data-claims]");
    if (!at) return;
    const ids = (at.dataset.claims || at.dataset.claim).split(" ");
    for (const id of ids) {
      document.getElementById(id)?.classList.toggle("lit", on);
      for (const piece of $$(`[data-claims~="${CSS.escape(id)}"]`)) piece.classList.toggle("lit", on);
    }
    const list = $(".claims");
    const item = document.getElementById(ids[0]);
    if (on && at.dataset.claims && list && item && list.scrollHeight > list.clientHeight) {
      list.scrollTop = item.offsetTop - list.clientHeight / 2;
    }
  }
  for (const [enter, leave] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
    document.addEventListener(enter, (event) => light(event, true));
    document.addEventListener(leave, (event) => light(event, false));
  }

  // A link from a comparison to a sentence lights up the whole of its evidence.
  function arrive() {
    const at = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (at) light({ target: at }, true);
  }
  addEventListener("hashchange", arrive);
  arrive();
  restore();
})();
