// Makes the pages live. Everything works without it: links and forms are plain,
// and whatever a page shows is in its address.
"use strict";
(() => {
  const memory = `incidex-compare-${location.port}`; // the name of the cookie that keeps the tray
  const year = 365 * 24 * 3600; // seconds that a choice is kept
  const typing = 90; // milliseconds from the last key to a search
  const parser = new DOMParser();
  const taken = "incidex.taken"; // says that a form of this tab made the next tray
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
      const folds = $$("[data-live] details[id]").map((part) => [part.id, part.open]);
      const kept = focusKey();
      const told = $("#found")?.textContent;
      const mine0 = own();
      for (const part of $$("[data-live]")) {
        const fresh = page.getElementById(part.id);
        if (fresh) part.replaceWith(document.adoptNode(fresh));
      }
      document.title = page.title;
      document.body.className = page.body.className;
      for (const [id, open] of folds) document.getElementById(id)?.toggleAttribute("open", open);
      dress();
      const tells = $("#found")?.textContent;
      if (tells && tells !== told) $("#told").textContent = tells;
      if (history === "push") window.history.pushState(null, "", url);
      if (history === "replace") window.history.replaceState(null, "", url);
      refocus(kept);
      if (mine0) remember();
      choose();
      arrive();
      poll();
    } catch (problem) {
      if (problem.name !== "AbortError") location.assign(url);
    } finally {
      if (flight === mine) document.documentElement.removeAttribute("aria-busy");
    }
  }

  // The focus is kept on what replaces the focused element: by its id, by the incident
  // that it ticks, by the value of its facet, else by its words.
  const words = (el) => el.getAttribute("aria-label") || el.title || el.textContent;
  function twins(key) {
    if (key.id) return [document.getElementById(key.id)].filter(Boolean);
    if (key.tick) return $$("[data-tick]").filter((el) => el.dataset.tick === key.tick);
    if (key.value) return $$(`#${key.fold} a.${key.kind}`).filter((el) => $(".label", el.closest("li")).textContent === key.value);
    return $$("[data-live] a").filter((el) => words(el) === key.name);
  }
  function focusKey() {
    const el = document.activeElement;
    if (!el || !el.closest("[data-live]")) return null;
    const key = { id: el.id, tick: el.dataset.tick, name: words(el), at: el.selectionEnd };
    const value = el.closest(".facet li");
    if (value) Object.assign(key, { fold: el.closest(".facet").id, kind: el.classList.contains("not") ? "not" : "value", value: $(".label", value)?.textContent });
    key.n = Math.max(0, twins(key).indexOf(el));
    return key;
  }
  function refocus(key) {
    if (!key) return;
    const same = twins(key);
    const el = same[key.n] ?? same[0] ?? $(`#${key.fold || "none"} summary`) ?? $("#found") ?? $("#main");
    el?.focus({ preventScroll: true });
    if (key.at != null) el?.setSelectionRange?.(key.at, key.at);
  }

  // Links that choose are checkboxes to those who do not see them, and take the space bar.
  function dress() {
    for (const el of $$("a.tick, .facet a.value")) {
      el.setAttribute("role", "checkbox");
      el.setAttribute("aria-checked", String(!!el.closest(".on")));
      el.removeAttribute("aria-current");
    }
    for (const input of $$("input[data-suggest]:not([role])")) new Completion(input);
  }

  // The tray is in the address; the server reads the copy in a cookie on a later visit. The
  // tray of somebody else's link is shown and takes the place of one's own only when asked.
  const idsOf = (url) => new URL(url, location.href).searchParams.get("ids") || "";
  const mineIs = () => {
    const kept = document.cookie.split("; ").find((part) => part.startsWith(`${memory}=`));
    try { return decodeURIComponent(kept?.slice(memory.length + 1) ?? ""); } catch { return ""; }
  };
  const own = () => !mineIs() || mineIs() === idsOf(location.href);
  function store(ids) {
    document.cookie = `${memory}=${encodeURIComponent(ids)}; path=/; samesite=lax; max-age=${ids ? year : 0}`;
  }
  function remember() {
    store(idsOf(location.href));
    window.history.replaceState({ own: true }, "");
  }
  function restore() {
    const ids = mineIs();
    const asked = sessionStorage.getItem(taken);
    sessionStorage.removeItem(taken);
    if (idsOf(location.href)) {
      if (asked || window.history.state?.own) remember();
      return choose();
    }
    if (!ids || location.pathname === "/compare") return;
    const url = new URL(location.href);
    url.searchParams.set("ids", ids);
    if (!$("#nav .count")) go(url, "replace"); // the cookie did not come through
    else window.history.replaceState({ own: true }, "", url);
  }
  function choose() {
    $("#choice")?.remove();
    const ids = idsOf(location.href);
    if (!ids || own()) return;
    const bar = document.createElement("section");
    bar.id = "choice";
    bar.setAttribute("aria-label", "Two choices of incidents");
    const count = (list) => { const n = list.split(",").length; return n === 1 ? "1 incident" : `${n} incidents`; };
    const text = document.createElement("p");
    text.textContent = `This link brings a choice of its own, ${count(ids)}. Yours has ${count(mineIs())}.`;
    const keep = Object.assign(document.createElement("button"), { type: "button", textContent: "Keep these" });
    keep.addEventListener("click", () => { remember(); choose(); $("#main").focus({ preventScroll: true }); });
    const back = Object.assign(document.createElement("a"), { textContent: "Back to mine" });
    const url = new URL(location.href);
    url.searchParams.set("ids", mineIs());
    back.href = url;
    bar.append(text, keep, back);
    $("#main").before(bar);
  }

  const isSearch = (url) => url.pathname === "/";

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const url = new URL(link.getAttribute("href"), location.href); // a link of a picture has no address as text
    if (!ours(url)) return;
    const tray = link.hasAttribute("data-tray");
    if (tray && own()) store(idsOf(url));
    const search = isSearch(url) && isSearch(location) && !link.closest(".brand");
    if (!search && !(tray && url.pathname === location.pathname)) return;
    event.preventDefault();
    const paging = link.closest(".pages");
    const filter = link.closest(".facets .facet li") && matchMedia("(max-width: 60rem)").matches;
    const mine0 = own() || (tray && mineIs() === idsOf(url));
    go(url).then(() => {
      if (mine0 && tray) { remember(); choose(); }
      if (filter) { $("#facets").open = false; $("#facets > summary").focus(); }
      if (isSearch(url)) $("#q").value = url.searchParams.get("q") || "";
      if (paging) window.scrollTo(0, 0);
    });
  });

  // Dragging over the years wants the range of them. The bars are links to single ones.
  let drag = null;
  const barAt = (svg, x) => $$("a", svg).findLast((bar) => $("rect", bar).getBoundingClientRect().left <= x) ?? $("a", svg);
  const drawn = (end) => {
    const bars = $$("a", drag.svg);
    const [from, to] = [bars.indexOf(drag.bar), bars.indexOf(end)].sort((a, b) => a - b);
    return bars.slice(from, to + 1);
  };
  document.addEventListener("dragstart", (event) => { if (event.target.closest?.("[data-strip]")) event.preventDefault(); });
  document.addEventListener("pointerdown", (event) => {
    const svg = event.target.closest?.("[data-strip=occurred]");
    if (svg && !event.button) drag = { svg, bar: barAt(svg, event.clientX) };
  });
  document.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const range = drawn(barAt(drag.svg, event.clientX));
    for (const bar of $$("a", drag.svg)) bar.classList.toggle("drawn", range.includes(bar));
  });
  document.addEventListener("pointercancel", () => { drag = null; });
  document.addEventListener("pointerup", (event) => {
    if (!drag) return;
    const range = drawn(barAt(drag.svg, event.clientX));
    const form = $("form", drag.svg.closest("figure"));
    drag = null;
    if (range.length < 2) return; // a click on one bar
    document.addEventListener("click", (click) => { click.preventDefault(); click.stopPropagation(); }, { capture: true, once: true });
    setTimeout(() => document.dispatchEvent(new Event("click")), 0); // where none comes
    const url = addressOf(form);
    for (const name of ["occurred.from", "occurred.to"]) url.searchParams.delete(name);
    url.searchParams.append("f", `occurred:${range[0].dataset.value}..${range.at(-1).dataset.value}`);
    go(url);
  });

  const addressOf = (form) => {
    const url = new URL(form.action);
    url.search = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, value.trim()]).filter(([, value]) => value));
    return url;
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.elements.ids && own()) sessionStorage.setItem(taken, "1");
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
    if (event.key === "Escape" && event.target.id === "q" && !event.defaultPrevented) event.target.blur();
    if (busy || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === " " && event.target.getAttribute("role") === "checkbox") {
      event.preventDefault();
      event.target.click();
    }
    const move = { j: 1, k: -1 }[event.key];
    const heads = $$(".hit h2 a");
    const at = heads.findIndex((head) => head.closest(".hit").contains(document.activeElement));
    if (move && heads.length) heads[Math.min(heads.length - 1, Math.max(0, at + move))].focus();
    if (event.key === "x") (at < 0 ? $(".head a.tick, .side a.tick, .story a.tick") : $("a.tick", heads[at].closest(".hit")))?.click();
    if (event.key === "c" && idsOf(location.href).includes(",") && location.pathname !== "/compare") $("#nav a").click();
    if (event.key === "?") $$("#nav a").find((link) => new URL(link.href).pathname === "/help").click();
    if (event.key === "Escape" && event.target.closest("details[open]")) {
      const fold = event.target.closest("details[open]");
      fold.open = false;
      $("summary", fold).focus();
    }
  });

  // A page that tells of work under way asks for itself again until the work is done.
  let again = 0;
  function poll() {
    clearTimeout(again);
    const every = Number($("[data-poll]")?.dataset.poll);
    if (every) again = setTimeout(() => (document.hidden ? poll() : go(location.href, "none")), every);
  }

  // Completes what is typed, as a combobox: the arrow keys choose, Enter takes, Escape closes.
  const completing = 120; // milliseconds from the last key to a question
  const shown = 8; // suggestions at most
  const kinds = { organization: "Organization", title: "Article", field: "Field" };
  class Completion {
    constructor(input) {
      this.input = input;
      this.list = document.createElement("ul");
      Object.assign(this.list, { id: `${input.id}-list`, className: "suggestions", hidden: true });
      this.list.setAttribute("role", "listbox");
      this.list.setAttribute("aria-label", "Suggestions");
      input.after(this.list);
      const roles = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id };
      for (const [name, value] of Object.entries(roles)) input.setAttribute(name, value);
      input.addEventListener("input", () => this.later());
      input.addEventListener("keydown", (event) => this.key(event));
      input.addEventListener("blur", () => this.close());
      input.form.addEventListener("submit", () => this.close());
      this.list.addEventListener("pointerdown", (event) => event.preventDefault()); // keeps the focus
      this.list.addEventListener("click", (event) => {
        const at = event.target.closest("li");
        if (at) this.take(this.items[[...this.list.children].indexOf(at)]);
      });
    }
    later() {
      clearTimeout(this.timer);
      this.flight?.abort();
      this.timer = setTimeout(() => this.ask(), completing);
    }
    async ask() {
      const typed = this.input.value;
      if (!typed.trim()) return this.close();
      this.flight = new AbortController();
      const { signal } = this.flight;
      try {
        for (const { head, text, keep } of this.parts(typed)) {
          this.head = head;
          this.items = (await this.fetch(text, signal)).filter(keep).slice(0, shown);
          if (this.items.length) break;
        }
        if (document.activeElement === this.input) this.show();
      } catch (problem) {
        if (problem.name !== "AbortError") this.close();
      }
    }
    // What can be completed, likeliest first: the value of a field, all, the last word.
    parts(typed) {
      if (this.input.name === "ids") { // a list of names
        const cut = typed.lastIndexOf(",") + 1;
        return [{ head: typed.slice(0, cut), text: typed.slice(cut).trim(), keep: (item) => item.field === "victim" && item.incidents }];
      }
      const value = /^(.*?)([a-z_]+):"?([^":]+)$/.exec(typed);
      const space = typed.lastIndexOf(" ") + 1;
      const parts = [{ head: "", text: typed, keep: () => true }];
      if (value) parts.unshift({ head: value[1], text: value[3], keep: (item) => item.field === value[2] && item.kind !== "field" });
      if (space && space < typed.length) parts.push({ head: typed.slice(0, space), text: typed.slice(space), keep: (item) => item.kind !== "title" });
      return parts;
    }
    async fetch(text, signal) {
      const answer = await fetch(`/api/v1/suggest?${new URLSearchParams({ q: text, limit: 4 * shown })}`, { signal });
      return answer.ok ? (await answer.json()).suggestions : [];
    }
    show() {
      this.list.replaceChildren(...this.items.map((item, i) => {
        const option = document.createElement("li");
        Object.assign(option, { id: `${this.list.id}-${i}`, className: `is-${item.kind}` });
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        const what = document.createElement("span");
        what.textContent = kinds[item.kind] ?? item.field.replaceAll("_", " ");
        const count = document.createElement("span");
        if (item.incidents) count.textContent = item.incidents === 1 ? "1 incident" : `${item.incidents} incidents`;
        option.append(item.text, what, count);
        return option;
      }));
      this.choose(-1);
      this.open(this.items.length > 0);
    }
    open(on) {
      this.list.hidden = !on;
      this.input.setAttribute("aria-expanded", String(on));
    }
    close() {
      clearTimeout(this.timer);
      this.flight?.abort();
      this.open(false);
      this.choose(-1);
    }
    choose(n) {
      this.at = n;
      this.list.children[n]?.scrollIntoView({ block: "nearest", inline: "nearest" });
      [...this.list.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === n)));
      if (n < 0) this.input.removeAttribute("aria-activedescendant");
      else this.input.setAttribute("aria-activedescendant", this.list.children[n].id);
    }
    key(event) {
      if (this.list.hidden) {
        if (event.key === "ArrowDown" && this.input.value) { event.preventDefault(); this.ask(); }
        return;
      }
      const n = this.items.length;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) this.choose(((this.at + 1 + step + n + 1) % (n + 1)) - 1);
      else if (event.key === "Enter" && this.at >= 0) this.take(this.items[this.at]);
      else if (event.key === "Escape") this.close();
      else return;
      event.preventDefault();
    }
    take(item) {
      this.close();
      if (item.kind === "title" && this.input.id === "q") {
        const ids = new URLSearchParams(location.search).get("ids");
        location.assign(`/articles/${encodeURIComponent(item.value)}${ids ? `?${new URLSearchParams({ ids })}` : ""}`);
        return;
      }
      const more = item.kind === "field"; // its value is still to be typed
      const list = this.input.name === "ids";
      this.input.value = this.head + (list ? item.value || item.text : item.query + (more ? "" : " "));
      this.input.focus();
      if (more) return;
      if (this.input.id === "q") this.input.form.requestSubmit();
    }
  }

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
  dress();
  restore();
  poll();
})();
