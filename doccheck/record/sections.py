"""The sections of a page, each as a person reads it: its words, and no result that a program computes.

Line ends inside a paragraph and the number of spaces do not count, nor does what `--fix` may write: outputs, values,
new lines, differences and the code of listings, which the package is compared with.
"""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from doccheck.base.memo import remembered
from doccheck.base.text import PROMPT, Edit, apply, lines
from doccheck.page.fences import Comment, Fence
from doccheck.page.kinds import Runs
from doccheck.page.model import Page
from doccheck.page.notebook.drawn import drawn_digest
from doccheck.page.notebook.model import NotebookPage
from doccheck.page.values import Value

# a line that begins something of its own, however the line above ends: a list's item, a row, a quote, a heading, a box
BEGINS = re.compile(r"(?:[-*+]|\d+[.)])\s|[|>#]|<(?:!--|/?(?:div|details|summary)\b)|\$\$|-{3}|\x00")
# letters between which a line end is no space: kana, Han and their punctuation
WIDE = "\u3001-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff65"
BESIDE_WIDE = re.compile(rf"(?<=[{WIDE}]) | (?=[{WIDE}])")
BLOCK = re.compile("\x00(\\d+)\x00")  # where a fence stands
ANSWER = Runs.START, Runs.CHECK, Runs.WRONG


@dataclass(frozen=True)
class Section:
    """A section of a page: the id of its heading, "" above the first, where it begins, and what a person reads.

    source: as it stands in the file. pictures: the names of its pictures that are files.
    """

    id: str
    at: int
    reads: str
    source: str
    pictures: tuple[str, ...]


@remembered
def find_sections(page: Page) -> tuple[Section, ...]:
    """Return the sections of a page in order; what stands under a heading without an id belongs to the one above."""
    starts = [("", 0)]
    for heading in page.headings:
        if heading.id and heading.id not in dict(starts):
            starts.append((heading.id, page.start_of(heading.line)))
    ends = [at for _, at in starts[1:]] + [len(page.text)]
    edits, blocks = _marked(page)
    found = []
    for (name, start), end in zip(starts, ends, strict=True):
        text = apply(page.text, edits, start, end)
        if not name:
            text = f"{_description(page)}\n\n{text}"
        drawn = [
            _plot(page, line) for line, src, _ in page.images if page.stored(src) and _inside(page, line, start, end)
        ]
        text = BLOCK.sub(lambda block: blocks[int(block[1])], as_read(text))
        reads = "\n".join(line for line in [*text.split("\n"), *drawn] if line)
        if reads:
            found.append(Section(name, start, reads, page.text[start:end].strip(), _pictures(page, start, end)))
    return tuple(found)


def _inside(page: Page, line: int, start: int, end: int) -> bool:
    return start <= page.start_of(line) < end


def _description(page: Page) -> str:
    """Return what a notebook's metadata say of it; a Markdown page has that in its text."""
    return str(page.notebook.get("metadata", {}).get("description", "")) if isinstance(page, NotebookPage) else ""


def _plot(page: Page, line: int) -> str:
    """Return what a stored plot is known by: the program up to its cell, for no two machines draw the same bytes."""
    at = page.start_of(line)
    above = [fence.source for fence in page.fences if fence.kind.meant.is_example and fence.start < at]
    return f"[plot of {drawn_digest(above, ())}]"


def _pictures(page: Page, start: int, end: int) -> tuple[str, ...]:
    names = []
    for line, src, _ in page.images:
        if _inside(page, line, start, end) and not page.stored(src):
            names.append(PurePosixPath(src).stem)
    return tuple(dict.fromkeys(names))


def _marked(page: Page) -> tuple[list[Edit], list[str]]:
    """Return the edits that leave what a person reads, with a mark for each fence, and the text for each mark."""
    edits: list[Edit] = []
    blocks: list[str] = []
    places: list[Fence | Comment] = [*page.fences, *page.comments]
    for place in places:
        if isinstance(place, Fence) and place.hidden:
            continue  # it is part of the comment around it
        if isinstance(place, Comment) and not place.holds_answers:
            continue  # a site may put something in its place
        edits.append(Edit(place.start, place.end, f"\n\n\x00{len(blocks)}\x00\n\n"))
        blocks.append(_fence(place) if isinstance(place, Fence) else "\n".join(_answers(page, place)))
    for value in page.values:
        if value.compared:
            edits.append(Edit(value.start, value.end, _value(value)))
    return edits, blocks


def _answers(page: Page, comment: Comment) -> Iterator[str]:
    for fence in page.fences:
        if fence.hidden and comment.start < fence.start < comment.end:
            yield _fence(fence)


def _value(value: Value) -> str:
    tolerance = "" if value.tol is None else f" tol={value.tol}"
    return f"`{{{' '.join(value.expr.split())}}}{tolerance}`"


def _fence(fence: Fence) -> str:
    """Return what of a fence only a person judges, whether or not what it needs is installed here."""
    kind = fence.kind.meant
    options = [f"{key}={value}" for key, value in sorted(fence.options.items()) if key != "hl_lines"]
    head = " ".join([f"[{kind.name}", *options]) + "]"
    if fence.title is not None:
        body = _comments(fence.source)
    elif kind.is_example or kind.runs in ANSWER:
        body = [line.rstrip() for line in lines(fence.source) if line.strip()]
    elif kind.runs is Runs.COMMANDS:
        body = [line for line in lines(fence.source) if line.startswith(PROMPT)]
    else:
        body = []
        if kind.shows is not None and not options:
            return ""  # an output or a difference, which `--fix` writes whole
    return "\n".join([head, *body])


def _comments(source: str) -> list[str]:
    """Return the comments of a listing, which are in the page's language."""
    found = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type == tokenize.COMMENT:
                found.append(token.string)
    except (tokenize.TokenError, SyntaxError):
        return lines(source)
    return found


def as_read(text: str) -> str:
    """Return text with a line for each paragraph, item or row, and with spaces only where they part words."""
    units: list[list[str]] = [[]]
    for line in lines(text):
        stripped = line.strip()
        if not stripped or BEGINS.match(stripped):
            units.append([])
        if stripped:
            units[-1].append(stripped)
    return "\n".join(squeezed(unit) for unit in units if unit)


def squeezed(parts: Sequence[str]) -> str:
    """Return lines as one, without the spaces that a line end may have brought or taken."""
    return BESIDE_WIDE.sub("", " ".join(" ".join(parts).split()))
