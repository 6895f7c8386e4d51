"""A page: its text, the places on it that are checked, and what is wrong before anything runs."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import ClassVar

from sybil import Document, Region

from doccheck.base.attributes import list_at_end
from doccheck.base.problem import Problem, Spot
from doccheck.base.text import Edit, apply, blank, line_table
from doccheck.page.fences import Comment, Fence, find_blocks
from doccheck.page.optional import settle
from doccheck.page.prose import FRONT_MATTER, HEADING, IMAGE, maths, running_text
from doccheck.page.spelling import MARKDOWN, Spelling
from doccheck.page.values import Value, find_values

BOM = "\ufeff"
NOTEBOOK = ".ipynb"
ENDINGS = (".md", NOTEBOOK)


@dataclass(frozen=True)
class Heading:
    """A heading's level (1-6), its explicit id (None without), its text, and its line.

    title is the text without the attribute list at its end.
    """

    level: int
    id: str | None
    text: str
    title: str
    line: int


@dataclass(eq=False)
class Page:
    """One file, parsed: Markdown, or a notebook as the Markdown that it stands for.

    path, name: the file, and how messages call it. raw: its characters; text: the same with LF line ends and without
    a byte-order mark. All offsets are those of text, and raw_offset leads back to raw. document: Sybil's, in which
    what is checked stands in order. fences, comments, values, headings: what was found. formulas: line and text of
    each. images: line, address and alternative text of each. plain: text with fences, comments and inline code
    blanked out; body: that without the front matter; prose: what a reader reads, line for line. returns: the offsets
    of line ends that are CR LF in raw. faults: what is wrong with the file itself. unreadable: it could not be read
    for what it is. line_of: the line of an offset. libraries: those that optional programs may use.
    Two pages are equal if their files are, and these libraries.
    """

    path: Path
    name: str
    raw: str
    text: str
    document: Document
    fences: list[Fence] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    values: list[Value] = field(default_factory=list)
    formulas: list[tuple[int, str]] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    images: list[tuple[int, str, str]] = field(default_factory=list)
    plain: str = ""
    body: str = ""
    prose: str = ""
    returns: list[int] = field(default_factory=list)
    faults: list[Problem] = field(default_factory=list)  # of the file itself
    unreadable: bool = False  # the file could not be read for what it is
    line_of: Callable[[int], int] = lambda offset: 1
    libraries: frozenset[str] = frozenset()

    def __eq__(self, other: object) -> bool:
        """Say whether two pages are the same file with the same text: what is known of one holds for the other."""
        return isinstance(other, Page) and self._identity == other._identity

    @property
    def _identity(self) -> tuple[Path, str, str, frozenset[str]]:
        return self.path, self.name, self.raw, self.libraries

    def __hash__(self) -> int:
        return hash(self._identity)

    outputs_per_cell = False  # whether what an example prints must be shown before the next one
    spelling: ClassVar[Spelling] = MARKDOWN

    def line(self, offset: int) -> int:
        """Return the line, counted from 1, of an offset into text."""
        return self.line_of(offset)

    @property
    def fixable(self) -> bool:
        """Whether the page could be read as it was meant; if not, nothing on it may be rewritten."""
        if self.unreadable or self.unclosed:
            return False
        items: list[Fence | Value] = [*self.fences, *self.values]
        return not any(item.problems for item in items)

    @property
    def unclosed(self) -> list[Fence | Comment]:
        """The fences and comments that never end; what stands behind them may be something else than it seems."""
        blocks: list[Fence | Comment] = [*self.fences, *self.comments]
        return [block for block in blocks if not block.is_closed]

    def raw_offset(self, offset: int) -> int:
        """Return where the character at an offset into text stands in raw; a CR LF pair is one character."""
        return offset + len(self.raw) - len(self.raw.removeprefix(BOM)) + bisect_left(self.returns, offset)

    def edited(self, edits: Iterable[Edit]) -> str:
        """Return the file's characters with edits made; all else stays as it is, to the byte."""
        return apply(self.raw, map(self.in_file, edits))

    def in_file(self, edit: Edit) -> Edit:
        """Return an edit as one of raw, with the line end in use there."""
        start, end = self.raw_offset(edit.start), self.raw_offset(edit.end)
        before = self.raw[: self.raw.rfind("\n", 0, start) + 1]
        return Edit(start, end, edit.new.replace("\n", "\r\n" if before.endswith("\r\n") else "\n"))

    def file_line(self, line: int) -> int:
        """Return the file's line for a line of text."""
        return line

    def spot(self, at: int) -> str:
        """Return where on the page an offset into text lies."""
        return f"line {self.line(at)}"

    def where(self, at: int) -> str:
        """Return where an offset into text lies, as messages say it."""
        return f"{self.name}:{self.line(at)}"

    def start_of(self, line: int) -> int:
        """Return the offset at which a line of text starts."""
        starts = self.line_starts
        return starts[min(line, len(starts)) - 1]

    @cached_property
    def line_starts(self) -> list[int]:
        """The offset of every line."""
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    def heading_id(self, line: int) -> str:
        """Return the id of the heading above a line, which all languages share; "" where there is none."""
        above = [heading.id for heading in self.headings if heading.line <= line and heading.id]
        return above[-1] if above else ""

    def stored(self, picture: str) -> bytes | None:
        """Return the picture of this name if the page's own file holds it; a Markdown file holds none."""
        return None

    def code_place(self, fence: Fence) -> tuple[str, int]:
        """Return the name of the source that a fence stands in, and the line before its own first."""
        return self.name, fence.line

    def hidden(self) -> list[tuple[int, int]]:
        """Return the spans of fences and comments."""
        return [(f.start, f.end) for f in self.fences] + [(c.start, c.end) for c in self.comments]

    def items(self) -> list[Fence | Value]:
        """Return what is checked on the page, in order."""
        return [region.parsed for _, region in self.document.regions]

    def problem_of_file(self, says: str, remedy: str = "") -> Problem:
        """Return a problem of the page as a whole."""
        return Problem(Spot(self.name, f"{self.name}:1"), 0, says, remedy)

    def problem_at(self, at: int, says: str, remedy: str = "") -> Problem:
        """Return a problem at an offset into text."""
        return Problem(self, at, says, remedy)

    def problem_in_line(self, line: int, says: str, remedy: str = "", *, item: Fence | Value | None = None) -> Problem:
        """Return a problem of a line, which may belong to a fence or value."""
        return Problem(self, self.start_of(line), says, remedy, item=item.start if item else None)

    def problem(
        self,
        item: Fence | Value,
        says: str,
        remedy: str = "",
        *,
        line: int | None = None,
        detail: str = "",
        edit: Edit | None = None,
    ) -> Problem:
        """Return a problem of a fence or value, in its first line if no other is said."""
        at = item.start if line is None else self.start_of(line)
        return Problem(self, at, says, remedy, detail, (edit,) if edit else (), item.start)


