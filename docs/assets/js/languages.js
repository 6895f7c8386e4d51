/* The language switcher: keeps the place on the page and remembers the choice for the landing page.
   The links work without this; but the header outlives instant navigation, so they must follow the address. */
"use strict";
(() => {
  const config = JSON.parse(document.getElementById("__config").textContent);
  // Resolved once: after an instant navigation the same relative base would mean another folder.
  const base = new URL(config.base.replace(/\/*$/, "/"), location.href);

  function update() {
    const inside = location.pathname.startsWith(base.pathname);
    const path = inside ? location.pathname.slice(base.pathname.length) : "";
    for (const link of document.querySelectorAll("a[data-switch]")) {
      if (link.dataset.switch === "home") continue; // a page that does not exist here does not exist there
      link.href = new URL(`../${link.hreflang}/${path}`, base).href + location.hash;
    }
  }

  // The theme changes the address silently while the reader scrolls, so look again just before a link is used.
  for (const event of ["pointerdown", "focusin", "click"])
    addEventListener(event, ({ target }) => { if (target.closest?.(".md-select")) update(); }, true);
  addEventListener("click", ({ target }) => {
    const link = target.closest?.("a[data-switch]");
    if (!link) return;
    try { localStorage.setItem("dezero_lite.language", link.hreflang); } catch { /* storage is forbidden */ }
  }, true);
  window.document$.subscribe(update); // the theme's stream of pages: the first one and each that follows
})();
