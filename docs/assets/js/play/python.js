/* A Python in a worker: asked one thing after the other, and ended when the reader stops it or leaves the page. */

// To each question, the answer that is the last.
const LAST = { start: "ready", open: "opened", run: "done", scratch: "done", check: "checked" };

export class Ended extends Error {}

export class Python {
  #folder;
  #worker;
  #asked = new Map(); // by number: who waits for the answers to a question
  #count = 0;

  /* play: the page's #play, which says where the runtime is. */
  constructor(play) {
    this.#folder = new URL(play.dataset.runtime, location.href);
    this.#worker = new Worker(new URL("worker.mjs", this.#folder), { type: "module" });
    this.#worker.onmessage = ({ data }) => this.#answered(data);
    this.#worker.onerror = event => this.#fail(new Error(event.message || "worker.mjs"));
  }

  /* Loads everything; hear is told how far it is. */
  async start(words, hear) {
    await this.ask({ type: "start", words: { input: words.input } }, hear);
    const key = this.#folder.pathname.match(/[^/]*(?=\/$)/)[0];
    try { localStorage.setItem("dezero_lite.runtime", key); } catch { /* then its size is said again */ }
    document.querySelectorAll(".run-note:not(.run-warning)").forEach(note => note.remove());
    document.querySelectorAll(".run-bar [title]").forEach(button => button.removeAttribute("title"));
  }

  /* The last answer to a question; hear is told each answer. */
  ask(question, hear = () => {}) {
    const id = ++this.#count;
    return new Promise((resolve, reject) => {
      this.#asked.set(id, { last: LAST[question.type], resolve, reject, hear });
      this.#worker.postMessage({ ...question, id });
    });
  }

  end() {
    this.#worker.terminate();
    this.#fail(new Ended());
  }

  #answered(answer) {
    const asked = this.#asked.get(answer.id);
    if (!asked) return;
    if (answer.type === "failed") {
      this.#asked.delete(answer.id);
      asked.reject(new Error([answer.file, answer.error].filter(Boolean).join(": ")));
      return;
    }
    asked.hear(answer);
    // What stands above an exercise may end with an error; then nothing is checked.
    if (answer.type === asked.last || (answer.type === "done" && answer.stopped)) {
      this.#asked.delete(answer.id);
      asked.resolve(answer);
    }
  }

  #fail(error) {
    const waiting = [...this.#asked.values()];
    this.#asked.clear();
    waiting.forEach(({ reject }) => reject(error));
  }
}
