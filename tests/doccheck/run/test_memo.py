"""What is remembered: by content, forgotten by one rule, and on disk within bounds."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from doccheck.base.memo import Memo
from doccheck.base.settings import find_settings
from doccheck.faces.pytest_items import PytestRun
from doccheck.faces.site_state import Site
from doccheck.page.model import Page, parse_page
from doccheck.run import pool
from doccheck.run.outcome_cache import HANDED_ON, Cache, Ran
from doccheck.run.program import Program
from doccheck.run.protocol import Outcome
from tests.support.sample_project import Project


def page(text: str) -> Page:
    return parse_page(text, Path("/nowhere/a.md"), "a.md")


def test_an_answer_goes_by_the_content_of_its_inputs() -> None:
    memo = Memo()
    asked: list[Page] = []
    for text in ("# A\n", "# A\n", "# B\n"):
        found = page(text)
        memo.get("title", (found,), lambda found=found: asked.append(found))  # type: ignore[misc]
    assert [found.raw for found in asked] == ["# A\n", "# B\n"]


def test_what_a_whole_check_does_not_ask_for_is_forgotten() -> None:
    memo = Memo()
    found: list[str] = []

    def ask(*questions: str) -> list[str]:
        found.clear()
        memo.begin_check()
        for question in questions:
            memo.get(question, None, lambda question=question: found.append(question))  # type: ignore[misc]
        return list(found)

    assert ask("a", "b") == ["a", "b"]
    assert ask("a") == []
    assert ask("a", "b") == ["b"]
    assert ask() == ask() == []
    assert ask("a") == ["a"]


# On disk


def test_what_ran_depends_on_every_file_of_the_package(tmp_path: Path) -> None:
    """Not only on Python files: pages load data, too."""
    package = tmp_path / "package"
    (package / "__pycache__").mkdir(parents=True)
    (package / "data.npz").write_bytes(b"1")

    def known() -> bool:
        return Cache(tmp_path / "cache", [package], 60.0).get("key") is not None

    Cache(tmp_path / "cache", [package], 60.0).put("key", {"a": Outcome("1")})
    assert known()
    (package / "__pycache__" / "core.pyc").write_bytes(b"1")
    assert known()
    (package / "data.npz").write_bytes(b"2")
    assert not known()


def test_the_disk_holds_no_more_than_its_limit(tmp_path: Path) -> None:
    """What has not been asked for the longest goes first."""
    kept = Cache(tmp_path, [], 60.0)
    for age, key in enumerate("abc"):
        kept.put(key, {"x": Outcome("1" * 1000)})
        os.utime(kept._file(key), (1000 + age, 1000 + age))
    assert kept.get("a") is not None  # so it is the youngest now
    fresh = Cache(tmp_path, [], 60.0, limit=2600)
    assert [key for key in "abc" if fresh.get(key)] == ["a", "c"]


def test_half_a_file_on_disk_is_no_answer(tmp_path: Path) -> None:
    kept = Cache(tmp_path, [], 60.0)
    kept.put("a", {"x": Outcome("1")})
    kept._file("a").write_text(kept._file("a").read_text()[:20])
    assert kept.get("a") is None
    kept._file("a").write_text('{"x": {"__class__": "Outcome", "unknown": 1}}')
    assert kept.get("a") is None


def test_a_server_starts_from_what_is_on_disk(project: Project, runs: list[str]) -> None:
    project.write("a.md", "# T {#t}\n\n```python\nprint(3 - 2)\n```\n\n```text { .output }\n1\n```\n")
    for _ in range(2):
        site = Site()
        site.serving = True
        site.check(find_settings(project.root))
        assert [verdict.problems for verdict in site.verdicts.values()] == [[], [], []]
    assert runs == ["pages/aa/a.md"]


def test_a_build_takes_what_pytest_hands_on_and_pytest_itself_runs_all(
    project: Project, runs: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write("a.md", GOOD)
    settings = find_settings(project.root)

    def ask(build: bool) -> int:
        runs.clear()
        if build:
            site = Site()
            site.check(settings)
            found = [problem for verdict in site.verdicts.values() for problem in verdict.problems]
        else:
            run = PytestRun(settings, fix=False)
            run.run(sorted(settings.docs.rglob("*.md")))
            found = [problem for verdict in run.verdicts.values() for problem in verdict.problems]
        assert found == []
        return len(runs)

    assert [ask(build=False), ask(build=True)] == [1, 1]
    monkeypatch.setenv(HANDED_ON, str(tmp_path / "outcomes"))
    assert [ask(build=False), ask(build=True), ask(build=False)] == [1, 0, 1]
    project.write("a.md", GOOD.replace("x = 1", "x = 2 - 1"))
    assert [ask(build=True), ask(build=True)] == [1, 0]


# --fix runs each program once


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The page of each program that has run, in order."""
    found: list[str] = []
    run = pool.run_program

    def counted(program: Program, *args: object) -> object:
        found.append(program.page.name)
        return run(program, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(pool, "run_program", counted)
    return found


GOOD = '# T {#t}\n\n```python\nx = 1\nprint(x)\n```\n\n```text { .output }\n1\n```\n\n`1`{ data-expr="x" }\n'


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", ""),
        ("```text { .output }\n1\n```\n\n", ""),
        ("\n1\n", "\n2\n"),
        ("`1`", "`2`"),
    ],
)
def test_fix_runs_a_program_once(project: Project, runs: list[str], old: str, new: str) -> None:
    """Be the page right or wrong, and be its output wrong or missing."""
    project.write("a.md", GOOD.replace(old, new))
    assert project.problems(fix=True) == []
    assert project.path("bb/a.md").read_text() == GOOD
    assert runs == ["pages/aa/a.md"]


def test_fix_runs_what_it_cannot_mend_once_for_each_page(project: Project, runs: list[str]) -> None:
    """Each page's traceback has its own lines."""
    project.write("a.md", GOOD.replace("`1`", "`2`") + "\n```python\n1 / 0\n```\n")
    assert len(project.problems(fix=True)) == 3
    assert runs == ["pages/aa/a.md", "pages/bb/a.md", "pages/cc/a.md"]


def test_fix_runs_again_what_is_another_program_afterwards(project: Project, runs: list[str]) -> None:
    listing = '```python title="m.py"\ndef f():\n    return 1\n```\n\n```python\nprint(f())\n```\n'
    project.write("s/a.md", f"# T {{#t}}\n\n{listing}\n```text {{ .output }}\n1\n```\n")
    (project.root / "m.py").write_text("def f():\n    return 2\n")
    assert project.problems(fix=True) == []
    assert "\n2\n```" in project.path("cc/s/a.md").read_text()
    # as it was, as the listing is now, and with the package in place of the listings
    assert len(runs) == 3


def test_outcomes_are_shared_by_key() -> None:
    ran = Ran()
    ran.put("key", {"a": Outcome("1")}, lasting=True)
    assert ran.get("key") == {"a": Outcome("1")}
    assert ran.get("other") is None
