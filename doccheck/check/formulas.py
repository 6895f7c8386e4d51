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

    All others have that one, and this page has it nowhere, or less often although it has as many formulas.
    """
    if len(others) < 2:
        return
    own, theirs = _count(page), [_count(other) for other in others]
    shared = [f for f in theirs[0] if len(f) >= SHORT and all(f in other for other in theirs)]
    elsewhere = [" ".join(formula) for other in theirs for formula in other]
    as_many = all(other.total() == own.total() for other in theirs)
    for line, formula in page.formulas:
        tokens = _tokens(formula)
        if len(tokens) < SHORT or any(" ".join(tokens) in other for other in elsewhere):
            continue
        for one in shared:
            lacks = own[one] == 0 or (as_many and own[one] < min(other[one] for other in theirs))
            if lacks and _almost(tokens, one):
                there = next(f for _, f in others[0].formulas if _tokens(f) == one)
                says = f"${formula.strip()}$ stands in no other language, where ${there.strip()}$ stands"
                yield page.problem_in_line(line, says, "make them equal")
                break


def _count(page: Page) -> Counter[Formula]:
    return Counter(_tokens(formula) for _, formula in page.formulas)


@remembered
def _tokens(formula: str) -> Formula:
    """Return what must be the same in all languages: no words, no spaces, no commas."""
    formula = SPACE.sub(" ", WORDS.sub(" ", LOGARITHM.sub(r"\\log ", formula)))
    return tuple(TOKEN.findall(formula.strip().rstrip(".。、")))


def _almost(first: Formula, second: Formula) -> bool:
    """Say whether formulas differ in one sign: it is another one, or only one of them has it."""
    if first == second or abs(len(first) - len(second)) > 1:
        return False
    pairs = enumerate(zip(first, second, strict=False))
    at = next((i for i, (a, b) in pairs if a != b), min(len(first), len(second)))
    rest = first[at + 1 :], second[at + 1 :]
    if len(first) < PLAIN and len(first) == len(second) and first[at].isalpha() and second[at].isalpha():
        return False
    return rest[0] == rest[1] or first[at:] == rest[1] or rest[0] == second[at:]