def pages_below(folder: Path) -> list[Path]:
    """Return the files below a folder that are pages; hidden folders hold none."""
    files = (path for path in folder.rglob("*") if path.suffix in ENDINGS and path.is_file())
    return sorted(p for p in files if not any(part.startswith(".") for part in p.relative_to(folder).parts))


def parse_page(raw: str, path: Path, name: str, libraries: frozenset[str] = frozenset()) -> Page:
    """Parse a page from its characters as they stand in the file; libraries: those that optional programs may use."""
    text = raw.removeprefix(BOM).replace("\r\n", "\n")
    page = Page(path, name, raw, text, Document(text, str(path)), line_of=line_table(text), libraries=libraries)
    pairs = re.finditer("\r\n", raw.removeprefix(BOM))
    page.returns = [m.start() - count for count, m in enumerate(pairs)]
    if "\r" in text:
        says = "a carriage return (U+000D) without a line feed ends a line for some programs only"
        page.faults.append(page.problem_at(text.index("\r"), says, "delete it"))
        page.unreadable = True
    parse(page)
    return page


def parse(page: Page) -> None:
    """Find in a page's text all that is checked."""
    text = page.text
    for block in find_blocks(text):
        if isinstance(block, Comment):
            page.comments.append(block)
        else:
            page.fences.append(block)
    settle(page.fences, page.libraries)
    without_blocks = blank(text, page.hidden())
    page.values = list(find_values(without_blocks, page.spelling))
    page.plain = blank(without_blocks, [(v.start, v.end) for v in page.values])
    _read_plain(page)
    for place in _checked(page):
        page.document.add(Region(place.start, place.end, parsed=place))


def _checked(page: Page) -> Iterator[Fence | Value]:
    yield from page.fences
    yield from (value for value in page.values if value.compared)


def _read_plain(page: Page) -> None:
    spans = []
    for formula in maths(page.plain):
        page.formulas.append((page.line(formula.start()), formula["block"] or formula["inline"]))
        spans.append(formula.span())
    without_maths = blank(page.plain, spans)
    front_matter = FRONT_MATTER.match(page.plain)
    page.body = blank(page.plain, [front_matter.span()] if front_matter else [])
    for heading in HEADING.finditer(page.body):
        page.headings.append(_heading(page, heading))
    for image in IMAGE.finditer(without_maths):
        page.images.append((page.line(image.start()), image["src"], image["alt"].strip()))
    page.prose = running_text(without_maths)


def _heading(page: Page, match: re.Match[str]) -> Heading:
    level, line = len(match["marks"]), page.line(match.start())
    text = page.text[match.start("text") : match.end("text")]
    found = list_at_end(f" {match['text']}")  # a list may be all of the text
    if found is None:
        return Heading(level, None, text.strip(), text.strip(), line)
    attributes, end = found
    return Heading(level, attributes.id, text.strip(), text[: max(0, end - 1)].strip(), line)
