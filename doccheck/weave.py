"""A notebook's cells as the Markdown that they stand for; each character knows where in the file it comes from."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from doccheck.cells import Cell
from doccheck.outputs import PICTURES, Output, picture, picture_bytes, text_parts
from doccheck.places import Place, characters
from doccheck.text import Edit

TICKS = "`" * 20  # more than any output has
SPAN = re.compile(
    r"(?P<start><span(?P<attributes>(?:\s+[\w-]+=(?:\"[^\"]*\"|'[^']*'))+)\s*>)"
    r"(?P<ticks>`+)(?!`)[^\n]*?(?<!`)(?P=ticks)(?P<end></span>)"
)
ATTRIBUTE = re.compile(r"""([\w-]+)=(?:"([^"]*)"|'([^']*)')""")
ANCHOR = re.compile(r"^#{1,6}[ \t][^\n]*?(?P<anchor>[ \t]*<a id=[\"'](?P<id>[\w-]+)[\"']></a>[ \t]*)$", re.M)


@dataclass
class Woven:
    """Markdown in parts; origin has the file's offset for each character, fences the cell of each fence by its start.

    pictures holds the bytes of every stored picture under the name that the Markdown calls it.
    """

    parts: list[str] = field(default_factory=list)
    origin: list[int] = field(default_factory=list)
    fences: dict[int, Cell] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The Markdown as one piece."""
        return "".join(self.parts)

    def say(self, text: str, at: int) -> None:
        """Add what the file does not have, at the offset that it belongs to."""
        self.parts.append(text)
        self.origin += [at] * len(text)

    def quote(self, given: Iterable[tuple[str, int]]) -> None:
        """Add characters of the file."""
        for character, at in given:
            self.parts.append(character)
            self.origin.append(at)


def weave(cells: Sequence[Cell], raw: str, name: str) -> Woven:
    """Return the Markdown of a notebook; pictures are called after name."""
    woven = Woven()
    for cell in cells:
        source = cell.place.at("source")
        given = list(characters(raw, source))
        if cell.kind == "code":
            _weave_code(woven, cell, given, raw)
            _weave_pictures(woven, cell, name)
        elif cell.kind == "markdown":
            _weave_markdown(woven, cell.source, given)
            woven.say("\n\n", source.end - 1)
    return woven


def _weave_code(woven: Woven, cell: Cell, given: list[tuple[str, int]], raw: str) -> None:
    source, outputs = cell.place.at("source"), cell.place.at("outputs")
    _weave_fence(woven, cell, "python", given, source)
    if shown := list(_shown(cell.outputs, outputs, raw)):
        tolerance = f' tol="{cell.metadata["tol"]}"' if "tol" in cell.metadata else ""
        _weave_fence(woven, cell, f"text {{ .output{tolerance} }}", shown, outputs)
    error = next((i for i, output in enumerate(cell.outputs) if output["output_type"] == "error"), None)
    if error is not None or cell.raises:
        at = outputs.at(error or 0)
        line = _error(cell.outputs[error]) if error is not None else ""
        _weave_fence(woven, cell, "text { .error }", [(c, at.start) for c in line], at)


def _weave_fence(woven: Woven, cell: Cell, info: str, given: list[tuple[str, int]], place: Place) -> None:
    woven.fences[len(woven.origin)] = cell
    woven.say(f"{TICKS}{info}\n", place.start)
    woven.quote(given)
    woven.say("\n" if given and given[-1][0] != "\n" else "", place.end - 1)
    woven.say(f"{TICKS}\n\n", place.end - 1)


def _shown(outputs: Sequence[Output], places: Place, raw: str) -> Iterator[tuple[str, int]]:
    """Yield what outputs.shown_text says, with places."""
    for part in text_parts(outputs):
        at = places.at(part.index, *part.path)
        yield from ((c, at.start) for c in part.before)
        yield from characters(raw, at)
        yield from ((c, at.end - 1) for c in part.after)


def _error(output: Output) -> str:
    return f"{output['ename']}: {output['evalue']}" if output["evalue"] else str(output["ename"])


def _weave_pictures(woven: Woven, cell: Cell, name: str) -> None:
    alts = cell.alts[: len(cell.pictures)]
    for number, (output, alt) in enumerate(zip_longest(cell.pictures, alts, fillvalue=""), 1):
        assert isinstance(output, dict) and isinstance(alt, str)  # there are no more texts than pictures
        file = f"{name}-{cell.count}{f'-{number}' * (number > 1)}.{PICTURES[picture(output) or '']}"
        woven.pictures[file] = picture_bytes(output) or b""
        words = " ".join(alt.split()).replace("[", "&#91;").replace("]", "&#93;")
        woven.say(f"![{words}]({file})\n\n", cell.place.at("outputs", cell.outputs.index(output)).start)


def _weave_markdown(woven: Woven, source: str, given: list[tuple[str, int]]) -> None:
    position = 0
    for edit in sorted(_edits(source)):
        woven.quote(given[position : edit.start])
        woven.say(edit.new, given[edit.start][1])
        position = edit.end
    woven.quote(given[position:])


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
    found = {key: html.unescape(double or single) for key, double, single in ATTRIBUTE.findall(attributes)}
    classes = found.pop("class", "").split()
    if "data-expr" not in found and "quoted" not in classes:
        return ""
    quoted = [f"{key}={_quoted(value)}" for key, value in found.items()]
    return f"{{ {' '.join([*(f'.{name}' for name in classes), *quoted])} }}"


def _quoted(value: str) -> str:
    return f'"{value}"' if '"' not in value else f"'{value}'"
