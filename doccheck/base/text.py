"""Text as everybody here counts and changes it: its lines, its offsets, and edits by offset.

A line ends where Python's tokenizer says so: at a line feed, alone or behind a carriage return, or at
a carriage return alone. str.splitlines() also ends lines at a form feed, U+0085, U+2028 and others,
which Python, editors and Markdown take for ordinary characters.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

PROMPT = "$ "  # stands before each command, on a page and in what commands show
LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
CONTROL = {
    "\t": "TAB",
    "\r": "CARRIAGE RETURN",
    "\0": "NULL",
    "\b": "BACKSPACE",
    "\x0b": "VERTICAL TAB",
    "\x0c": "FORM FEED",
    "\x1b": "ESCAPE",
}
LONG_WORD = re.compile(r"(\S{60})\S{200,}(\S{20})")
LONG_LINE = re.compile(r"([^\n]{1000})[^\n]{800,}([^\n]{200})")
NOT_LINE_END = re.compile(r"[^\n]")
ADDRESS = re.compile(r"^[^\n]* at 0x[0-9A-Fa-f]{6,}[^\n]*", re.M)  # ^: a line is tried once, not from each character
WARNING = re.compile(r"Warning: (?!Enable tracemalloc)")
# Python adds a guess to some errors, but not every version to the same ones; it is not compared
SUGGESTION = re.compile(r"\. Did you mean: '[^']*'\?(?=\n|$)")


@dataclass(frozen=True, order=True)
class Edit:
    """Replace a page's characters from start to end (offsets into its text with LF line ends) by new.

    stores: new is JSON, what a notebook's cell that runs from start on stores.
    """

    start: int
    end: int
    new: str
    stores: bool = False


def apply(text: str, edits: Iterable[Edit], start: int = 0, end: int | None = None) -> str:
    """Return text from start to end with the edits that lie inside; all else stays as it is.

    Of edits that overlap, the first is made.
    """
    end = len(text) if end is None else end
    parts = []
    position = start
    for edit in sorted(set(edits)):
        if position <= edit.start and edit.end <= end:
            parts += [text[position : edit.start], edit.new]
            position = edit.end
    parts.append(text[position:end])
    return "".join(parts)


def blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return text with every character of the spans but line ends replaced by a space."""
    parts = []
    position = 0
    for start, end in sorted(spans):
        start = max(start, position)
        parts += [text[position:start], NOT_LINE_END.sub(" ", text[start:end])]
        position = max(position, end)
    parts.append(text[position:])
    return "".join(parts)


def lines(text: str, *, keepends: bool = False) -> list[str]:
    """Return the lines of a text as Python counts them; the last one need not end."""
    found = LINE.findall(text)
    if keepends:
        return found
    return [line.rstrip("\r\n") for line in found]


def line_table(text: str) -> Callable[[int], int]:
    """Return a function from an offset into a text with LF line ends to its line, counted from 1."""
    ends = [match.start() for match in re.finditer("\n", text)]
    return lambda offset: bisect_left(ends, offset) + 1


class Positions:
    """Where Python's syntax trees say that something stands, as offsets into the text."""

    def __init__(self, text: str) -> None:
        self._lines = lines(text, keepends=True)
        self._starts = [0]
        for line in self._lines:
            self._starts.append(self._starts[-1] + len(line))

    def offset(self, line: int, column: int) -> int:
        """Return the offset of a line, counted from 1, and a column in bytes of UTF-8."""
        start = self._starts[line - 1]
        if column == 0:
            return start
        return start + len(self._lines[line - 1].encode()[:column].decode())

    def line(self, offset: int) -> int:
        """Return the line, counted from 1, of an offset."""
        return bisect_right(self._starts, offset, hi=len(self._starts) - 1)


@dataclass(frozen=True)
class Difference:
    """The first line in which texts differ: its index, and what each has there, None behind its end."""

    index: int
    lines: tuple[str | None, ...]


def first_difference(*texts: Sequence[str]) -> Difference | None:
    """Return the first line in which texts, given as their lines, differ; None where they are equal."""
    for index, row in enumerate(zip_longest(*texts)):
        if len(set(row)) > 1:
            return Difference(index, row)
    return None


def with_address(text: str) -> str | None:
    """Return the line of a text that has the address of an object, which is another in every run; None for none."""
    found = ADDRESS.search(text)
    return found[0].strip() if found else None


def gist(stderr: str) -> str:
    """Return the line that says most of what was written to stderr: the last, but a warning stands above its code."""
    rows = lines(stderr.strip("\n")) or ["an empty line"]
    warnings = [row for row in rows if WARNING.search(row)]
    if warnings and (rows[-1].startswith(" ") or rows[-1].endswith("object allocation traceback")):
        return warnings[0]
    return rows[-1]


def shown(line: str | None) -> str:
    """Return how a message shows a line: as it is, in quotes where its spaces count, "nothing" for none."""
    if line is None:
        return "nothing"
    return line if line.strip() == line and line else repr(line)


def named(character: str) -> str:
    """Return how a message names a character that nobody sees: U+200B ZERO WIDTH SPACE."""
    other = "half of a character" if unicodedata.category(character) == "Cs" else "a control character"
    name = unicodedata.name(character, CONTROL.get(character, other))
    return f"U+{ord(character):04X} {name}"


def unseen(first: str | None, second: str | None) -> str:
    """Return what tells two lines apart that look the same, for a message that shows both; else ""."""
    if first is None or second is None or first == second or _looks(first) != _looks(second):
        return ""
    pairs = enumerate(zip_longest(first, second, fillvalue=""))
    index = next(i for i, (a, b) in pairs if a != b)
    there = [named(line[index]) if index < len(line) else "its end" for line in (first, second)]
    return f" ({there[0]} in the one, {there[1]} in the other)"


def _looks(line: str) -> str:
    """Return a line as the eye has it: without what has no width, and with one kind of space."""
    composed = unicodedata.normalize("NFKC", line)
    seen = "".join(c for c in composed if unicodedata.category(c) not in ("Cf", "Cc") or c == "\t")
    return re.sub(r"\s+", " ", seen)


def times(count: int) -> str:
    """Return how often something is there, in words."""
    return {0: "not at all", 1: "once", 2: "twice"}.get(count, f"{count} times")


def counted(count: int, noun: str) -> str:
    """Return a number of things: 1 page, 2 pages."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def clipped(message: str) -> str:
    """Return a message without the middle of words, and of lines, that nobody would read to the end."""
    return LONG_LINE.sub(r"\1…\2", LONG_WORD.sub(r"\1…\2", message))


def quoted(line: str | None) -> str:
    """Return how a message shows a line of code: in quotes, "nothing" for none."""
    return "nothing" if line is None else repr(line)
