/* How a word sounds, by its consonants: パイトーチ, 파이토치 and PyTorch sound alike. Readers write names and terms of
   English in their own letters, each in another way. Part of search-worker.js. */
"use strict";

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

function hear(words, terms) {
  for (const word of words) {
    const sound = sounding(word);
    if (sound.length >= (terms.has(word) ? LEAST.term : LEAST.word)) sounds.set(sound, [...(sounds.get(sound) ?? []), word]);
  }
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
