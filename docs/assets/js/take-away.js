/* A second button on each block of code that has code above it: copies the page's script up to and including that
   block. The theme does the copying and says so: it copies the data-clipboard-text of whatever is clicked. */
"use strict";
(() => {
  function made(tag, className) {
    return Object.assign(document.createElement(tag), { className });
  }

  function addButton(block, whole) {
    const row = block.querySelector(".md-code__nav")
      ?? block.querySelector("pre").insertAdjacentElement("afterbegin", made("nav", "md-code__nav"));
    if (row.querySelector(".take-away-button")) return;
    const button = made("button", "take-away-button");
    button.type = "button";
    button.title = whole.dataset.label;
    button.addEventListener("click", () => {
      button.dataset.clipboardText = whole.content.textContent.slice(0, block.dataset.upto);
    });
    row.prepend(button);
  }

  function addButtons() {
    const whole = document.querySelector("template[data-label]");
    if (whole) document.querySelectorAll("[data-upto]").forEach(block => addButton(block, whole));
  }

  // The theme's stream of pages: the first one and each that follows.
  window.document$.subscribe(addButtons);
})();
