"""pytest's face: `pytest docs`, `pytest docs/ja`, `pytest docs/ja/stage1/step04.md`, `pytest docs --fix`.

A conftest.py in the folder of pages imports pytest_addoption and pytest_configure from here. All pages run
before the first test, several at a time.
"""

from __future__ import annotations

import contextlib
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from doccheck.base.settings import SettingsError, find_settings
from doccheck.base.text import counted
from doccheck.faces.pytest_items import (
    PYTEST_RUN,
    LanguageFolder,
    OtherMarkdown,
    PageFile,
    PageItem,
    PytestRun,
    ReadingItem,
    SettingsFile,
)
from doccheck.faces.pytest_read import ReadPlugin
from doccheck.fix.edits_to_files import ChangedMeanwhileError
from doccheck.page.model import ENDINGS, Page
from doccheck.page.optional import importable, left_out

# the endings that MkDocs takes for a page
MARKDOWN = {".md", ".markdown", ".mdown", ".mkdn", ".mkd"}


class Plugin:
    """The hooks that collect pages; registered for the whole session by pytest_configure."""

    def __init__(self, checker: PytestRun) -> None:
        self.checker = checker

    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector) -> pytest.File | None:
        """Collect Markdown files and notebooks below the folder of pages, and the extra pages."""
        settings = self.checker.settings
        inside = file_path.is_relative_to(settings.docs) and file_path.suffix.lower() in {*MARKDOWN, *ENDINGS}
        if inside and file_path.suffix not in ENDINGS:
            return OtherMarkdown.from_parent(parent, path=file_path)
        if file_path == settings.file and (settings.docstrings or settings.records):
            return SettingsFile.from_parent(parent, path=file_path)
        if file_path.is_file() and (inside or file_path in settings.extra_pages):
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
        files = [item.path for item in session.items if isinstance(item, PageItem | ReadingItem)]
        if not any(isinstance(item, pytest.Function) for item in session.items):
            # it would import all of Hypothesis, which takes half a second, to say that no test has used it
            session.config.pluginmanager.unregister(name="hypothesispytest")
        if not files or session.config.option.collectonly:
            return
        terminal = session.config.pluginmanager.get_plugin("terminalreporter")
        if terminal is not None and terminal.isatty:
            terminal.write(f"running {counted(len(set(files)), 'page')} ...", flush=True)
        try:
            self.checker.run(files)
        except (ChangedMeanwhileError, SettingsError) as error:
            raise pytest.UsageError(str(error)) from None
        if terminal is not None and terminal.isatty:
            terminal.rewrite("", erase=True)

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Say how much was checked, what was repaired, and which numbers are only quoted."""
        judgements = self.checker.judgements.values()
        if judgements:
            terminalreporter.section("your own code")
            compared = sum(judgement.compared for judgement in judgements)
            results = "1 output or value" if compared == 1 else f"{compared} outputs and values"
            terminalreporter.line(f"{counted(len(judgements), 'page')}, {results} compared with what your code prints")
            for note in [note for judgement in judgements for note in judgement.notes]:
                terminalreporter.line(note)
        verdicts = self.checker.verdicts.values()
        if not verdicts:
            return
        checked = sum(verdict.checked for verdict in verdicts)
        terminalreporter.section("pages")
        results = "1 output or value" if checked == 1 else f"{checked} outputs and values"
        terminalreporter.line(f"{counted(len(verdicts), 'page')}, {results} compared with what the code prints")
        for problem in [p for verdict in verdicts for p in verdict.repaired]:
            terminalreporter.line(f"repaired {problem}")
        self._say_what_was_read(terminalreporter)
        quoted = [(v.page, value) for v in verdicts for value in v.page.values if value.quoted]
        if quoted:
            terminalreporter.line(f"{counted(len(quoted), 'number')} quoted, not computed:")
        for page, value in quoted:
            terminalreporter.line(f"  {page.where(value.start)}: {value.text}")
        self._say_what_runs_elsewhere(terminalreporter, [verdict.page for verdict in verdicts])

    def _say_what_runs_elsewhere(self, terminalreporter: Any, pages: list[Page]) -> None:
        """List what has not run here, and what has and cannot in a browser."""
        left = [(page, fence, names) for page in pages for fence, names in left_out(page.fences)]
        if left:
            say = "needs a library that is" if len(left) == 1 else "need libraries that are"
            terminalreporter.line(f"{counted(len(left), 'program')} {say} optional, and did not run:")
        for page, fence, names in left:
            terminalreporter.line(f"  {page.where(fence.start)}: {', '.join(names)}")
        here = [(page, fence) for page in pages for fence in page.fences if not fence.kind.stands_for]
        native = [(page, fence) for page, fence in here if not fence.kind.browser]
        if native:
            terminalreporter.line(f"{counted(len(native), 'program')} that no browser can run:")
        for page, fence in native:
            terminalreporter.line(f"  {page.where(fence.start)}: {fence.kind.name}")

    def _say_what_was_read(self, terminalreporter: Any) -> None:
        """Count what is as somebody has read it, and what is not, and name the folders that nobody has read."""
        records, paths = self.checker.book.records, [*self.checker.verdicts]
        if records.settings.records is None:
            return
        if self.checker.of_files is not None:
            paths += records.other_files
        read, unread = records.count(paths)
        if read or unread:
            more = f"; {unread} changed since, or new: `pytest {records.settings.name(records.settings.docs)} --read …`"
            terminalreporter.line(f"{counted(read, 'section')} as somebody has read them" + more * bool(unread))
        left = [name for name, there in records.folders(paths).items() if not there]
        if left:
            terminalreporter.line(f"nobody has recorded reading {counted(len(left), 'folder')}: {', '.join(left)}")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --fix, --read and --optional."""
    group = parser.getgroup("doccheck")
    says = "run the pages that have optional programs, with those whose libraries can be imported"
    group.addoption("--optional", action="store_true", help=says)
    group.addoption("--fix", action="store_true", help="write what the code prints into the pages")
    said = "show what of a page, or of a folder of pages, has changed since it was read, and record that you read it"
    group.addoption("--read", metavar="PAGE", action="append", help=said)
    add_mine(parser)


