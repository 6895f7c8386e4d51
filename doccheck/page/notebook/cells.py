"""The cells of a notebook as nbformat reads them, and what a notebook page must not hold."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from doccheck.base.attributes import list_at_end
from doccheck.base.problem import Fault
from doccheck.base.text import blank
from doccheck.page.fences import Fence, find_blocks
from doccheck.page.notebook.outputs import REFUSED, Output, kinds, picture, picture_bytes, refused
from doccheck.page.prose import HEADING
from doccheck.page.spelling import NOTEBOOK, RAISES
from doccheck.page.values import find_values

TAGS = ("exercise", "check", RAISES)
OUTPUT = 0  # the line of a fault in what a cell stores
SAVE = "save it in Jupyter"


class NotNotebookError(Exception):
    """The file cannot be read as a notebook; line is the file's, cell the number of the cell where that shows."""

    def __init__(self, says: str, remedy: str, *, line: int = 1, cell: int | None = None) -> None:
        super().__init__(f"{says}; {remedy}")
        self.says, self.remedy = says, remedy
        self.line, self.cell = line, cell


@dataclass(frozen=True, eq=False)
class Cell:
    """A cell of a notebook: number counts all cells from 1, count those of code; node is nbformat's."""

    number: int
    count: int
    node: dict[str, Any]

    @property
    def kind(self) -> str:
        """What it is: code, markdown or raw."""
        return str(self.node["cell_type"])

    @property
    def source(self) -> str:
        """Its text."""
        return str(self.node["source"])

    @property
    def metadata(self) -> dict[str, Any]:
        """What Jupyter keeps with it."""
        metadata: dict[str, Any] = self.node["metadata"]
        return metadata

    @property
    def outputs(self) -> list[Output]:
        """What it stores."""
        return list(self.node.get("outputs", []))

    @property
    def raises(self) -> bool:
        """Whether the cell says that it raises an error."""
        return RAISES in self.tags

    @property
    def tags(self) -> list[str]:
        """The tags that Jupyter keeps with it."""
        return list(self.metadata.get("tags", []))

    @property
    def alts(self) -> list[str]:
        """The texts for those who cannot see the cell's pictures, in order: its metadata "alt"."""
        alt = self.metadata.get("alt", [])
        return [alt] if isinstance(alt, str) else list(map(str, alt))

    @property
    def pictures(self) -> list[Output]:
        """The outputs that hold pictures."""
        return [output for output in self.outputs if picture(output)]


def read_notebook(raw: str) -> dict[str, Any]:
    """Return nbformat's notebook of a file's text. Raises NotNotebookError."""
    try:
        plain = json.loads(raw)
    except json.JSONDecodeError as error:
        says = f"this is not a notebook: its JSON is broken: {error.msg}"
        raise NotNotebookError(says, SAVE, line=error.lineno) from None
    except RecursionError:
        raise NotNotebookError("this is not a notebook: its brackets nest too deeply", SAVE) from None
    _check_format(plain)
    from nbformat.v4 import to_notebook_json  # late: few sites have notebooks

    notebook: dict[str, Any] = to_notebook_json(plain)  # type: ignore[no-untyped-call]
    for number, cell in enumerate(notebook.get("cells", ()), 1):
        if "\r" in cell.get("source", ""):
            says = "a carriage return (U+000D) in the cell's text ends a line for some programs only"
            raise NotNotebookError(says, "delete it", cell=number)
    return notebook


def written(notebook: dict[str, Any], raw: str) -> str:
    """Return a notebook as nbformat writes it, with the line ends of the file that it was read from."""
    from nbformat.v4 import writes_json

    text: str = writes_json(notebook)  # type: ignore[no-untyped-call]
    text += "\n" if raw.endswith("\n") else ""
    return text.replace("\n", "\r\n") if "\r\n" in raw else text


def cells_of(notebook: dict[str, Any]) -> list[Cell]:
    """Return the cells of a notebook."""
    cells: list[Cell] = []
    count = 1
    for number, node in enumerate(notebook["cells"], 1):
        cells.append(Cell(number, count, node))
        if node["cell_type"] == "code":
            count += 1
    return cells


