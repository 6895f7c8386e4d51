"""What a sentence says of a name of the page: a constant or a type needs its expression, as a number does."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

from doccheck.base.names import attribute_names, module_names
from doccheck.base.problem import Problem
from doccheck.check.literals import CONSTANT, TYPE
from doccheck.check.names import NAME
from doccheck.page.model import Page
from doccheck.page.values import Value

# where a clause ends: at a mark with a space or a letter of another script behind it, at a new item or paragraph
CLAUSE = re.compile(r"[.;:!?,](?=\s)|[—(–]|[。、，：；！？（「]|\n[ \t]*(?:\n|[-*+|#>][ \t]|\d+\.[ \t])")
# what stands for inline code: the subject of a clause, what is said of it, and any other
SIGNS = {"NAME": "\ue000", "VALUE": "\ue001"}
OTHER = "\ue002"
BEHIND = 24  # characters behind the constant, for languages in which the verb follows
TUPLE = re.compile(
    r"(?<![\w\])])\((?:[-−]?\d+, ?)+(?:[-−]?\d+)?\)|(?<![\w\])])\[[-−]?\d+(?:, ?[-−]?\d+)*\](?![\[(])", re.A
)


def check_statements(page: Page, says: str) -> Iterator[Problem]:
    """Yield the constants and types that a sentence says of a name of the page, and that nothing computes.

    says: how the page's language says it, as a regular expression with NAME and VALUE. It is searched from the
    beginning of the clause in which NAME stands to a few characters behind VALUE. Other inline code does not match.
    """
    if not says:
        return
    pattern = _pattern(says)
    for before, value in zip(page.values, page.values[1:], strict=False):
        if value.marked or value.problems or not (CONSTANT.fullmatch(value.text) or TYPE.fullmatch(value.text)):
            continue
        name = NAME.match(before.text)
        if name is None or before.marked or TYPE.fullmatch(name[0]) or name[0] not in _bound(page, value.start):
            continue
        if pattern.search(_clause(page, before, value)):
            says_so = f"nothing computes that {before.text} is `{value.text}`"
            yield page.problem(value, says_so, f"write {page.spelling.value.format(value.text)}")


def check_tuples(page: Page) -> Iterator[Problem]:
    """Yield the shapes, points and lists in plain words that neither code nor formulas of the page have."""
    confirmed = "".join([*(fence.source for fence in page.fences), *(v.text for v in page.values)])
    confirmed += "".join(formula for _, formula in page.formulas)
    known = _plain(confirmed)
    for match in TUPLE.finditer(page.prose):
        if _plain(match[0]) not in known:
            remedy = f"write {page.spelling.value.format(match[0])}"
            yield page.problem_at(match.start(), f"{match[0]} stands in a sentence unchecked", remedy)


def _plain(text: str) -> str:
    return re.sub(r"\s|\\[,;:! ]?", "", text).replace("−", "-")


@cache
def _pattern(says: str) -> re.Pattern[str]:
    for word, sign in SIGNS.items():
        says = says.replace(word, sign)
    return re.compile(says, re.I | re.S)


def _clause(page: Page, subject: Value, value: Value) -> str:
    """Return the clause from its beginning to a little behind a constant, with signs for inline code."""
    ends = [match.end() for match in CLAUSE.finditer(page.text, max(0, subject.start - 300), subject.start)]
    start = ends[-1] if ends else max(0, subject.start - 300)
    parts, at = [], start
    first = bisect_left([v.start for v in page.values], start)
    for code in page.values[first:]:
        if code.start > value.start:
            break
        sign = SIGNS["NAME"] if code is subject else SIGNS["VALUE"] if code is value else OTHER
        parts += [page.text[at : code.start], sign]
        at = code.end
    behind = page.text[at : at + BEHIND].partition("\n\n")[0]
    return " ".join("".join([*parts, behind.partition("`")[0]]).split())


def _bound(page: Page, at: int) -> set[str]:
    """Return the names that the programs above a place of the page give a meaning, attributes among them."""
    found: set[str] = set()
    for fence in page.fences:
        if fence.start < at and fence.kind.is_example:
            found |= module_names(fence.source) | attribute_names(fence.source)
    return found
