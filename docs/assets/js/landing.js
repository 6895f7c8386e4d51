/* The root page: leads to the reader's language before anything is painted. On the root's 404 page it only puts
   the likely language first, because the address that was asked for does not exist in any. */
"use strict";
(() => {
  const { languages, base, missing } = document.currentScript.dataset;
  const known = languages.split(" ");
  const root = new URL(base.replace(/\/*$/, "/"), location.href);

  // The same key as in place.js; reading it throws where the reader forbids storage.
  function remembered() {
    try { return localStorage.getItem("dezero_lite.language"); } catch { return null; }
  }

  // "ko-KR" is "ko". Whoever reads none of ours is most likely to read English.
  function preferred() {
    const wanted = [remembered(), ...navigator.languages].map(tag => (tag ?? "").split("-")[0]);
    return wanted.find(tag => known.includes(tag)) ?? "en";
  }

  if (missing === undefined) {
    document.documentElement.style.visibility = "hidden";
    const page = location.protocol === "file:" ? "index.html" : "";
    location.replace(new URL(`${preferred()}/${page}`, root));
    // A page that comes back from the browser's history must not stay hidden.
    addEventListener("pageshow", event => { if (event.persisted) document.documentElement.style.visibility = ""; });
    return;
  }
  document.addEventListener("DOMContentLoaded", () => {
    const first = location.pathname.slice(root.pathname.length).split("/")[0];
    const section = document.querySelector(`section[lang="${known.includes(first) ? first : preferred()}"]`);
    section.classList.add("preferred");
    document.querySelector("h1").after(section);
  });
})();
