/* What readers ask, section by section (website/search/asked): how much a query is one of these questions, whatever the
   order of its words and their endings. Part of search-worker.js; it knows the words of search-query.js. */
"use strict";

const FAINT = 0.25; // a word that only asks
const WORDS = /[a-z\d_]+|[가-힣]+|[\u3005\u3040-\u30ff\u3400-\u9fff]+|[-+*/@%=<>]+/g; // operators are words in code
const PARTS = /[a-z\d_]+|[가-힣]+|[ァ-ヺ]+|[-+*/@%=<>]+|[\u3005\u3040-\u309f\u3400-\u9fff]+/g; // katakana is a word of its own
const UNSEEN = 0.5; // how often a part counts as asked that no question has
const OF_QUERY = 2; // power of the share of the query that a question has
const OF_QUESTION = 1; // and of the share of the question that the query has

let questions = []; // each with its section, its parts and their weight in all
const asking = new Map(); // a part: the questions that have it

function learnToAnswer(sections) {
  questions = sections.flatMap(entry => entry.asked.phrases.map(({ text }) => ({ entry, parts: partsOf(text) })));
  for (const question of questions)
    for (const part of question.parts.keys()) asking.set(part, [...(asking.get(part) ?? []), question]);
  for (const question of questions) question.weight = weightOf(question.parts);
}

/* How rarely a part is asked. */
const rarely = part => Math.log(1 + questions.length / (asking.get(part)?.length ?? UNSEEN));

const weightOf = parts => [...parts].reduce((sum, [part, counts]) => sum + counts * rarely(part), 0);

/* The parts of a text by which it is compared: words without their endings, in the glossary's form; of scripts without
   spaces each two letters in a row. */
function partsOf(text) {
  const parts = new Map();
  const add = (part, counts) => parts.set(part, Math.max(counts, parts.get(part) ?? 0));
  for (const [word, weak] of plainWords(text))
    for (const part of word.match(PARTS) ?? [])
      for (const each of /[a-z\d_ァ-ヺ]|^[-+*/@%=<>]/.test(part) ? [part] : pairs(part)) add(each, weak ? FAINT : 1);
  return parts;
}

const pairs = part => (part.length < 3 ? [part] : [...Array(part.length - 1).keys()].map(at => part.slice(at, at + 2)));

function plainWords(text) {
  const words = text.normalize("NFKC").toLowerCase().split(/\s+/).flatMap(word => word.match(WORDS) ?? []).map(word => fold(word));
  const plain = [];
  for (let at = 0; at < words.length; ) {
    const [length, word] = namedBy(words, at);
    plain.push([word, isWeak(word)]);
    at += length;
  }
  return plain;
}

/* The longest run of words that the glossary knows, by its first name; or a word without its ending. */
function namedBy(words, at) {
  for (let length = Math.min(LONGEST, words.length - at); length > 0; length--) {
    const key = reduced(words.slice(at, at + length).join(" "));
    const names = concepts.get(key);
    if (names) return [length, bare(names[0].replaceAll(" ", "_"))];
  }
  return [1, bare(words[at])];
}

/* For each section with a question that the query is like, how much: 1 if they are the same. */
function likeness(text) {
  const parts = partsOf(text);
  const whole = weightOf(parts);
  const common = new Map();
  for (const [part, counts] of parts)
    for (const question of asking.get(part) ?? [])
      common.set(question, (common.get(question) ?? 0) + Math.min(counts, question.parts.get(part)) * rarely(part));
  const found = new Map();
  for (const [question, weight] of common) {
    const like = (weight / whole) ** OF_QUERY * (weight / question.weight) ** OF_QUESTION;
    found.set(question.entry, Math.max(like, found.get(question.entry) ?? 0));
  }
  return found;
}
