"""What is recorded one by one: a section in all languages with its pictures, or a docstring.

An entry has a text for each column of its record: a column for each language, and one for what the languages share.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from doccheck.base.problem import Problem, Source, Spot
from doccheck.page.model import Page
from doccheck.record.docstrings import public_docstrings
from doccheck.record.pictures import picture_source
from doccheck.record.sections import find_sections
from doccheck.record.tables import table_rows

PICTURES = "pictures"
DOCSTRING = "docstring"
DIGITS = 10  # of a digest; more than chance needs


@dataclass(frozen=True)
class Part:
    """One column of an entry: where it stands, what of it is read, and how it is shown to who reads it.

    files: where it comes from. noun: what it is a part of.
    """

    column: str
    source: Source
    at: int
    reads: str
    shown: str
    files: tuple[Path, ...]
    noun: str = "section"

    @cached_property
    def digest(self) -> str:
        """What the record has of it."""
        return hashlib.sha256(self.reads.encode()).hexdigest()[:DIGITS]

    @property
    def where(self) -> str:
        """Its place, as messages say it."""
        return self.source.where(self.at)


@dataclass(frozen=True)
class Entry:
    """One line of a record: its key, the file that it belongs to, and its parts."""

    key: str
    file: str
    parts: tuple[Part, ...]

    @cached_property
    def digests(self) -> dict[str, str]:
        """What the record says of it once it has been read as it is now."""
        return {part.column: part.digest for part in self.parts}


def page_entries(name: str, pages: Mapping[str, Page], programs: Mapping[str, Path]) -> Iterator[Entry]:
    """Yield the entries of a page; name is what its languages share of the path, and pages are it in each language.

    A section that one language lacks is an entry without that language's column.
    """
    folder, _, file = name.rpartition("/")
    found = {language: {section.id: section for section in find_sections(page)} for language, page in pages.items()}
    ids = dict.fromkeys(key for sections in found.values() for key in sections)
    for key in ids:
        parts: list[Part] = []
        pictures: list[str] = []
        for language, sections in found.items():
            if key in sections:
                section, page = sections[key], pages[language]
                parts.append(Part(language, page, section.at, section.reads, section.source, (page.path,)))
                pictures += section.pictures
        drawn = _pictures(dict.fromkeys(pictures), programs, parts[0])
        yield Entry(f"{file}#{key}" if key else file, folder or "index", (*parts, *drawn))


def _pictures(names: Sequence[str] | dict[str, None], programs: Mapping[str, Path], beside: Part) -> list[Part]:
    drawn = [name for name in names if name in programs]
    if not drawn:
        return []
    reads = "\n".join(picture_source(name, programs) for name in drawn)
    shown = "\n".join(f"picture {name}" for name in drawn)
    return [Part(PICTURES, beside.source, beside.at, reads, shown, tuple(programs[name] for name in drawn))]


def docstring_entries(source: str, path: Path, name: str) -> Iterator[Entry]:
    """Yield the entries of a file of a package from its text; name is how messages call it."""
    folder, _, file = name.rpartition("/")
    found: dict[str, Part] = {}
    for docstring in public_docstrings(source):
        key = f"{file}#{docstring.name}" if docstring.name else file
        reads, shown = docstring.reads, docstring.source
        spot = Spot(name, f"{name}:{docstring.line}")
        if key in found:  # a property and its setter
            reads, shown = f"{found[key].reads}\n\n{reads}", f"{found[key].shown}\n\n{shown}"
        found[key] = Part(DOCSTRING, spot, 0, reads, shown, (path,), "docstring")
    for key, part in found.items():
        yield Entry(key, folder, (part,))


def table_entries(
    text: str, path: Path, name: str, languages: Sequence[str], named_in: str, noun: str
) -> Iterator[Entry]:
    """Yield the entries of a table of texts, such as a glossary, from its text; two rows of one key are one entry."""
    folder, _, file = name.rpartition("/")
    found: dict[str, list[Part]] = {}
    for row in table_rows(text, path.suffix, languages, named_in):
        spot, key = Spot(name, f"{name}:{row.line}"), f"{file}#{row.key}"
        earlier = found.get(key, [])
        parts = []
        for number, (language, reads) in enumerate(row.reads.items()):
            said = f"{earlier[number].reads}\n{reads}" if earlier else reads
            parts.append(Part(language, earlier[number].source if earlier else spot, 0, said, said, (path,), noun))
        found[key] = parts
    for key, parts in found.items():
        yield Entry(key, folder or "index", tuple(parts))


def unread(entry: Entry, recorded: Mapping[str, str] | None, column: str, command: str) -> Iterator[Problem]:
    """Yield why a part of an entry has to be read, and nothing where it was read as it is now.

    recorded: what the record has of the entry; None for nothing. What the languages share is said with each of them.
    command: what records it.
    """
    part = next((part for part in entry.parts if part.column == column), None)
    if part is None:
        return
    languages = [other for other in entry.parts if other.column not in (column, PICTURES)]
    others = list(dict.fromkeys(other.where for other in languages if other.where != part.where))
    beside = f" beside {' and '.join(others)}" if others else ""
    shared = next((other for other in entry.parts if other.column == PICTURES), None)
    if recorded is None:
        says = f"nobody has read this {part.noun} yet{beside}"
    elif recorded.get(column) != part.digest:
        says = f"this {part.noun} has changed since it was read{beside}"
    elif recorded.get(PICTURES) != (shared and shared.digest):
        names = shared.shown.replace("\n", ", ") if shared else "the picture that it had"
        says = f"{names} has changed since this section was read{beside}"
    else:
        return
    what = {0: "read it", 1: "read both", 2: "read all three"}.get(len(others), f"read all {len(others) + 1}")
    yield Problem(part.source, part.at, says, f"{what}, then `{command}`")


def gone(entries: Sequence[Entry], lines: Mapping[str, Mapping[str, str]], column: str = "") -> list[str]:
    """Return the keys of a record that its page or file does not have any more, or not in one column."""
    if not entries:
        return []
    there = {entry.key for entry in entries if not column or column in entry.digests}
    file = entries[0].key.partition("#")[0]
    return [key for key in lines if key.partition("#")[0] == file and key not in there]
