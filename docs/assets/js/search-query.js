/* What a reader asks for: the terms of a query, each with the needles that may stand for it in the pages.
   Part of search-worker.js; it knows the glossary's words (config.terms of the index) and the text of the pages. */
"use strict";

const ENDINGS =
  /(?:i[sz]ations?|ications?|iers?|ied|ying|i[sz]ers?|ations?|ators?|ating|ates?|ated|ions?|ives?|ively|ally|ings?|ers?|ors?|ies|ed|es|e|y|s)$/;
const PARTICLES = new RegExp(
  "(?:(?<lead>[^ぁ-ゖ])(?:から|まで|(?:とは|って)(?:何か|何|何ですか)?|の(?:使い方|書き方|やり方|意味|仕組み)|[をはがのにでとへもや])" +
  "|에서는|에서|끼리|으로|부터|까지|처럼|보다|마다|이란|이라|이랑|하고|란|랑|하기|하는|한다|합니다|하다|하면|하나요|해요" +
  "|(?:아|어|네|나|았어|었어)요|습니다|이에요|예요|입니다|인데|인|이다" +
  "|[은는이가을를의에로와과도만])$");
const HANGUL = /[가-힣]/;
const LATIN = /[a-z]$/;
const KANJI = /[\u3400-\u9fff\d]/; // of these, any part of a word is a word
// Not hiragana, which hold the words together; a number with what is counted is one word: 2回.
const RUNS = /\d+(?:[回個階次層章番度倍乗本]|つ)|[\u3005\u3400-\u9fff]+|[ァ-ヺ]+|[가-힣]+|[a-z\d_]+/g;
const MEET = /([a-z])(?=[ァ-ヺ\u3400-\u9fff])/gi; // one hotベクトル
const COMPOUND = /[\u3400-\u9fff][いえきけしちにびべみめりれ](?!方)[\u3400-\u9fff]+[みり]?/g; // 足し算, 手書き
// They ask, and say little of what is asked for; what is left of them after bare(), too.
const WEAK = new Set([
  "a an the is are was be been am do does did i me my you your it its this that to of in on at for and or not if then so as by",
  "from between when where why how what which who can could should would may get got give go have has use using work mean like",
  "about some any own instead example explain difference different code implementation implement need help please vs versus",
  "must know want understand many much only still really",
  "tutorial definition derivation intuition purpose advantages disadvantages formula beginners simple basics introduction",
  "explained explanation concept theory details guide math mathematics meaning simply easily equivalent",
  "なぜ どう どうして 何 とは って何 使い方 使方 使 方 書 返 やり方 方法 書き方 意味 違い 違 実装 例 仕組み 理由 教えて",
  "求め方 原因 全然 ぜんぜん なかなか わからない 分からない 知りたい 使いたい したい ですか 何ですか",
  "왜 뭐 뭐가 뭐예요 뭔가요 무엇 무엇인가요 어떻게 언제 어디 어디에 법 방법 이유 차이 차이점 예제 예시 설명 의미 뜻 사용법",
  "구현 원인 계속 전혀 자꾸 좀 더 하는 쓰는 달라요 구하나요 나와요 있나요 되나요 인가요 그거 뭐였지 뭐더라",
  "그런가요 그런지 싶어요 싶은데 알려주세요 궁금해요 이해하고 해야 하나요 되는지 쓰나요 건가요 거예요 어떤 부분 말고 얼마로 다른가요",
].join(" ").split(" "));
// They ask for the reference, and are said of few things in it.
const FOR_REFERENCE = new Set("api reference docs documentation リファレンス 레퍼런스".split(" ").map(word => fold(word)));
const CODE = /[-+*/%=<>()[\]{}@:'"]|\w\.\w/; // what words of a language do not have
const PROSE = /[^\x00-\x7f]|[a-z]-[a-z]|[a-z]'[a-z]|[a-z]{2} [a-z]{2}/i; // nor code this
const OPERATOR = / *(\*\*|\/\/|[-+*/%=<>!]=|[-+*/%=<>@]) */g;
const RAISED = /(?:^|[\s.])[A-Z]\w*(?:Error|Exception|Warning|Interrupt)\b/; // what Python said
const VARIES = /('[^']*'|"[^"]*"|`[^`]*`|\([\d,\s]*\)|-?\b\d[\d.e-]*|[-+*/@%]+(?=:))/; // what is another one each time
const LONGEST = 4; // words of a term
const A_WORD = 4; // letters; of a longer one that only questions have, the pieces count
const MOST = 30; // words of a query; of a whole traceback the end says what happened

const concepts = new Map(); // a term in any language, reduced: the words that the pages may have for it
const phrases = new Set(); // those terms that a Japanese sentence may hold, and that are no single word
let steps = []; // what a step is called
let everything = ""; // all text of the pages and all questions, folded
let pagesSay = ""; // without the questions
let vocabulary = new Set(); // its words, in scripts that show where a word ends

function learn(terms, sections) {
  const shown = sections.flatMap(({ title, body, about }) => [title, body, about]);
  const said = [...shown.map(({ text }) => text), ...sections.flatMap(({ asked }) => asked.phrases)];
  pagesSay = shown.map(({ folded }) => folded).join("\n");
  everything = [pagesSay, ...sections.map(({ asked }) => asked.folded)].join("\n");
  vocabulary = new Set(everything.match(/[a-z]{2,}|[ァ-ヺ]{2,}/g));
  for (const word of new Set(said.flatMap(text => text.match(/[가-힣]{2,}/g) ?? []))) vocabulary.add(bare(word));
  for (const [own, others] of terms) {
    const names = (own.length ? own : others).map(name => fold(name));
    const keys = [...own, ...others].map(name => reduced(fold(name)));
    for (const key of keys) if (!concepts.has(key)) concepts.set(key, names);
    for (const name of [...own, ...others].map(name => fold(name))) if (isPhrase(name)) phrases.add(name);
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
const reduced = folded => folded.replace(/([a-z])-(?=[a-z])/g, "$1 ").split(" ").map(bare).sort().join(" ");

/* Several words, or hiragana, or letters of several kinds, which would be taken apart. */
const isPhrase = folded =>
  folded.includes(" ") || (CJK.test(folded) && folded.length > 1 && folded.match(RUNS)?.[0] !== folded);

/* The terms of a query, in order; and all of it in one piece. */
function understood(text) {
  return { ...termsOf(text), text };
}

function termsOf(text) {
  const words = text.normalize("NFKC").replace(MEET, "$1 ").split(/\s+/).filter(word => fold(word)).slice(-MOST); // nothing is left of ー alone
  const terms = codeTerm(words);
  if (terms.length) return { terms, words: 1, folded: terms[0].word };
  if (words.length > 1 && RAISED.test(words.join(" "))) {
    terms.push(...errorTerms(words.join(" ")));
    return { terms, words: words.length, folded: fold(words.join(" ")), error: true };
  }
  for (let at = 0; at < words.length; ) {
    const [length, found] = stepTerm(words, at) ?? conceptTerm(words, at) ?? [1, wordTerms(words[at])];
    terms.push(...found);
    at += length;
  }
  for (const each of terms) each.weak = isWeak(each.word);
  return { terms, words: words.length, folded: fold(words.join(" ")) };
}

/* Whether a word only asks, or is a single letter that is no term. */
function isWeak(word) {
  const folded = fold(word).replace(/[?？!.,、。]+$/, "");
  const one = /^[a-z\d]$/.test(folded) && !concepts.has(folded);
  return one || FOR_REFERENCE.has(folded) || WEAK.has(folded) || WEAK.has(bare(folded));
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

/* What Python said: the parts of it that are the same for everybody, in one piece each; the names and numbers in it say
   little. A part that no page has is taken word by word, and not as a term of the field. */
function errorTerms(said) {
  const parts = said.split(VARIES).map(part => part.trim()).filter(part => fold(part).length > 1);
  return parts.flatMap(part => {
    if (part.match(VARIES)?.[0] === part) return [{ ...plainTerm(part), weak: true }];
    const [, name, rest] = part.match(/^((?:[\w.]*\.)?[A-Z]\w*:)?\s*(.*)$/s);
    return [...(name ? [plainTerm(name)] : []), ...(rest ? partTerms(rest) : [])];
  });
}

function partTerms(part) {
  const [phrase] = withPhrase(fold(part));
  const known = term(part, [...meaning(phrase || fold(part)), needle(fold(part), 1)]);
  if (known.needles.length) return [known];
  return part.split(" ").map(word => ({ ...plainTerm(word), weak: isWeak(word) }));
}

function plainTerm(said) {
  const letters = fold(said).replace(/^[^\p{L}\p{N}_]+|[^\p{L}\p{N}_]+$/gu, "");
  return term(said, [needle(fold(said), 1), needle(letters, 0.95)]);
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
      return [length, [{ ...term(said.join(" "), texts.map(text => needle(text, 1))), step: true }]];
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
  const names = namesOf(folded);
  const stems = names.filter(name => LATIN.test(name)).map(inflected); // the glossary's Japanese and Korean has no endings
  return names.length ? [needle(folded, 1), ...names.map(name => needle(name, 0.95)), ...stems] : [];
}

/* What the glossary calls a term. */
function namesOf(folded) {
  const key = reduced(folded);
  return concepts.get(key) ?? concepts.get(folded) ?? concepts.get(turned(key, "ァ", "ぁ")) ?? [];
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
  const forms = [needle(folded, 1), needle(letters, 0.95), inflected(letters), ...kana.map(text => needle(text, 0.9))];
  const whole = term(said, forms);
  const onlyAsked = CJK.test(letters) && letters.length > A_WORD && !whole.needles.some(({ text }) => pagesSay.includes(text));
  if ((whole.needles.length && !onlyAsked) || isWeak(said)) return [whole];
  const meant = whole.needles.length ? [] : guessed(letters);
  return meant.length ? [term(said, meant.flatMap(word => [...meaning(word), needle(word, 0.6)]))] : apart(letters, whole);
}

/* A word that no page has, in pieces that some have: 勾配を足す is 勾配 and 足, 수치미분오차 is 수치미분 and 오차.
   Where a piece is unknown, the word stays a term, as one that is missing, and a single letter says nothing if it is no term. */
function apart(letters, whole) {
  const [phrase, rest] = withPhrase(letters);
  if (phrase && pieces(rest).every(({ word }) => isWeak(word))) return [term(phrase, meaning(phrase))];
  const found = pieces(letters);
  if (found.whole || (found.length && whole.needles.length)) return found;
  return [...found.filter(({ word }) => word.length > 1 || concepts.has(word)), whole];
}

function pieces(letters) {
  const compounds = (letters.match(COMPOUND) ?? []).filter(word => everything.includes(word));
  const others = compounds.reduce((rest, word) => rest.replace(word, " "), letters);
  const runs = [...compounds, ...(others.match(RUNS) ?? [])].map(run => (LATIN.test(run) ? [run].filter(isWord) : longest(run)));
  const found = runs.flat().map(piece => term(piece, [...meaning(piece), needle(piece, 0.9)]));
  return Object.assign(found, { whole: found.length && runs.every(run => run.length) });
}

/* The longest phrase that the word holds, and what is left beside it. */
function withPhrase(letters) {
  let best = "";
  for (const phrase of phrases) if (phrase.length > best.length && letters.includes(phrase)) best = phrase;
  return [best, letters.split(best || undefined).join(" ")];
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
  KANJI.test(piece) ? everything.includes(piece) || concepts.has(piece) : vocabulary.has(bare(piece)) || concepts.has(reduced(piece));
