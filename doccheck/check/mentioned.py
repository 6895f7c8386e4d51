"""Names that slipped in one language: x.data where the others say x.grad, or output where they say outputs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from doccheck.base.problem import Problem
from doccheck.check.names import names
from doccheck.page.mentions import dotted_names
from doccheck.page.model import Page

SHORT = 4  # letters; shorter names, such as x0 and x1, are alike and mean other things


def check_mentioned(page: Page, others: Sequence[Page]) -> Iterator[Problem]:
    """Yield the names that stand under a heading in place of another one.

    The page has the one there more often than any other language, and the other, which is like it, less often than
    all of them: dotted names begin or end alike, others differ in a letter. Or no other language has the one there at
    all, and it differs in a letter from one that all of them have. How often a name stands is free otherwise:
    sentences differ.
    """
    if len(others) < 2:
        return
    own, theirs = _by_heading(page), [_by_heading(other) for other in others]
    for value in page.values:
        heading = page.heading_id(value.line)
        here, there = own[heading], [places[heading] for places in theirs]
        for name in () if value.marked or value.problems else _names(value.text):
            if here[name] <= max(counts[name] for counts in there):
                continue
            alone = not any(counts[name] for counts in there)
            meant = None
            for other in sorted(there[0]):
                least = min(counts[other] for counts in there)
                slipped = alone and least and "." not in name and _differ_in_a_letter(name, other)
                if slipped or (here[other] < least and _alike(name, other)):
                    meant = other
                    break
            if meant is not None:
                says = f"{name} stands under #{heading} where all other languages say {meant}"
                yield page.problem(value, says, "make them equal")


def _by_heading(page: Page) -> defaultdict[str, Counter[str]]:
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for value in page.values:
        if not value.marked and not value.problems:
            found[page.heading_id(value.line)].update(_names(value.text))
    return found


def _names(text: str) -> list[str]:
    return [*names(text), *dotted_names(text)]


def _alike(first: str, second: str) -> bool:
    if first == second:
        return False
    if "." in first and "." in second:
        a, b = first.split("."), second.split(".")
        return a[0] == b[0] or a[-1] == b[-1]
    return _differ_in_a_letter(first, second)


def _differ_in_a_letter(first: str, second: str) -> bool:
    if first.lower() == second.lower():
        return False  # a class and its function
    shorter, longer = sorted((first, second), key=len)
    if len(shorter) < SHORT:
        return False
    at = next((i for i, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    if len(shorter) < len(longer):
        return shorter[at:] == longer[at + 1 :]
    swapped = first[at : at + 2] == second[at : at + 2][::-1] and first[at + 2 :] == second[at + 2 :]
    return swapped or first[at + 1 :] == second[at + 1 :]
