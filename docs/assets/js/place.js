/* Where in the text the reader is, and three uses of it: the language switcher leads to the same place, the device
   remembers the last one and its language, and the home page offers it. Nobody is taken there without asking. */
"use strict";
const place = (() => {
  const LAST = "dezero_lite.place"; // in localStorage: page and section, the same in every language
  const SWITCHED = "dezero_lite.switched"; // in sessionStorage: where to go on in the other language
  const words = JSON.parse(document.getElementById("labels").textContent);
  const config = JSON.parse(document.getElementById("__config").textContent);
  // Resolved once: after an instant navigation the same relative base would mean another folder.
  const base = new URL(config.base.replace(/\/*$/, "/"), location.href);

  // Other pages are looked up, not read on.
  const isLesson = page => words.lesson_folders.some(folder => page?.startsWith(`${folder}/`));

  // Storage throws where the reader forbids it. Then nothing is remembered; all else works.
  function load(kind, key) {
    try { return JSON.parse(window[kind].getItem(key)); } catch { return null; }
  }
  function save(kind, key, value) {
    try { window[kind].setItem(key, JSON.stringify(value)); return true; } catch { return false; }
  }

  // The landing page reads this.
  function rememberLanguage(language) {
    try { localStorage.setItem("dezero_lite.language", language); } catch { /* as above */ }
  }

  // The page's address inside its language; "" for the home page.
  const page = () => location.pathname.startsWith(base.pathname) ? location.pathname.slice(base.pathname.length) : "";

  /* A place is the last landmark above the eye, and how far on to the next one the eye is. Landmarks are headings
     and blocks of code: doccheck makes sure that a page has the same ones in every language. */
  const landmarks = () => [...document.querySelectorAll("article :is(h1, h2, h3, h4, .highlight)")];
  const top = element => element.getBoundingClientRect().top;
  const eye = () => innerHeight * 0.3;

  // How high the text is that begins with a landmark; what stands in a closed box has no height.
  function height(all, nth) {
    const next = all.slice(nth + 1).find(one => one.checkVisibility());
    return (next ? top(next) : document.querySelector("article").getBoundingClientRect().bottom) - top(all[nth]);
  }

  function here() {
    const all = landmarks();
    const nth = all.findLastIndex(one => one.checkVisibility() && top(one) <= eye());
    if (scrollY === 0 || nth < 0) return null;
    const section = all.slice(0, nth + 1).findLast(one => one.id && one.tagName !== "H1");
    return { nth, part: (eye() - top(all[nth])) / height(all, nth), id: section?.id ?? "" };
  }

  function go({ nth, part }) {
    const all = landmarks();
    const box = all[nth]?.closest("details");
    if (box) box.open = true;
    if (all[nth]) scrollBy({ top: top(all[nth]) + part * height(all, nth) - eye(), behavior: "instant" });
  }

  // The fragment for this place: the address's own while its target is in sight, else that of the section.
  function fragment() {
    const target = document.getElementById(location.hash.slice(1));
    if (target && top(target) >= 0 && top(target) < innerHeight) return location.hash;
    const id = here()?.id;
    return id ? `#${id}` : "";
  }

  // A page that is only opened does not take the place of a section of it that was read before.
  function remember(scrolled) {
    if (!isLesson(page()) || (!scrolled && load("localStorage", LAST)?.page === page())) return;
    save("localStorage", LAST, { page: page(), id: (scrolled && here()?.id) || "" });
    if (scrolled) rememberLanguage(document.documentElement.lang); // it is read, not only looked at
  }

  const text = heading => [...heading?.childNodes ?? []]
    .filter(node => !node.classList?.contains("headerlink")).map(node => node.textContent).join("").trim();

  // The names are read from the page itself: in this language, as they are now, and only if the page is still there.
  async function offer(box) {
    const last = load("localStorage", LAST);
    if (!box || !isLesson(last?.page) || location.protocol === "file:") return; // where nothing can be fetched
    const address = new URL(last.page, base);
    const answer = await fetch(address).catch(() => null);
    if (!answer?.ok) return;
    const found = new DOMParser().parseFromString(await answer.text(), "text/html");
    const section = text(found.getElementById(last.id));
    address.hash = section ? last.id : "";
    const link = Object.assign(document.createElement("a"), { href: address.href });
    link.textContent = (section ? words.continue_section : words.continue_page)
      .replace("{page}", () => text(found.querySelector("article h1"))).replace("{section}", () => section);
    box.replaceChildren(link);
  }

  const switched = load("sessionStorage", SWITCHED);
  if (switched) sessionStorage.removeItem(SWITCHED);
  if (switched?.path === location.pathname && !scrollY) { // who has begun to scroll meanwhile stays there
    go(switched);
    // Not earlier: a browser goes to the fragment that the address has when the page is complete.
    addEventListener("load", () => setTimeout(() => history.replaceState(history.state, "", switched.fragment)));
  }

  let waiting;
  addEventListener("scroll", () => {
    clearTimeout(waiting);
    // The theme goes to the top of a page that it puts in the place of another: nobody has read there.
    if (scrollY > 0) waiting = setTimeout(remember, 150, true);
  }, { passive: true });
  // The theme's stream of pages: the first one and each that follows.
  window.document$.subscribe(() => {
    remember(false);
    offer(document.querySelector(".continue"));
  });

  const keep = path => save("sessionStorage", SWITCHED, { ...here(), path, fragment: fragment() });
  return { base, page, fragment, keep, rememberLanguage };
})();
