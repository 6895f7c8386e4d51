/* What a reader asks for: the terms of a query, each with the needles that may stand for it in the pages.
   Part of search-worker.js; it knows the glossary's words (config.terms of the index) and the text of the pages. */
"use strict";

const ENDINGS =
  /(?:i[sz]ations?|ications?|iers?|ied|ying|i[sz]ers?|ations?|ators?|ating|ates?|ated|ions?|ives?|ively|ings?|ers?|ors?|ies|ed|es|e|y|s)$/;
const PARTICLES = new RegExp(
  "(?:(?<lead>[^ぁ-ゖ])(?:から|まで|とは|って|[をはがのにでとへもや])" +
  "|에서는|에서|으로|부터|까지|처럼|이란|이라|란|하기|하는|한다|합니다|하다|하면|이에요|예요|입니다|인데|이다|[은는이가을를의에로와과도만])$");
const HANGUL = /[가-힣]/;
const LATIN = /[a-z]$/;
const KANJI = /[\u3400-\u9fff\d]/; // of these, any part of a word is a word
const RUNS = /[\u3005\u3400-\u9fff]+|[ァ-ヺ]+|[가-힣]+|[a-z\d_]+/g; // not hiragana, which hold the words together
const CODE = /[-+*/%=<>()[\]{}@:'"]|\w\.\w/; // what words of a language do not have
const PROSE = /[^\x00-\x7f]|[a-z]-[a-z]|[a-z]'[a-z]|[a-z]{2} [a-z]{2}/i; // nor code this
const OPERATOR = / *(\*\*|\/\/|[-+*/%=<>!]=|[-+*/%=<>@]) */g;
const LONGEST = 4; // words of a term
const MOST = 30; // words of a query; of a whole traceback the end says what happened

const concepts = new Map(); // a term in any language, reduced: the words that the pages may have for it
let steps = []; // what a step is called
let everything = ""; // all text of the pages, folded
let vocabulary = new Set(); // its words, in scripts that show where a word ends

function learn(terms, sections) {
  const fields = sections.flatMap(({ title, body, about }) => [title, body, about]);
  everything = fields.map(({ folded }) => folded).join("\n");
  vocabulary = new Set(everything.match(/[a-z]{2,}|[ァ-ヺ]{2,}/g));
  for (const word of new Set(fields.flatMap(({ text }) => text.match(/[가-힣]{2,}/g) ?? []))) vocabulary.add(bare(word));
  for (const [own, others] of terms) {
    const names = (own.length ? own : others).map(name => fold(name));
    const keys = [...own, ...others].map(name => reduced(fold(name)));
    for (const key of keys) if (!concepts.has(key)) concepts.set(key, names);
  }
  steps = terms.map(names => names.flat()).find(names => names.includes("step")).map(name => fold(name));
}

/* Without the ending that grammar gave it. What is left has two syllables or three letters at least. */
function bare(word) {
  if (/ss$/.test(word)) return word;
  const stem = LATIN.test(word) ? word.replace(ENDINGS, "") : word.replace(PARTICLES, "$<lead>");
  return stem.length >= (LATIN.test(word) ? 3 : HANGUL.test(word) ? 2 : 1) ? stem : word;
}

/* One spelling for all forms of a term: operator overloading, overloaded operators. */
const reduced = folded => folded.split(" ").map(bare).sort().join(" ");

/* The terms of a query, in order; and all of it in one piece. */
function understood(text) {
  const words = text.normalize("NFKC").split(/\s+/).filter(word => fold(word)).slice(-MOST); // nothing is left of ー alone
  const terms = codeTerm(words);
  if (terms.length) return { terms, words: 1, folded: terms[0].word };
  for (let at = 0; at < words.length; ) {
    const [length, found] = stepTerm(words, at) ?? conceptTerm(words, at) ?? [1, wordTerms(words[at])];
    terms.push(...found);
    at += length;
  }
  return { terms, words: words.length, folded: fold(words.join(" ")) };
}

/* A query that is a piece of code, if the pages have it: in one piece, with spaces around its operators or without. */
function codeTerm(words) {
  const said = words.join(" ");
  if (!CODE.test(said) || PROSE.test(said) || meaning(fold(said)).length) return [];
  const folded = fold(said);
  const forms = [folded, folded.replace(OPERATOR, "$1"), folded.replace(OPERATOR, " $1 ").trim()];
  const found = term(said, forms.map(text => ({ ...needle(text, 1), code: true })));
  found.needles = found.needles.filter(each => hits(everything, each).length);
  return found.needles.length ? [{ ...found, code: true }] : [];
}

/* A term with those of its needles that stand in the pages, the weightiest first. */
function term(word, needles) {
  const known = needles.filter(({ text }) => text && everything.includes(text));
  return { word, needles: known.filter(({ text }, i) => known.findIndex(other => other.text === text) === i) };
}

const needle = (text, weight) => ({ text, weight, stem: false });

/* Other forms of a word: in the languages with many endings, whatever begins like it. */
const inflected = folded => ({ text: bare(folded), weight: 0.8, stem: LATIN.test(folded) });

/* "step 14", "ステップ14", "14 단계": the same in every spelling. */
function stepTerm(words, at) {
  for (const length of [2, 1]) {
    const said = words.slice(at, at + length);
    const [, before, number, after] = fold(said.join("")).match(/^(\D*)0*(\d+)(\D*)$/) ?? [];
    if (steps.includes(before + after)) {
      const texts = steps.flatMap(step => [`${step} ${number}`, `${step}${number}`, `${number}${step}`]);
      return [length, [term(said.join(" "), texts.map(text => needle(text, 1)))]];
    }
  }
}

/* The longest run of words that the glossary knows. */
function conceptTerm(words, at) {
  for (let length = LONGEST; length > 0; length--) {
    const said = words.slice(at, at + length).join(" ");
    const found = term(said, meaning(fold(said)));
    if (found.needles.length) return [length, [found]];
  }
}

function meaning(folded) {
  const names = concepts.get(reduced(folded)) ?? concepts.get(folded) ?? [];
  const stems = names.filter(name => LATIN.test(name)).map(inflected); // the glossary's Japanese and Korean has no endings
  return names.length ? [needle(folded, 1), ...names.map(name => needle(name, 0.95)), ...stems] : [];
}

/* A word with the kana of one kind written in the other: りんご, リンゴ. */
function turned(word, from, to) {
  const [first, shift] = [from.charCodeAt(0), to.charCodeAt(0) - from.charCodeAt(0)];
  return word.replace(/[ぁ-ゖァ-ヶ]/g, kana => {
    const at = kana.charCodeAt(0) - first;
    return at >= 0 && at < 86 ? String.fromCharCode(kana.charCodeAt(0) + shift) : kana;
  });
}

/* Any other word: as it is, or what was meant, or its pieces. */
function wordTerms(said) {
  const folded = fold(said);
  const letters = folded.replace(/^[^\p{L}\p{N}_]+|[^\p{L}\p{N}_]+$/gu, "");
  const kana = [turned(letters, "ァ", "ぁ"), turned(letters, "ぁ", "ァ")].filter(text => text !== letters);
  const whole = term(said, [needle(folded, 1), needle(letters, 0.95), inflected(letters), ...kana.map(text => needle(text, 0.9))]);
  if (whole.needles.length) return [whole];
  const meant = nearest(letters);
  return meant ? [term(said, [...meaning(meant), needle(meant, 0.6)])] : apart(letters, whole);
}

/* A word that no page has, in pieces that some have: 勾配を足す is 勾配 and 足, 수치미분오차 is 수치미분 and 오차.
   Where a piece is unknown, the word stays a term, as one that is missing, and a single letter says nothing. */
function apart(letters, whole) {
  const found = (letters.match(RUNS) ?? []).map(run => (LATIN.test(run) ? [run].filter(isWord) : longest(run)));
  const pieces = found.flat().map(piece => term(piece, [...meaning(piece), needle(piece, 0.9)]));
  if (pieces.length && found.every(run => run.length)) return pieces;
  return [...pieces.filter(piece => piece.word.length > 1), whole];
}

function longest(run) {
  const pieces = [];
  for (let at = 0, end; at < run.length; at = Math.max(end, at + 1)) {
    for (end = run.length; end > at && !isKnown(run.slice(at, end)); ) end--;
    if (end > at) pieces.push(bare(run.slice(at, end)));
  }
  return pieces;
}

const isWord = run => hits(everything, needle(run, 1)).some(hit => hit.well === 1);
const isKnown = piece =>
  KANJI.test(piece) ? everything.includes(piece) : vocabulary.has(bare(piece)) || concepts.has(reduced(piece));

/* What has the fewest slips between it and the word that was typed: one, or two in a long word. */
function nearest(word) {
  let best = null;
  let least = word.length < 4 ? 1 : word.length < 8 ? 2 : 3;
  for (const [typed, candidates] of [[reduced(word), concepts.keys()], [word, vocabulary]])
    for (const candidate of candidates) {
      const count = Math.abs(candidate.length - typed.length) < least ? slips(typed, candidate) : least;
      if (count < least) [best, least] = [candidate, count];
    }
  return best;
}

/* How many letters to insert, drop, change or exchange with their neighbour. */
function slips(a, b) {
  let [above, row] = [[], [...Array(b.length + 1).keys()]];
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] !== b[j - 1]));
      if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], above[j - 2] + 1);
    }
    [above, row] = [row, next];
  }
  return row[b.length];
}
