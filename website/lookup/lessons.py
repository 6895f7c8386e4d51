"""Where the pages of a language explain what: read from their Markdown, before any of them is rendered."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

HEADING = re.compile(r"^#{1,6} +(?P<title>.*?) *\{ *#(?P<id>[\w-]+) *\} *$", re.MULTILINE)
FENCE = re.compile(r"^( *)(`{3,}|~{3,})(?P<info>.*)\n(?P<text>(?:.*\n)*?)\1\2`*~* *$", re.MULTILINE)
PITFALL = '<div class="pitfall"'


@dataclass(frozen=True)
class Place:
    """A section of a page: the page's file and title, and the section's address and title."""

    uri: str
    page: str
    section: str
    title: str


@dataclass(frozen=True)
class Pitfall:
    """A pitfall, and the messages of the errors that it shows."""

    place: Place
    errors: tuple[str, ...]


def explained_in(word: str, pages: Mapping[str, str]) -> Place | None:
    """Return the first section with the word in bold. pages: their Markdown by uri, in reading order."""
    flowing = r"\s+".join(map(re.escape, word.split()))
    bold = re.compile(rf"\*\*{flowing}(?:e?s)?\*\*", re.IGNORECASE)
    for uri, text in pages.items():
        if found := bold.search(text):
            return _place(uri, text, found.start())
    return None


def pitfalls(pages: Mapping[str, str]) -> Iterator[Pitfall]:
    """Yield the pitfalls of the pages in the order of reading."""
    for uri, text in pages.items():
        _, *boxes = text.split(PITFALL)
        at = 0
        for box in boxes:
            at = text.index(PITFALL, at + 1)
            inside = box.partition("</div>")[0]
            heading = HEADING.search(text, at)
            if heading is None or heading.end() > at + len(inside) + len(PITFALL):
                continue  # a box without a heading has no address
            fences = FENCE.finditer(inside)
            errors = [fence["text"].strip() for fence in fences if re.search(r"\.error\b", fence["info"])]
            yield Pitfall(_place(uri, text, heading.end()), tuple(errors))


def title_of(text: str) -> str:
    """Return the title of a page, or "" for one without."""
    first = HEADING.search(text)
    return first["title"] if first else ""


def _place(uri: str, text: str, at: int) -> Place:
    """The section in which something stands."""
    before = [found for found in HEADING.finditer(text) if found.start() < at]
    section = before[-1]
    return Place(uri, title_of(text), section["id"], section["title"])
