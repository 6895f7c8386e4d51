/* The search field and input methods. The theme searches when a key comes up. Pasting, dictation and the candidates of
   a Japanese or Korean input method change the text without a key, so every change is passed on as one. */
"use strict";
document.addEventListener("input", ({ target }) => {
  if (target.matches('[data-md-component="search-query"]'))
    target.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));
});

/* A key that the input method takes for itself, as Enter to accept a candidate, has the code 229. In Safari it comes
   after the composition has ended, and the theme would open the first result. */
addEventListener("keydown", event => event.keyCode === 229 && event.stopPropagation(), { capture: true });

/* The index is made ready while the reader begins to type: search-worker.js waits for this, which the theme does not say. */
document.addEventListener("focusin", ({ target }) => {
  if (!target.matches('[data-md-component="search-query"]')) return;
  const channel = new BroadcastChannel("search");
  channel.postMessage("a reader has come");
  channel.close();
});
