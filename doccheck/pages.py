"""The pages of a project, and what they share: their folders, their programs, their package, the glossary."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from doccheck.cache import Cache
from doccheck.execute import run_programs
from doccheck.glossary import Term, read_glossary
from doccheck.known import Known
from doccheck.listings import check_against_package, listed_folders, unlisted, uses_listings
from doccheck.page import NOTEBOOK, Page, is_current, read_page
from doccheck.problems import Problem
from doccheck.program import Outcomes, Program, make_program
from doccheck.settings import Settings


class Pages:
    """The pages of a project, read once each until they are forgotten."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._pages: dict[Path, Page] = {}
        self._folders: dict[Path, list[Page]] = {}
        self._package: dict[Path, list[Problem]] = {}
        self._terms: dict[str, list[Term]] = {}
        self.known = Known()

    def page(self, path: Path) -> Page:
        """Return the page at an absolute path."""
        if path not in self._pages:
            self._pages[path] = read_page(path, self.settings.name(path))
        return self._pages[path]

    def folder(self, path: Path) -> list[Page]:
        """Return the pages of a page's folder in reading order; outside the languages, and for a notebook, it alone."""
        if self.settings.language(path) is None or path.suffix == NOTEBOOK:
            return [self.page(path)]
        return self._inside(path.parent)

    def _inside(self, folder: Path) -> list[Page]:
        if folder not in self._folders:
            files = sorted(p for p in folder.glob("*.md") if p.is_file())
            self._folders[folder] = [self.page(p) for p in files]
        return self._folders[folder]

    def program_pages(self, path: Path) -> list[Page]:
        """Return the pages that build one program with this one: its folder, those it continues, those that go on."""
        if self.settings.language(path) is None or path.suffix == NOTEBOOK:
            return [self.page(path)]
        return [page for folder in self.settings.program(path.parent) for page in self._inside(folder)]

    def earlier(self, path: Path) -> list[Page]:
        """Return the pages before a page: in its folder, and in the folders that this one continues."""
        pages = self.program_pages(path)
        return pages[: pages.index(self.page(path))]

    def others(self, page: Page) -> list[Path]:
        """Return where the page stands in the other languages; not all of these files need exist."""
        if self.settings.language(page.path) is None:
            return []
        return [path for path in self.settings.siblings(page.path).values() if path != page.path]

    def run(self, paths: Sequence[Path], cache: Cache | None) -> dict[Path, Outcomes]:
        """Run pages."""
        return dict(zip(paths, run_programs(self.programs(paths), self.settings, cache), strict=True))

    def programs(self, paths: Sequence[Path], *, imported: bool = False) -> list[Program]:
        """Return what runs for each page; imported: with the package in place of their listings."""
        return [self._program(path, imported) for path in paths]

    def _program(self, path: Path, imported: bool) -> Program:
        page, earlier = self.page(path), self.earlier(path)
        homes = unlisted([*earlier, page], self.settings.root) if imported else None
        return self.known.recall(
            ("program", path, imported),
            (page, *earlier, homes),
            lambda: make_program(page, earlier, imported=homes),
        )

    def package_problems(self, path: Path) -> list[Problem]:
        """Return where the listings of a page's program are not the package."""
        if path.suffix == NOTEBOOK or self.settings.language(path) is None:
            return []  # it has no listings
        program = self.settings.program(path.parent)[0]
        if program not in self._package:
            self._package[program] = list(check_against_package(self.program_pages(path), self.settings.root))
        return self._package[program]

    def finishes_listings(self, path: Path) -> bool:
        """Say whether a page is the last with listings in its folder, and no later folder goes on with these files."""
        if next((page.path for page in reversed(self.folder(path)) if uses_listings(page)), None) != path:
            return False
        pages = self.program_pages(path)
        behind = pages[pages.index(self.page(path)) + 1 :]
        return listed_folders(self.folder(path)).isdisjoint(listed_folders(behind))

    def terms(self, language: str) -> list[Term]:
        """Return the glossary's terms of a language."""
        if language not in self._terms:
            path = self.settings.glossary
            self._terms[language] = [] if path is None else read_glossary(path, language)
        return self._terms[language]

    def forget(self) -> None:
        """Forget what may have changed since it was read."""
        self._pages = {path: page for path, page in self._pages.items() if is_current(page)}
        for known in (self._folders, self._package, self._terms):
            known.clear()
