"""Every fence of a page: its info string, its kind, and where it stands.

Sybil's own fence lexer is not used here: it dedents what it finds (outputs must keep their spaces), takes
a fence in an HTML comment for a real one, and reads an unclosed fence to the end without a word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from doccheck.base.attributes import check_tolerance, read_attributes
from doccheck.base.decimals import read_tolerance
from doccheck.base.problem import Fault
from doccheck.base.same_program import parses
from doccheck.base.text import line_table, lines
from doccheck.page.kinds import KINDS, MARKER, WRONG_ANSWERS, Kind, Shows, find_kind, what_is_there

OPENING = re.compile(
    r"^(?P<prefix>(?:[ \t]*>)*[ \t]*)(?P<item>(?:[-*+]|\d+[.)])[ \t]+)?(?P<ticks>`{3,}|~{3,})(?P<info>[^\n]*)$",
    re.MULTILINE,
)
START = re.compile(rf"{OPENING.pattern}|(?P<comment><!--)|(?<![\\`])(?P<inline>`+)(?!`)", re.MULTILINE)
INFO = re.compile(r"[ \t]*\.?(?P<lang>[\w+#.-]*)[ \t]*(?P<options>.*)")
LIKE_A_FENCE = re.compile(r"^[ \t]*(?:`|~~~)", re.MULTILINE)


@dataclass
class Fence:
    """A fence, or a marker for the code so far.

    source: the lines between the fences without the prefix (indent, quote marks) that all of them share. start
    and end are offsets of the whole, body_start and body_end those of the lines between; line counts from 1.
    problems: what is wrong with it as it is written. derails: the fences behind it may be something else than they
    seem. hidden: it stands in a comment, where no reader sees it.
    """

    kind: Kind
    start: int
    end: int
    line: int
    prefix: str = ""
    source: str = ""
    body_start: int = 0
    body_end: int = 0
    ticks: str = "```"
    options: dict[str, str] = field(default_factory=dict)
    problems: list[Fault] = field(default_factory=list)
    is_closed: bool = True
    derails: bool = False
    hidden: bool = False

    @property
    def in_browser(self) -> bool:
        """Whether a browser can run it: never what needs an optional library, which may be here, but not there."""
        return self.kind.browser and "needs" not in self.options

    @property
    def compared(self) -> bool:
        """Whether readers see it compared with what the code does."""
        return self.kind.compared and not self.hidden

    @property
    def tolerance(self) -> float | None:
        """How far numbers may be off where digits need not be exact; None where the page does not say."""
        return read_tolerance(self.options["tol"]) if "tol" in self.options and not self.problems else None

    def indented(self, text: str) -> str:
        """Return lines as they stand in this fence, behind its prefix; an empty line gets no trailing space."""
        shown = []
        for line in text.removesuffix("\n").split("\n"):
            shown.append(self.prefix + line if line else self.prefix.rstrip())
        return "\n".join(shown) + "\n"

    @property
    def title(self) -> str | None:
        """The file that a listing belongs to; None for an example."""
        return self.options.get("title")


@dataclass(frozen=True)
class Comment:
    """An HTML comment, which readers do not see.

    alone: nothing else stands on its lines. holds_answers: it is there for the fences in it.
    """

    start: int
    end: int
    line: int
    text: str
    alone: bool = True
    holds_answers: bool = False

    @property
    def is_closed(self) -> bool:
        """Whether it ends before the page does."""
        return self.text.endswith("-->")


def find_blocks(text: str) -> Iterator[Fence | Comment]:
    """Yield the fences, markers and comments of a page, in order; text has LF line ends."""
    position = 0
    line_of = line_table(text)
    while match := START.search(text, position):
        line = line_of(match.start())
        block: Fence | Comment
        if match["comment"]:
            block = _comment(text, match.start(), line)
        elif match["inline"]:
            position = inline_end(text, match.end(), match["inline"])
            continue
        elif match["ticks"][0] in match["info"] and match["ticks"][0] == "`":
            position = inline_end(text, match.end("ticks"), match["ticks"])  # inline code between three backticks
            continue
        else:
            block = _fence(text, match, line)
        position = block.end
        yield block
        if isinstance(block, Comment) and block.holds_answers:
            yield from _hidden_fences(text, block, line_of)


def _hidden_fences(text: str, comment: Comment, line_of: Callable[[int], int]) -> Iterator[Fence]:
    """Yield the fences in a comment of wrong answers; none of them goes on behind its end."""
    inside = text[: comment.end].removesuffix("-->")
    position = comment.start
    while match := OPENING.search(inside, position):
        fence = _fence(inside, match, line_of(match.start()))
        fence.hidden = True
        if fence.kind is not KINDS["unknown"] and fence.kind not in (KINDS["wrong"], KINDS["error"]):
            remedy = f"write {KINDS['wrong'].written} and {KINDS['error'].written} there, and nothing else"
            fence.problems.append(Fault(f"nothing checks a {fence.kind.name} fence among wrong answers", remedy))
            fence.kind = KINDS["unknown"]
        position = fence.end
        yield fence


def inline_end(text: str, start: int, ticks: str) -> int:
    """Return the end of inline code that begins behind ticks; start itself where it is never closed."""
    closing = re.compile(rf"(?<!`){ticks}(?!`)").search(text, start)
    paragraph_end = text.find("\n\n", start)
    if closing is None or 0 <= paragraph_end < closing.start():
        return start
    return closing.end()


def _comment(text: str, start: int, line: int) -> Fence | Comment:
    end = text.find("-->", start)
    end = len(text) if end < 0 else end + len("-->")
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    alone = not text[first:start].strip() and not text[end : len(text) if last < 0 else last].strip()
    if text[start:end] == MARKER and alone and first == start:
        return Fence(KINDS["marker"], start, end, line)
    return Comment(start, end, line, text[start:end], alone, first == start and text.startswith(WRONG_ANSWERS, start))


def _fence(text: str, opening: re.Match[str], line: int) -> Fence:
    ticks, prefix = opening["ticks"], opening["prefix"]
    closing = re.compile(rf"^(?:[ \t]*>)*[ \t]*{re.escape(ticks[0])}{{{len(ticks)},}}[ \t]*$", re.MULTILINE)
    body_start = min(opening.end() + 1, len(text))
    end_match = closing.search(text, body_start)
    body_end = end_match.start() if end_match else len(text)
    fence = Fence(KINDS["unknown"], opening.start(), end_match.end() if end_match else len(text), line, prefix)
    fence.body_start, fence.body_end, fence.ticks = body_start, body_end, ticks
    fence.source = _strip_prefix(text[body_start:body_end], fence)
    _read_info(opening["info"], fence)
    if not fence.source.startswith(fence.kind.beginning):
        remedy = f"write it behind {fence.kind.beginning!r}"
        fence.problems.append(Fault(f"a {fence.kind.name} fence begins with a command", remedy))
    fence.is_closed = end_match is not None
    if opening["item"]:
        says = "a fence in a list begins on a line of its own"
        fence.problems.append(Fault(says, "indent all of it by four spaces"))
    elif end_match and end_match[0].rstrip() != prefix + ticks:
        says = "the closing fence is not like the opening one"
        fence.problems.append(Fault(says, f"write {prefix + ticks!r}"))
    elif like := _inner_fence(fence):
        says = f"{like!r} in this {fence.kind.name} looks like a fence"
        fence.problems.append(Fault(says, "close the one above with ```"))
        fence.derails = True
    fence.derails = fence.derails or not (fence.is_closed and opening["info"].strip())
    return fence


def _inner_fence(fence: Fence) -> str | None:
    """Return the line of a fence that was meant to begin another one; in a Python string it may be meant."""
    is_python = fence.kind.language == "python"
    if fence.ticks != "```" or not (fence.kind.is_text or is_python):
        return None
    found = LIKE_A_FENCE.search(fence.source)
    if found is None or (is_python and parses(fence.source)):
        return None
    return fence.source[found.start() :].partition("\n")[0]


def _strip_prefix(body: str, fence: Fence) -> str:
    stripped = []
    for number, line in enumerate(lines(body, keepends=True), 1):
        if line.startswith(fence.prefix):
            stripped.append(line[len(fence.prefix) :])
        elif not line.strip(" \t>\n"):
            stripped.append("\n")
        else:
            stripped.append(line.lstrip())
            says = f"line {number} of this fence is indented less than the fence"
            fence.problems.append(Fault(says, "indent it as well"))
    return "".join(stripped)


def _read_info(info: str, fence: Fence) -> None:
    """Set the fence's kind and options, or say what its info string should be."""
    match = INFO.match(info.rstrip(" \t"))
    assert match is not None  # every part of the pattern may be empty
    lang, rest = match["lang"], match["options"]
    braced = rest.startswith("{") and rest.endswith("}")
    given = read_attributes(rest[1:-1] if braced else rest)
    classes, options = list(given.classes), dict(given.options)
    if given.id is not None:
        options["id"] = given.id
    if not lang and braced and classes:
        lang = classes.pop(0)
    fence.options = options
    if given.unread:
        fence.problems.append(Fault(f"cannot read {given.unread!r} in the fence's first line", what_is_there()))
    elif kind := find_kind(lang, tuple(classes), frozenset(options)):
        fence.kind = kind
        fence.problems += check_tolerance(options.get("tol"), fence.source)
    else:
        shown = " ".join(info.split()) or "no language"
        fence.problems.append(Fault(f"nothing checks a fence with {shown!r}", what_is_there()))


def expected_errors(fences: Iterable[Fence]) -> dict[int, Fence]:
    """Return, by the start of an example, the .error fence that stands before the next example."""
    found: dict[int, Fence] = {}
    code = None
    for fence in fences:
        if fence.kind.is_example:
            code = fence
        elif fence.kind.is_of_exercise:
            code = None  # an error behind it is that of a wrong answer
        elif fence.kind.shows is Shows.RAISED and code is not None:
            found.setdefault(code.start, fence)
    return found
