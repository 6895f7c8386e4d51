/* What the buttons of a page do. Which code runs before which, what is compared and how, is the worker's to know: it has
   the page as doccheck has read it, in cells.json, and the page here shows what it answers. */
import { opened } from "./editing.js";
import { Ended, Python } from "./python.js";
import { Strip, made, speak } from "./result.js";

const PASSED = "dezero_lite.passed"; // as in run.js
const ANSWERS = "dezero_lite.answers"; // in localStorage: what the reader has written for exercises, by page
const RUNS = ":is([data-press=run], [data-press=check])";
const words = await (await fetch(new URL("words.json", import.meta.url))).json();

function load(key) {
  try { return JSON.parse(localStorage.getItem(key)) ?? {}; } catch { return {}; }
}
function save(key, value) {
  try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* then it is not remembered */ }
}

class Lesson {
  #python = null;
  #editors = new Map(); // by block's id
  #strips = new Map();
  #running = null; // the button that has become Stop

  constructor(play, page) {
    this.play = play;
    this.page = page;
    this.key = place.page();
    this.order = page.blocks.map(({ id }) => id);
    this.blocks = new Map(page.blocks.map(block => [block.id, block]));
  }

  static async of(play) {
    const answer = await fetch(new URL(play.dataset.cells, location.href));
    if (!answer.ok) throw new Error(`${play.dataset.cells}: ${answer.status}`);
    return new Lesson(play, await answer.json());
  }

  end() {
    this.#python?.end();
    this.#python = null;
  }

  async press(block, button) {
    const id = block.dataset.play, kind = button.dataset.press;
    if (kind === "stop") this.end();
    else if (kind === "edit" || kind === "answer") (await this.#edit(id, block)).focus();
    else if (kind === "reset") this.#reset(id, block);
    else if (!this.#running) await this.#run(id, block, button, kind);
  }

  // Every block whose code is not the page's.
  get #edits() {
    const changed = [...this.#editors].filter(([id, { editor }]) => editor.code.trimEnd() !== this.blocks.get(id).source.trimEnd());
    return Object.fromEntries(changed.map(([id, { editor }]) => [id, `${editor.code.trimEnd()}\n`]));
  }

  async #edit(id, block) {
    if (this.#editors.has(id)) return this.#editors.get(id).editor;
    const { source, kind } = this.blocks.get(id);
    const answer = kind === "exercise" ? load(ANSWERS)[this.key]?.[id] : null;
    const button = block.querySelector("[data-press=edit], [data-press=answer]");
    const runs = block.querySelector("[data-press]");
    const options = {
      code: answer ?? source,
      onRun: () => { if (runs.dataset.press !== "stop") runs.click(); },
      onChange: () => { if (kind === "exercise") this.#remember(id); },
    };
    this.#editors.set(id, await opened(block, options, words));
    button.dataset.was = button.dataset.press;
    button.dataset.press = "reset";
    button.textContent = words.reset;
    return this.#editors.get(id).editor;
  }

  #remember(id) {
    const all = load(ANSWERS);
    const code = this.#editors.get(id)?.editor.code;
    save(ANSWERS, { ...all, [this.key]: { ...all[this.key], [id]: code } });
  }

  #reset(id, block) {
    this.#editors.get(id).close();
    this.#editors.delete(id);
    if (this.blocks.get(id).kind === "exercise") {
      const all = load(ANSWERS);
      delete all[this.key]?.[id];
      save(ANSWERS, all);
    }
    const button = block.querySelector("[data-press=reset]");
    button.dataset.press = button.dataset.was;
    button.textContent = words[button.dataset.was];
    button.focus();
    this.#clear(id);
  }

  // A run brings the state of the page to this block: what was shown further down is of another state.
  #clear(from) {
    const gone = new Set(this.order.slice(this.order.indexOf(from)));
    for (const [id, strip] of this.#strips) if (gone.has(id)) { strip.remove(); this.#strips.delete(id); }
    for (const now of document.querySelectorAll(".value-now")) if (gone.has(now.dataset.of)) now.remove();
  }

  #strip(id, block = document.querySelector(`[data-play="${id}"]`)) {
    if (!this.#strips.has(id)) this.#strips.set(id, new Strip(block, words));
    return this.#strips.get(id);
  }

  async #run(id, block, button, kind) {
    this.#clear(id);
    const strip = this.#strip(id, block);
    this.#begin(button);
    try {
      if (kind === "check") await this.#edit(id, block); // what is judged is to be seen
      strip.busy(this.#python ? words.running : words.loading);
      speak(strip.text);
      if (!this.#python) await this.#start(strip);
      strip.busy(words.running);
      const edits = this.#edits;
      const answer = edits[id] ?? this.blocks.get(id).source;
      const question = kind === "check" ? { type: "check", exercise: id, answer, edits } : { type: "run", block: id, edits };
      const shown = new Run(this, id, strip);
      const last = await this.#python.ask(question, event => shown.hear(event));
      shown.finish(last);
      if (last.type === "checked") this.#checked(last, id, strip);
    } catch (error) {
      if (error instanceof Ended) strip.stopped(words.stopped);
      else strip.say("error", words.failed, String(error.message));
      this.end();
    }
    this.#done(button, strip);
  }

  async #start(strip) {
    this.#python = new Python(this.play);
    await this.#python.start(words, event => { if (event.type === "progress") strip.progress(event); });
    await this.#python.ask({ type: "open", page: this.page });
  }

  #begin(button) {
    button.dataset.was = button.dataset.press;
    button.dataset.press = "stop";
    button.textContent = words.stop;
    this.#running = button;
    for (const other of document.querySelectorAll(RUNS)) other.ariaDisabled = "true";
  }

