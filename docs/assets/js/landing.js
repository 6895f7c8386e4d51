/* The root page: leads to the reader's language before anything is painted. On the root's 404 page it only puts
   the likely language first, because the address that was asked for does not exist in any, and offers the pages there
   whose addresses are most like it. */
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

  const NEAR = { pages: 3, least: 0.45 };

  /* Two letters each, so that a slip costs little; step7 is step07. */
  function pairs(address) {
    const plain = decodeURI(address).toLowerCase().replace(/0+(?=\d)/g, "").replace(/\.html$|[^a-z0-9]/g, "");
    return new Set([...plain].map((_, at) => plain.slice(at, at + 2)).filter(pair => pair.length === 2));
  }

  function alike(a, b) {
    return (2 * [...a].filter(pair => b.has(pair)).length) / (a.size + b.size || 1);
  }

  // Whoever knows the step need not know its stage.
  function sameStep(a, b) {
    const [one, other] = [a, b].map(address => /step-?0*(\d+)/i.exec(address)?.[1]);
    return one !== undefined && one === other;
  }

  async function offerNear(section, address) {
    const home = new URL(`${section.lang}/`, root);
    const pages = await (await fetch(new URL("pages.json", home))).json();
    const wanted = pairs(address);
    const near = pages.map(([url, title]) => ({ url, title, worth: alike(wanted, pairs(url)) + sameStep(address, url) }));
    near.sort((a, b) => b.worth - a.worth);
    const list = section.querySelector(".near");
    for (const { url, title, worth } of near.slice(0, NEAR.pages)) {
      if (worth < NEAR.least) break;
      const link = Object.assign(document.createElement("a"), { href: new URL(url, home), textContent: title });
      list.querySelector("ul").appendChild(document.createElement("li")).append(link);
      list.hidden = false;
    }
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
    const [first, ...rest] = location.pathname.slice(root.pathname.length).split("/");
    const section = document.querySelector(`section[lang="${known.includes(first) ? first : preferred()}"]`);
    section.classList.add("preferred");
    document.querySelector("h1").after(section);
    const address = known.includes(first) ? rest.join("/") : [first, ...rest].join("/");
    offerNear(section, address).catch(() => {}); // without a server nothing can be fetched
  });
})();
