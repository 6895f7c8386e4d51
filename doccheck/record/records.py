"""The record of a project: what is asked of it, for a page, for a package and for its own files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from doccheck.base.problem import Problem, Spot
from doccheck.base.settings import Settings
from doccheck.page.model import Page, pages_below
from doccheck.record.entries import DOCSTRING, Entry, docstring_entries, gone, page_entries, table_entries, unread
from doccheck.record.files import RecordError, read_record, record_path
from doccheck.record.pictures import find_programs

Lines = dict[str, dict[str, str]]


@dataclass(frozen=True)
class Target:
    """What somebody reads in one go: a page in all languages, or a file of a package.

    name: what the languages share of a page's path, or what messages call the file.
    """

    name: str
    paths: tuple[Path, ...]
    is_page: bool


class Records:
    """What people have read of a project; read_page gives a page for its path."""

    def __init__(self, settings: Settings, read_page: Callable[[Path], Page]) -> None:
        self.settings, self._page = settings, read_page
        self._files: dict[str, Lines | None] = {}
        self._entries: dict[Target, list[Entry]] = {}
        self._programs = find_programs(settings.pictures)

    def lines(self, folder: str) -> Lines | None:
        """Return what is recorded for a folder; None where nobody has read it yet."""
        if folder not in self._files:
            self._files[folder] = read_record(self.path(folder))
        return self._files[folder]

    def begin(self, folder: str) -> Lines:
        """Begin the record of a folder that nobody has read before."""
        lines: Lines = {}
        self._files[folder] = lines
        return lines

    def target(self, path: Path) -> Target | None:
        """Return what a page or a file of a package belongs to; None for what no record is about."""
        settings = self.settings
        if settings.records is None or settings.is_generated(path):
            return None
        siblings = settings.siblings(path)
        if siblings:
            language = settings.language(path) or ""
            name = path.relative_to(settings.docs / language).as_posix()
            return Target(name, tuple(other for other in siblings.values() if other.is_file()), True)
        if path in self.other_files:
            return Target(settings.name(path), (path,), False)
        return None

    def is_recorded(self, path: Path) -> bool:
        """Say whether a page lies in a folder that somebody has read."""
        target = self.target(path)
        return target is not None and self.path(self.folder(target)).is_file()

    def path(self, folder: str) -> Path:
        """Return the file for a folder."""
        assert self.settings.records is not None
        return record_path(self.settings.records, folder)

    def entries(self, target: Target) -> list[Entry]:
        """Return what there is to read of it, in order."""
        if target not in self._entries:
            self._entries[target] = list(self._find_entries(target))
        return self._entries[target]

    def _find_entries(self, target: Target) -> Iterator[Entry]:
        if target.paths[0] in self.tables:
            return self.rows(target.paths[0], target.paths[0].read_text("utf-8"))
        if not target.is_page:
            return docstring_entries(target.paths[0].read_text("utf-8"), target.paths[0], target.name)
        pages = {}
        for path in target.paths:
            page = self._page(path)
            if not page.unreadable:
                pages[self.settings.language(path) or ""] = page
        return page_entries(target.name, pages, self._programs)

    def rows(self, path: Path, text: str) -> Iterator[Entry]:
        """Yield the entries of a table of texts, such as the glossary, from its text."""
        settings = self.settings
        latin = [language for language in settings.languages if language not in dict(settings.scripts)]
        named_in = [*latin, *settings.languages][0]
        noun = "term" if path == settings.glossary else "text"
        return table_entries(text, path, settings.name(path), settings.languages, named_in, noun)

    def folder(self, target: Target) -> str:
        """Return the folder whose record a target belongs to."""
        inner, _, _ = target.name.rpartition("/")
        return inner or "index"

    def unread_on(self, path: Path) -> list[Problem]:
        """Return what on a page, or in a file's docstrings, is not as somebody has read it."""
        target = self.target(path)
        if target is None:
            return []
        lines = self._readable_lines(self.folder(target))
        if lines is None:
            return []
        language = self.settings.language(path)
        columns = [language] if language else [DOCSTRING]
        if path in self.tables:
            columns = list(self.settings.languages)
        found: list[Problem] = []
        for column in columns:
            for entry in self.entries(target):
                found += unread(entry, lines.get(entry.key), column, self.command(path))
        for key in gone(self.entries(target), lines, columns[0]):
            says = f"the record has {key}, which is no longer there"
            where = Spot(self.settings.name(path), f"{self.settings.name(path)}:1")
            found.append(Problem(where, 0, says, f"`{self.command(path)}` drops it"))
        return list(dict.fromkeys(found))

    def command(self, path: Path) -> str:
        """Return what a person types to record a page."""
        return f"pytest {self.settings.name(self.settings.docs)} --read {self.settings.name(path)}"

    def of_files(self) -> list[Problem]:
        """Return what is wrong with the record itself, and what besides pages has changed since it was read."""
        if self.settings.records is None:
            return []
        found: list[Problem] = []
        for path in sorted(self.settings.records.rglob("*.txt")):
            folder = path.relative_to(self.settings.records).with_suffix("").as_posix()
            try:
                found += self._of_file(path, self.lines(folder) or {}, folder)
            except RecordError as error:
                found.append(Problem(Spot(self.settings.name(path), self.settings.name(path)), 0, str(error)))
        for file in self.other_files:
            found += self.unread_on(file)
        return found

    def _of_file(self, path: Path, lines: Lines, folder: str) -> Iterator[Problem]:
        files = self._files_of(folder)
        name = self.settings.name(path)
        for file in sorted({key.partition("#")[0] for key in lines}):
            if file not in files:
                says = f"the record has {file}, and there is no such file"
                yield Problem(Spot(name, f"{name}:1"), 0, says, "delete its lines")

    def _files_of(self, folder: str) -> set[str]:
        inner = "" if folder == "index" else folder
        homes = [self.settings.docs / language / inner for language in self.settings.languages]
        homes.append(self.settings.root / inner)
        return {path.name for home in homes if home.is_dir() for path in home.iterdir()}

    def package_files(self) -> list[Path]:
        """Return the files of the packages whose docstrings readers see."""
        return [path for folder in self.settings.docstrings for path in sorted(folder.rglob("*.py"))]

    @cached_property
    def tables(self) -> list[Path]:
        """The files of texts in every language: the glossary, and others."""
        glossary = self.settings.glossary
        found = [*([glossary] if glossary is not None else []), *self.settings.tables]
        return found if self.settings.languages else []

    @cached_property
    def other_files(self) -> list[Path]:
        """The files with what people read besides pages: those of packages, and tables of texts."""
        return [*self.package_files(), *self.tables]

    def folders(self, paths: Iterable[Path]) -> dict[str, bool]:
        """Return the folders of some pages and files that people read, and whether there is a record of each."""
        targets = {self.target(path) for path in paths}
        names = {self.folder(target) for target in targets if target is not None and self.entries_exist(target)}
        return {name: self.path(name).is_file() for name in sorted(names)}

    def all_paths(self) -> list[Path]:
        """Return all files that people read: the pages of every language, and others."""
        docs = self.settings.docs
        return [path for name in self.settings.languages for path in pages_below(docs / name)] + self.other_files

    def entries_exist(self, target: Target) -> bool:
        """Say whether there is anything to read."""
        return target.is_page or bool(self.entries(target))

    def count(self, paths: Iterable[Path]) -> tuple[int, int]:
        """Return how many sections of pages in recorded folders are as somebody has read them, and how many are not."""
        read = unread = 0
        for target in dict.fromkeys(self.target(path) for path in paths):
            lines = None if target is None else self._readable_lines(self.folder(target))
            if target is None or lines is None:
                continue
            entries = self.entries(target)
            same = sum(lines.get(entry.key) == entry.digests for entry in entries)
            read, unread = read + same, unread + len(entries) - same
        return read, unread

    def _readable_lines(self, folder: str) -> Lines | None:
        try:
            return self.lines(folder)
        except RecordError:
            return None  # said once, of the file
