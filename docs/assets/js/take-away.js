/* A second button on each block of code that has code above it: copies the page's script up to and including that
   block. And the one button of a console, which copies what is typed there and not what is printed. The theme does the
   copying and says so: it copies the data-clipboard-text of whatever is clicked. */
"use strict";
(() => {
  const words = JSON.parse(document.getElementById("labels").textContent);

  // The theme makes its buttons when it likes, so the style sheet writes the words into them.
  for (const word of ["copy_word", "copy_up_to_here_word"])
    document.documentElement.style.setProperty(`--${word.replaceAll("_", "-")}`, JSON.stringify(words[word]));
  document.documentElement.dataset.worded = "";

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

  function addCommands(console) {
    if (console.querySelector(".md-code__nav")) return;
    const button = made("button", "md-code__button");
    button.type = "button";
    button.title = console.matches(".language-pycon") ? words.copy_code : words.copy_commands;
    button.dataset.mdType = "copy";
    button.dataset.clipboardText = console.dataset.commands;
    const row = made("nav", "md-code__nav");
    row.append(button);
    console.querySelector("pre").prepend(row);
  }

  function addButtons() {
    document.querySelectorAll("[data-commands]").forEach(addCommands);
    const whole = document.querySelector("template[data-label]");
    if (whole) document.querySelectorAll("[data-upto]").forEach(block => addButton(block, whole));
    // The theme's rows of buttons are <nav>, and each would be a landmark without a name.
    document.querySelectorAll(".md-code__nav").forEach(row => row.setAttribute("role", "none"));
  }

  // The theme's stream of pages: the first one and each that follows.
  window.document$.subscribe(addButtons);
})();
