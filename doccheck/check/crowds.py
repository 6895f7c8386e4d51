"""Marks by the thousand in one paragraph: Markdown readers try each with each other, which takes minutes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from doccheck.base.problem import Problem
from doccheck.base.text import blank, lines
from doccheck.page.model import Page

MARKS = "[]()!*_`<>$~^=&\\{}|:"
MOST = 1000  # in one paragraph; the fullest table has a tenth of it


def check_crowds(page: Page) -> Iterator[Problem]:
    """Yield paragraphs that a renderer would think about for minutes."""
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
