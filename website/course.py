"""Reads course.toml: the parts of the course, the pages of each, and what follows from that for the site."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

COURSE = "course.toml"
PAGE_KEYS = {"step", "file"}
PART_KEYS = {"folder", "after", "title", "pages", "lookup", "unfinished"}


class CourseError(Exception):
    """Something in course.toml is missing, double or unknown."""


@dataclass(frozen=True)
class Entry:
    """One page. file is its place in a language's folder; a step has a number and, by language, titles."""

    file: str
    step: int | None
    titles: dict[str, str]


@dataclass(frozen=True)
class Part:
    """Some pages in reading order. titles, by language, name a section; a part without them is no section.

    after: the folder whose program this one continues, or None. unfinished: what steps to come will list anew, or None.
    """

    folder: str
    titles: dict[str, str]
    pages: tuple[Entry, ...]
    lookup: bool
    after: str | None = None
    unfinished: tuple[str, ...] | None = None

    @property
    def steps(self) -> list[Entry]:
        """Those of its pages that are steps, written or not."""
        return [page for page in self.pages if page.step is not None]


@dataclass(frozen=True)
class Course:
    """All parts in reading order."""

    parts: tuple[Part, ...]

    @property
    def steps(self) -> list[Entry]:
        """Every step of the course, written or not."""
        return [step for part in self.parts for step in part.steps]

    @property
    def lesson_folders(self) -> list[str]:
        """The folders whose pages are read on, not looked up."""
        return list(dict.fromkeys(part.folder for part in self.parts if part.titles and not part.lookup))

    @property
    def continued(self) -> dict[str, str]:
        """Which folder's program each folder continues; those that begin afresh are left out."""
        return {part.folder: part.after for part in self.parts if part.after is not None}

    def files(self, docs: Path) -> list[str]:
        """The pages of a language whose folder is docs, without the steps that have no page yet."""
        return [entry.file for part in self.parts for entry in _written(part, docs)]

    def nav(self, docs: Path, lang: str) -> list[Any]:
        """The navigation of a language, as MkDocs wants it."""
        nav: list[Any] = []
        for part in self.parts:
            files = [entry.file for entry in _written(part, docs)]
            if not part.titles:
                nav += files
            elif files:
                nav.append({part.titles[lang]: files})
        return nav

    def map_part(self, folder: str) -> Part:
        """The part with steps that lies in a folder."""
        for part in self.parts:
            if part.folder == folder and part.steps:
                return part
        raise CourseError(f"{COURSE} has no part with steps in the folder {folder!r}")


def read_course(root: Path) -> Course:
    """Read the course of the project at root. Raises CourseError, which says what is wrong in which entry."""
    try:
        table = tomllib.loads((root / COURSE).read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise CourseError(f"{COURSE}: {error}") from error
    course = Course(tuple(_part(part) for part in table.get("part", [])))
    seen: set[str] = set()
    for part in course.parts:
        for entry in part.pages:
            if entry.file in seen:
                raise CourseError(f"{COURSE} has {entry.file} twice; a page has one place")
            seen.add(entry.file)
    return course


def _part(table: dict[str, Any]) -> Part:
    folder = table.get("folder", "")
    where = f"{COURSE}, part {folder or 'without a folder'}"
    _refuse_unknown(table, PART_KEYS, where)
    pages = tuple(_entry(page, folder, where) for page in table.get("pages", []))
    anew = tuple(table["unfinished"]) if "unfinished" in table else None
    return Part(folder, table.get("title", {}), pages, table.get("lookup", False), table.get("after"), anew)


def _entry(table: dict[str, Any], folder: str, where: str) -> Entry:
    titles = {key: value for key, value in table.items() if key not in PAGE_KEYS}
    step = table.get("step")
    if (step is None) == ("file" not in table):
        raise CourseError(f"{where}: a page is a step or has a file; {table} does not say which")
    if step is None and titles:
        raise CourseError(f"{where}: {table['file']} has its title in itself; take {', '.join(titles)} out")
    name = f"step{step:02}.md" if step is not None else table["file"]
    return Entry(f"{folder}/{name}" if folder else name, step, titles)


def _refuse_unknown(table: dict[str, Any], known: set[str], where: str) -> None:
    if unknown := sorted(set(table) - known):
        raise CourseError(f"{where} has {unknown[0]!r}; it may have {', '.join(sorted(known))}")


def _written(part: Part, docs: Path) -> Iterator[Entry]:
    """A step without a page is to come; any other page should be there, and MkDocs says so where it is not."""
    for entry in part.pages:
        if entry.step is None or (docs / entry.file).is_file():
            yield entry


def check_titles(course: Course, languages: Sequence[str]) -> None:
    """Raise CourseError for a section or a step that has no title in a language."""
    for part in course.parts:
        for name, titles in [(part.folder, part.titles), *((f"step {step.step}", step.titles) for step in part.steps)]:
            if titles and set(titles) != set(languages):
                raise CourseError(f"{COURSE}: {name} has titles in {', '.join(titles)}, not in {', '.join(languages)}")
