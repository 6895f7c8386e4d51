"""The languages of a page against one another: same structure, same programs, same values."""

from __future__ import annotations

import ast
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from doccheck.base.assertions import demands
from doccheck.base.problem import Problem, Spot
from doccheck.base.same_program import parses, syntax_tree
from doccheck.base.settings import Settings
from doccheck.base.text import counted, first_difference, unseen
from doccheck.page.fences import expected_errors
from doccheck.page.kinds import Shared
from doccheck.page.model import Heading, Page, pages_below

BOX = re.compile(r"</?(?:details|div|figure|p|section|summary|table)\b[^>]*>")


@dataclass(frozen=True)
class Item:
    """One thing that the languages must share: what is compared, how to show it, and its line.

    unreadable: it is not valid by itself, as a program with a slip, so that nobody knows what it shares.
    """

    key: tuple[object, ...]
    shown: str
    line: int
    unreadable: bool = False


@dataclass(frozen=True)
class Cell:
    """What one page has in a row of the comparison; item is None where the page has no more."""

    page: Page
    item: Item | None

    @property
    def key(self) -> tuple[object, ...] | None:
        """What is compared."""
        return None if self.item is None else self.item.key

    @property
    def at(self) -> int:
        """Where it stands, or would stand."""
        if self.item is None:
            return len(self.page.text)
        return self.page.start_of(self.item.line)


def check_structure(page: Page, others: Sequence[Page]) -> Iterator[Problem]:
    """Yield where the page differs in structure from the same page in other languages, naming every place."""
    yield from _compare(STRUCTURE, page, others)


def check_texts(page: Page, others: Sequence[Page]) -> Iterator[Problem]:
    """Yield where outputs and values differ from those in other languages."""
    yield from _compare(TEXTS, page, others)


def _compare(what: Mapping[str, Callable[[Page], list[Item]]], page: Page, others: Sequence[Page]) -> Iterator[Problem]:
    for name, find_items in what.items():
        for index, row in enumerate(_rows([page, *others], find_items)):
            if any(cell.item is not None and cell.item.unreadable for cell in row):
                if name == "value":
                    break  # and it may have swallowed the next one
                continue  # said where it stands
            if len({cell.key for cell in row}) > 1:
                yield _problem(name, index, row)
                break  # what comes after is shifted


def _rows(pages: Sequence[Page], find_items: Callable[[Page], list[Item]]) -> Iterator[list[Cell]]:
    """Yield what the pages have in the first place, in the second, and so on, until none has any more."""
    columns = [find_items(page) for page in pages]
    for index in range(max(map(len, columns))):
        row = []
        for page, items in zip(pages, columns, strict=True):
            row.append(Cell(page, items[index] if index < len(items) else None))
        yield row


def _problem(what: str, index: int, row: Sequence[Cell]) -> Problem:
    places = []
    for cell, shown in zip(row, _where_they_differ(what, row), strict=True):
        places.append(f"{cell.page.where(cell.at)} has {shown}")
    says = f"{what} {index + 1} is not the same in all languages: {'; '.join(places)}"
    return row[0].page.problem_at(row[0].at, says, "make them equal")


def _where_they_differ(what: str, row: Sequence[Cell]) -> list[str]:
    """Return for each language the first line in which what it shows differs from the others."""
    texts = [_shown_lines(what, cell) for cell in row]
    difference = first_difference(*texts)
    first_lines = difference.lines if difference else tuple(text[0] for text in texts)
    return [_shown(cell, text, line, first_lines) for cell, text, line in zip(row, texts, first_lines, strict=True)]


def _shown_lines(what: str, cell: Cell) -> list[str]:
    if cell.item is None:
        return []
    shown = _without_comments(cell.item.shown) if what == "program" else cell.item.shown
    return shown.rstrip("\n").split("\n")


