/* Text as the search compares it, of one width and case; where a query stands in it; and how that is shown.
   Part of search-worker.js. */
"use strict";

const CJK = /[\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uff66-\uff9f]/;
// White space, a stretch that only needs small letters, or one character with its marks. Nothing looks ahead: Safari does
// not compile that, and took ten times as long for the whole index.
const RUN = /(\s+)|([!-~]+(?: [!-~]+)*|[、-」ぁ-ゖァ-ヺ㐀-鿿가-힣]+)|\P{M}[\p{M}ﾞﾟ]*|./gsu;
const PROLONGED = /[ーｰ]/; // サーバ, サーバー
const SIGNS = { "‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-", "‘": "'", "’": "'", "“": '"', "”": '"' };

/* The text as it is compared. With places, notes where each of its characters begins and ends in the original. */
function fold(text, places) {
  return text.replace(RUN, (run, space, plain, at) => {
    const same = plain ? run.toLowerCase() : space ? foldedSpace(text, at, run) : foldedChar(run);
    if (places) note(places, run, same, at);
    return same;
  });
}

/* Readers write 수치 미분 or 수치미분, Variableクラス or Variable クラス. */
function foldedSpace(text, at, space) {
  return CJK.test(text[at - 1] ?? "") || CJK.test(text[at + space.length] ?? "") ? "" : " ";
}

function foldedChar(char) {
  const same = SIGNS[char] ?? char.normalize("NFKC").toLowerCase();
  return PROLONGED.test(same) || same === "・" ? "" : same;
}

function note(places, run, same, at) {
  const end = at + run.length;
  const even = same.length === run.length;
  for (let i = 0; i < same.length; i++) places.push(even ? at + i : at, even ? at + i + 1 : end);
  if (PROLONGED.test(run) && places.length) places[places.length - 1] = end;
}

const DIGIT = 2;
const WORD = 15; // characters, in which a snippet looks for the end of a word

/* Letters, digits and katakana: where two of a kind meet, a word goes on. */
function kind(text, at) {
  const char = text[at] ?? "";
  return char >= "a" && char <= "z" ? 1 : char >= "0" && char <= "9" ? DIGIT : char >= "ァ" && char <= "ヺ" ? 3 : 0;
}

const goesOn = (text, at) => kind(text, at) > 0 && kind(text, at) === kind(text, at - 1);

/* Where a needle stands in folded text, and how well: best as a whole word, less well at its start or inside, where code
   does not stand at all. */
function hits(folded, { text, stem, code }) {
  const found = [];
  for (let at = folded.indexOf(text); at >= 0; at = folded.indexOf(text, at + text.length)) {
    const end = at + text.length;
    const inside = goesOn(folded, at);
    const open = goesOn(folded, end);
    const number = (inside && kind(folded, at) === DIGIT) || (open && kind(folded, end) === DIGIT); // 14 is not 1
    const part = code ? inside || open : inside ? stem || text.length < 4 : open && stem && bareAt(folded, at, end) !== text;
    if (!number && !part) found.push({ at, well: inside ? 0.3 : open ? 0.8 : 1 });
  }
  return found;
}

/* The word without its ending that begins there. */
function bareAt(folded, at, end) {
  while (goesOn(folded, end)) end++;
  const word = folded.slice(at, end);
  if (!bareWords.has(word)) bareWords.set(word, bare(word));
  return bareWords.get(word);
}

const bareWords = new Map();

/* A piece of text to search in; its places are noted once it is shown. */
const field = text => ({ text, folded: fold(text) });

/* Where the terms stand in the original text, from left to right, and which of them; of overlapping ones the first. */
function spans(field, terms) {
  const all = terms.flatMap((term, which) => term.needles.map(needle => ({ needle, which })));
  const found = all.flatMap(({ needle, which }) =>
    hits(field.folded, needle).map(({ at }) => ({ at, end: wordEnd(field, at, needle), which })));
  found.sort((a, b) => a.at - b.at || b.end - a.end);
  if (found.length && !field.places) fold(field.text, (field.places = []));
  let free = 0;
  return found
    .filter(({ at, end }) => at >= free && (free = end))
    .map(({ at, end, which }) => ({ from: field.places[2 * at], to: field.places[2 * end - 1], which }));
}

/* Where the word ends of which the needle is the beginning. */
function wordEnd({ folded }, at, { text, stem }) {
  let end = at + text.length;
  while (stem && goesOn(folded, end)) end++;
  return end;
}

const escaped = text => text.replace(/[&<>"]/g, char => `&#${char.charCodeAt(0)};`);

/* Korean particles stay with what they follow, marked or not: browsers let a line break there, as in
   website/pages/particles.py. */
const TORN = /(?:[\d)\]’”'%…」』]|&#34;)(?:<[^>]*>)*(?=[가-힣])|[가-힣](?:<[^>]*>)*(?=·)/g;
const joined = html => html.replace(TORN, "$&\u2060");

/* The text with what was found marked; with a length, only the part that holds most of the terms. */
function marked(text, found, length = text.length) {
  const start = text.length > length ? startOfPart(text, found, length) : 0;
  const end = start + length < text.length ? wordStart(text, start + length - WORD, start + length) : text.length;
  let html = start > 0 ? "…" : "";
  let at = start;
  for (const { from, to } of found) {
    if (from < at || to > end) continue;
    html += `${escaped(text.slice(at, from))}<mark data-md-highlight>${escaped(text.slice(from, to))}</mark>`;
    at = to;
  }
  return joined(html + escaped(text.slice(at, end).trimEnd())) + (end < text.length ? "…" : "");
}

/* A little before the place that has most of the terms after it. */
function startOfPart(text, found, length) {
  let best = { from: 0, terms: 0 };
  for (let i = 0; i < found.length; i++) {
    const from = found[i].from;
    const near = found.slice(i, i + 10).filter(span => span.to <= from + length * 0.7);
    const terms = new Set(near.map(span => span.which)).size;
    if (terms > best.terms) best = { from, terms };
  }
  const early = Math.floor(best.from - length / 4);
  return early > 0 ? wordStart(text, early, best.from) : 0;
}

/* The first place where a word starts between two others, or the second of them: never within a letter of two halves, nor
   with a sign that closes what is left out. */
function wordStart(text, from, to) {
  const found = text.slice(from, to).search(/[\s。、][^\s)\]}」』）、。,.:;]/);
  if (found >= 0) return from + found + 1;
  return /[\uDC00-\uDFFF]/.test(text.charAt(to)) ? to - 1 : to;
}
