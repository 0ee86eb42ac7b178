// Runs the examples of the API's reference on its page. Without it they are links.
"use strict";
(() => {
  const most = 20000; // characters of an answer that are shown
  for (const box of document.querySelectorAll("[data-try]")) {
    const link = box.querySelector("a");
    const form = document.createElement("form");
    const address = Object.assign(document.createElement("input"), { value: link.getAttribute("href"), spellcheck: false, ariaLabel: "Address" });
    const run = Object.assign(document.createElement("button"), { type: "submit", textContent: "Run" });
    const out = document.createElement("pre");
    out.hidden = true;
    out.tabIndex = 0;
    out.setAttribute("aria-live", "polite");
    form.append(address, run);
    box.replaceChildren(form, out);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      out.hidden = false;
      out.textContent = "…";
      try {
        const url = new URL(address.value, location.href);
        if (url.origin !== location.origin) throw new Error("only this server is asked");
        const answer = await fetch(url, { headers: { Accept: "application/json" } });
        const type = answer.headers.get("Content-Type") || "";
        let text = /sheet|zip/.test(type) ? `${(await answer.blob()).size} bytes` : await answer.text();
        if (/json$|json;/.test(type)) {
          try { text = JSON.stringify(JSON.parse(text), null, 2); } catch { /* lines of JSON stay as they are */ }
        }
        out.textContent = `${answer.status} ${answer.statusText} · ${type}\n\n${text.slice(0, most)}${text.length > most ? "\n…" : ""}`;
      } catch (problem) {
        out.textContent = String(problem.message);
      }
    });
  }
})();
