/* Shows, on hover, focus or tap, the expression that a value in the text was checked against.
   One box for the whole page, set by script so that it never leaves the window. */
"use strict";
(() => {
  const words = JSON.parse(document.getElementById("labels").textContent);
  const tip = Object.assign(document.createElement("div"), { id: "value-tip", className: "value-tip", hidden: true });
  tip.setAttribute("role", "tooltip");
  tip.append(document.createElement("span"), document.createElement("code"));
  tip.firstChild.textContent = words.value_checked;
  document.body.append(tip);
  let shown = null;

  function place(value) {
    const line = value.getClientRects()[0]; // a value may break over two lines
    const left = Math.min(line.left, document.documentElement.clientWidth - tip.offsetWidth - 8);
    const above = line.top - tip.offsetHeight - 6;
    tip.style.left = `${Math.max(8, left)}px`;
    tip.style.top = `${above > 56 ? above : line.bottom + 6}px`; // 56: the header covers what is higher
  }

  function show(value) {
    if (shown === value) return;
    hide();
    shown = value;
    tip.lastChild.textContent = value.dataset.expr;
    value.setAttribute("aria-describedby", tip.id);
    tip.hidden = false;
    place(value);
  }

  function hide() {
    shown?.removeAttribute("aria-describedby");
    shown = null;
    tip.hidden = true;
  }

  const valueOf = event => event.target.closest?.("code[data-expr]");
  for (const type of ["pointerover", "focusin"])
    document.addEventListener(type, event => { const value = valueOf(event); if (value) show(value); });
  for (const type of ["pointerout", "focusout"])
    document.addEventListener(type, event => { if (valueOf(event)) hide(); });
  document.addEventListener("keydown", event => { if (event.key === "Escape") hide(); });
  // Not hidden: a value that the Tab key reaches is scrolled into view just after it got the focus.
  document.addEventListener("scroll", () => { if (shown) place(shown); }, { passive: true });
})();
