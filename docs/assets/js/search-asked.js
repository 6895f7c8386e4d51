/* What readers ask, section by section (website/search/asked): how much a query is one of these questions, whatever the
   order of its words and their endings. Part of search-worker.js; it knows the words of search-query.js. */
"use strict";

const OF_QUERY = 2; // power of the share of the query that a question has
const LONG = 0.2; // less of this power for each part of a longer query: a sentence says much beside
const SHORT = 4; // parts
const OF_QUESTION = 1; // and of the share of the question that the query has
const HALF = { section: 1, page: 3 }; // with so many questions that have it, a part counts half of what it can
const MUCH = 4; // things, after the first
const SAME = 0.9;
const FAINT = 0.25; // a word that only asks
const UNSEEN = 5; // how rare a part is that no question has: it tells no section from another
const KANA_PAIR = 0.3; // two hiragana, mostly an ending
const WORD_PART = 1.5; // a word in one piece, where others are compared by pairs of letters
const NAMES_ALL = /^(?:reference|glossary)\/#/;
const WORDS = /[a-z\d_]+|[가-힣]+|[\u3005\u3040-\u30ff\u3400-\u9fff]+|[-+*/@%=<>]+/g; // operators are words in code
const PARTS = /[a-z\d_]+|[가-힣]+|[ァ-ヺ]+|[-+*/@%=<>]+|[\u3005\u3040-\u309f\u3400-\u9fff]+/g; // katakana is a word of its own
const IN_ONE = /[a-z\d_ァ-ヺ]|^[-+*/@%=<>]/;
const HIRAGANA = /[ぁ-ゖ]/;
const KANA_ONLY = /^[ぁ-ゖ]+$/;
const CAN_BE_MEANT = /^(?:[a-z]{4,}|[ァ-ヺ]{3,}|[가-힣]{3,})$/; // a word with a slip in it
// What only asks, within a Japanese sentence or at its end.
const ASKING = [
  "(?:わか|分か)りやすく|やさしく|図解|全然|ぜんぜん|全く|まったく|なかなか|ずっと|原因|考えられ(?:る|ます)",
  "教えて|知りたい|(?:わ|分)から(?:ない|ず)|(?:使い|書き|やり|作り|直し|求め|考え|入れ)方|方法|理由|意味|違い",
  "なぜ|なんで|どうして|どうやって|どう(?:する|やる|考える|すれば|したら|なる)|どこ(?:に|で)?|いつ|とは|って何|何",
].join("|");
const POLITE = "ください|下さい|ですか|でしょうか|いいですか|ありますか|いい";
const AT_END = [
  "ん(?:だ|です)(?:けど|が)|(?:のって)?関係(?:ある|ありますか)|って本当|(?:と|って)(?:言われ(?:た|ました)|出(?:る|た|ます|ました))",
  "(?:になり|しちゃい)ました|ん?だっけ|(?:あれの)?名前忘れた|あれの名前|わからん|(?:ダメ|だめ)なの|やつ見たい",
  "したい|やりたい|ほしい|ください|下さい|でしょうか|ん?ですか|ますか|できますか|いいの?|するやつ|のやつ",
].join("|");
const ASKS = `[をはがに]?(?:${ASKING})[をはが]?(?:${POLITE})?|(?:${AT_END})$`;
const ASKS_SOMEWHERE = new RegExp(`(${ASKS})`);
const ASKS_ONLY = new RegExp(`^(?:${ASKS})$`);

const questions = []; // each with its section and its parts
const wordForWord = new Map(); // a question as it is compared with a query: its section
const asking = new Map(); // a part: the questions that have it
const sectionsAsking = new Map(); // a part: in how many sections
let askedOf = 1; // how many sections there are

/* A heading that no other section has is a question, too. There are thousands: after each section others may have a turn. */
function* learnToAnswer(sections) {
  const asked = sections.filter(({ location }) => !NAMES_ALL.test(location));
  askedOf = asked.length;
  learnBeginnings();
  const called = new Map(); // how many sections, by their heading
  for (const { title } of asked) called.set(title.folded, (called.get(title.folded) ?? 0) + 1);
  for (const entry of asked) {
    const heading = called.get(entry.title.folded) === 1 ? [entry.title.text] : [];
    const own = [...heading, ...entry.asked.phrases].map(text => ({ entry, parts: partsOf(text) }));
    questions.push(...own);
    for (const phrase of entry.asked.phrases) wordForWord.set(fold(phrase), entry);
    for (const question of own)
      for (const part of question.parts.keys()) {
        if (!asking.has(part)) asking.set(part, []);
        asking.get(part).push(question);
      }
    for (const part of new Set(own.flatMap(({ parts }) => [...parts.keys()])))
      sectionsAsking.set(part, (sectionsAsking.get(part) ?? 0) + 1);
    yield;
  }
}

const rarely = part => (sectionsAsking.has(part) ? Math.log(1 + askedOf / sectionsAsking.get(part)) : UNSEEN);
const weightOf = parts => [...parts].reduce((sum, [part, counts]) => sum + counts * rarely(part), 0);

/* The parts of a text by which it is compared, and how much each counts: words without their endings, in the glossary's
   form; of scripts without spaces each two letters in a row. */
