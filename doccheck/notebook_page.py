"""A notebook as a page: the Markdown that it stands for is checked by every rule for pages.

A problem names the file's line and the cell; a repair changes the file where it was wrong, and nothing else.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from sybil import Document

from doccheck.cells import RAISES, Cell, NotNotebookError, cell_faults, read_cells
from doccheck.fences import Fence
from doccheck.page import Page, parse
from doccheck.problems import Problem
from doccheck.text import Edit, line_table
from doccheck.weave import Woven, weave

# what the rules say for Markdown, and how it is done in a notebook
WORDS = (
    (re.compile(r"`([^`]+)`\{ data-expr=\"…\" \}(, or) \{ \.quoted \}"), r'<span data-expr="…">`\1`</span>\2 .quoted'),
    (re.compile(r"`([^`]+)`\{ data-expr=\"…\" \}"), r'<span data-expr="…">`\1`</span>'),
    (re.compile(r"write \{ data-expr=\"…\" \}"), 'write <span data-expr="…">`2.0`</span>'),
    (re.compile(r"it right behind inline code: "), "it around inline code: "),
    (re.compile(r"(\{ )?\.quoted( \})?( behind it)?"), '<span class="quoted">'),
    (re.compile(r"write \{#id\} behind it"), 'write <a id="…"></a> at its end'),
    (re.compile(r"but no output fence follows; (`[^`]*`) adds it"), r"but stores no output; \1 adds it"),
    (re.compile(r"show it in a ```text \{ \.error \} fence"), f'give the cell the tag "{RAISES}"'),
    (re.compile(r"delete this fence"), "delete this output"),
    (re.compile(r"the example\b"), "the cell"),
    (re.compile(r"write !\[what it shows\]\([^()]*\)$"), 'say what it shows in the cell\'s metadata, as "alt"'),
)


@dataclass(eq=False)
class NotebookPage(Page):
    """A notebook; text is the Markdown that woven holds, with where each character comes from."""

    cells: list[Cell] = field(default_factory=list)
    woven: Woven = field(default_factory=Woven)

    each_shows_its_own = True

    @property
    def sound(self) -> bool:
        """Whether all prose could be read as it was meant."""
        return self.safe and super().sound

    @cached_property
    def safe(self) -> bool:
        """Whether no fault is in the notebook itself or in its prose; what a code cell stores can be written anew."""
        prose = [cell for cell in self.cells if cell.kind != "code"]
        return not any(True for cell in prose for _ in cell_faults(cell))

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    def _offset(self, line: int) -> int:
        """Return the file's offset for a line of text."""
        origin = self.woven.origin
        start = self._line_starts[min(line, len(self._line_starts)) - 1]
        return origin[min(start, len(origin) - 1)] if origin else 0

    def file_line(self, line: int) -> int:
        """Return the file's line for a line of text."""
        return self.raw.count("\n", 0, self._offset(line)) + 1

    def located(self, problem: Problem) -> Problem:
        """Return a problem as one of the file: its line, the number of the cell, and words for notebooks."""
        message = problem.message
        for pattern, words in WORDS:
            message = pattern.sub(words, message)
        line = self.file_line(problem.line)
        return replace(problem, line=line, message=_with_cell(self.cells, self._offset(problem.line), message))

    def in_file(self, edit: Edit) -> Edit:
        """Return an edit as one of the file's characters."""
        if edit.exact:
            return replace(edit, new=edit.new.replace("\n", "\r\n" if "\r\n" in self.raw else "\n"))
        new = json.dumps(edit.new, ensure_ascii=self.raw.isascii())[1:-1]
        return Edit(self.woven.origin[edit.start], self.woven.origin[edit.end], new, exact=True)

    def stored(self, picture: str) -> bytes | None:
        """Return the picture that a cell stores."""
        return self.woven.pictures.get(picture)

    def sources(self) -> dict[str, str]:
        """Return the text of each code cell under the name that tracebacks use."""
        return {_name(self, cell): cell.source for cell in self.cells if cell.kind == "code"}

    def code_place(self, fence: Fence) -> tuple[str, int]:
        """Return the name under which tracebacks find a cell; its lines count from 1."""
        cell = self.woven.fences.get(fence.start)
        return (_name(self, cell), 0) if cell else super().code_place(fence)


def _name(page: Page, cell: Cell) -> str:
    return f"{page.name} cell {cell.number}"


def _with_cell(cells: list[Cell], at: int, message: str) -> str:
    number = bisect_right([cell.place.start for cell in cells], at)
    return f"cell {number}: {message}" if number else message


def parse_notebook(raw: str, path: Path, name: str) -> NotebookPage:
    """Parse a notebook from its file's characters; one that cannot be read is an empty page that says why."""
    try:
        cells = read_cells(raw)
    except NotNotebookError as error:
        page = NotebookPage(path, name, raw, "", Document("", str(path)))
        page.broken = True
        page.faults = [Problem(name, raw.count("\n", 0, error.at) + 1, str(error))]
        return page
    woven = weave(cells, raw, re.sub(r"[^\w-]+", "-", path.stem))
    text = woven.text
    page = NotebookPage(path, name, raw, text, Document(text, str(path)), cells=cells, woven=woven)
    page.line_of = line_table(text)
    for cell in cells:
        for at, message in cell_faults(cell):
            page.faults.append(Problem(name, raw.count("\n", 0, at) + 1, _with_cell(cells, at, message)))
    parse(page)
    return page
