"""Running text of a page: what is left when code, maths, markup and comments are blanked out."""

from __future__ import annotations

import contextlib
import html
import io
import re
import tokenize
import unicodedata
from collections.abc import Iterator

from doccheck.base.attributes import find_lists
from doccheck.base.text import blank, lines

MATHS = re.compile(
    r"(?<![\\$])\$\$(?P<block>.+?)(?<!\\)\$\$|(?<![\\$])\$(?P<inline>(?!\s)[^$\n]+?)(?<![\\\s])\$(?!\d)", re.S
)
FRONT_MATTER = re.compile(r"\A---\n(?P<body>.*?)\n---[ \t]*\n", re.S)
READ_ATTRIBUTES = ("alt", "title", "aria-label", "summary", "label", "placeholder", "value")
READ_ATTRIBUTE = re.compile(rf"""\b(?:{"|".join(READ_ATTRIBUTES)})\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)""", re.I)
TAG = re.compile(r"</?[A-Za-z](?:[^<>\n]|\n(?!\n))*>")
ADDRESS = re.compile(r"https?://[!-;=?-Z^-~]+")  # ASCII: Japanese may follow without a space
MARKUP = re.compile(
    r"\]\((?P<target>[^()\s]*+)(?P<title>[^()]*)\)"  # a link's or picture's target
    rf"|<(?:https?|mailto):[^<>]*>|{ADDRESS.pattern}"  # a bare address
    r"|^[ \t]*\[[^\]^][^\]]*\]:[ \t]*(?:https?:|[\w./#-]*[/#.][a-z])[!-~]*",  # a reference's target
    re.M,
)
# ASCII: in re's Unicode sense a Japanese particle before a number would be a part of its word
DECIMAL = re.compile(
    r"(?<![\d.])(?:\d*\.\d+(?:e[-+]?\d+)?|(?<![a-z_])\d+e[-+]?\d+(?![a-z_]))|(?<!\.)\.{3,}\d+\.\d+|(?<!\d)\d+[·・٫]\d+"
    r"|(?<![\d,])\d+(?:,\d+)+(?![\d,])"  # a decimal comma, or thousands: 7,5 and 1,000
    r"|(?<![\d/])\d+[/⁄]\d+(?![\d/])",  # a fraction, ¾ too
    re.A | re.I,
)
MINUS = "\N{MINUS SIGN}"
RAISED_POWER = re.compile(r"(?<!\d)1?0(?P<power>[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
NUMBER = re.compile(r"(?<![\w.])(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?(?![\d_])", re.A | re.I)
LIST_NUMBER = re.compile(r"^[ \t>]*\d+\.(?=\s)", re.M)
HEADING = re.compile(r"^(?P<marks>#{1,6})[ \t]+(?P<text>[^\n]*)$", re.M)
IMAGE = re.compile(r"!\[(?P<alt>[^\]]*)\]\((?P<src>[^)\s]+)[^)]*\)")


def maths(text: str) -> Iterator[re.Match[str]]:
    """Yield the formulas of a page whose code is blanked out: $…$ and $$…$$."""
    return MATHS.finditer(text)


def running_text(text: str) -> str:
    """Return what a reader reads of a page whose code and maths are blanked out, line for line.

    Alternative texts and titles in HTML attributes count as read; tags, link targets and attribute
    lists do not.
    """
    text = TAG.sub(lambda m: _keep(m, READ_ATTRIBUTE), text)
    text = blank(text, find_lists(text))
    text = MARKUP.sub(_blank_target, text)
    return LIST_NUMBER.sub(lambda m: " " * len(m[0]), text)


def _keep(tag: re.Match[str], kept: re.Pattern[str]) -> str:
    spans, position = [], 0
    for match in kept.finditer(tag[0]):
        spans.append((position, match.start(1)))
        position = match.end(1)
    return blank(tag[0], [*spans, (position, len(tag[0]))])


def _blank_target(match: re.Match[str]) -> str:
    if match["target"] is None:
        return blank(match[0], [(0, len(match[0]))])
    return "](" + " " * len(match["target"]) + f"{match['title']})"


def decimals(text: str) -> Iterator[tuple[int, str]]:
    """Yield line and text of every decimal number in running text, whatever digits it is written with."""
    for number, line in enumerate(lines(text), 1):
        line = html.unescape(line)
        if any(c.isnumeric() for c in line):
            yield from ((number, match[0]) for match in DECIMAL.finditer(_folded(line)))


def _folded(line: str) -> str:
    """Return a line with plain digits and points, without markup inside of words and invisible characters."""
    line = line.replace("…", " ")
    line = RAISED_POWER.sub(lambda m: f"1e{unicodedata.normalize('NFKC', m['power']).replace(MINUS, '-')}", line)
    line = "".join(c for c in line if unicodedata.category(c) not in ("Cf", "Cc"))
    line = "".join(str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in line)
    line = unicodedata.normalize("NFKC", line)
    return re.sub(r"(?<=\d)([.,·・٫]?)[*_]+(?=[.,·・٫]?\d)", r"\1", line)


def numbers(text: str) -> set[str]:
    """Return every number that stands in a text, as it is written there."""
    return set(NUMBER.findall(text))


def code_numbers(source: str) -> set[str]:
    """Return the numbers that a program calculates with, not those of its comments and strings."""
    kinds = (tokenize.NUMBER, tokenize.NAME, tokenize.OP)
    return numbers(" ".join(token.string for token in _tokens(source) if token.type in kinds))


def remarked_decimals(source: str) -> Iterator[tuple[int, str]]:
    """Yield line and text of the decimals in a program's comments and docstrings, which no run confirms."""
    for token in _tokens(source):
        docstring = token.type == tokenize.STRING and token.line.lstrip().startswith(token.string[:3])
        if token.type == tokenize.COMMENT or (docstring and token.string[:3] in ('"""', "'''")):
            yield from ((token.start[0], number) for _, number in decimals(token.string))


def ends_quietly(source: str) -> bool:
    """Say whether a semicolon ends a program, which lets a notebook's cell show no value."""
    parts = (tokenize.NAME, tokenize.NUMBER, tokenize.STRING, tokenize.OP)
    return [token.string for token in _tokens(source) if token.type in parts][-1:] == [";"]


def _tokens(source: str) -> Iterator[tokenize.TokenInfo]:
    with contextlib.suppress(tokenize.TokenError, SyntaxError):  # what cannot be read fails when it runs
        yield from tokenize.generate_tokens(io.StringIO(source).readline)
