"""The pages of a site build and the verdicts on them, for every hook of the build.

A module of its own: MkDocs loads a hook under a name of its own, so importing one hook from another would
give a second copy that has checked nothing.
"""

from __future__ import annotations

from pathlib import Path

from doccheck.cache import Cache
from doccheck.check import Book, Verdict
from doccheck.page import pages_below
from doccheck.settings import Settings


class Site:
    """What is known of the site's pages; book is None until they have been checked."""

    def __init__(self) -> None:
        self.serving = False
        self.book: Book | None = None
        self.verdicts: dict[Path, Verdict] = {}

    def check(self, settings: Settings) -> None:
        """Check every page of the site; while serving, run only the programs that changed."""
        if self.book is None or self.book.settings != settings:
            self.book = Book(settings)
        self.book.forget()
        pages = pages_below(settings.docs)
        used = [*settings.code, settings.root / "pyproject.toml"]
        cache = Cache(settings.root / ".cache" / "doccheck", used, settings.timeout) if self.serving else None
        self.verdicts = self.book.check(pages, cache=cache, rendered=False)


SITE = Site()
