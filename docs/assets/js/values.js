/* Shows, on hover, focus or tap, the expression that a value in the text was checked against; and on hover or focus,
   what a term means that leads to the glossary. One box for the whole page, set by script so that it never leaves the window.

   A screen reader reads the box with the one value that has the focus, and says it after a tap. Words beside each
   value would come in the middle of every sentence; a description always there, with every value passed. */
"use strict";
(() => {
  const words = JSON.parse(document.getElementById("labels").textContent);
  const tip = Object.assign(document.createElement("div"), { id: "value-tip", className: "value-tip", hidden: true });
  tip.setAttribute("role", "tooltip");
  const [label, expression, meaning] = ["span", "code", "p"].map(tag => tip.appendChild(document.createElement(tag)));
  label.textContent = words.value_checked;
  const spoken = Object.assign(document.createElement("div"), { className: "value-spoken" });
  spoken.setAttribute("role", "status");
  document.body.append(tip, spoken);
  let shown = null;

  function place(value) {
    const line = value.getClientRects()[0]; // a value may break over two lines
    tip.style.left = "0"; // or it would be measured in the room that its last place left it
    const left = Math.min(line.left, document.documentElement.clientWidth - tip.offsetWidth - 8);
    const above = line.top - tip.offsetHeight - 6;
    tip.style.left = `${Math.max(8, left)}px`;
    tip.style.top = `${above > 56 ? above : line.bottom + 6}px`; // 56: the header covers what is higher
  }

  function show(value) {
    if (shown === value) return;
    hide();
    shown = value;
    const isTerm = value.matches("a");
    for (const part of [label, expression]) part.hidden = isTerm;
    meaning.hidden = !isTerm;
    (isTerm ? meaning : expression).textContent = isTerm ? value.dataset.says : value.dataset.expr;
    value.setAttribute("aria-describedby", tip.id);
    tip.hidden = false;
    place(value);
  }

  function hide() {
    shown?.removeAttribute("aria-describedby");
    shown = null;
    tip.hidden = true;
    spoken.textContent = "";
  }

  const valueAt = target => target?.closest?.("code[data-expr], a[data-says]");
  // The box belongs to its value: the pointer may go there, to read it in peace or to copy the expression.
  const inside = target => shown && (tip.contains(target) || shown.contains(target));

  addEventListener("pointerover", ({ pointerType, target }) => {
    const value = valueAt(target);
    if (value && pointerType !== "touch") show(value);
  });
  addEventListener("pointerout", ({ pointerType, relatedTarget }) => {
    if (shown && pointerType !== "touch" && !inside(relatedTarget)) hide();
  });
  // A finger that scrolls does not come up as a pointer: so this is a tap. A tap elsewhere closes.
  addEventListener("pointerup", ({ pointerType, target }) => {
    const value = valueAt(target);
    if (pointerType !== "touch" || inside(target)) return;
    hide();
    if (!value?.dataset.expr) return; // a tap on a term leads to it
    show(value);
    spoken.textContent = `${words.value_checked}: ${value.dataset.expr}`;
  });
  addEventListener("focusin", ({ target }) => { const value = valueAt(target); if (value) show(value); });
  addEventListener("focusout", ({ target }) => { if (valueAt(target) === shown && !tip.matches(":hover")) hide(); });
  addEventListener("keydown", ({ key }) => { if (key === "Escape") hide(); });
  // Not hidden: a value that the Tab key reaches is scrolled into view just after it got the focus.
  for (const type of ["scroll", "resize"])
    addEventListener(type, () => { if (shown) place(shown); }, { passive: true, capture: true });
  window.document$.subscribe(hide); // the next page has no such value
})();
