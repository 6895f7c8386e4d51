"""The terms of all languages, from one TOML file: where pages must have them, and no other word in their place."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from doccheck.base.problem import Problem
from doccheck.base.settings import read_table
from doccheck.base.text import lines
from doccheck.page.model import Page


@dataclass(frozen=True)
class Term:
    """One language's word for a thing, and the words that pages must not use in its place.

    must: the pages, below the folder of each language and without their endings, that must have the term; the first
    one introduces it. beside: what must stand in brackets behind it there, any of these; nothing where it is empty.
    """

    word: str
    instead_of: tuple[str, ...]
    must: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


def read_glossary(path: Path, language: str, scripts: Collection[str] = ()) -> list[Term]:
    """Return the terms of one language; each [[term]] has a word a language, and NAME_not lists others.

    must lists pages. scripts: the languages that are not written in Latin letters; they say the word of one that is.
    """
    table = read_table(path)
    terms = []
    for term in table.get("term", []):
        if language in term:
            others = [name for name in term if "_" not in name and name not in ("must", language, *scripts)]
            beside = [word for name in others for word in (term[name], *term.get(f"{name}_also", ()))]
            terms.append(
                Term(
                    term[language],
                    tuple(term.get(f"{language}_not", ())),
                    tuple(term.get("must", ())),
                    tuple(beside) if language in scripts else (),
                )
            )
    return terms


def check_terms(page: Page, terms: tuple[Term, ...], glossary: str) -> Iterator[Problem]:
    """Yield the words of a page that stand for a term of the glossary."""
    others = tuple(other for term in terms for other in term.instead_of)
    if not others or not _any_of(others).search(page.prose):  # as almost always
        return
    for number, line in enumerate(lines(page.prose), 1):
        for term in terms:
            for other in term.instead_of:
                if found := _any_of((other,)).search(line):
                    says = f"say {term.word}, not {found[0]} ({glossary})"
                    yield page.problem_in_line(number, says, "or change the glossary")


def check_musts(page: Page, terms: tuple[Term, ...], glossary: str) -> Iterator[Problem]:
    """Yield the terms of the glossary that a page must introduce, or use, and that are not there."""
    place = page.name.rpartition(".")[0]
    for term in terms:
        here = [i for i, name in enumerate(term.must) if place.endswith(f"/{name}")]
        if not here:
            continue
        if here[0] > 0:
            if not re.search(_flowing(term.word), page.prose, re.I):
                says = f"this page must speak of {term.word} ({glossary})"
                yield page.problem_of_file(says, "use the word, or change the glossary")
        elif not (bold := re.search(rf"\*\*{_flowing(term.word)}(?:e?s)?\*\*", page.prose, re.I)):
            says = f"this page must introduce {term.word} ({glossary})"
            yield page.problem_of_file(says, f"explain it, and write **{term.word}** there, or change the glossary")
        elif term.beside and not _follows(page.prose[bold.end() :], term.beside):
            says = f"nothing says behind **{term.word}** what it is in other languages ({glossary})"
            yield page.problem_at(bold.start(), says, f"write ({term.beside[0]}) behind it, or change the glossary")


def _follows(text: str, words: tuple[str, ...]) -> bool:
    """Whether one of the words stands in brackets at the beginning of a text."""
    brackets = re.match(r"\s*[(（]([^)）]*)", text)
    return brackets is not None and any(re.search(_flowing(word), brackets[1], re.I) for word in words)


def _flowing(words: str) -> str:
    """A pattern for words between which a line may end."""
    return re.escape(words).replace(r"\ ", r"\s+")


@cache
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    parts = []
    for word in words:
        escaped = re.escape(word)
        parts.append(rf"\b{escaped}\b" if word.isascii() else escaped)
    return re.compile("|".join(parts), re.I)