def _check_format(plain: Any) -> None:
    version: tuple[Any, Any] = (None, None)
    if isinstance(plain, dict):
        version = (plain.get("nbformat"), plain.get("nbformat_minor"))
    if not all(isinstance(part, int) for part in version) or version < (4, 5) or version >= (5, 0):
        says = ".".join(map(str, version)).replace("None", "?")
        remedy = "save it in format 4.5 or a later 4, whose cells have ids"
        raise NotNotebookError(f"this notebook is of format {says}", remedy)
    from nbformat.validator import better_validation_error, iter_validate

    for error in iter_validate(plain):  # type: ignore[no-untyped-call]
        better = better_validation_error(error, *version)  # type: ignore[no-untyped-call]
        says = better.message.splitlines()[0]
        path = list(getattr(better, "relative_path", ()))
        cell = path[1] + 1 if path[:1] == ["cells"] and len(path) > 1 else None
        raise NotNotebookError(f"this is not a valid notebook: {says}", SAVE, cell=cell)
    ids: set[str] = set()
    for number, cell in enumerate(plain["cells"], 1):
        if cell["id"] in ids:
            raise NotNotebookError(f"the id {cell['id']!r} is taken by a cell above", "choose another", cell=number)
        ids.add(cell["id"])


def cell_faults(cell: Cell) -> Iterator[tuple[int, Fault]]:
    """Yield what is wrong with a cell before it runs, and on which of its lines; OUTPUT is what it stores."""
    if cell.kind == "raw":
        yield 1, Fault("nothing checks a raw cell", "make it a Markdown or a code cell")
        return
    yield from _unseen(cell)
    yield from _code_faults(cell) if cell.kind == "code" else _markdown_faults(cell)


def _unseen(cell: Cell) -> Iterator[tuple[int, Fault]]:
    """Yield how Jupyter, or what makes pages of notebooks, would hide the cell or something of it."""
    remedy = "take that out of the cell's metadata"
    jupyter = cell.metadata.get("jupyter", {})
    for name in ("source_hidden", "outputs_hidden"):
        if jupyter.get(name):
            yield 1, Fault(f'Jupyter hides something of this cell: "{name}"', remedy)
    if cell.metadata.get("collapsed"):
        yield 1, Fault('Jupyter hides something of this cell: "collapsed"', remedy)
    for tag in cell.tags:
        if tag not in TAGS:
            yield 1, Fault(f'nothing here knows the tag "{tag}"', f"{remedy}, or write one of {', '.join(TAGS)}")


def _code_faults(cell: Cell) -> Iterator[tuple[int, Fault]]:
    if not cell.source.strip():
        yield 1, Fault("this code cell is empty", "delete it")
    if kind := refused(cell.outputs):
        yield OUTPUT, Fault(f"the cell stores {kind}, which nothing compares", REFUSED)
    for output in cell.pictures:
        if picture_bytes(output) is None:
            remedy = "clear the cell's outputs, `pytest docs --fix` draws it"
            yield OUTPUT, Fault(f"the stored {picture(output)} cannot be read", remedy)
    if "exercise" in cell.tags and cell.outputs:
        yield OUTPUT, Fault("the exercise stores an output, which nothing compares", "clear the cell's outputs")
    if "check" in cell.tags and not cell.raises:
        yield 1, Fault("the check refuses the start, so running all cells ends here", f'give it the tag "{RAISES}"')
    if "an error" in kinds(cell.outputs) and not cell.raises:
        remedy = f'fix it, or give it the tag "{RAISES}"'
        yield OUTPUT, Fault("the cell stores an error, so running all cells ends here", remedy)
    if len(cell.alts) > len(cell.pictures):
        remedy = "`pytest docs --fix` stores what the cell shows"
        yield OUTPUT, Fault('the cell has an "alt" but stores no picture for it', remedy)


def _markdown_faults(cell: Cell) -> Iterator[tuple[int, Fault]]:
    blocks = list(find_blocks(cell.source))
    for block in blocks:
        if isinstance(block, Fence) and not block.hidden:
            yield block.line, Fault("nothing runs code in a Markdown cell", "make it a code cell")
    text = blank(cell.source, [(block.start, block.end) for block in blocks])
    for value in find_values(text, NOTEBOOK):
        if text.startswith("{", value.text_end + value.text_start - value.start):
            remedy = NOTEBOOK.value.format(value.text)
            yield value.line, Fault("Jupyter shows what is in braces", f"write {remedy}")
    for heading in HEADING.finditer(text):
        found = list_at_end(heading["text"])
        if found and found[0].id:
            line = text.count("\n", 0, heading.start()) + 1
            remedy = 'write <a id="…"></a> at the end of the heading'
            yield line, Fault("Jupyter shows what is in braces", remedy)
    if "attachments" in cell.node:
        yield 1, Fault("a picture in a cell's attachments is not on the site", "link to a file")
