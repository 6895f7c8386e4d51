"""Attribute lists, { #id .class key="value" }, read by Python-Markdown's own grammar, as the page's HTML is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from markdown.extensions.attr_list import AttrListTreeprocessor, get_attrs_and_remainder

from doccheck.base.decimals import DECIMAL, Share, read_tolerance
from doccheck.base.problem import Fault

# in running text a list stands right behind an element, or at the end of a heading, a cell or a paragraph
LIST = re.compile(r"(?<=[)\]*_`>])\{|(?<![ ])[ ]*(?P<last>\{)(?=:|[ ]*[.#])")
LINE_ENDS = re.compile(r"[ ]*(?:\||$)", re.M)
END = "end-of-the-list"


@dataclass(frozen=True)
class Attributes:
    """What an attribute list says; unread is a part of it that is no id, class or key with a value."""

    id: str | None = None
    classes: tuple[str, ...] = ()
    options: Mapping[str, str] = field(default_factory=dict)
    unread: str = ""


def read_attributes(inside: str) -> Attributes:
    """Read what stands between the braces of a list."""
    # Python-Markdown drops what it cannot read; then it does not reach our end
    given, _ = get_attrs_and_remainder(f"{inside.strip()} {END}")
    unread = "" if given[-1:] == [(END, None)] else inside.strip()
    name: str | None = None
    classes: list[str] = []
    options: dict[str, str] = {}
    for key, value in given:
        if key == END:
            continue
        if value is None or (value[:1] in ("'", '"') and f"{key}={value}" in inside):  # a quote that never ends
            unread = unread or (key if value is None else f"{key}={value}")
        elif key == "id":
            name = value
        elif key in (".", "class"):
            classes += value.split()
        else:
            options[key] = value
    return Attributes(name, tuple(classes), options, unread)


def list_at(text: str, start: int) -> tuple[Attributes, int] | None:
    """Read the list whose brace is at start; return it with its end, or None where there is no list."""
    line_end = text.find("\n", start)
    line = text[start : len(text) if line_end < 0 else line_end]
    match = re.match(AttrListTreeprocessor.INLINE_RE, line)
    if match is None:
        return None
    _, remainder = get_attrs_and_remainder(match[1])
    closing = match.end(1) - len(remainder)  # the first brace that stands in no quotes
    return read_attributes(line[match.start(1) : closing]), start + closing + 1


def list_at_end(heading: str) -> tuple[Attributes, int] | None:
    """Read the list at the end of a heading; return it with the offset where the heading's text ends."""
    match = AttrListTreeprocessor.HEADER_RE.search(heading)
    if match is None or get_attrs_and_remainder(match[1])[1]:
        return None
    return read_attributes(match[1]), match.start()


def find_lists(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the attribute lists of running text begin and end, with the spaces before them."""
    position = 0
    while match := LIST.search(text, position):
        position = match.end()
        found = list_at(text, match.end() - 1)
        if found is not None and (match["last"] is None or LINE_ENDS.match(text, found[1])):
            position = found[1]
            yield match.start(), position


def value_span(text: str, key: str) -> tuple[int, int]:
    """Return where the value of a key, which text has, begins and ends, without its quotes."""
    match = re.search(rf"""(?<![^\s{{]){re.escape(key)}=(?:"([^"]*)"|'([^']*)'|([^ =}}]+))""", text)
    assert match is not None
    return match.span(match.lastindex or 0)


def check_tolerance(text: str | None, covered: str) -> list[Fault]:
    """Return what is wrong with a tolerance for the numbers of a text: a tenth of the smallest is the most."""
    if text is None:
        return []
    tolerance = read_tolerance(text)
    if tolerance is None:
        remedy = 'write a number between 0 and 1, such as tol="1e-10", or a share of each number, such as tol="5%"'
        return [Fault(f'tol="{text}" is not a tolerance', remedy)]
    numbers = [abs(float(number)) for number in DECIMAL.findall(covered)]
    smallest = 1.0 if isinstance(tolerance, Share) else min((n for n in numbers if n), default=1.0)
    if tolerance > smallest / 10:
        what = "each number" if isinstance(tolerance, Share) else f"{smallest:g}, the smallest number there"
        return [Fault(f'tol="{text}" is more than a tenth of {what}', 'state less, or a share, such as tol="5%"')]
    return []
