/* The editor of the pages: CodeMirror for Python, with few things and the colours of the site.

   It lives in a shadow root: there CodeMirror writes its styles as style sheets of the document's object model, which
   the site's policy allows, and not as <style> elements, which it does not. */
import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { HighlightStyle, bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const colour = name => ({ color: `var(--md-code-hl-${name}-color)` });
const highlighting = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.bool, tags.null, tags.self], ...colour("keyword") },
  { tag: [tags.string, tags.special(tags.string)], ...colour("string") },
  { tag: tags.number, ...colour("number") },
  { tag: [tags.function(tags.definition(tags.variableName)), tags.definition(tags.className)], ...colour("function") },
  { tag: tags.comment, ...colour("comment") },
  { tag: [tags.operator, tags.punctuation], ...colour("operator") },
]);

const looks = EditorView.theme({
  "&": { color: "var(--ink)", background: "none" },
  "&.cm-focused": { outline: ".1rem solid var(--vermilion)", outlineOffset: "-.1rem" },
  ".cm-scroller": { fontFamily: "var(--md-code-font-family)", lineHeight: "1.6", overflowX: "auto" },
  ".cm-content": { padding: ".9em 0", caretColor: "var(--vermilion)" },
  ".cm-line": { padding: "0 1.1em" },
  "&.cm-focused .cm-matchingBracket": { background: "var(--pine-wash)", outline: "1px solid var(--pine)" },
});

// Escape does nothing but let the next Tab lead on, whatever is selected.
const keys = defaultKeymap.filter(({ key }) => key !== "Escape");

/* A letter in the place of selected text. Left to the browser, the lines that it joins would get style="…", which the
   site's policy does not allow. */
function insteadOfSelection(event, view) {
  const { from, to, empty } = view.state.selection.main;
  if (event.inputType !== "insertText" || !event.data || empty || view.composing) return false;
  const insert = () => view.state.update(view.state.replaceSelection(event.data), { userEvent: "input.type", scrollIntoView: true });
  const handlers = view.state.facet(EditorView.inputHandler);
  if (!handlers.some(handler => handler(view, from, to, event.data, insert))) view.dispatch(insert());
  event.preventDefault();
  return true;
}

/* Puts an editor into a place. Shift+Enter runs; Tab indents, and after Escape it leads on, as CodeMirror has it. */
export function edit(place, { code, label, onRun, onChange }) {
  const root = place.attachShadow({ mode: "open" });
  const run = () => { onRun(); return true; };
  const view = new EditorView({
    root,
    parent: root,
    doc: code,
    extensions: [
      keymap.of([
        { key: "Shift-Enter", run },
        { key: "Mod-Enter", run },
        ...closeBracketsKeymap, ...keys, ...historyKeymap, indentWithTab,
      ]),
      history(), indentOnInput(), bracketMatching(), closeBrackets(), indentUnit.of("    "),
      EditorState.tabSize.of(4), python(), syntaxHighlighting(highlighting), looks,
      EditorView.contentAttributes.of({ "aria-label": label, autocapitalize: "off", autocorrect: "off", spellcheck: "false" }),
      EditorView.domEventHandlers({ beforeinput: insteadOfSelection }),
      EditorView.updateListener.of(update => { if (update.docChanged) onChange(); }),
    ],
  });
  return {
    get code() { return view.state.doc.toString(); },
    set code(text) { view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } }); },
    focus() { view.focus(); },
  };
}