  #done(button, strip) {
    button.dataset.press = button.dataset.was;
    button.textContent = words[button.dataset.was];
    this.#running = null;
    for (const other of document.querySelectorAll(RUNS)) other.ariaDisabled = null;
    if (!this.play.isConnected) return;
    strip.reveal();
    speak(strip.text);
  }

  #checked({ passed, message, error, traceback, text }, id, strip) {
    if (!passed) {
      if (message !== null) strip.say("different", message, text);
      else strip.say("error", words.error, traceback || error);
      return;
    }
    strip.say("same", words.exercise_passed, text);
    const exercises = this.page.blocks.filter(({ kind }) => kind === "exercise").map(({ name }) => name);
    const all = load(PASSED);
    const done = new Set([...all[this.key]?.done ?? [], this.blocks.get(id).name]);
    save(PASSED, { ...all, [this.key]: { of: exercises.length, done: exercises.filter(name => done.has(name)) } });
  }

  strip(id) { return this.#strip(id); }
}

/* One press of Run: collects what the worker answers, and shows it. */
class Run {
  #cells = new Map();
  #boxes = new Map(); // by the block that they belong to

  constructor(lesson, id, strip) {
    this.lesson = lesson;
    this.id = id;
    this.strip = strip;
  }

  hear(event) {
    if (event.type === "stream" && event.block === this.id) this.strip.stream(event.text);
    else if (event.type === "progress") this.strip.progress(event);
    else if (event.type === "begun") this.strip.busy(words.running);
    else if (event.type === "cell") this.#cells.set(event.block, event);
    else if (event.type === "value") this.#value(event);
    else if (event.type === "shown") {
      const owner = this.lesson.blocks.get(event.block).of.at(-1);
      this.#boxes.set(owner, [...this.#boxes.get(owner) ?? [], event]);
    }
  }

  // What ran above is shown only where it differs from the page.
  finish({ stopped = null }) {
    for (const [id, cell] of this.#cells) {
      const boxes = this.#boxes.get(id) ?? [];
      const differs = id === stopped || boxes.some(({ verdict }) => verdict === "different");
      if (id === this.id) this.strip.cell(cell, boxes, id === stopped);
      else if (differs) this.lesson.strip(id).cell(cell, boxes, id === stopped);
    }
    if (stopped && stopped !== this.id) {
      this.strip.lead("error", words.error_above, document.querySelector(`[data-play="${stopped}"]`));
    }
  }

  // A value in a sentence that is another now.
  #value({ block, text, error, verdict }) {
    const value = document.querySelector(`code[data-play="${block}"]`);
    document.querySelector(`.value-now[data-of="${block}"]`)?.remove();
    if (!value || verdict !== "different") return;
    const now = made("ins", { className: "value-now" }, words.now.replace("{value}", error ? error.split(":")[0] : text));
    now.dataset.of = block;
    value.after(now);
  }
}

let lesson = null;
let current = { play: null }; // the page whose lesson is being opened, or is open

export async function press(play, block, button) {
  if (current.play !== play) current = { play, lesson: Lesson.of(play) };
  try {
    lesson = await current.lesson;
  } catch (error) {
    current = { play: null };
    new Strip(block, words).say("error", words.failed, error.message);
    return;
  }
  if (play.isConnected) lesson.press(block, button); // or the reader has gone on meanwhile
}

// The theme's stream of pages: a page that is left takes its Python with it.
window.document$.subscribe(() => {
  if (!lesson?.play.isConnected) {
    lesson?.end();
    lesson = null;
  }
});