function partsOf(text, isKnown = () => true) {
  const parts = new Map();
  for (const [word, weak] of plainWords(text, isKnown))
    for (const part of word.match(PARTS) ?? [])
      for (const [each, counts] of IN_ONE.test(part) ? [[part, WORD_PART]] : pairs(part))
        parts.set(each, Math.max(weak ? FAINT * counts : counts, parts.get(each) ?? 0));
  return parts;
}

function pairs(part) {
  const found = part.length < 3 ? [part] : [...Array(part.length - 1).keys()].map(at => part.slice(at, at + 2));
  return found.map(pair => [pair, KANA_ONLY.test(pair) ? KANA_PAIR : 1]);
}

/* The words of a text, and whether they only ask. */
function plainWords(text, isKnown) {
  const said = text.normalize("NFKC").toLowerCase().match(WORDS) ?? [];
  const words = said.map(word => word.replaceAll("ー", ""));
  const plain = [];
  for (let at = 0; at < words.length; ) {
    const [length, word] = namedBy(words, at, isKnown);
    const weak = kept(weakWords, words[at], isWeak);
    const parts = HIRAGANA.test(word) ? word.split(ASKS_SOMEWHERE) : [word];
    for (const each of parts) plain.push([each, weak || (parts.length > 1 && ASKS_ONLY.test(each))]);
    at += length;
  }
  return plain;
}

/* The longest run of words that the glossary knows, by its first name; or a word without its ending, or what was meant. */
function namedBy(words, at, isKnown) {
  const most = beginnings.has(words[at]) || beginnings.has(kept(stems, words[at], bare)) ? Math.min(LONGEST, words.length - at) : 1;
  for (let length = most; length > 0; length--) {
    const name = kept(named, words.slice(at, at + length).join(" "), nameOf);
    if (name) return [length, inOneWord(name)];
  }
  const word = kept(stems, words[at], bare);
  const [meant] = isKnown(word) || !CAN_BE_MEANT.test(word) ? [] : guessed(words[at]);
  return [1, meant ? inOneWord(namesOf(meant)[0] ?? meant) : word];
}

/* What the glossary calls one or several words first, or nothing. */
function nameOf(said) {
  const folded = CJK.test(said) ? fold(said) : said;
  return (folded.includes(" ") || CJK.test(folded) ? namesOf(folded) : (concepts.get(kept(stems, folded, bare)) ?? []))[0] ?? "";
}

/* With what a term of several words may begin: in scripts with spaces any of its words, for their order is not asked. */
function learnBeginnings() {
  for (const key of concepts.keys()) {
    if (key.includes(" ")) for (const word of key.split(" ")) beginnings.add(word);
    if (CJK.test(key)) for (let end = 1; end < key.length; end++) beginnings.add(key.slice(0, end));
  }
}

/* What was found for a word before, or is now. */
function kept(answers, word, find) {
  if (!answers.has(word)) answers.set(word, find(word));
  return answers.get(word);
}

const [weakWords, named, stems] = [new Map(), new Map(), new Map()];
const beginnings = new Set();

const inOneWord = name => bare(name.replaceAll(" ", "_"));

/* How much each section is asked what the query asks, which says so many things: as much as the most like of its
   questions is like it, 1 if they are the same; and, the more is said, what its questions and those of its page have of
   the query among them. And which sections have a question that is nearly the same. */
function likeness(text, said) {
  const parts = partsOf(text, word => asking.has(word) || everything.includes(word));
  const whole = weightOf(parts);
  const content = [...parts.values()].filter(counts => counts >= 1).length;
  const power = Math.max(1, OF_QUERY - LONG * Math.max(0, content - SHORT));
  const common = new Map();
  for (const [part, counts] of parts)
    for (const question of asking.get(part) ?? [])
      add(common, question, Math.min(counts, question.parts.get(part)) * rarely(part));
  const [like, same] = [new Map(), new Set()];
  for (const [question, weight] of common) {
    question.weight ??= weightOf(question.parts);
    const found = (weight / whole) ** power * (weight / question.weight) ** OF_QUESTION;
    like.set(question.entry, Math.max(found, like.get(question.entry) ?? 0));
    if (found > SAME && said > 1) same.add(question.entry);
  }
  if (said > 1) {
    const share = Math.min(1, (said - 1) / MUCH);
    const [bySection, byPage] = [among(parts, ({ entry }) => entry, HALF.section), among(parts, ({ entry }) => entry.page, HALF.page)];
    for (const [entry, weight] of bySection) add(like, entry, share * (weight / whole + (byPage.get(entry.page) / whole) ** 2));
  }
  return { like, same };
}

/* What the questions of each section, or of each page, have of a query's parts among them. */
function among(parts, placeOf, half) {
  const sums = new Map();
  for (const [part, counts] of parts) {
    const having = new Map(); // how many questions of a place
    for (const question of asking.get(part) ?? []) add(having, placeOf(question), 1);
    for (const [place, often] of having) add(sums, place, (counts * rarely(part) * often) / (often + half));
  }
  return sums;
}

const add = (sums, key, amount) => sums.set(key, (sums.get(key) ?? 0) + amount);
