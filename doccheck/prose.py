"""Running text of a page: what is left when code, maths, markup and comments are blanked out."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator

MATHS = re.compile(
    r"(?<![\\$])\$\$(?P<block>.+?)(?<!\\)\$\$|(?<![\\$])\$(?P<inline>(?!\s)[^$\n]+?)(?<![\\\s])\$(?!\d)", re.S
)
FRONT_MATTER = re.compile(r"\A---\n(?P<body>.*?)\n---[ \t]*\n", re.S)
READ_ATTRIBUTE = re.compile(r"""\b(?:alt|title|aria-label|summary)=("[^"]*"|'[^']*')""")
TAG = re.compile(r"</?[A-Za-z][^<>]*>")
MARKUP = re.compile(
    r"\]\((?P<target>[^()\s]*)(?P<title>[^()]*)\)"  # a link's or picture's target
    r"|<(?:https?|mailto):[^<>]*>|https?://[^\s<>)\]]+"  # a bare address
    r"|\{[:#.][^{}\n]*\}|\{ [.#:][^{}\n]*\}"  # an attribute list
    r"|^[ \t]*\[[^\]]+\]:[ \t]*\S+",  # a reference's target
    re.M,
)
# ASCII: in re's Unicode sense a Japanese particle before a number would be a part of its word
DECIMAL = re.compile(r"(?<![\d.])(?:\d*\.\d+(?:e[-+]?\d+)?|(?<![a-z_])\d+e[-+]?\d+(?![a-z_]))", re.A | re.I)
NUMBER = re.compile(r"(?<![\w.])(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?(?![\d_])", re.A | re.I)
LIST_NUMBER = re.compile(r"^[ \t>]*\d+\.(?=\s)", re.M)
INDENTED = re.compile(r"(?<=\n\n)(?: {4}|\t)[^\n]*(?=\n|\Z)")
BLOCK_TAG = re.compile(r"<(?P<tag>pre|code|samp|kbd|script|style|textarea)\b", re.I)
HEADING = re.compile(
    r"^(?P<marks>#{1,6})[ \t]+(?P<text>[^\n]*?)[ \t]*(?:\{[^{}\n]*#(?P<id>[\w-]+)[^{}\n]*\})?[ \t]*$", re.M
)
IMAGE = re.compile(r"!\[(?P<alt>[^\]]*)\]\((?P<src>[^)\s]+)[^)]*\)")


def blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return text with every character of the spans but line ends replaced by a space."""
    parts, position = [], 0
    for start, end in sorted(spans):
        start = max(start, position)
        parts += [text[position:start], re.sub(r"[^\n]", " ", text[start:end])]
        position = max(position, end)
    return "".join([*parts, text[position:]])


def maths(text: str) -> Iterator[re.Match[str]]:
    """Yield the formulas of a page whose code is blanked out: $…$ and $$…$$."""
    return MATHS.finditer(text)


def running_text(text: str) -> str:
    """Return what a reader reads of a page whose code and maths are blanked out, line for line.

    Alternative texts and titles in HTML attributes count as read; tags, link targets and attribute
    lists do not.
    """
    text = TAG.sub(lambda m: _keep(m, READ_ATTRIBUTE), text)
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
        return re.sub(r"[^\n]", " ", match[0])
    return "](" + " " * len(match["target"]) + f"{match['title']})"


def decimals(text: str) -> Iterator[tuple[int, str]]:
    """Yield line and text of every decimal number in running text, full-width digits included."""
    for number, line in enumerate(text.split("\n"), 1):
        folded = unicodedata.normalize("NFKC", html.unescape(line))
        for match in DECIMAL.finditer(folded):
            yield number, match[0]


def numbers(text: str) -> set[str]:
    """Return every number that stands in a text, as it is written there."""
    return set(NUMBER.findall(text))
