/* A block that can be edited: with the editor where the site was built with one, or else in a plain field. */
import { made } from "./result.js";

async function plain(place, { code, label, onRun, onChange }) {
  const field = made("textarea", { className: "run-field", value: code, ariaLabel: label, spellcheck: false, autocapitalize: "off" });
  const fit = () => { field.rows = field.value.split("\n").length + 1; };
  field.addEventListener("input", () => { fit(); onChange(); });
  field.addEventListener("keydown", event => {
    event.stopPropagation(); // the theme has keys of its own
    if (event.key !== "Enter" || !(event.shiftKey || event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    onRun();
  });
  fit();
  place.append(field);
  return {
    get code() { return field.value; },
    set code(text) { field.value = text; fit(); },
    focus() { field.focus(); },
  };
}

async function rich(place, options) {
  const { edit } = await import("./editor.js");
  // Inside a shadow root the theme sees no field, and would take a letter for one of its keys.
  place.addEventListener("keydown", event => event.stopPropagation());
  return edit(place, options);
}

/* Puts an editor in the place of the block's code. */
export async function opened(block, options, words) {
  const place = made("div", { className: "run-editor" });
  const label = `${words.editor} ${words.keys}`;
  const all = { ...options, code: options.code.replace(/\n+$/, ""), label };
  let editor;
  try {
    editor = await (words.rich ? rich : plain)(place, all);
  } catch {
    editor = await plain(place, all); // it could not be fetched
  }
  const keys = made("p", { className: "run-keys", textContent: words.keys });
  const pre = block.querySelector(":scope > pre");
  pre.hidden = true;
  pre.after(place, keys);
  const close = () => { place.remove(); keys.remove(); pre.hidden = false; };
  return { editor, close };
}
