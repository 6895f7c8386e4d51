"""The terms of docs/glossary.toml that the site's glossary explains, in one language."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from website.lookup.tables import read_rows

KANA = {ord("ァ") + i: ord("ぁ") + i for i in range(86)}  # katakana sorts as hiragana
VOICED = str.maketrans(
    "がぎぐげござじずぜぞだぢづでどばびぶべぼぱぴぷぺぽぁぃぅぇぉっゃゅょー",
    "かきくけこさしすせそたちつてとはひふへほはひふへほあいうえおつやゆよ ",
)
ROWS = (
    "あいうえお",
    "かきくけこ",
    "さしすせそ",
    "たちつてと",
    "なにぬねの",
    "はひふへほ",
    "まみむめも",
    "やゆよ",
    "らりるれろ",
    "わをん",
)
INITIALS = (
    "ㄱㄱㄴㄷㄷㄹㅁㅂㅂㅅㅅㅇㅈㅈㅊㅋㅌㅍㅎ"  # of the syllables of Hangul, in their order; doubled ones with the plain
)
SYLLABLES = 588  # that begin alike
OTHER = "#"


@dataclass(frozen=True)
class Term:
    """A term: what it is called in each language that has a word for it, what it is, and which pages have it.

    address: its place on the page of the glossary, the same in every language. reading: how a Japanese term is read,
    or "". torch: what PyTorch calls it, or "". linked: whether pages lead to it. must: the pages that have it.
    """

    address: str
    word: str
    words: dict[str, str]
    sentence: str
    reading: str
    torch: str
    linked: bool
    must: tuple[str, ...]

    @property
    def sorted_as(self) -> str:
        """What the term is sorted by: in Japanese how it is read, without what marks voice or length."""
        return (self.reading or self.word).lower().translate(KANA).translate(VOICED)

    @property
    def letter(self) -> str:
        """Under which letter it stands."""
        first = self.sorted_as[0]
        for row in ROWS:
            if first in row:
                return row[0]
        if "가" <= first <= "힣":
            return INITIALS[(ord(first) - ord("가")) // SYLLABLES]
        return first.upper() if first.isascii() and first.isalpha() else OTHER


def read_terms(path: Path, lang: str, languages: list[str]) -> list[Term]:
    """Return the terms that have a sentence in this language, sorted as its readers look them up."""
    found: dict[str, Term] = {}
    for term in read_rows(path, "term"):
        if f"{lang}_is" in term and (address := slug(term["en"])) not in found:
            found[address] = _term(term, address, lang, languages)
    return sorted(found.values(), key=lambda term: (term.letter == OTHER, term.sorted_as))


def _term(table: dict[str, Any], address: str, lang: str, languages: list[str]) -> Term:
    return Term(
        address,
        table[lang],
        {language: table[language] for language in languages if language in table},
        table[f"{lang}_is"],
        table.get(f"{lang}_reading", ""),
        table.get("torch_is", ""),
        not table.get("unlinked_is", False),
        tuple(table.get("must", ())),
    )


def slug(english: str) -> str:
    """Return the address that a term has on the page of the glossary."""
    return re.sub(r"[^a-z0-9]+", "-", english.lower()).strip("-")
