"""pytest's nodes: every checked place of a page is a test, every folder of a language has one of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from doccheck.base.problem import Problem
from doccheck.base.settings import Settings
from doccheck.check.parity import check_files
from doccheck.checker import Book, Verdict
from doccheck.fix.edits_to_files import ChangedMeanwhileError
from doccheck.mine.judging import Judgement, judge
from doccheck.mine.reading import read_own_code
from doccheck.page.fences import Fence
from doccheck.page.model import Page
from doccheck.page.optional import needs
from doccheck.page.values import Value
from doccheck.run.outcome_cache import Ran, handed_on


class WrongPageError(Exception):
    """What is wrong at one place; its message is all that a reader of the report needs."""


class UnreadError(Exception):
    """What has changed since somebody read it."""


class PageItem(pytest.Item):
    """One checked place of a page, or, without a place, all that concerns the page as a whole."""

    def __init__(self, *, place: int | None, line: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.place, self.line = place, line

    def runtest(self) -> None:
        """Fail with every problem that belongs to this place."""
        run = self.config.stash[PYTEST_RUN]
        problems = [p for p in run.problems(self.path) if self._owns(p)]
        if problems:
            raise WrongPageError("\n".join(map(str, problems)))
        judgement = run.judgements.get(self.path)
        if judgement is not None and self.place in judgement.left_out:
            pytest.skip(judgement.left_out[self.place])

    def _owns(self, problem: Problem) -> bool:
        """Say whether this test reports a problem; the page as a whole reports what no place does."""
        if self.place is not None:
            return problem.item == self.place
        assert isinstance(self.parent, PageFile)
        return problem.item not in self.parent.places

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Show our message alone; anything else is a fault of doccheck and keeps its traceback."""
        if isinstance(excinfo.value, WrongPageError | ChangedMeanwhileError):
            return str(excinfo.value)
        return super().repr_failure(excinfo)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return where the place stands; pytest counts lines from 0."""
        return self.path, self.line - 1, self.name


class ReadingItem(pytest.Item):
    """Whether a page is as somebody has read it, section by section."""

    def runtest(self) -> None:
        """Fail with every section that has changed since."""
        if unread := self.config.stash[PYTEST_RUN].unread(self.path):
            raise UnreadError("\n".join(map(str, unread)))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Show our message alone."""
        return str(excinfo.value) if isinstance(excinfo.value, UnreadError) else super().repr_failure(excinfo)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return the page."""
        return self.path, 0, self.name


class PageFile(pytest.File):
    """A Markdown page or a notebook."""

    def __init__(self, *, checker: PytestRun, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.checker = checker
        self.places: set[int] = set()

    def collect(self) -> Iterator[pytest.Item]:
        """Yield one test for the page as a whole, one for whether it was read, and one for each place, in order."""
        page = self.checker.book.page(self.path)
        if self.checker.optional and not any(map(needs, page.fences)):
            return
        tested = _tested(page)
        self.places = {place.start for place in tested}
        yield PageItem.from_parent(self, name="page", place=None, line=1)
        if self.checker.mine is None and self.checker.is_recorded(self.path):
            yield ReadingItem.from_parent(self, name="read by somebody")
        for place in tested:
            kind = place.kind if isinstance(place, Value) else place.kind.name
            name, line = f"{page.spot(place.start)}: {kind}", page.file_line(place.line)
            yield PageItem.from_parent(self, name=name, place=place.start, line=line)


def _tested(page: Page) -> list[Fence | Value]:
    """Return all that may carry a problem of its own: fences, markers and inline code that is more than code."""
    values = [v for v in page.values if v.marked or v.problems or any(c.isdigit() for c in v.text)]
    return sorted([*page.fences, *values], key=lambda place: place.start)


class OtherMarkdown(pytest.File):
    """A file that a site would show but that nothing checks."""

    def collect(self) -> Iterator[pytest.Item]:
        """Refuse it."""
        name = self.config.stash[PYTEST_RUN].settings.name(self.path)
        raise self.CollectError(f"{name}:1: nothing checks a page with this ending; rename it to {self.path.stem}.md")


class LanguageItem(pytest.Item):
    """The pages of one folder exist in every language."""

    def runtest(self) -> None:
        """Fail with every page that one language lacks."""
        settings = self.config.stash[PYTEST_RUN].settings
        if problems := list(check_files(settings, self.path)):
            raise WrongPageError("\n".join(map(str, problems)))

    repr_failure = PageItem.repr_failure

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return the folder."""
        return self.path, 0, self.name


