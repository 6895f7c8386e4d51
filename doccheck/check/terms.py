"""The terms of all languages, from one TOML file, and the pages that use another word instead."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from doccheck.base.problem import Problem
from doccheck.base.text import lines
from doccheck.page.model import Page


@dataclass(frozen=True)
class Term:
    """One language's word for a thing, and the words that pages must not use in its place."""

    word: str
    instead_of: tuple[str, ...]


def read_glossary(path: Path, language: str) -> list[Term]:
    """Return the terms of one language; each [[term]] has a word a language, and NAME_not lists others."""
    table = tomllib.loads(path.read_text("utf-8"))
    terms = []
    for term in table.get("term", []):
        if language in term:
            terms.append(Term(term[language], tuple(term.get(f"{language}_not", ()))))
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


@cache
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    parts = []
    for word in words:
        escaped = re.escape(word)
        parts.append(rf"\b{escaped}\b" if word.isascii() else escaped)
    return re.compile("|".join(parts), re.I)
