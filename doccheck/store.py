"""The pages of a project, and what they share: their folders, their programs, their package, the glossary."""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from doccheck.base.memo import MEMO
from doccheck.base.problem import Problem
from doccheck.base.settings import Settings, SettingsError, read_table
from doccheck.check.link_texts import Numbered, Target, links, numbered
from doccheck.check.lookups import attributes_in
from doccheck.check.names import NAME, source_names
from doccheck.check.package import check_against_package, listed_folders, unlisted
from doccheck.check.terms import Term, read_glossary
from doccheck.page.listings import uses_listings
from doccheck.page.model import ENDINGS, NOTEBOOK, Page, pages_below
from doccheck.page.reading import read_page
from doccheck.run.outcome_cache import Ran
from doccheck.run.pool import run_programs
from doccheck.run.program import Outcomes, Program, from_package, make_program

T = TypeVar("T")


class Pages:
    """The pages of a project and their files, each read once until all are forgotten."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._read: dict[Hashable, Any] = {}

    def _once(self, question: Hashable, read: Callable[[], T]) -> T:
        """Return what the files say that read looks at; as long as nothing is forgotten, they are read once."""
        if question not in self._read:
            self._read[question] = read()
        answer: T = self._read[question]
        return answer

    def page(self, path: Path) -> Page:
        """Return the page at an absolute path."""
        return self._once(path, lambda: read_page(path, self.settings.name(path), self.settings.libraries))

    def replace(self, page: Page) -> None:
        """Let a page stand for its file until all are forgotten."""
        self._read[page.path] = page

    def folder(self, path: Path) -> list[Page]:
        """Return the pages of a page's folder in reading order; outside the languages, and for a notebook, it alone."""
        if self.settings.language(path) is None or path.suffix == NOTEBOOK:
            return [self.page(path)]
        return self._inside(path.parent)

    def _inside(self, folder: Path) -> list[Page]:
        files = self._once(("folder", folder), lambda: sorted(p for p in folder.glob("*.md") if p.is_file()))
        return [self.page(path) for path in files]

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

    def targets(self, page: Page) -> dict[str, Target]:
        """Return the pages that the links of a page lead to, by what stands there before #."""
        folder = self.folder(page.path)
        found: dict[str, Target] = {}
        for _, _, address in links(page):
            file = address.partition("#")[0]
            path = Path(os.path.normpath(page.path.parent / file)) if file else page.path
            if path.suffix not in ENDINGS or self.settings.is_generated(path):
                continue
            if not path.is_file():
                continue  # said elsewhere
            there = self.page(path)
            follows = there in folder and page in folder and folder.index(there) == folder.index(page) + 1
            found[file] = Target(there, follows)
        return found

    def names(self) -> frozenset[str]:
        """Return the names of the project's code, and those from elsewhere that pages may mention."""
        return self._once("names", self._read_names)

    def _read_names(self) -> frozenset[str]:
        found = {part for name in self.listed() for part in NAME.findall(name)}
        for source in self._code():
            found |= source_names(source)
        return frozenset(found | self.listed() | self._file_names())

    def _file_names(self) -> set[str]:
        """Return the names of the project's files, and those of the scripts that pages are given away as."""
        settings = self.settings
        found = {path.name for path in settings.root.iterdir() if path.is_file()}
        for folder in [*settings.code, settings.docs]:
            found |= {path.name for path in folder.rglob("*.*")}
        return found | {f"{Path(name).stem}.py" for name in found if name.endswith(ENDINGS)}

    def _code(self) -> list[str]:
        files = [file for folder in self.settings.code for file in sorted(folder.rglob("*.py"))]
        return self._once("code", lambda: [file.read_text("utf-8", "surrogateescape") for file in files])

    def listed(self) -> frozenset[str]:
        """Return the names from elsewhere that pages may mention, each as it is listed."""
        return self._once("listed", self._read_listed)

    def _read_listed(self) -> frozenset[str]:
        if self.settings.names is None:
            return frozenset()
        table = read_table(self.settings.names)
        return frozenset(name for names in table.values() for name in names)

    def attributes(self) -> frozenset[str]:
        """Return what the project's code looks up, each with the name before it."""
        return self._once("attributes", lambda: frozenset().union(*map(attributes_in, self._code())))

    def numbered(self, language: str) -> list[Numbered]:
        """Return the numbers of the pages of a language that have one."""
        found = (numbered(self.page(path)) for path in self._files(language))
        return [number for number in found if number is not None]

    def _files(self, language: str) -> list[Path]:
        return self._once(("files", language), lambda: pages_below(self.settings.docs / language))

    def run(self, paths: Sequence[Path], ran: Ran) -> dict[Path, Outcomes]:
        """Run pages, but for what has run already."""
        return dict(zip(paths, run_programs(self.programs(paths), self.settings, ran), strict=True))

    def programs(self, paths: Sequence[Path], *, imported: bool = False) -> list[Program]:
        """Return what runs for each page; imported: with the package in place of their listings."""
        return [self._program(path, imported) for path in paths]

    def _program(self, path: Path, imported: bool) -> Program:
        page, earlier = self.page(path), self.earlier(path)
        homes = unlisted([*earlier, page], self.settings.root) if imported else None
        imports = None if homes is None else from_package(homes)
        others = [self.page(other) for other in self.others(page) if other.is_file()]
        inputs = (page, *earlier, None, *others, None if homes is None else tuple(homes.items()))
        return MEMO.get("program", inputs, lambda: make_program(page, earlier, imported=imports, others=others))

    def package_problems(self, path: Path) -> list[Problem]:
        """Return where the listings of a page's program are not the package."""
        if path.suffix == NOTEBOOK or self.settings.language(path) is None:
            return []  # it has no listings
        program = self.settings.program(path.parent)[0]
        pages, root = self.program_pages(path), self.settings.root
        anew = {folder: self.settings.listed_anew(folder) for folder in self.settings.program(path.parent)}
        unfinished = {folder: names for folder, names in anew.items() if names is not None}
        return self._once(("package", program), lambda: list(check_against_package(pages, root, unfinished)))

    def finishes_listings(self, path: Path) -> bool:
        """Say whether a page is the last with listings in its folder, and no later one goes on with these files."""
        if self.settings.listed_anew(path.parent) is not None:
            return False
        if next((page.path for page in reversed(self.folder(path)) if uses_listings(page)), None) != path:
            return False
        pages = self.program_pages(path)
        behind = pages[pages.index(self.page(path)) + 1 :]
        return listed_folders(self.folder(path)).isdisjoint(listed_folders(behind))

    def terms(self, language: str) -> list[Term]:
        """Return the glossary's terms of a language."""
        return self._once(("terms", language), lambda: self._read_terms(language))

    def _read_terms(self, language: str) -> list[Term]:
        path = self.settings.glossary
        if path is None:
            return []
        terms = read_glossary(path, language, dict(self.settings.scripts))
        there = {
            page.relative_to(self.settings.docs / language).with_suffix("").as_posix() for page in self._files(language)
        }
        for term in terms:
            if missing := [name for name in term.must if name not in there]:
                raise SettingsError(
                    f"{path}: {term.word} must be on {missing[0]}, and there is no such page in {language}"
                )
        return terms

    def forget(self) -> None:
        """Forget what may have changed since it was read."""
        self._read.clear()
