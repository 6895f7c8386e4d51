"""A notebook as a page: the Markdown that it stands for is checked by every rule for pages.

A problem names the cell and its line, as Jupyter shows them; a repair changes cells, and nbformat writes the file.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sybil import Document

from doccheck.base.problem import Fault, Problem, Spot
from doccheck.base.text import Edit, line_table
from doccheck.page.fences import Fence
from doccheck.page.model import Page, parse
from doccheck.page.notebook.cells import Cell, NotNotebookError, cell_faults, cells_of, read_notebook, written
from doccheck.page.notebook.drawn import DRAWN
from doccheck.page.notebook.to_markdown import Woven, weave
from doccheck.page.spelling import NOTEBOOK

PYTHON = "python"
AS_JUPYTER = Fault(
    "Jupyter would write this notebook otherwise", "save it there, so that a repair changes nothing else"
)


@dataclass(eq=False)
class NotebookPage(Page):
    """A notebook; text is the Markdown that woven holds, with the cell that each piece comes from."""

    notebook: dict[str, Any] = field(default_factory=dict)
    cells: list[Cell] = field(default_factory=list)
    woven: Woven = field(default_factory=Woven)
    readable: bool = True  # no fault is in the file or in its prose

    outputs_per_cell = True
    spelling = NOTEBOOK

    @property
    def fixable(self) -> bool:
        """Whether all prose could be read as it was meant; what a code cell stores can be written anew."""
        return self.readable and super().fixable

    def file_line(self, line: int) -> int:
        """Return 1: nobody who writes a notebook sees lines of its file."""
        return 1

    def spot(self, at: int) -> str:
        """Return the cell, and the line of it or of what it stores, for an offset into text."""
        piece = self.woven.piece(at)
        number = self.line(at) - self.text.count("\n", 0, piece.start) - piece.before
        number = min(max(1, number), piece.length)
        if not piece.stored:
            return f"cell {piece.cell.number}, line {number}"
        return f"cell {piece.cell.number}, output" + (f" line {number}" if piece.length > 1 else "")

    def where(self, at: int) -> str:
        """Return where an offset into text lies, as messages say it."""
        return f"{self.name}: {self.spot(at)}" if self.woven.pieces else f"{self.name}:{self.line(at)}"

    def edited(self, edits: Iterable[Edit]) -> str:
        """Return the file's characters with edits made: of values in prose, and of what cells store."""
        notebook = copy.deepcopy(self.notebook)
        for edit in sorted(set(edits), reverse=True):  # last first: offsets before it stay valid
            piece = self.woven.piece(edit.start)
            node = notebook["cells"][piece.cell.number - 1]
            if edit.stores:
                _store(node, json.loads(edit.new))
            else:
                source, start, end = node["source"], *map(piece.in_source, (edit.start, edit.end))
                node["source"] = source[:start] + edit.new + source[end:]
        return written(notebook, self.raw)

    def stored(self, picture: str) -> bytes | None:
        """Return the picture that a cell stores."""
        return self.woven.pictures.get(picture)

    def code_place(self, fence: Fence) -> tuple[str, int]:
        """Return the name under which tracebacks find a cell; its lines count from 1."""
        cell = self.woven.fences.get(fence.start)
        return (_name(self, cell), 0) if cell else super().code_place(fence)


def _name(page: Page, cell: Cell) -> str:
    return f"{page.name} cell {cell.number}"


def _store(node: dict[str, Any], new: dict[str, Any]) -> None:
    """Put outputs, a count and a digest of pictures into a cell; those of its keys that new has."""
    from nbformat import from_dict

    if "outputs" in new:
        node["metadata"].pop(DRAWN, None)
    if DRAWN in new:
        node["metadata"][DRAWN] = new.pop(DRAWN)
    node.update(from_dict(new))  # type: ignore[no-untyped-call]
    for output in node["outputs"]:
        if output["output_type"] == "execute_result":
            output["execution_count"] = node["execution_count"]


def parse_notebook(raw: str, path: Path, name: str) -> NotebookPage:
    """Parse a notebook from its file's characters; one that cannot be read is an empty page that says why."""
    try:
        notebook = read_notebook(raw)
    except NotNotebookError as error:
        page = NotebookPage(path, name, raw, "", Document("", str(path)))
        page.unreadable = True
        where = f"{name}: cell {error.cell}" if error.cell else f"{name}:{error.line}"
        page.faults = [Problem(Spot(name, where), error.line, error.says, error.remedy)]
        return page
    cells = cells_of(notebook)
    woven = weave(cells, re.sub(r"[^\w-]+", "-", path.stem))
    text = woven.text
    page = NotebookPage(path, name, raw, text, Document(text, str(path)), notebook=notebook, cells=cells, woven=woven)
    page.line_of = line_table(text)
    _find_faults(page)
    parse(page)
    return page


def _find_faults(page: NotebookPage) -> None:
    if written(page.notebook, page.raw) != page.raw:
        page.faults.append(Problem(Spot(page.name, page.name), 0, *AS_JUPYTER))
        page.readable = False
    for key, name in (("kernelspec", "language"), ("language_info", "name")):
        found = page.notebook["metadata"].get(key, {}).get(name, PYTHON)
        if found != PYTHON:
            says, remedy = f"Jupyter would run this notebook as {found}, not as Python", "choose a kernel of Python"
            page.faults.append(Problem(Spot(page.name, page.name), 0, says, remedy))
            page.readable = False
    for cell in page.cells:
        for line, fault in cell_faults(cell):
            spot = f"line {line}" if line else "output"
            where = f"{page.name}: cell {cell.number}, {spot}"
            page.faults.append(Problem(Spot(page.name, where), cell.number, *fault))
            page.readable = page.readable and cell.kind == "code"
