"""Dotted names that slipped in one language: x.data where the others say x.grad."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from doccheck.base.problem import Problem
from doccheck.page.mentions import dotted_names
from doccheck.page.model import Page


def check_mentioned(page: Page, others: Sequence[Page]) -> Iterator[Problem]:
    """Yield the dotted names that stand under a heading in place of another one.

    The page has the one there more often than any other language, and the other, which begins or ends alike, less
    often than all of them. How often a name stands is free otherwise: sentences differ.
    """
    if len(others) < 2:
        return
    own, theirs = _by_heading(page), [_by_heading(other) for other in others]
    for value in page.values:
        heading = page.heading_id(value.line)
        here, there = own[heading], [places[heading] for places in theirs]
        for name in () if value.marked or value.problems else dotted_names(value.text):
            if here[name] <= max(counts[name] for counts in there):
                continue
            lacks = (other for other in there[0] if here[other] < min(counts[other] for counts in there))
            meant = next((other for other in sorted(lacks) if _alike(name, other)), None)
            if meant is not None:
                says = f"{name} stands under #{heading} where all other languages say {meant}"
                yield page.problem(value, says, "make them equal")


def _by_heading(page: Page) -> defaultdict[str, Counter[str]]:
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for value in page.values:
        if not value.marked and not value.problems:
            found[page.heading_id(value.line)].update(dotted_names(value.text))
    return found


def _alike(first: str, second: str) -> bool:
    a, b = first.split("."), second.split(".")
    return a[0] == b[0] or a[-1] == b[-1]