class LanguageFolder(pytest.Directory):
    """A folder of pages of one language."""

    def collect(self) -> Iterator[pytest.Item | pytest.Collector]:
        """Yield one test of which pages there are, and the pages and folders below."""
        yield LanguageItem.from_parent(self, name="same pages in every language", path=self.path)
        for path in sorted(self.path.iterdir()):
            if path.is_dir():
                if path.name in ("__pycache__", ".ipynb_checkpoints"):
                    continue
                # whatever its name: pytest would pass over a folder called build
                folder = self.ihook.pytest_collect_directory(path=path, parent=self)
                yield from [folder] * (folder is not None)
            else:
                yield from self.ihook.pytest_collect_file(file_path=path, parent=self)


class DocstringsItem(pytest.Item):
    """The docstrings of the packages that readers see."""

    def runtest(self) -> None:
        """Fail with all that is wrong in them."""
        if problems := self.config.stash[PYTEST_RUN].book.check_docstrings():
            raise WrongPageError("\n".join(map(str, problems)))

    repr_failure = PageItem.repr_failure

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return the file that names the packages."""
        return self.path, 0, self.name


class RecordItem(pytest.Item):
    """What of the record is about no page: its own files, and docstrings."""

    def runtest(self) -> None:
        """Fail with all that is wrong there."""
        run = self.config.stash[PYTEST_RUN]
        run.of_files = run.book.records.of_files()
        if run.of_files:
            raise UnreadError("\n".join(map(str, run.of_files)))

    repr_failure = ReadingItem.repr_failure
    reportinfo = ReadingItem.reportinfo


class SettingsFile(pytest.File):
    """The file that names these packages, and the folder of the record."""

    def collect(self) -> Iterator[pytest.Item]:
        """Yield a test of them, and one of what people have read."""
        settings = self.config.stash[PYTEST_RUN].settings
        if settings.docstrings:
            yield DocstringsItem.from_parent(self, name="docstrings")
        if settings.records is not None:
            yield RecordItem.from_parent(self, name="record of reading")


class PytestRun:
    """The pages that this run collects, and their verdicts once they have run.

    mine: where the reader's own code is; then it is judged by the pages, which count as right. optional: only pages
    with programs that need an optional library are asked for.
    """

    def __init__(self, settings: Settings, *, fix: bool, mine: Path | None = None, optional: bool = False) -> None:
        self.settings, self.fix, self.optional = settings, fix, optional
        self.book = Book(settings)
        self.verdicts: dict[Path, Verdict] = {}
        self.mine = mine
        self.judgements: dict[Path, Judgement] = {}
        self.of_files: list[Problem] | None = None  # what the record says of no page, once it was asked

    def is_recorded(self, path: Path) -> bool:
        """Say whether a page lies in a folder that somebody has read."""
        return self.book.records.is_recorded(path)

    def unread(self, path: Path) -> list[Problem]:
        """Return what of a page has changed since somebody read it."""
        return self.verdicts[path].unread

    def run(self, paths: list[Path]) -> None:
        """Run these pages and keep the verdicts."""
        if self.mine is not None:
            own = read_own_code(self.mine, [place.name for place in self.settings.code])
            for path in dict.fromkeys(paths):
                page, earlier = self.book.page(path), self.book.earlier(path)
                self.judgements[path] = judge(own, page, earlier, self.settings)
            return
        ran = Ran(handed_on(self.settings), anew=True)
        self.verdicts |= self.book.check(list(dict.fromkeys(paths)), fix=self.fix, ran=ran)

    def problems(self, path: Path) -> list[Problem]:
        """Return what was found on a page."""
        return (self.judgements if self.mine is not None else self.verdicts)[path].problems


PYTEST_RUN = pytest.StashKey[PytestRun]()
