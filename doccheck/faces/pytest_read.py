"""`pytest docs --read PAGE`: a person reads what has changed, in all languages at once, and says that it is right.

No test runs. The pages are checked first, and one with problems is not recorded: what is wrong is no measure.
Answers come from the terminal, or from whatever stands in its place.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from doccheck.base.settings import Settings
from doccheck.base.text import counted
from doccheck.checker import Book
from doccheck.page.model import ENDINGS, NOTEBOOK, pages_below, parse_page
from doccheck.page.notebook.drawn import bare
from doccheck.page.notebook.model import parse_notebook
from doccheck.record.entries import DOCSTRING, PICTURES, Entry, Part, docstring_entries, gone
from doccheck.record.files import write_record
from doccheck.record.history import as_it_was, changes
from doccheck.record.records import Records, Target
from doccheck.record.sections import find_sections

ASK = "Is all of it right? yes, no, quit: "
Line = dict[str, str]


class StopReadingError(Exception):
    """The reader has had enough, or there are no answers any more."""


def find_targets(settings: Settings, records: Records, path: Path) -> list[Target]:
    """Return what there is to read at a path: a page, a file of a package, a table of texts, or a folder with such."""
    paths = [file for file in records.other_files if file.is_relative_to(path)]
    if path.is_dir():
        paths = [*pages_below(path), *paths]
    elif path.suffix in ENDINGS and path.is_file():
        paths = [path]
    targets = dict.fromkeys(records.target(page) for page in paths)
    return [target for target in targets if target is not None]


class Sitting:
    """One person who reads; say shows her a line, and ask returns her answer to a question."""

    def __init__(self, book: Book, ask: Callable[[str], str], say: Callable[[str], None]) -> None:
        self.book, self.records = book, book.records
        self.settings, self._ask, self._say = book.settings, ask, say
        self.read = self.left = 0

    def go_through(self, targets: Sequence[Target]) -> bool:
        """Let her read what has changed, and say whether nothing is left."""
        pages = [path for target in targets if target.is_page for path in target.paths]
        verdicts = self.book.check(pages)
        wrong = {path for path, verdict in verdicts.items() if verdict.problems}
        docstrings = {path for target in targets for path in target.paths} & set(self.records.package_files())
        if docstrings and self.book.check_docstrings():
            wrong |= docstrings
        try:
            for target in targets:
                self._read(target, [path for path in target.paths if path in wrong])
        except StopReadingError:
            self.left += sum(len(self._waiting(target)) for target in targets) - self.left
        self._say(f"{counted(self.read, 'section')} recorded, {self.left} left")
        return not self.left

    def _waiting(self, target: Target) -> list[Entry]:
        lines = self.records.lines(self.records.folder(target)) or {}
        return [entry for entry in self.records.entries(target) if lines.get(entry.key) != entry.digests]

    def _read(self, target: Target, wrong: Sequence[Path]) -> None:
        waiting = self._waiting(target)
        folder = self.records.folder(target)
        if wrong and waiting:
            self.left += len(waiting)
            names = ", ".join(self.settings.name(path) for path in wrong)
            self._say(
                f"{names}: not recorded, for something else is wrong; `pytest {names.replace(',', '')}` says what"
            )
            return
        for number, entry in enumerate(waiting, 1):
            lines = self.records.lines(folder) or {}
            self._say(f"\n{entry.parts[0].where} ({entry.key}), {number} of {len(waiting)} on this page")
            for line in self._shown(entry, lines.get(entry.key)):
                self._say(line)
            if self._is_right():
                self._record(target, entry)
                self.read += 1
            else:
                self.left += 1
        self._drop_what_is_gone(target)

    def _is_right(self) -> bool:
        while True:
            answer = self._ask(ASK).strip().lower()
            if answer in ("y", "yes"):
                return True
            if answer in ("n", "no"):
                return False
            if answer in ("q", "quit"):
                raise StopReadingError

    def _record(self, target: Target, entry: Entry) -> None:
        """Write one line, unless what was shown is no longer what the file says."""
        fresh = Records(self.settings, Book(self.settings).page)
        again = {other.key: other.digests for other in fresh.entries(target)}
        if again.get(entry.key) != entry.digests:
            raise pytest.UsageError(f"{entry.parts[0].where} changed while it was being read; run again")
        folder = self.records.folder(target)
        lines = self.records.lines(folder)
        lines = self.records.begin(folder) if lines is None else lines
        lines[entry.key] = entry.digests
        write_record(self.records.path(folder), lines)

    def _drop_what_is_gone(self, target: Target) -> None:
        folder = self.records.folder(target)
        lines = self.records.lines(folder)
        if lines and (keys := gone(self.records.entries(target), lines)):
            for key in keys:
                del lines[key]
            write_record(self.records.path(folder), lines)
            self._say(f"no longer there, and dropped from the record: {', '.join(keys)}")

    def _shown(self, entry: Entry, recorded: Line | None) -> Iterator[str]:
        """Yield what she reads: what has changed, then the whole in every language."""
        if recorded is None:
            yield "(nobody has read it yet)"
        for part in entry.parts:
            yield f"--- {part.column}: {part.where}"
            if recorded is not None and recorded.get(part.column) != part.digest:
                yield from self._changes(entry, part, recorded.get(part.column, ""))
            yield part.shown

    def _changes(self, entry: Entry, part: Part, digest: str) -> Iterator[str]:
        before = as_it_was(part.files[0], lambda raw: self._as_read(raw, entry, part, digest))
        if before is None:
            yield "(changed since it was read; git does not have that text, so read all of it)"
            return
        yield "(changed since it was read)"
        yield changes(before, part.reads)
        yield "(now all of it)"

    def _as_read(self, raw: str, entry: Entry, part: Part, digest: str) -> str | None:
        """Return how a part was read in another version of its file, if that has the digest."""
        for other in self._parts(raw, entry, part):
            if other.digest == digest:
                return other.reads
        return None

    def _parts(self, raw: str, entry: Entry, part: Part) -> Iterator[Part]:
        path = part.files[0]
        if part.column == DOCSTRING:
            for other in docstring_entries(raw, path, self.settings.name(path)):
                yield from other.parts if other.key == entry.key else ()
        elif path in self.records.tables:
            for other in self.records.rows(path, raw):
                yield from (one for one in other.parts if (other.key, one.column) == (entry.key, part.column))
        elif part.column == PICTURES:
            now = bare(path.read_text("utf-8"))
            yield Part(PICTURES, part.source, 0, part.reads.replace(now, bare(raw)), "", part.files)
        else:
            parse = parse_notebook if path.suffix == NOTEBOOK else parse_page
            page = parse(raw, path, self.settings.name(path))
            for section in find_sections(page):
                if section.id == entry.key.partition("#")[2]:
                    yield Part(part.column, page, section.at, section.reads, section.source, part.files)


class ReadPlugin:
    """Takes the place of collecting and running tests."""

    def __init__(self, book: Book, paths: Sequence[str]) -> None:
        self.book, self.paths = book, paths
        self.done = False

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self, session: pytest.Session) -> bool:
        """Read instead of collecting."""
        config, settings = session.config, self.book.settings
        if settings.records is None:
            raise pytest.UsageError(f'{settings.file.name} names no folder for the record: records = "…"')
        targets: list[Target] = []
        for name in self.paths:
            path = Path(config.invocation_params.dir, name).resolve()
            found = find_targets(settings, self.book.records, path)
            if not found:
                raise pytest.UsageError(f"--read {name}: no page, and no docstrings that readers see, is there")
            targets += found
        capture: Any = config.pluginmanager.get_plugin("capturemanager")
        if capture is not None:
            capture.suspend_global_capture(in_=True)
        try:
            self.done = Sitting(self.book, _answer, print).go_through(list(dict.fromkeys(targets)))
        finally:
            if capture is not None:
                capture.resume_global_capture()
        session.items, session.testscollected = [], 0
        return True

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Say whether all was recorded: pytest itself would say that no tests were found."""
        if session.exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED:
            session.exitstatus = pytest.ExitCode.OK if self.done else pytest.ExitCode.TESTS_FAILED


def _answer(question: str) -> str:
    """Return a line of the standard input."""
    print(question, end="", flush=True)
    line = sys.stdin.readline()
    if not line:
        raise StopReadingError
    if not sys.stdin.isatty():
        print(line.strip())
    return line
