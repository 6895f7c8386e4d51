/* What was meant by a word that no page has: one with a slip less, or one that sounds alike. Readers write names and terms
   of English in their own letters, each in another way: パイトーチ, 파이토치. Part of search-worker.js. */
"use strict";

const LETTERS = /^[a-z]{3,}$/;

const KANA = { K: "カキクケコガギグゲゴ", S: "サシスセソザジズゼゾチヂ", T: "タテトダデドツヅ", N: "ナニヌネノン", M: "マミムメモ" };
Object.assign(KANA, { P: "バビブベボパピプペポフヴ", R: "ラリルレロ" });
const INITIALS = "KKNTTRMPPSS.SSSKTP."; // of Hangul, in the order of its letters; a point stands for none
const FINALS = ".KKKNNNTRRRRRRRRMPPTTNTTKTP.";
const ENGLISH = [
  [/([a-z])\1/g, "$1"],
  [/[st]ion/g, "S.N"],
  [/tch|[cst]h|dge|ge$/g, "S"],
  [/ng$/, "N"],
  [/c(?=[eiy])/g, "S"],
  [/ck|qu|[cgkq]/g, "K"],
  [/x/g, "KS"],
  [/ph|[bfpv]/g, "P"],
  [/[jsz]/g, "S"],
  [/[dt]/g, "T"],
  [/r(?=[aeiouy])|l/g, "R"],
  [/m/g, "M"],
  [/n/g, "N"],
];
const LEAST = { term: 3, word: 4 }; // consonants; with fewer too many words sound alike

const sounds = new Map(); // of each word of the pages
const guesses = new Map(); // of each word that was asked for
let words = null; // each term and word, with its letters: made when a first word is unknown

function guessed(word) {
  if (!words) learnToGuess();
  if (!guesses.has(word)) guesses.set(word, guess(word));
  return guesses.get(word);
}

function guess(word) {
  const one = nearest(word);
  return one ? [one] : ([word, bare(word)].map(soundingLike).find(found => found.length) ?? []);
}

/* The text with the slips mended that hide a term of several words: linear regresion. */
function corrected(text) {
  const words = text.split(" ");
  for (let length = Math.min(LONGEST, words.length); length > 1; length--)
    for (let at = 0; at + length <= words.length; at++) {
      const said = words.slice(at, at + length).map(word => word.toLowerCase());
      if (!said.every(word => /^[a-z]{3,}$/.test(word)) || said.every(word => everything.includes(word))) continue;
      const meant = said.map(word => (everything.includes(word) ? word : (guessed(word)[0] ?? word)));
      if (!meaning(said.join(" ")).length && meaning(meant.join(" ")).length) words.splice(at, length, ...meant);
    }
  return words.join(" ");
}

function learnToGuess() {
  words = [...new Set([...concepts.keys(), ...vocabulary])].map(word => [word, spelt(word)]);
  for (const [word] of words) {
    const sound = LETTERS.test(word) ? sounding(word) : "";
    if (sound.length >= (concepts.has(word) ? LEAST.term : LEAST.word)) sounds.set(sound, [...(sounds.get(sound) ?? []), word]);
  }
}

/* What has the fewest slips between it and the word that was typed: one, or two in a long word. Of Hangul the letters of
   each syllable count: 여전파 is one away from 역전파. */
function nearest(word) {
  const typed = [spelt(reduced(word)), spelt(word)];
  const length = typed[1].length;
  let best = null;
  if (/[\u3400-\u9fff]/.test(word) && /[ぁ-ゖ]/.test(word)) return null; // 消える is no slip of 増える
  const [one, two] = HANGUL.test(word) ? [5, 14] : [4, 8];
  let least = length < one ? 1 : length < two ? 2 : 3;
  for (const [candidate, spelling] of words)
    for (const each of concepts.has(candidate) ? typed : typed.slice(1)) {
      const count = Math.abs(spelling.length - each.length) < least ? slips(each, spelling) : least;
      if (count < least) [best, least] = [candidate, count];
    }
  return best;
}

const spelt = word => (HANGUL.test(word) ? word.normalize("NFD") : word);

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

/* The words of the pages that sound like one in Japanese or Korean letters. */
const soundingLike = word => (/^(?:[ァ-ヺ]+|[가-힣]+)$/.test(word) ? (sounds.get(sounding(word)) ?? []) : []);

function sounding(word) {
  const sound = /[a-z]/.test(word) ? inLatin(word) : [...word].map(letter => inHangul(letter) ?? inKana(letter)).join("");
  return sound.replace(/RR/g, "R").replace(/[^A-Z]/g, "").replace(/M(?=P)/g, "N").replace(/NK$/, "N");
}

const inLatin = word => ENGLISH.reduce((sound, [letters, same]) => sound.replace(letters, same), word);
const inKana = letter => `${Object.keys(KANA).find(sound => KANA[sound].includes(letter)) ?? ""}.`;

function inHangul(letter) {
  const at = letter.charCodeAt(0) - "가".charCodeAt(0);
  if (at >= 0) return `${INITIALS[Math.floor(at / 588)]}.${FINALS[at % 28]}`.replace(/^\.|\.$/g, "");
}
