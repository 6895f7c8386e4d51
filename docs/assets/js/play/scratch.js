/* The scratch page: an editor that is open from the start, and code that travels in the address behind the #, which
   no server sees. Each run begins in a fresh Python. The last code is kept in the browser. */
import { opened } from "./editing.js";
import { Ended, Python } from "./python.js";
import { Strip, made, speak } from "./result.js";

const LAST = "dezero_lite.scratch"; // in localStorage: the code that was here last
const words = await (await fetch(new URL("words.json", import.meta.url))).json();

async function through(bytes, stream) {
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer());
}

/* The code as a piece of an address: compressed, in the letters that an address may have. */
export async function packed(code) {
  const bytes = await through(new TextEncoder().encode(code), new CompressionStream("deflate-raw"));
  const letters = btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(""));
  return `#code=${letters.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")}`;
}

/* The code that an address brings; null where it brings none, or something else. */
export async function unpacked(fragment) {
  const letters = fragment.match(/^#code=([\w-]+)$/)?.[1];
  if (!letters) return null;
  try {
    const bytes = Uint8Array.from(atob(letters.replaceAll("-", "+").replaceAll("_", "/")), letter => letter.charCodeAt(0));
    return new TextDecoder("utf-8", { fatal: true }).decode(await through(bytes, new DecompressionStream("deflate-raw")));
  } catch {
    return null;
  }
}

const keep = code => { try { localStorage.setItem(LAST, code); } catch { /* then it is not kept */ } };
const kept = () => { try { return localStorage.getItem(LAST); } catch { return null; } };

class Scratch {
  #block;
  #editor;
  #python = null;
  #running = false;
  #run;
  #strip;

  constructor(play, block, editor, first) {
    this.play = play;
    this.#block = block;
    this.#editor = editor;
    const bar = made("div", { className: "run-bar" });
    this.#run = this.#button(bar, "run", () => this.press());
    this.#button(bar, "link", ({ target }) => this.#copy(target));
    this.#button(bar, "clear", () => { editor.code = first; keep(first); editor.focus(); });
    block.append(bar);
  }

  #button(bar, kind, press) {
    const button = made("button", { type: "button", textContent: words[kind] });
    button.dataset.press = kind;
    button.addEventListener("click", press);
    bar.append(button);
    return button;
  }

  async #copy(button) {
    const link = packed(this.#editor.code).then(hash => {
      const address = new URL(location.href);
      address.hash = hash;
      history.replaceState(history.state, "", address);
      return new Blob([address.href], { type: "text/plain" });
    });
    let text = words.copied;
    // The promise at once: Safari lets nothing be copied that comes later than the press.
    try { await navigator.clipboard.write([new ClipboardItem({ "text/plain": link })]); } catch { text = words.in_address; }
    await link;
    button.textContent = text;
    speak(text);
    setTimeout(() => { button.textContent = words.link; }, 3000);
  }

  async press() {
    if (this.#running) {
      this.end();
      return;
    }
    const strip = this.#strip ??= new Strip(this.#block, words);
    keep(this.#editor.code);
    this.#running = true;
    this.#run.textContent = words.stop;
    strip.busy(words.loading);
    try {
      await this.#ask(strip);
    } catch (error) {
      if (error instanceof Ended) strip.stopped(words.scratch_stopped);
      else strip.say("error", words.failed, String(error.message));
      this.end();
    }
    this.#running = false;
    this.#run.textContent = words.run;
    if (!this.play.isConnected) return;
    speak(strip.text);
    strip.reveal();
  }

  async #ask(strip) {
    let cell = null;
    const hear = event => {
      if (event.type === "progress") strip.progress(event);
      else if (event.type === "begun") strip.busy(words.running);
      else if (event.type === "stream") strip.stream(event.text);
      else if (event.type === "cell") cell = event;
    };
    if (!this.#python) {
      this.#python = new Python(this.play);
      await this.#python.start(words, hear);
    }
    strip.busy(words.running);
    await this.#python.ask({ type: "scratch", code: this.#editor.code }, hear);
    if (cell) strip.cell(cell, [], cell.error !== null);
  }

  end() {
    this.#python?.end();
    this.#python = null;
  }
}

let scratch = null;

export async function open(play, place) {
  const block = place.querySelector(".language-python[data-play]");
  if (!block || block.querySelector(".run-bar")) return;
  const first = block.querySelector("pre > code").textContent;
  const code = await unpacked(location.hash) ?? kept() ?? first;
  place.classList.add("scratch-open"); // its example has become the editor
  const options = { code, onRun: () => scratch.press(), onChange: () => keep(editor.code) };
  const { editor } = await opened(block, options, words);
  scratch = new Scratch(play, block, editor, first);
}

// The theme's stream of pages: the page that is left takes its Python with it.
window.document$.subscribe(() => {
  if (scratch?.play.isConnected) return;
  scratch?.end();
  scratch = null;
});
