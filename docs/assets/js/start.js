/* Starts the page's scripts when the page is on the screen. Deferred scripts alone often run before a browser first
   draws, and then the text waits for its buttons. */
"use strict";
{
  const scripts = document.getElementById("scripts").content;
  for (const script of scripts.querySelectorAll("script")) script.async = false; // they run one after the other
  // The theme's script waits for an event that is over by then.
  scripts.querySelector('[src*="/bundle."]').onload = () => document.dispatchEvent(new Event("DOMContentLoaded"));
  document.documentElement.classList.replace("no-js", "js"); // what needs scripts has its room from the start
  // The search answers while one types. Until the theme runs, Enter would load the page anew.
  document.forms.search.addEventListener("submit", event => event.preventDefault());

  const start = () => document.body.append(scripts); // after the first time nothing is left
  setTimeout(start, 1000); // in the background nothing is drawn, and a browser may lack the observer
  // Whoever comes from another language goes on at the same place, and should see little of the page's beginning.
  let switched = null;
  try { switched = sessionStorage.getItem("dezero_lite.switched"); } catch { /* as in place.js, with the same key */ }
  if (switched) start();
  else if ("PerformanceObserver" in window) new PerformanceObserver(start).observe({ type: "paint", buffered: true });

  // Opened from a folder, nobody completes the address of a folder by index.html. Who clicks at once must not see its files.
  for (const type of location.protocol === "file:" ? ["click", "auxclick"] : [])
    addEventListener(type, ({ target }) => {
      const link = target.closest?.("a[href]");
      if (link?.protocol === "file:" && link.pathname.endsWith("/")) link.pathname += "index.html";
    }, true);
}