def _shown(cell: Cell, text: Sequence[str], line: str | None, lines: Sequence[str | None]) -> str:
    """Return how a message shows one language's line of a row; lines are those of all languages."""
    if cell.item is None:
        return "none"
    if line is None:
        return "no further line"
    shown = line if len(text) == 1 else repr(line)
    for other in lines:
        if other != line:
            return shown + unseen(line, other)
    return shown


def check_files(settings: Settings, folder: Path) -> Iterator[Problem]:
    """Yield the pages of a folder of one language, its sub-folders included, that another language lacks.

    A page that is missing in folder itself is reported too.
    """
    language = settings.language(folder)
    if language is None:
        return
    inner = folder.relative_to(settings.docs / language)
    pages: dict[str, set[Path]] = {}
    for name in settings.languages:
        home = settings.docs / name
        pages[name] = {path.relative_to(home) for path in pages_below(home / inner)}
    for page in sorted(set().union(*pages.values())):
        there: list[str] = []
        missing: list[str] = []
        for name, found in pages.items():
            file = settings.name(settings.docs / name / page)
            (there if page in found else missing).append(file)
        if missing:
            says = f"this page has no {' and no '.join(missing)}"
            remedy = f"write it, or delete {' and '.join(there)}"
            yield Problem(Spot(there[0], f"{there[0]}:1"), 0, says, remedy)


def _headings(page: Page) -> list[Item]:
    items = []
    for heading in page.headings:
        key = (heading.level, heading.id, *_title_digits(heading))
        items.append(Item(key, f"{'#' * heading.level} {heading.text}", heading.line, heading.id is None))
    return items


def _title_digits(heading: Heading) -> list[str]:
    """Return the numbers of a page's title, "Step 4" in any language; other headings are free."""
    return re.findall(r"\d+", heading.title) if heading.level == 1 else []


def _fences(page: Page) -> list[Item]:
    items = []
    for fence in page.fences:
        key = (fence.kind.name, tuple(sorted(fence.options.items())))
        shown = " ".join([f"kind {fence.kind.name}", *fence.options.values()])
        items.append(Item(key, shown, fence.line))
    return items


def _programs(page: Page) -> list[Item]:
    errors = expected_errors(page.fences)
    items = []
    for fence in page.fences:
        if fence.kind.shared is Shared.PROGRAM:
            key = syntax_tree(fence.source)
        elif fence.kind.shared is Shared.CHECK:
            key = demands(fence.source)
        else:
            continue
        unreadable = fence.start not in errors and not parses(fence.source)
        items.append(Item((key,), fence.source, fence.line, unreadable))
    return items


def _outputs(page: Page) -> list[Item]:
    """Texts that are the same in all languages; under a wrong answer stands a message of the check in the page's."""
    items = []
    for fence in page.fences:
        if fence.kind.shared is Shared.TEXT and not fence.hidden:
            items.append(Item((fence.source,), fence.source, fence.line))
    return items


def _values(page: Page) -> list[Item]:
    return [Item(item.key[:3], item.shown, item.line, item.unreadable) for item in _value_texts(page)]


def _value_texts(page: Page) -> list[Item]:
    """Values in order, each with the number of fences above it: two that change places would pass for checked."""
    starts = [fence.start for fence in page.fences]
    items = []
    for value in page.values:
        if value.marked or value.problems:
            gap = bisect_left(starts, value.start)
            key = (gap, value.kind, value.expr, value.text)
            shown = f"`{value.text}` ({value.expr or 'quoted'}) after {counted(gap, 'fence')}"
            items.append(Item(key, shown, value.line, bool(value.problems)))
    return items


def _images(page: Page) -> list[Item]:
    """Pictures by name and, where the page itself stores them, by content."""
    return [Item((src, page.stored(src)), src, line) for line, src, _ in page.images]


def _boxes(page: Page) -> list[Item]:
    items = []
    for found in BOX.finditer(page.plain):
        items.append(Item((found[0],), found[0], page.line(found.start())))
    return items


def _without_comments(source: str) -> str:
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
