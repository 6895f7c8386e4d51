"""Formulas of one language that are almost those of the others: a sign, a digit or a letter has slipped."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from doccheck.base.memo import remembered
from doccheck.base.problem import Problem
from doccheck.page.model import Page

Formula = tuple[str, ...]

TOKEN = re.compile(r"\\[a-zA-Z]+|\\.|\S")
WORDS = re.compile(r"\\(?:text|mathrm|operatorname)\{[^{}]*\}")
SPACE = re.compile(r"\\q?quad(?![a-zA-Z])|\\[,;:! ]|,")
LOGARITHM = re.compile(r"\\ln(?![a-zA-Z])")  # schools write it otherwise in each language
SHORT = 3  # a letter alone may stand in one language only
PLAIN = 5  # what is shorter is of other things if it has another letter: t = 0, and z = 0


def check_formulas(page: Page, others: Sequence[Page]) -> Iterator[Problem]:
    """Yield the formulas that no other language has, but for one sign, digit or letter.

    All others have that one under the same heading, and this page has it there less often, or nowhere at all.
    """
    if len(others) < 2:
        return
    own, theirs = _places(page), [_places(other) for other in others]
    on_page, on_theirs = _all(own), [_all(places) for places in theirs]
    known = {sign for formulas in on_theirs for formula in formulas for sign in formula}
    elsewhere = [" ".join(formula) for formulas in on_theirs for formula in formulas]
    for line, formula in page.formulas:
        tokens = _tokens(formula)
        if len(tokens) < 2 or any(" ".join(tokens) in other for other in elsewhere):
            continue
        heading = page.heading_id(line)
        lacks = {f for f in on_theirs[0] if f not in on_page and all(f in formulas for formulas in on_theirs)}
        for place in theirs[0]:
            if place[0] == heading and own[place] < min(places[place] for places in theirs):
                lacks.add(place[1])
        slipped = next((one for one in sorted(lacks) if _almost(tokens, one, known)), None)
        if slipped is not None:
            there = next(f for _, f in others[0].formulas if _tokens(f) == slipped)
            says = f"${formula.strip()}$ stands in no other language, where ${there.strip()}$ stands"
            yield page.problem_in_line(line, says, "make them equal")


def _places(page: Page) -> Counter[tuple[str, Formula]]:
    """Return how often each formula stands under each heading."""
    return Counter((page.heading_id(line), _tokens(formula)) for line, formula in page.formulas)


def _all(places: Counter[tuple[str, Formula]]) -> set[Formula]:
    return {formula for _, formula in places}


@remembered
def _tokens(formula: str) -> Formula:
    """Return what must be the same in all languages: no words, no spaces, no commas."""
    formula = SPACE.sub(" ", WORDS.sub(" ", LOGARITHM.sub(r"\\log ", formula)))
    return tuple(TOKEN.findall(formula.strip().rstrip(".。、")))


def _almost(first: Formula, second: Formula, known: set[str]) -> bool:
    """Say whether formulas differ in one sign: it is another one, or only one of them has it.

    known: the signs of the other languages; with one of these, a short formula is of something else.
    """
    shorter, longer = sorted((first, second), key=len)
    if first == second or len(longer) - len(shorter) > 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    if len(shorter) < len(longer):
        return len(longer) >= SHORT and shorter[at:] == longer[at + 1 :]
    if first[at + 1 :] != second[at + 1 :]:
        return False
    if first[at].isalpha() or second[at].isalpha():
        return len(first) >= PLAIN or first[at] not in known
    return len(first) > 1
