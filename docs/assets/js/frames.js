/* A figure of several frames, one at a time: with its two buttons, or with the arrow keys while one of them has the
   focus. Nothing moves by itself, and nothing fades. The style sheet shows all frames where it does not know of scripts. */
"use strict";
(() => {
  function show(figure, index) {
    const frames = [...figure.querySelectorAll("li")];
    const next = Math.max(0, Math.min(index, frames.length - 1));
    frames.forEach((frame, i) => (i === next ? frame.setAttribute("aria-current", "step") : frame.removeAttribute("aria-current")));
    figure.querySelector("output").textContent = `${next + 1} / ${frames.length}`;
    const [before, after] = figure.querySelectorAll("button");
    // Not "disabled": the button that has just been pressed would lose the focus.
    before.setAttribute("aria-disabled", next === 0);
    after.setAttribute("aria-disabled", next === frames.length - 1);
  }

  const shown = figure => [...figure.querySelectorAll("li")].findIndex(frame => frame.hasAttribute("aria-current"));

  addEventListener("click", ({ target }) => {
    const button = target.closest?.(".frames-turn button");
    if (!button) return;
    const figure = button.closest(".frames");
    show(figure, shown(figure) + (button.nextElementSibling ? -1 : 1));
  });
  const KEYS = { ArrowLeft: at => at - 1, ArrowRight: at => at + 1, Home: () => 0, End: () => Infinity };

  // In the capturing phase: the theme's own keys would go to the next page or scroll.
  addEventListener("keydown", event => {
    const figure = event.target.closest?.(".frames-turn")?.closest(".frames");
    if (!figure || !KEYS[event.key] || event.ctrlKey || event.altKey || event.metaKey) return;
    show(figure, KEYS[event.key](shown(figure)));
    event.preventDefault();
    event.stopPropagation();
  }, true);

  // The theme's stream of pages: the first one and each that follows.
  window.document$.subscribe(() => document.querySelectorAll(".frames").forEach(figure => show(figure, shown(figure))));
})();
