/* Which page answers a query best. A title counts more than a heading, a heading more than the text; and the section
   that introduces what was asked for counts most. Part of search-worker.js. */
"use strict";

const WORTH = { introduced: 120, title: 100, heading: 70, asked: 50, about: 25, text: 4, titled: 60, phrase: 15, question: 70, same: 1.3, exact: 200 };
const OTHERWISE = 0.3; // Square, square; __len__, len
// These pages name everything; who asks wants to understand first.
const LOOKED_UP = [[/^reference\//, 0.65], [/^glossary\//, 0.45], [/^notation\//, 0.6], [/^symptoms\//, 0.7]];
const BY_NAME = 1.5; // a page whose title is typed, or the reference where it is asked for
const LISTS = /^(?:glossary|symptoms)\//; // that a list has a word says nothing of how rare it is
const LESSON = /^stage\d/;
const NOT_ASKED = { like: new Map(), same: new Set() };
const STEP = /^stage\d\/step/; // begins with a question, which its sections answer
const NEARLY = 0.5; // as good as the beginning: a section that comes before it
const BESIDE = /pitfall|exercise|#(code|run|meaning)$/; // sections that do not say what a thing is
const REFERENCE = /^reference\//;
const EXERCISE = /exercise/; // asks, and does not explain
const IN_EXERCISE = 0.3; // what is introduced there
const WEAK_TERM = 0.25; // of a word that only asks
const LEAST_PART = 0.2; // of a question: a word of it
const COMMON = 0.1; // of a term that all pages have
const PARTIAL = 0.7; // of a page that has one term of many
const ENOUGH = 0.6; // of the best score: shown, although it lacks a term of three or more
const IN_ERROR = 0.4; // the reference, where a message is asked for: it has the words, and no mistake
const SIGN = /^[^\s\x00-\x7f가-힣ぁ-ヺ一-鿿]$/u; // of a formula
const MESSAGES = "symptoms/#messages";
const FIRST = 60; // for the lesson in which a piece of code or a message stands first

/* How much of a heading a term is: 1 if it is nothing else. */
function share(folded, term) {
  return most(term.needles, needle =>
    needle.weight * most(hits(folded, needle), hit => hit.well) * (1 + needle.text.length / folded.length) / 2);
}

/* How much of a question a term is; of a long one, little. */
function part(asked, { needles }) {
  const there = needles.filter(({ text }) => asked.folded.includes(text));
  return most(there, needle => needle.weight * most(asked.folded.split("\n"), folded =>
    most(hits(folded, needle), hit => hit.well) * (LEAST_PART + (1 - LEAST_PART) * (needle.text.length / folded.length) ** 2)));
}

/* How often a term stands in a text; what is less than the word counts less. */
function amount(folded, term) {
  return most(term.needles, needle => needle.weight * hits(folded, needle).reduce((sum, hit) => sum + hit.well, 0));
}

/* How much of what a section explains the term is: all of it, in another form too, or its beginning. */
function explained({ folded, worth }, { needles }) {
  const form = ({ text, stem }) => stem && folded.length < text.length + 4;
  const begun = needles.filter(needle => folded.startsWith(needle.text) && hits(folded, needle).length);
  const part = needle => (form(needle) ? 1 : (needle.text.length / folded.length) ** 2);
  return most(begun, needle => needle.weight * part(needle)) * worth;
}

/* Whether a section defines this name of code. */
function defined(name, { word, needles }) {
  const said = name.toLowerCase();
  return name === word ? 1 : needles.some(({ text }) => text === said || `__${text}__` === said) ? OTHERWISE : 0;
}

const most = (list, value) => list.reduce((best, each) => Math.max(best, value(each)), 0);

/* What a section says of a term, kind by kind. It is about what its page is about. */
function weighed({ location, title, body, about, asked, terms, names }, page, term) {
  const titled = share(page.title.folded, term);
  const introduced = [most(terms, each => explained(each, term)), most(names, each => defined(each, term))];
  return {
    title: title === page.title ? titled * WORTH.title : Math.max(titled, share(title.folded, term)) * WORTH.heading,
    asked: part(asked, term),
    introduced: Math.max(...introduced) * WORTH.introduced * (EXERCISE.test(location) ? IN_EXERCISE : 1),
    about: Math.min(1, amount(about.folded, term)) * WORTH.about,
    amount: amount(body.folded, term),
  };
}

/* Its worth for a reader. Twice as much is not twice as good: of two terms, one must not drown the other. */
const value = ({ title, asked, introduced, about, amount }) =>
  20 * Math.log2(1 + (Math.max(title, asked * WORTH.asked) + introduced + about + WORTH.text * Math.log2(1 + amount)) / 10);

/* All terms in one heading, or the query in one piece in the text, as in an error message, are worth more than each. */
function together({ location, title, body }, { terms, words, folded }) {
  if (terms.length < 2) return 0;
  const titled = !REFERENCE.test(location) && terms.every(term => share(title.folded, term)) ? WORTH.titled : 0;
  return titled + (hits(body.folded, { text: folded }).length ? WORTH.phrase * (words - 1) : 0);
}

/* A page and its sections with their scores. For each term the page has the best that one of its sections has. */
function scored(page, query, { like, same }) {
  const sections = page.map(entry => ({
    entry,
    kinds: query.terms.map(term => weighed(entry, page[0], term)),
    together: together(entry, query),
    like: (like.get(entry) ?? 0) * (same.has(entry) ? WORTH.same : 1),
  }));
  const kinds = query.terms.map((_, i) => ({
    title: most(sections, section => section.kinds[i].title),
    asked: most(sections, section => section.kinds[i].asked),
    introduced: most(sections, section => section.kinds[i].introduced),
    about: most(sections, section => section.kinds[i].about),
    amount: sections.reduce((sum, section) => sum + section.kinds[i].amount, 0),
  }));
  const holds = kinds.map(each => value(each) > 0);
  const best = kind => most(sections, section => section[kind]);
  const isSame = page.some(entry => same.has(entry));
  return { sections, kinds, holds, together: best("together"), like: best("like"), isSame };
}

/* The pages that answer a query, best first: those with all its terms, and any that is better although it lacks one. */
function ranked(pages, query) {
  const said = query.terms.filter(({ weak }) => !weak).length;
  const byNumber = query.terms.every(({ step }) => step);
  const asked = byNumber ? NOT_ASKED : likeness(query.text, said);
  const all = pages.map(page => scored(page, query, asked));
  const told = all.filter(({ sections }) => !LISTS.test(sections[0].entry.location));
  const rarity = query.terms.map(({ weak }, i) =>
    rare(told.filter(page => page.holds[i]).length, told.length) * (weak ? WEAK_TERM : 1));
  if (query.terms[0].code || query.error) markFirst(all, query);
  const exactly = wordForWord.get(query.folded);
  if (exactly && (said > 1 || SIGN.test(query.text))) markAsked(all, exactly);
  const allRarity = rarity.reduce((sum, each) => sum + each, 0);
  const covered = ({ holds }) => holds.reduce((sum, held, i) => sum + (held ? rarity[i] : 0), 0) / allRarity;
  const lacking = page => PARTIAL + (1 - PARTIAL) * covered(page);
  const total = ({ kinds, together, like }) =>
    kinds.reduce((sum, each, i) => sum + rarity[i] * value(each), together + like * WORTH.question * allRarity);
  const asksForReference = query.terms.some(({ word }) => FOR_REFERENCE.has(fold(word)));
  const worth = page => {
    const { location: place, title } = page.sections[0].entry;
    if (title.folded === query.folded) return BY_NAME;
    if (asksForReference && REFERENCE.test(place)) return BY_NAME;
    if (page.isSame && !REFERENCE.test(place)) return 1;
    return query.error && REFERENCE.test(place) ? IN_ERROR : (LOOKED_UP.find(([pages]) => pages.test(place))?.[1] ?? 1);
  };
  const onlyWeak = query.terms.every(({ weak }) => weak);
  for (const page of all) {
    page.score = worth(page) * lacking(page) * total(page);
    page.count = page.holds.filter((held, i) => held && (!query.terms[i].weak || onlyWeak)).length;
    for (const section of page.sections) section.score = worth(page) * lacking(page) * total(section);
    if (!byNumber && page.sections[0].entry.title.folded !== query.folded) answerFirst(page.sections, exactly);
  }
  const fullest = most(all, page => page.count);
  const best = most(all.filter(page => page.count === fullest), page => page.score);
  const enough = query.terms.length > 2 ? ENOUGH * best : best;
  return all
    .filter(page => page.count && (page.count === fullest || page.score > enough))
    .sort((a, b) => b.score - a.score);
}

/* Who types a question of a section word for word, of more than a term, or a sign, is led there, whatever else has it. */
function markAsked(all, asked) {
  const page = all.find(({ sections }) => sections.some(({ entry }) => entry === asked));
  if (page) for (const each of [page, page.sections.find(({ entry }) => entry === asked)]) each.together += WORTH.exact;
}

/* The beginning of a step says what it is about and asks; where a section answers about as well, that one comes first. */
function answerFirst([beginning, ...sections], asked) {
  if (!STEP.test(beginning.entry.location)) return;
  const answersIt = ({ entry, score }) =>
    score >= NEARLY * beginning.score && (entry === asked || !BESIDE.test(entry.location));
  const answers = sections.filter(answersIt);
  const best = answers.sort((a, b) => b.score - a.score)[0];
  if (best?.score < beginning.score) [beginning.score, best.score] = [best.score, beginning.score];
}

/* What a piece of code means, or a message, is explained where it stands first, and in the lessons, which come in their
   order. Of a message that stands nowhere as it is, the list of messages has others of its kind. */
function markFirst(all, { folded, error }) {
  const holds = ({ entry, kinds }) => (error ? hits(entry.body.folded, { text: folded }).length : kinds[0].amount);
  const explains = section => holds(section) && !EXERCISE.test(section.entry.location);
  const page = all.find(({ sections }) => LESSON.test(sections[0].entry.location) && sections.some(explains));
  const list = all.find(({ sections }) => sections[0].entry.location === MESSAGES.split("#")[0]);
  const section = page?.sections.find(explains) ?? (error && list?.sections.find(each => each.entry.location === MESSAGES));
  if (section) for (const each of [page ?? list, section]) each.together += FIRST;
}

/* 1 for a term that a single page has, and the less the more pages have it; but a title that says it counts even so. */
const rare = (few, all) => COMMON + (1 - COMMON) * Math.log(1 + all / Math.max(1, few)) / Math.log(1 + all);
