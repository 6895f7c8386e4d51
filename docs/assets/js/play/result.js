/* What a run shows: a strip under the block, or under the page's own box, with a line that says how it compares. */

const MOST = 50_000; // characters that are shown live; what prints for ever must not fill the page

export function made(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/* Says something to whoever hears the page. The element is there before its text, or nothing would be said. */
const spoken = made("div", { className: "run-spoken" });
spoken.setAttribute("role", "status");
document.body.append(spoken);
export const speak = text => { spoken.textContent = text; };

/* Where a block's strip belongs: under the boxes and plots that the page shows for it. */
function lastOf(block) {
  let last = block;
  while (last.nextElementSibling?.matches(".output, .error, .ran, p:has(> .plot)")) last = last.nextElementSibling;
  return last;
}

function textBox(className, label, ...children) {
  const box = made("pre", { className, tabIndex: 0 }, made("code", {}, ...children));
  box.setAttribute("role", "group");
  box.ariaLabel = label;
  return box;
}

/* The lines, those that differ marked: what is here, and what the page has in place of it. */
function comparedLines(lines, words) {
  const shown = [];
  for (const { page, here, same } of lines) {
    if (same) shown.push(`${here}\n`);
    else {
      if (here !== null) shown.push(made("mark", {}, here), "\n");
      else if (page !== null) shown.push(made("del", { title: words.missing }, page), "\n");
    }
  }
  return shown;
}

export class Strip {
  #box = made("div", { className: "ran" });
  #line = made("p", { className: "ran-line" });
  #label;

  constructor(block, words) {
    this.words = words;
    this.#label = words.output;
    lastOf(block).after(this.#box);
    this.#box.append(this.#line);
  }

  #set(state, text, ...more) {
    this.#box.dataset.state = state;
    this.#line.textContent = text;
    this.#box.replaceChildren(this.#line, ...more.filter(Boolean));
  }

  remove() { this.#box.remove(); }

  /* Into sight, where only its beginning is needed. */
  reveal() { this.#line.scrollIntoView({ block: "nearest" }); }

  progress({ loaded, total }) {
    const bar = this.#box.querySelector("progress") ?? made("progress", { max: 1, ariaLabel: this.words.loading });
    bar.value = total ? Math.min(1, loaded / total) : 0;
    const percent = Math.floor(100 * bar.value);
    const text = percent < 100 ? this.words.loading_at.replace("{n}", percent) : this.words.starting;
    if (this.#line.textContent !== text) this.#set("busy", text, bar);
  }

  busy(text) { this.#set("busy", text); }

  /* What is printed while it runs. */
  stream(text) {
    let box = this.#box.querySelector(".ran-live code");
    if (!box) {
      const pre = textBox("ran-text ran-live", this.#label);
      this.#box.append(pre);
      box = pre.firstChild;
    }
    if (box.textContent.length < MOST) box.append(text);
  }

  say(state, text, detail = null) { this.#set(state, text, detail && textBox("ran-text", this.#label, detail)); }

  /* What was printed until then stays. */
  stopped(text) { this.#set("stopped", text, this.#box.querySelector(".ran-live")); }

  /* A line that leads to another block. */
  lead(state, text, target) {
    const link = made("button", { type: "button", className: "ran-link", textContent: text });
    link.addEventListener("click", () => {
      target.closest("details")?.setAttribute("open", "");
      target.scrollIntoView({ block: "center" });
      target.querySelector("[data-press]")?.focus({ preventScroll: true });
    });
    this.#set(state, "");
    this.#line.append(link);
  }

  /* cell: what ran; boxes: the page's boxes, compared. */
  cell(cell, boxes, unexpected) {
    const { words } = this;
    const pictures = (cell.outputs ?? []).filter(({ kind }) => kind === "image").map(image => picture(image, words));
    const different = boxes.filter(({ verdict }) => verdict === "different");
    const lines = different.flatMap(box => box.lines);
    const compared = different.length
      ? textBox("ran-text", this.#label, ...comparedLines(lines, words)) : null;
    if (unexpected) {
      const printed = cell.text ? textBox("ran-text", this.#label, cell.text) : null;
      this.#set("error", words.error, printed, ...pictures, textBox("ran-text ran-error", words.error, cell.traceback || cell.error));
    } else if (different.length) {
      const count = lines.filter(({ same }) => !same).length;
      this.#set("different", count === 1 ? words.differs_one : words.differs.replace("{n}", count), compared, ...pictures);
    } else if (boxes.length) {
      const [least] = ["types", "digits", "same"].filter(one => boxes.some(({ verdict }) => verdict === one));
      this.#set("same", words[least], ...pictures);
    } else {
      const text = cell.text || (cell.outputs ?? []).filter(({ kind }) => kind === "text").map(({ text }) => text).join("\n");
      if (text) this.#set("plain", words.output, textBox("ran-text", this.#label, text), ...pictures);
      else this.#set("plain", pictures.length ? words.picture : words.silent, ...pictures);
    }
  }

  get text() { return this.#line.textContent; }
}

/* The colours that a plot names, as they are in the light or in the dark; website/play/plot_colours.py has the names. */
function colours(svg, scheme) {
  const probe = made("i", { hidden: true });
  probe.dataset.mdColorScheme = scheme;
  document.body.append(probe);
  const style = getComputedStyle(probe);
  const names = new Set([...svg.matchAll(/var\((--[a-z-]+)\)/g)].map(([, name]) => name));
  const text = [...names].map(name => `${name}:${style.getPropertyValue(name)};`).join("");
  probe.remove();
  return text;
}

/* A plot, twice: by day and at night, as in the page. */
function picture({ svg, alt }, words) {
  const style = `<style>svg{${colours(svg, "default")}}svg:target{${colours(svg, "slate")}}</style>`;
  const source = `data:image/svg+xml,${encodeURIComponent(svg.replace("<style>svg{fill", `${style}<style>svg{fill`))}`;
  const shown = (className, src) => made("img", { className: `plot ran-plot ${className}`, src, alt: alt || words.picture });
  const both = document.createDocumentFragment();
  both.append(shown("by-day", source), shown("at-night", `${source}#dark`));
  return both;
}
