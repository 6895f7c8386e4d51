/* The theme searches when a key comes up. Pasting, dictation and the candidates of a Japanese or Korean input
   method change the text without a key, so every change is passed on as one. */
"use strict";
document.addEventListener("input", ({ target }) => {
  if (target.matches('[data-md-component="search-query"]'))
    target.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));
});
