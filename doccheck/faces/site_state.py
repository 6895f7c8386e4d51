"""The pages of a site build and the verdicts on them, for every hook of the build.

A module of its own: MkDocs loads a hook under a name of its own, so importing one hook from another would
give a second copy that has checked nothing.
"""

from __future__ import annotations

from pathlib import Path

from doccheck.base.memo import MEMO
from doccheck.base.problem import Problem
from doccheck.base.settings import Settings
from doccheck.check.html import check_rendered
from doccheck.checker import Book, Verdict
from doccheck.page.model import Page, pages_below
from doccheck.run.outcome_cache import Ran, handed_on, outcomes_in


class Site:
    """What is known of the site's pages; book is None until they have been checked."""

    def __init__(self) -> None:
        self.serving = False
        self.book: Book | None = None
        self.verdicts: dict[Path, Verdict] = {}
        self.docstrings: list[Problem] = []
        self.unread: list[Problem] = []

    def check(self, settings: Settings) -> None:
        """Check every page of the site; while serving, run only the programs that changed.

        A build runs all of them, but for those that pytest has just run for it.
        """
        if self.book is None or self.book.settings != settings:
            self.book = Book(settings)
        self.book.forget()
        pages = pages_below(settings.docs)
        disk = outcomes_in(settings.root / ".cache" / "doccheck", settings) if self.serving else handed_on(settings)
        self.verdicts = self.book.check(pages, ran=Ran(disk), rendered=False)
        self.docstrings = self.book.check_docstrings()
        self.unread = [problem for verdict in self.verdicts.values() for problem in verdict.unread]
        self.unread += self.book.records.of_files()

    def verdict(self, source: str | None) -> Verdict | None:
        """Return the verdict on the page that a file of the build is made from; None where it is made from none."""
        return self.verdicts.get(Path(source or ""))

    def check_html(self, html: str, page: Page) -> list[Problem]:
        """Return where a page's HTML shows otherwise than was checked."""
        assert self.book is not None
        earlier = tuple(self.book.earlier(page.path))
        return MEMO.get("html", (html, page, earlier), lambda: list(check_rendered(html, page, earlier)))


SITE = Site()
