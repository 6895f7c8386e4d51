"""The languages of a page against one another: same structure, same programs, same values."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from doccheck.base.assertions import demands
from doccheck.base.problem import Problem, Spot
from doccheck.base.same_program import parses, syntax_tree
from doccheck.base.settings import Settings
from doccheck.base.text import counted, first_difference, unseen
from doccheck.page.fences import expected_errors
from doccheck.page.kinds import Shared
from doccheck.page.model import Heading, Page, pages_below

BOX = re.compile(r"</?(?:details|div|figure|p|section|summary|table)\b[^>]*>")


class Item(NamedTuple):
    """One thing that the languages must share: what is compared, how to show it, and its line.

    unreadable: it is a program that is not valid Python, so that nobody knows what it shares.
    """

    key: tuple[object, ...]
    shown: str
    line: int
    unreadable: bool = False


def check_structure(page: Page, others: Sequence[Page]) -> Iterator[Problem]:
    """Yield where the same page of the other languages is built otherwise than this one, naming every place."""
    yield from _compare(STRUCTURE, page, others)


def check_texts(page: Page, others: Sequence[Page]) -> Iterator[Problem]:
    """Yield where outputs and values say something else in the other languages."""
    yield from _compare(TEXTS, page, others)


def _compare(what: Mapping[str, Callable[[Page], list[Item]]], page: Page, others: Sequence[Page]) -> Iterator[Problem]:
    for name, items in what.items():
        rows = [(p, items(p)) for p in [page, *others]]
        length = max(len(found) for _, found in rows)
        for index in range(length):
            row = [(p, found[index] if index < len(found) else None) for p, found in rows]
            if any(item is not None and item.unreadable for _, item in row):
                continue  # said where it stands
            if len({item.key if item else None for _, item in row}) > 1:
                yield _problem(page, name, index, row)
                break  # what comes after is shifted


def _problem(page: Page, what: str, index: int, row: list[tuple[Page, Item | None]]) -> Problem:
    def place(p: Page, item: Item | None, shown: str) -> str:
        at = p.start_of(item.line) if item else len(p.text)
        return f"{p.where(at)} has {shown}"

    own = row[0][1]
    at = page.start_of(own.line) if own else len(page.text)
    places = "; ".join(
        place(p, item, shown) for (p, item), shown in zip(row, _where_they_differ(what, row), strict=True)
    )
    return page.problem_at(at, f"{what} {index + 1} is not the same in all languages: {places}", "make them equal")


def _where_they_differ(what: str, row: list[tuple[Page, Item | None]]) -> list[str]:
    """Return for each language the first line in which what it shows differs from the others."""
    bare = _bare if what == "program" else str
    texts = [bare(item.shown).rstrip("\n").split("\n") if item else [] for _, item in row]
    found = first_difference(*texts)
    rows = found.lines if found else [text[0] for text in texts]
    said = []
    for (_, item), text, line in zip(row, texts, rows, strict=True):
        if item is None:
            said.append("none")
        elif line is None:
            said.append("no further line")
        else:
            shown_line = line if len(text) == 1 else repr(line)
            others = [other for other in rows if other != line]
            said.append(shown_line + (unseen(line, others[0]) if others else ""))
    return said


def check_files(settings: Settings, folder: Path) -> Iterator[Problem]:
    """Yield the pages of a folder of one language, its sub-folders included, that another language lacks.

    A page that is missing in folder itself is reported too.
    """
    language = settings.language(folder)
    if language is None:
        return
    inner = folder.relative_to(settings.docs / language)
    names = {
        name: {p.relative_to(settings.docs / name) for p in pages_below(settings.docs / name / inner)}
        for name in settings.languages
    }
    for page in sorted(set().union(*names.values())):
        missing = [settings.name(settings.docs / name / page) for name in names if page not in names[name]]
        there = [settings.name(settings.docs / name / page) for name in names if page in names[name]]
        if missing:
            says = f"this page has no {' and no '.join(missing)}"
            yield Problem(Spot(there[0], f"{there[0]}:1"), 0, says, f"write it, or delete {' and '.join(there)}")


def _headings(page: Page) -> list[Item]:
    return [Item((h.level, h.id, *_title_digits(h)), f"{'#' * h.level} {h.text}", h.line) for h in page.headings]


def _title_digits(heading: Heading) -> list[str]:
    """Return the numbers of a page's title, "Step 4" in any language; other headings are free."""
    return re.findall(r"\d+", heading.title) if heading.level == 1 else []


def _fences(page: Page) -> list[Item]:
    return [
        Item(
            (f.kind.name, tuple(sorted(f.options.items()))),
            " ".join([f"kind {f.kind.name}", *f.options.values()]),
            f.line,
        )
        for f in page.fences
    ]


def _programs(page: Page) -> list[Item]:
    errors = expected_errors(page.fences)
    items = []
    for fence in page.fences:
        if fence.kind.shared in (Shared.PROGRAM, Shared.CHECK):
            unreadable = fence.start not in errors and not parses(fence.source)
            key = syntax_tree(fence.source) if fence.kind.shared is Shared.PROGRAM else demands(fence.source)
            items.append(Item((key,), fence.source, fence.line, unreadable))
    return items


def _outputs(page: Page) -> list[Item]:
    """Texts that are the same in all languages; under a wrong answer stands a message of the check in the page's."""
    shown = [f for f in page.fences if f.kind.shared is Shared.TEXT and not f.hidden]
    return [Item((f.source,), f.source, f.line) for f in shown]


def _values(page: Page) -> list[Item]:
    return [Item(item.key[:3], item.shown, item.line) for item in _value_texts(page)]


def _value_texts(page: Page) -> list[Item]:
    """Values in order, each with the number of fences above it: two that change places would pass for checked."""
    starts = [fence.start for fence in page.fences]
    items = []
    for v in page.values:
        if v.marked:
            gap = sum(start < v.start for start in starts)
            items.append(
                Item(
                    (gap, v.kind, v.expr, v.text),
                    f"`{v.text}` ({v.expr or 'quoted'}) after {counted(gap, 'fence')}",
                    v.line,
                )
            )
    return items


def _images(page: Page) -> list[Item]:
    """Pictures by name and, where the page itself stores them, by content."""
    return [Item((src, page.stored(src)), src, line) for line, src, _ in page.images]


def _boxes(page: Page) -> list[Item]:
    return [Item((found[0],), found[0], page.line(found.start())) for found in BOX.finditer(page.plain)]


def _bare(source: str) -> str:
    """Return a program without its comments, which are in the page's language."""
    try:
        return ast.unparse(ast.parse(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return source


STRUCTURE: Mapping[str, Callable[[Page], list[Item]]] = {
    "heading": _headings,
    "fence": _fences,
    "program": _programs,
    "value": _values,
    "picture": _images,
    "box": _boxes,
}
TEXTS: Mapping[str, Callable[[Page], list[Item]]] = {"output": _outputs, "value": _value_texts}
