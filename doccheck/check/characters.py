"""Characters that nobody sees: each is named in the message, for the eye cannot tell it from nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from doccheck.base.problem import Problem
from doccheck.base.text import blank, lines, named
from doccheck.page.model import Page

# without any width, or controls, or half of a character; U+200D joins emoji, and fences may hold what they like
UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ufeff\uffa0\ud800-\udfff\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]"
)

# spaces of other kinds may part words; beside the sign of an item, a quote or a row they make it text like any other,
# which the record of reading cannot see, for it takes all of them for spaces
OTHER = "[\x0c\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"
ITEM = r"[-*+]|\d+[.)]"
OTHER_SPACE = re.compile(rf"[ \t]*(?:({OTHER})\s*(?:(?:{ITEM})\s|[>|])|(?:{ITEM})({OTHER}))")

# kana, Chinese characters and their punctuation: no word ends with a space. Korean has spaces between words.
UNSPACED = "[\u3001-\u30ff\u3400-\u9fff\uff01-\uff60]"
ENDS_UNSPACED = re.compile(rf"(?!#).*{UNSPACED}$")
GOES_ON = re.compile(rf"{UNSPACED}|`(?!``)|\*\*")


def check_characters(page: Page) -> Iterator[Problem]:
    """Yield what nobody sees in the prose of a page, spaces that are none, and letters written as two characters.

    A line break inside a paragraph becomes a space: where the words have none between them, readers see a gap.
    """
    before = ""
    for number, line in enumerate(lines(blank(page.text, page.hidden())), 1):
        if GOES_ON.match(line.lstrip()) and ENDS_UNSPACED.match(before):
            says = f"the line break behind {before[-10:]!r} shows as a gap between the words"
            yield page.problem_in_line(number, says, "join the two lines")
        before = line.strip()
        if line.isascii() and line.isprintable():
            continue
        for character in dict.fromkeys(UNSEEN.findall(line)):
            around = line[: line.index(character)].strip()[-10:]
            says = f"nobody sees the character {named(character)}" + (f" behind {around!r}" if around else "")
            yield page.problem_in_line(number, says, "delete it")
        if beside := OTHER_SPACE.match(line):
            says = f"{named(beside[1] or beside[2])} is no space to Markdown, so no item, quote or row begins here"
            yield page.problem_in_line(number, says, "write a space, or nothing where the line begins")
        composed = unicodedata.normalize("NFC", line)
        if composed != line:
            index = next((i for i, (a, b) in enumerate(zip(line, composed, strict=False)) if a != b), len(composed) - 1)
            says = f"{composed[index]!r} is written as {' and '.join(map(named, line[index : index + 2]))}"
            yield page.problem_in_line(number, says, f"write {named(composed[index])}, which others search for")
    yield from _tabs(page)


def _tabs(page: Page) -> Iterator[Problem]:
    """Yield the first tab of each fence: Markdown shows it as spaces, so that readers copy something else."""
    for fence in page.fences:
        for index, line in enumerate(lines(fence.source), 1):
            if "\t" in line and not fence.hidden:
                says = f"this line has the character {named(chr(9))}, which readers see, and copy, as spaces"
                remedy = "write spaces" if fence.kind.is_example else "let the code print spaces"
                yield page.problem_in_line(fence.line + index, says, remedy, item=fence)
                break
