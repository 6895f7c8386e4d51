"""Indented text: code to Markdown, unless a list, a box or a tab above holds it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from doccheck.base.problem import Problem
from doccheck.base.text import blank, lines
from doccheck.page.model import Page

CONTAINER = re.compile(r"[ \t]*(?:!!!|\?\?\?\+?|===[+!]?|///|[-*+]|\d+[.)]|\[\^[^\]]+\]:)(?:[ \t]|$)")
INDENTED = re.compile(r"^(?P<indent> {4,}| {0,3}\t[ \t]*)\S", re.M)
DEEPEST = 20  # lists in lists; a renderer takes minutes for a thousand
CODE_INDENT = 8  # text so far behind what holds it is code there, too


def check_indents(page: Page) -> Iterator[Problem]:
    """Yield indented text and indented fences that nothing holds."""
    rows = lines(blank(page.text, page.hidden()))
    held, depths = _held(rows)
    for index, depth in enumerate(depths):
        if depth > DEEPEST:
            says = f"this line stands in {depth} others, each indented more than the one above it"
            yield page.problem_in_line(index + 1, says, f"nest at most {DEEPEST} deep")
            return
    for index, row in enumerate(rows):
        below_an_empty_line = index == 0 or not rows[index - 1].strip()
        if INDENTED.match(row) and below_an_empty_line and index not in held:
            says = "indented text is code that nobody runs"
            yield page.problem_in_line(index + 1, says, "write a fence, or unindent it")
    held, _ = _held(lines(page.text))
    for fence in page.fences:
        indent = fence.prefix.expandtabs(4)
        if indent.strip(" ") or not indent:
            continue
        if len(indent) % 4 or fence.line - 1 not in held:
            says = "this fence is indented but stands in no list, box or tab"
            yield page.problem(fence, says, "unindent it")


def _held(rows: Sequence[str]) -> tuple[set[int], list[int]]:
    """Return the indexes of rows that a less indented list item, box or tab above holds, and how deep each stands."""
    held: set[int] = set()
    depths = [0] * len(rows)
    above: list[tuple[int, bool]] = []  # width and whether it is a container, of ever more indented rows
    for index, row in enumerate(rows):
        if not row.strip():
            continue
        width = _width(row)
        while above and above[-1][0] >= width:
            above.pop()
        depths[index] = len(above)
        inner = width
        for outer, is_container in reversed(above):
            if is_container and inner - outer < CODE_INDENT:
                held.add(index)
                break
            inner = outer
        above.append((width, CONTAINER.match(row) is not None))
    return held, depths


def _width(row: str) -> int:
    expanded = row.expandtabs(4)
    return len(expanded) - len(expanded.lstrip(" "))
