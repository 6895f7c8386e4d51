/* Under each block of code that can run in the browser, its buttons; on the map, a tick on each step whose exercises
   are solved. What the buttons do is in play/, which is loaded at the first press: a page that is only read pays nothing
   for it. Where the site was built without the runtime, pages have no #play, and nothing here happens. */
"use strict";
(() => {
  const PASSED = "dezero_lite.passed"; // in localStorage: of each page the exercises that are solved, and how many it has
  const words = JSON.parse(document.getElementById("labels").textContent).run;
  if (!words?.run) return;
  const RUNS = ".language-python[data-play]:not(.check, [data-play-not], .so-far *, .scratch *)";
  let lesson; // the module, once it is asked for

  function addButton(bar, kind) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: words[kind] });
    button.dataset.press = kind;
    bar.append(button);
  }

  function addBar(block, size) {
    const bar = Object.assign(document.createElement("div"), { className: "run-bar" });
    const exercise = block.matches(".exercise");
    addButton(bar, exercise ? "check" : "run");
    addButton(bar, exercise ? "answer" : "edit");
    const note = Object.assign(document.createElement("span"), { className: "run-note", textContent: size });
    bar.firstChild.title = size;
    bar.append(note);
    block.append(bar);
  }

  // Only before the first time: then the browser has it.
  function sizeToLoad(play) {
    let loaded = null;
    try { loaded = localStorage.getItem("dezero_lite.runtime"); } catch { /* then it is said each time */ }
    if (loaded === play.dataset.runtime.match(/[^/]*(?=\/$)/)[0]) return "";
    return words.size.replace("{mb}", Math.max(1, Math.round(play.dataset.bytes / 1e6)));
  }

  function addBars(play) {
    const size = sizeToLoad(play);
    for (const block of document.querySelectorAll(RUNS)) if (!block.querySelector(".run-bar")) addBar(block, size);
  }

  function tick(map) {
    let passed = null;
    try { passed = JSON.parse(localStorage.getItem(PASSED)); } catch { /* then there is none */ }
    for (const link of passed ? map.querySelectorAll("a") : []) {
      const page = passed[new URL(link.href).pathname.slice(place.base.pathname.length)];
      if (!page || page.done.length < page.of || link.parentElement.querySelector(".passed")) continue;
      const mark = Object.assign(document.createElement("span"), { className: "passed", title: words.passed });
      mark.setAttribute("role", "img");
      mark.ariaLabel = words.passed;
      link.after(mark);
    }
  }

  function say(block, text) {
    const note = block.querySelector(".run-note");
    note.setAttribute("role", "status");
    note.classList.add("run-warning");
    note.textContent = text;
  }

  // From a folder, a browser starts no worker and loads no module.
  async function load(name) {
    if (location.protocol === "file:") throw new Error(words.folder);
    return import(new URL(`assets/js/play/${name}.js`, place.base));
  }

  addEventListener("click", async ({ target }) => {
    const button = target.closest?.("[data-press]");
    const play = document.getElementById("play");
    if (!button || !play || button.closest(".scratch")) return;
    const block = button.closest("[data-play]");
    try {
      lesson ??= await load("lesson");
    } catch (error) {
      say(block, location.protocol === "file:" ? error.message : words.failed);
      return;
    }
    lesson.press(play, block, button);
  });

  // The theme's stream of pages: the first one and each that follows.
  window.document$.subscribe(async () => {
    const play = document.getElementById("play");
    if (play) addBars(play);
    document.querySelectorAll(".map").forEach(tick);
    const scratch = document.querySelector(".scratch");
    if (!play || !scratch) return;
    try { (await load("scratch")).open(play, scratch); } catch (error) {
      const line = Object.assign(document.createElement("p"), { className: "run-warning", textContent: error.message });
      line.setAttribute("role", "status");
      scratch.append(line);
    }
  });
})();
