"""The links of a page to other pages, and the places on it that a link can lead to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from doccheck.page.model import ENDINGS, Page

LINK = re.compile(
    r"(?<!!)\[[^\]]*\]\(<?(?P<inline>[^()\s<>]+)>?(?:\s[^()]*)?\)"  # [text](page.md#id "title")
    r"|^[ ]{0,3}\[[^\]^][^\]]*\]:[ \t]*<?(?P<reference>[^\s<>]+)"
    r"|<a\b[^>]*\bhref=[\"'](?P<href>[^\"']+)[\"']",
    re.M | re.I,
)
ID = re.compile(r"<[a-z][^>]*\b(?:id|name)=[\"'](?P<id>[^\"']+)[\"']", re.I)
LIST_ID = re.compile(r"\{[^{}\n]*#(?P<id>[\w-]+)[^{}\n]*\}")
ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|/", re.I)  # another site, or an address of the server


@dataclass(frozen=True)
class Link:
    """A link to a page: where it stands, the file it names ("" for its own page), and the id there."""

    at: int
    file: str
    id: str


def find_links(page: Page) -> Iterator[Link]:
    """Yield the links of a page that lead to pages of the project."""
    for match in LINK.finditer(page.plain):
        target = match[match.lastgroup or "inline"]
        if ELSEWHERE.match(target):
            continue
        file, _, name = target.partition("#")
        if not file or file.endswith(ENDINGS):
            yield Link(match.start(), unquote(file), unquote(name))


def ids(page: Page) -> set[str]:
    """Return the ids of a page: of its headings, and of what has one in HTML or in an attribute list."""
    found = {heading.id for heading in page.headings if heading.id}
    found.update(match["id"] for match in ID.finditer(page.plain))
    found.update(match["id"] for match in LIST_ID.finditer(page.plain))
    return found
