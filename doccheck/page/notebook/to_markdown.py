"""A notebook's cells as the Markdown that they stand for; each piece of it knows the cell that it comes from."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from doccheck.base.text import Edit, apply
from doccheck.page.notebook.cells import Cell
from doccheck.page.notebook.outputs import PICTURES, Output, picture, picture_bytes, shown_text

PARTS = ("exercise", "check")  # the tags of cells that are parts of an exercise
TICKS = "`" * 20  # more than any output has
SPAN = re.compile(
    r"(?P<start><span(?P<attributes>(?:\s+[\w-]+=(?:\"[^\"]*\"|'[^']*'))+)\s*>)"
    r"(?P<ticks>`+)(?!`)[^\n]*?(?<!`)(?P=ticks)(?P<end></span>)"
)
ATTRIBUTE = re.compile(r"""(?<![\w-])([\w-]+)=(?:"([^"]*)"|'([^']*)')""")
ANCHOR = re.compile(r"^#{1,6}[ \t][^\n]*?(?P<anchor>[ \t]*<a id=[\"'](?P<id>[\w-]+)[\"']></a>[ \t]*)$", re.M)


@dataclass(frozen=True)
class Piece:
    """A piece of the Markdown, from start on: lines of a cell's source, or of what it stores.

    before: how many lines it has above them. edits: how its Markdown differs from the cell's.
    """

    start: int
    cell: Cell
    stored: bool
    before: int
    length: int
    edits: tuple[Edit, ...] = ()

    def in_source(self, offset: int) -> int:
        """Return where in a Markdown cell's source a character of the text comes from."""
        at, moved = offset - self.start, 0
        for edit in self.edits:
            if at <= edit.start + moved:
                break
            moved += len(edit.new) - (edit.end - edit.start)
        return at - moved


@dataclass
class Woven:
    """Markdown in pieces; fences has the cell of each fence by its start.

    pictures holds the bytes of every stored picture under the name that the Markdown calls it.
    """

    text: str = ""
    pieces: list[Piece] = field(default_factory=list)
    fences: dict[int, Cell] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)

    def piece(self, offset: int) -> Piece:
        """Return the piece in which a character of the text stands."""
        starts = [piece.start for piece in self.pieces]
        return self.pieces[max(0, bisect_right(starts, offset) - 1)]


def weave(cells: Sequence[Cell], name: str) -> Woven:
    """Return the Markdown of a notebook; pictures are called after name."""
    loom = _Loom()
    for cell in cells:
        if cell.kind == "code":
            _weave_code(loom, cell)
            _weave_pictures(loom, cell, name)
        elif cell.kind == "markdown":
            edits = tuple(sorted(_edits(cell.source)))
            loom.add(f"{apply(cell.source, edits)}\n\n", cell, edits=edits)
    return loom.woven()


class _Loom:
    """Takes the pieces of a notebook's Markdown one after another."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._woven = Woven()

    def add(
        self, text: str, cell: Cell, *, stored: bool = False, before: int = 0, edits: tuple[Edit, ...] = ()
    ) -> None:
        length = len(text.rstrip("\n").split("\n")) - 2 * before
        self._woven.pieces.append(Piece(self._length, cell, stored, before, max(1, length), edits))
        self._parts.append(text)
        self._length += len(text)

    def add_fence(self, info: str, source: str, cell: Cell, *, stored: bool = False) -> None:
        self._woven.fences[self._length] = cell
        body = source if source.endswith("\n") or not source else f"{source}\n"
        self.add(f"{TICKS}{info}\n{body}{TICKS}\n\n", cell, stored=stored, before=1)

    def add_picture(self, words: str, file: str, data: bytes, cell: Cell) -> None:
        self._woven.pictures[file] = data
        self.add(f"![{words}]({file})\n\n", cell, stored=True)

    def woven(self) -> Woven:
        self._woven.text = "".join(self._parts)
        return self._woven


def _weave_code(loom: _Loom, cell: Cell) -> None:
    part = next((tag for tag in PARTS if tag in cell.tags), None)
    if part is not None:
        loom.add_fence(f"python {{ .{part} }}", cell.source, cell)
        return  # it runs apart, and what it shows to one who runs it is not stored
    loom.add_fence("python", cell.source, cell)
    if shown := shown_text(cell.outputs):
        tolerance = f' tol="{cell.metadata["tol"]}"' if "tol" in cell.metadata else ""
        loom.add_fence(f"text {{ .output{tolerance} }}", shown, cell, stored=True)
    errors = [output for output in cell.outputs if output["output_type"] == "error"]
    if errors or cell.raises:
        line = _error(errors[0]) if errors else ""
        loom.add_fence("text { .error }", line, cell, stored=True)


def _error(output: Output) -> str:
    return f"{output['ename']}: {output['evalue']}" if output["evalue"] else str(output["ename"])


def _weave_pictures(loom: _Loom, cell: Cell, name: str) -> None:
    alts = cell.alts[: len(cell.pictures)]
    for number, (output, alt) in enumerate(zip_longest(cell.pictures, alts, fillvalue=""), 1):
        assert isinstance(output, dict) and isinstance(alt, str)  # there are no more texts than pictures
        file = f"{name}-{cell.count}{f'-{number}' * (number > 1)}.{PICTURES[picture(output) or '']}"
        words = " ".join(alt.split()).replace("[", "&#91;").replace("]", "&#93;")
        loom.add_picture(words, file, picture_bytes(output) or b"", cell)


def _edits(source: str) -> Iterator[Edit]:
    """Yield how a notebook's marks are written in Markdown."""
    for match in SPAN.finditer(source):
        if braces := _braces(match["attributes"]):
            yield Edit(*match.span("start"), "")
            yield Edit(*match.span("end"), braces)
    for match in ANCHOR.finditer(source):
        yield Edit(*match.span("anchor"), f" {{#{match['id']}}}")


def _braces(attributes: str) -> str:
    """Return the attributes of a value as Markdown's; "" for a <span> that is no value."""
    found = {}
    for key, double, single in ATTRIBUTE.findall(attributes):
        found[key] = html.unescape(double or single)
    classes = found.pop("class", "").split()
    if "data-expr" not in found and "quoted" not in classes:
        return ""
    marks = [f".{name}" for name in classes]
    marks += [f"{key}={_quoted(value)}" for key, value in found.items()]
    return f"{{ {' '.join(marks)} }}"


def _quoted(value: str) -> str:
    return f'"{value}"' if '"' not in value else f"'{value}'"
