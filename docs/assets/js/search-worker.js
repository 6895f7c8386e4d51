/* The search: finds parts of words, because Japanese and Korean do not put spaces where a reader would type them.
   website/search/index.py makes the index; website/build/bundle.py joins this file to those that it builds on:
   search-text.js, search-guess.js, search-query.js, search-asked.js and search-rank.js.

   What it knows of the theme: it stands in the place of the theme's own worker, and is told its messages (0 set up, with
   the index; 1 ready; 2 query, a text; 3 result). Of a result's items, each a page as a list of sections, the theme shows
   title and text as HTML, marks the terms that are true in the page that it opens, names the others as missing, hides
   the sections whose score is below that of the first item until a reader asks for more, and lets Enter open the first
   one with the highest score. */
"use strict";

const PAGES = 50; // in an answer
const SECTIONS = 5; // of a page
const OPEN = 2; // of the first page: seen at once beside its best section
const NEARLY_BEST = 0.6; // of the score of the best, and seen with it
const SNIPPET = 140; // characters
const AGAIN = { step: 0.8, other: 0.4 }; // a term that a step before has explained: other pages only recall it
const UNFINISHED = /[ㄱ-ㅣ가-힣]$/; // a syllable that may not be all typed: 역전ㅍ on the way to 역전파

const TURN = 10; // milliseconds

let told = null; // the index; it is made ready when a reader comes to the field, and not on every page
let isAwaited = false;
let learning = null; // what readers ask: goes on while nothing is typed
let pages = []; // in the order in which they are read: each itself, then its sections

function setUp({ docs, config }) {
  const known = new Set();
  const steps = new Set(config.steps); // their addresses
  const byPage = new Map();
  for (const { location, title, text, about, asked = [], terms, names } of docs) {
    const page = location.split("#")[0];
    const entry = { location, page, names, title: field(title), body: field(text), about: field(about) };
    entry.asked = { phrases: asked, folded: asked.map(phrase => fold(phrase)).join("\n") };
    const kind = steps.has(page) ? "step" : "other";
    entry.terms = terms.map(term => ({ folded: fold(term), worth: known.has(term) ? AGAIN[kind] : 1 }));
    if (kind === "step") terms.forEach(term => known.add(term));
    byPage.set(page, [...(byPage.get(page) ?? []), entry]);
  }
  pages = [...byPage.values()];
  const bold = new Set(docs.flatMap(({ terms }) => terms));
  learn([...config.terms, ...[...bold].map(term => [[term], []])], pages.flat());
  learning = learnToAnswer(pages.flat());
}

function begin() {
  isAwaited = true;
  if (!told) return;
  setUp(told);
  told = null;
  learnOn();
}

function learnOn() {
  for (const end = performance.now() + TURN; performance.now() < end; ) if (learning.next().done) return;
  setTimeout(learnOn);
}

function search(text) {
  if (!fold(text)) return []; // which the theme asks on every page
  begin();
  while (!learning.next().done);
  const found = answers(text);
  return found.length || !UNFINISHED.test(text) ? found : answers(text.slice(0, -1));
}

function answers(text) {
  const query = understood(corrected(text));
  return query.terms.length ? ranked(pages, query).slice(0, PAGES).map((page, at) => shown(page, query, at === 0)) : [];
}

/* A page and those of its sections that answer, best first; the theme needs the page itself always.
   The best has the page's score: Enter opens what has the highest. Of the first page, what answers nearly as well is
   seen at once: it has the best one's score, too, and comes after it. */
function shown({ sections: [whole, ...sections], score, holds }, { terms }, isFirst) {
  const byScore = (a, b) => b.score - a.score;
  const others = sections.filter(section => section.score > 0).sort(byScore).slice(0, SECTIONS);
  const all = [whole, ...others].sort(byScore);
  const missing = terms.filter((_, i) => !holds[i]).map(term => term.word);
  // What the theme marks in the page that opens, whichever item leads there (true), and what it says is missing (false).
  const words = Object.fromEntries(missing.map(word => [word, false]));
  const best = all[0].score;
  const isOpen = (section, at) => isFirst && section !== whole && at <= OPEN && section.score >= NEARLY_BEST * best;
  const scoreOf = (section, at) => (isOpen(section, at) ? score : score - best + section.score);
  return all.map((section, at) => shownSection(section.entry, terms, words, scoreOf(section, at)));
}

/* An item of the answer; the words that it was found by go to those of its page. */
function shownSection({ location, title, body, about, asked }, terms, words, score) {
  const [inTitle, inBody, inAbout] = [title, body, about].map(field => spans(field, terms));
  const [text, found] = inBody.length || !inAbout.length ? [body.text, inBody] : [about.text, inAbout];
  for (const word of [...slices(title.text, inTitle), ...slices(text, found)]) words[word] = true;
  return {
    location,
    title: marked(title.text, inTitle),
    text: found.length || inTitle.length || asked.folded ? marked(text, found, SNIPPET) : "",
    score,
    terms: words,
  };
}

const slices = (text, found) => found.map(({ from, to }) => text.slice(from, to));

addEventListener("message", ({ data: message }) => {
  if (message.type === 0) {
    told = message.data;
    postMessage({ type: 1 });
    if (isAwaited) begin();
  } else if (message.type === 2) {
    postMessage({ type: 3, data: { items: search(message.data) } });
  }
});
new BroadcastChannel("search").addEventListener("message", begin); // search-input.js says that a reader has come
