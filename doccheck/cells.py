"""The cells of a notebook file, each with its place in the file, and what a notebook page must not hold."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from doccheck.fences import Fence, find_blocks
from doccheck.outputs import REFUSED, Output, joined, kinds, picture, picture_bytes, refused
from doccheck.places import Place, read_places
from doccheck.prose import HEADING, HEADING_ID
from doccheck.text import blank
from doccheck.values import find_values

RAISES = "raises-exception"  # Jupyter's own mark for a cell that may fail without stopping the notebook


class NotNotebookError(Exception):
    """The file cannot be read as a notebook; at is the offset where that shows."""

    def __init__(self, message: str, at: int = 0) -> None:
        super().__init__(message)
        self.at = at


@dataclass(frozen=True)
class Cell:
    """A cell of a notebook: number counts all cells from 1, count those of code."""

    number: int
    count: int
    place: Place
    kind: str
    source: str
    metadata: dict[str, Any]
    outputs: list[Output]

    @property
    def raises(self) -> bool:
        """Whether the cell says that it raises an error."""
        return RAISES in self.metadata.get("tags", [])

    @property
    def alts(self) -> list[str]:
        """The texts for those who cannot see the cell's pictures, in order: its metadata "alt"."""
        alt = self.metadata.get("alt", [])
        return [alt] if isinstance(alt, str) else list(map(str, alt))

    @property
    def pictures(self) -> list[Output]:
        """The outputs that hold pictures."""
        return [output for output in self.outputs if picture(output)]


def read_cells(raw: str) -> list[Cell]:
    """Return the cells of a notebook. Raises NotNotebookError."""
    try:
        place = read_places(raw)
    except json.JSONDecodeError as error:
        raise NotNotebookError(f"this is no notebook, its JSON is broken: {error.msg}", error.pos) from None
    _check_format(place)
    cells: list[Cell] = []
    for number, at in enumerate(place.at("cells").inside, 1):
        plain = at.plain()
        count = 1 + sum(cell.kind == "code" for cell in cells)
        outputs = plain.get("outputs", [])
        kind, source = plain["cell_type"], joined(plain["source"])
        cells.append(Cell(number, count, at, kind, source, plain["metadata"], outputs))
    return cells


def _check_format(place: Place) -> None:
    plain = place.plain()
    version = (plain.get("nbformat"), plain.get("nbformat_minor")) if isinstance(plain, dict) else (None, None)
    if not all(isinstance(part, int) for part in version) or version < (4, 5) or version >= (5, 0):
        says = ".".join(map(str, version)).replace("None", "?")
        raise NotNotebookError(f"save this notebook in format 4.5 or a later 4, whose cells have ids; it says {says}")
    from nbformat.validator import better_validation_error, iter_validate  # late: few sites have notebooks

    for error in iter_validate(plain):  # type: ignore[no-untyped-call]
        better = better_validation_error(error, *version)  # type: ignore[no-untyped-call]
        at = place.at(*getattr(better, "relative_path", ())).start
        raise NotNotebookError(f"this is no valid notebook: {better.message.splitlines()[0]}; save it in Jupyter", at)
    ids: set[str] = set()
    for cell in place.at("cells").inside:
        name = cell.at("id").inside
        if name in ids:
            raise NotNotebookError(f"the id {name!r} is taken by a cell above; choose another", cell.at("id").start)
        ids.add(name)


def cell_faults(cell: Cell) -> Iterator[tuple[int, str]]:
    """Yield what is wrong with a cell before it runs, and where in the file."""
    if cell.kind == "raw":
        yield cell.place.at("source").start, "nothing checks a raw cell; make it a Markdown or a code cell"
    elif cell.kind == "code":
        yield from _code_faults(cell)
    else:
        yield from _markdown_faults(cell)


def _code_faults(cell: Cell) -> Iterator[tuple[int, str]]:
    at = cell.place.at("outputs").start
    if not cell.source.strip():
        yield cell.place.at("source").start, "this code cell is empty; delete it"
    try:
        ast.parse(cell.source)
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 1
        message = f"this cell is no plain Python ({error}); magics and shell lines work in Jupyter only"
        yield cell.place.at("source", line - 1).start, message
    if kind := refused(cell.outputs):
        yield at, f"the cell stores {kind}, {REFUSED}"
    for output in cell.pictures:
        if picture_bytes(output) is None:
            message = f"the stored {picture(output)} is none; clear the cell's outputs, `pytest docs --fix` draws it"
            yield at, message
    if "an error" in kinds(cell.outputs) and not cell.raises:
        message = f'the cell stores an error, so running all cells ends here; mend it, or give it the tag "{RAISES}"'
        yield at, message
    if len(cell.alts) > len(cell.pictures):
        message = 'the cell has an "alt" but stores no picture for it; `pytest docs --fix` stores what the cell shows'
        yield cell.place.at("metadata", "alt").start, message


def _markdown_faults(cell: Cell) -> Iterator[tuple[int, str]]:
    def at(line: int) -> int:
        return cell.place.at("source", line - 1).start

    blocks = list(find_blocks(cell.source))
    for block in blocks:
        if isinstance(block, Fence):
            yield at(block.line), "nothing runs code in a Markdown cell; make it a code cell"
    text = blank(cell.source, [(block.start, block.end) for block in blocks])
    for value in find_values(text):
        if text.startswith("{", value.text_end + value.text_start - value.start):
            message = f'Jupyter shows what is in braces; write <span data-expr="…">`{value.text}`</span>'
            yield at(value.line), message
    for heading in HEADING.finditer(text):
        if HEADING_ID.search(heading["text"].rstrip()):
            line = text.count("\n", 0, heading.start()) + 1
            yield at(line), 'Jupyter shows what is in braces; write <a id="…"></a> at the end of the heading'
    if "attachments" in cell.place.inside:
        yield cell.place.at("attachments").start, "a picture in a cell's attachments is not on the site; link to a file"
