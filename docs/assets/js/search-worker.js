/* The search: finds parts of words, because Japanese and Korean do not put spaces where a reader would type them.
   It speaks the theme's messages (0 set up, 1 ready, 2 query, 3 result) in place of the theme's own worker. */
"use strict";

const CJK = /[\u3005\u3006\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uff66-\uff9f]/;
const SILENT = new Set(["ー", "ｰ", "・", "･"]); // written or left out at will: サーバ, サーバー
const MOST = 50; // pages in an answer
const SNIPPET = 140; // characters

let waiting = null; // an index not yet folded: only a reader who searches pays for that
let entries = [];

/* Text as it is compared, and for each of its characters the place in the original. */
function fold(text) {
  const chars = [...text];
  const places = [];
  let folded = "";
  let place = 0;
  chars.forEach((char, i) => {
    const between = /\s/.test(char) && CJK.test(chars[i - 1] ?? "") && CJK.test(chars[i + 1] ?? "");
    if (!between && !SILENT.has(char))
      for (const unit of char.normalize("NFKC").toLowerCase()) {
        folded += unit;
        for (let k = 0; k < unit.length; k++) places.push(place);
      }
    place += char.length;
  });
  places.push(place);
  return { text, folded, places };
}

/* The index holds HTML; people search what they read. */
function plain(html) {
  const names = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", "#x27": "'" };
  return html
    .replace(/<[^>]*>/g, " ")
    .replace(/&(\w+|#\w+);/g, (all, name) => names[name] ?? all)
    .normalize("NFC")
    .replace(/\s+/g, " ")
    .trim();
}

const escaped = text => text.replace(/[&<>"]/g, char => `&#${char.charCodeAt(0)};`);

function setUp({ docs }) {
  entries = docs.map(({ location, title, text }) => ({
    location,
    page: location.split("#")[0],
    title: fold(plain(title)),
    body: fold(plain(text)),
  }));
}

/* Where the terms stand in the original text, from left to right. */
function spans({ folded, places }, terms) {
  const found = [];
  for (const term of terms)
    for (let at = folded.indexOf(term); at >= 0; at = folded.indexOf(term, at + term.length))
      found.push([places[at], places[at + term.length - 1] + 1]);
  return found.sort((a, b) => a[0] - b[0]);
}

/* The text with the terms marked; with a length, only the part around the first of them. */
function marked(field, terms, length = Infinity) {
  const { text } = field;
  const found = spans(field, terms);
  const start = text.length > length ? Math.max(0, (found[0]?.[0] ?? 0) - length / 4) : 0;
  const end = Math.min(text.length, start + length);
  let html = start > 0 ? "…" : "";
  let at = start;
  for (const [from, to] of found) {
    if (from < at || to > end) continue;
    html += `${escaped(text.slice(at, from))}<mark data-md-highlight>${escaped(text.slice(from, to))}</mark>`;
    at = to;
  }
  return html + escaped(text.slice(at, end)) + (end < text.length ? "…" : "");
}

/* A hit in a title outweighs any number in the text; a whole title outweighs a part of one. */
function score({ title, body, location }, term) {
  const inTitle = title.folded === term ? 200 : title.folded.includes(term) ? 100 : 0;
  const inText = Math.log2(body.folded.split(term).length);
  const wholePage = inTitle && !location.includes("#") ? 50 : 0;
  return inTitle + wholePage + inText;
}

/* Pages on which every term stands somewhere, best first; on each page, its sections. */
function search(query) {
  const words = query.normalize("NFKC").split(/\s+/).filter(Boolean);
  const terms = [...new Set(words.map(word => fold(word).folded).filter(Boolean))];
  if (!terms.length) return [];
  const pages = Map.groupBy
    ? Map.groupBy(entries, entry => entry.page)
    : entries.reduce((map, entry) => map.set(entry.page, [...(map.get(entry.page) ?? []), entry]), new Map());
  const together = words.length > 1 ? [...terms, fold(words.join(" ")).folded] : terms;
  return [...pages.values()]
    .filter(page => terms.every(term => page.some(e => e.title.folded.includes(term) || e.body.folded.includes(term))))
    .map(page => ranked(page, together))
    .sort((a, b) => b[0].score - a[0].score)
    .slice(0, MOST)
    .map(page => page.map(hit => shown(hit, terms, words)));
}

/* A page's sections that hold a term, best first; the page itself is always among them, the theme needs it. */
function ranked(page, terms) {
  const hits = page.map(entry => ({ entry, score: terms.reduce((sum, term) => sum + score(entry, term), 0) }));
  const whole = hits.find(({ entry }) => !entry.location.includes("#")) ?? hits[0];
  const best = hits.filter(hit => hit.score > 0 && hit !== whole).sort((a, b) => b.score - a.score).slice(0, 5);
  return [...best, whole].sort((a, b) => b.score - a.score);
}

function shown({ entry, score }, terms, words) {
  return {
    location: entry.location,
    title: marked(entry.title, terms),
    text: spans(entry.body, terms).length ? marked(entry.body, terms, SNIPPET) : "",
    score,
    terms: Object.fromEntries(words.map(word => [word, true])),
  };
}

addEventListener("message", ({ data: message }) => {
  if (message.type === 0) {
    waiting = message.data;
    postMessage({ type: 1 });
  } else if (message.type === 2) {
    if (waiting) setUp(waiting);
    waiting = null;
    postMessage({ type: 3, data: { items: search(message.data) } });
  }
});
