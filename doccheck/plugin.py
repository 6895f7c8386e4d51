"""pytest's face: `pytest docs`, `pytest docs/ja`, `pytest docs/ja/stage1/step04.md`, `pytest docs --fix`.

A conftest.py in the folder of pages imports pytest_addoption and pytest_configure from here. Every checked
place of a page is a test of its own; all pages run before the first test, several at a time.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from doccheck.check import Book, Verdict
from doccheck.fences import Fence
from doccheck.page import Page
from doccheck.parity import check_files
from doccheck.rewrite import ChangedMeanwhileError
from doccheck.settings import Settings, SettingsError, find_settings
from doccheck.values import Value


class WrongPageError(Exception):
    """What is wrong at one place; its message is all that a reader of the report needs."""


class PageItem(pytest.Item):
    """One checked place of a page, or, without a place, all that concerns the page as a whole."""

    def __init__(self, *, place: int | None, line: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.place, self.line = place, line

    def runtest(self) -> None:
        """Fail with every problem that belongs to this place."""
        problems = [p for p in self.config.stash[CHECKER].verdict(self.path).problems if p.place == self.place]
        if problems:
            raise WrongPageError("\n".join(map(str, problems)))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Show our message alone; anything else is a fault of doccheck and keeps its traceback."""
        if isinstance(excinfo.value, WrongPageError | ChangedMeanwhileError):
            return str(excinfo.value)
        return super().repr_failure(excinfo)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return where the place stands; pytest counts lines from 0."""
        return self.path, self.line - 1, self.name


class PageFile(pytest.File):
    """A Markdown page."""

    def __init__(self, *, checker: Checker, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.checker = checker

    def collect(self) -> Iterator[PageItem]:
        """Yield one test for the page as a whole and one for each place, in order."""
        try:
            page = self.checker.book.page(self.path)
        except UnicodeDecodeError as error:
            raise self.CollectError(
                f"{self.checker.settings.name(self.path)}: save this page as UTF-8: {error}"
            ) from None
        self.checker.wanted.append(self.path)
        yield PageItem.from_parent(self, name="page", place=None, line=1)
        for place in _tested(page):
            name = f"line {place.line}: {place.kind}"
            yield PageItem.from_parent(self, name=name, place=place.start, line=place.line)


def _tested(page: Page) -> list[Fence | Value]:
    """Return all that may carry a problem of its own: fences, markers and inline code that is more than code."""
    values = [v for v in page.values if v.kind != "code" or v.problems or any(c.isdigit() for c in v.text)]
    return sorted([*page.fences, *values], key=lambda place: place.start)


class LanguageItem(pytest.Item):
    """The pages of one folder exist in every language."""

    def runtest(self) -> None:
        """Fail with every page that one language lacks."""
        settings = self.config.stash[CHECKER].settings
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
            if self.ihook.pytest_ignore_collect(collection_path=path, config=self.config):
                continue
            if path.is_dir():
                folder = self.ihook.pytest_collect_directory(path=path, parent=self)
                yield from [folder] * (folder is not None)
            else:
                yield from self.ihook.pytest_collect_file(file_path=path, parent=self)


class Checker:
    """The pages that this run collects, and their verdicts once they have run."""

    def __init__(self, settings: Settings, *, fix: bool) -> None:
        self.settings, self.fix = settings, fix
        self.book = Book(settings)
        self.wanted: list[Path] = []
        self.verdicts: dict[Path, Verdict] = {}

    def run(self, paths: list[Path]) -> None:
        """Run these pages and keep the verdicts."""
        self.verdicts |= self.book.check(list(dict.fromkeys(paths)), fix=self.fix)

    def verdict(self, path: Path) -> Verdict:
        """Return the verdict on a page."""
        return self.verdicts[path]


CHECKER = pytest.StashKey[Checker]()


class Plugin:
    """The hooks that collect pages; registered for the whole session by pytest_configure."""

    def __init__(self, checker: Checker) -> None:
        self.checker = checker

    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector) -> PageFile | None:
        """Collect Markdown files below the folder of pages, and the extra pages."""
        settings = self.checker.settings
        inside = file_path.is_relative_to(settings.docs) and file_path.suffix == ".md"
        if inside or file_path in settings.extra_pages:
            return PageFile.from_parent(parent, path=file_path, checker=self.checker)
        return None

    def pytest_collect_directory(self, path: Path, parent: pytest.Collector) -> LanguageFolder | None:
        """Collect the folders of a language together with their test of which pages there are."""
        if self.checker.settings.language(path) is not None:
            return LanguageFolder.from_parent(parent, path=path)
        return None

    @pytest.hookimpl(trylast=True)
    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Run the pages of all tests that were selected."""
        files = [item.path for item in session.items if isinstance(item, PageItem)]
        if not files or session.config.option.collectonly:
            return
        terminal = session.config.pluginmanager.get_plugin("terminalreporter")
        if terminal is not None and terminal.isatty:
            terminal.write(f"running {len(set(files))} pages ...", flush=True)
        try:
            self.checker.run(files)
        except ChangedMeanwhileError as error:
            raise pytest.UsageError(str(error)) from None
        if terminal is not None and terminal.isatty:
            terminal.rewrite("", erase=True)

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Say how much was checked, what was repaired, and which numbers are only quoted."""
        verdicts = self.checker.verdicts.values()
        if not verdicts:
            return
        checked = sum(verdict.checked for verdict in verdicts)
        terminalreporter.section("pages")
        terminalreporter.line(f"{len(verdicts)} pages, {checked} outputs and values compared with what the code prints")
        for problem in [p for verdict in verdicts for p in verdict.repaired]:
            terminalreporter.line(f"repaired {problem}")
        quoted = [(v.page, value) for v in verdicts for value in v.page.values if value.kind == "quoted"]
        if quoted:
            terminalreporter.line(f"{len(quoted)} numbers are quoted, not computed:")
        for page, value in quoted:
            terminalreporter.line(f"  {page.name}:{value.line}: {value.text}")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --fix."""
    group = parser.getgroup("doccheck")
    group.addoption("--fix", action="store_true", help="write what the code prints into the pages")


def pytest_configure(config: pytest.Config) -> None:
    """Set the checker up for pytest's root folder."""
    fix = config.getoption("--fix", default=False)
    if fix and os.environ.get("CI"):
        raise pytest.UsageError("--fix is for authors; in CI a wrong page must fail")
    try:
        settings = find_settings(config.rootpath)
    except SettingsError as error:
        raise pytest.UsageError(str(error)) from None
    checker = config.stash[CHECKER] = Checker(settings, fix=fix)
    config.pluginmanager.register(Plugin(checker), "doccheck")
    docs = settings.docs.resolve()
    if any((config.invocation_params.dir / arg.split("::")[0]).resolve() == docs for arg in config.args):
        config.args += [str(path) for path in settings.extra_pages if path.exists()]


__all__ = ["pytest_addoption", "pytest_configure"]