def add_mine(parser: pytest.Parser) -> None:
    """Add --mine, which other tests may offer too."""
    with contextlib.suppress(ValueError):  # somebody else has
        group = parser.getgroup("doccheck")
        group.addoption("--mine", metavar="FOLDER", help="judge your own code, in a folder or a file, by the pages")


def pytest_configure(config: pytest.Config) -> None:
    """Set the checker up for pytest's root folder."""
    fix = config.getoption("--fix", default=False)
    mine = config.getoption("--mine", default=None)
    if mine and fix:
        raise pytest.UsageError("--fix writes what our code prints; leave it out with --mine")
    read = config.getoption("--read", default=None) or []
    if read and (fix or mine):
        raise pytest.UsageError("--read records pages that are right; leave --fix and --mine out")
    if read and os.environ.get("CI"):
        raise pytest.UsageError("--read is for people who have read a page; in CI nobody has")
    if (fix or read) and config.getoption("numprocesses", default=None):
        raise pytest.UsageError("--fix and --read write files, which several processes must not; leave -n out")
    if fix and os.environ.get("CI"):
        raise pytest.UsageError("--fix is for authors; in CI a wrong page must fail")
    try:
        settings = find_settings(config.rootpath)
    except SettingsError as error:
        raise pytest.UsageError(str(error)) from None
    optional = config.getoption("--optional", default=False)
    if mine and optional:
        raise pytest.UsageError("--mine judges your own code without other libraries; leave --optional out")
    if optional:
        settings = replace(settings, libraries=importable(settings.optional))
    path = Path(config.invocation_params.dir, mine).resolve() if mine else None
    checker = config.stash[PYTEST_RUN] = PytestRun(settings, fix=fix, mine=path, optional=optional)
    config.pluginmanager.register(Plugin(checker), "doccheck")
    if read:
        config.pluginmanager.register(ReadPlugin(checker.book, read), "doccheck-read")
        return
    docs = settings.docs.resolve()
    if path is None and any(
        (config.invocation_params.dir / arg.split("::")[0]).resolve() == docs for arg in config.args
    ):
        config.args += [str(path) for path in settings.extra_pages if path.exists()]
        config.args += [str(settings.file)] * bool(settings.docstrings or settings.records)


__all__ = ["pytest_addoption", "pytest_configure"]
