"""Marks by the thousand in one paragraph: Markdown readers try each with each other, which takes minutes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from doccheck.base.problem import Problem
from doccheck.base.text import blank, lines
from doccheck.page.model import Page

MARKS = "[]()!*_`<>$~^=&\\{}|:"
MOST = 1000  # in one paragraph; the fullest table has a tenth of it
MOST_IN_A_VALUE = 10_000  # a renderer is given each as an entity, so that it takes none for markup


def check_crowds(page: Page) -> Iterator[Problem]:
    """Yield paragraphs and inline code that a renderer would think about for minutes."""
    counted: Counter[str] = Counter()
    rows = lines(blank(page.text, page.hidden()))
    for index, row in enumerate(rows):
        if not row.strip():
            counted.clear()
            continue
        counted.update(sign for sign in row if sign in MARKS)
        crowded = [sign for sign, count in counted.items() if count > MOST]
        if crowded:
            says = f"this paragraph has more than {MOST} of the sign {crowded[0]!r}"
            yield page.problem_in_line(index + 1, says, "split it, or put such text into a fence")
            return
    for value in page.values:
        if sum(not c.isalnum() and c not in " ." for c in value.text + (value.expr or "")) > MOST_IN_A_VALUE:
            says = f"this inline code has more than {MOST_IN_A_VALUE} signs that are no letters and no digits"
            yield page.problem(value, says, "split it, or put such text into a fence")
            return
