/* The language switcher: keeps the place on the page and remembers the choice for the landing page.
   The links work without this; but the header outlives instant navigation, so they must follow the address. */
"use strict";
(() => {
  function update(fragment) {
    if (document.querySelector('meta[name="robots"]')) return; // a page that does not exist here does not exist there
    for (const link of document.querySelectorAll("a[data-switch]"))
      link.href = new URL(`../${link.hreflang}/${place.page()}`, place.base).href + fragment;
  }

  // The reader scrolls, and the address changes silently with that: so look again just before a link is used.
  for (const event of ["pointerdown", "focusin", "click"])
    addEventListener(event, ({ target }) => { if (target.closest?.(".md-select")) update(place.fragment()); }, true);
  addEventListener("click", event => {
    const link = event.target.closest?.("a[data-switch]");
    if (!link) return;
    place.rememberLanguage(link.hreflang);
    const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey; // another tab has a memory of its own
    const same = link.ariaCurrent === "true"; // no page is loaded, and the place would wait for a later one
    // The page there puts the fragment into its address, when the browser no longer goes where that leads.
    if (!elsewhere && !same && place.keep(link.pathname)) link.hash = "";
  }, true);
  // The theme's stream of pages: the first one and each that follows.
  window.document$.subscribe(() => update(location.hash));
})();
