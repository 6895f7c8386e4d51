"""True, False, None and types in the sentences of one language that the others know nothing of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from doccheck.base.problem import Problem
from doccheck.page.model import Page

CONSTANT = re.compile(r"True|False|None")
TYPE = re.compile(r"u?int\d+|float\d+|complex\d+|bool|int|float|complex|str|bytes|list|tuple|dict|set")
WORD = re.compile(r"\w+")
Place = tuple[str, str]  # the id of a heading, and a word below it


def check_literals(page: Page, others: Sequence[Page]) -> Iterator[Problem]:
    """Yield the constants that stand in no other language under the same heading, and the types on no other page."""
    if len(others) < 2:
        return
    places = set().union(*map(_places, others))
    words = {word for _, word in places}
    for value in page.values:
        if value.marked or value.problems:
            continue
        heading = page.heading_id(value.line)
        if CONSTANT.fullmatch(value.text) and (heading, value.text) not in places:
            where = f"under #{heading}"
        elif TYPE.fullmatch(value.text) and value.text not in words:
            where = "on this page"
        else:
            continue
        says = f"`{value.text}` stands {where} in no other language"
        yield page.problem(value, says, f"mend it, or write {page.spelling.value.format(value.text)}")


def _places(page: Page) -> set[Place]:
    found = {(page.heading_id(value.line), word) for value in page.values for word in WORD.findall(value.text)}
    for fence in page.fences:
        heading = page.heading_id(fence.line)
        found |= {(heading, word) for word in WORD.findall(fence.source)}
    return found
