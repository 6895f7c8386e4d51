"""pytest's face, run as its users run it: one verdict for every way of calling."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from doccheck.faces.pytest_items import PytestRun
from doccheck.faces.pytest_plugin import Plugin
from tests.support.lanes import cases
from tests.support.sample_project import Project

GOOD = '# T {#t}\n\n```python\nx = 2.0\nprint(x)\n```\n\n```text { .output }\n2.0\n```\n\n`2.0`{ data-expr="x" } `7`{ .quoted }\n'


def run(cwd: Path, *args: str, **env: str) -> tuple[int, str]:
    environment = {name: value for name, value in os.environ.items() if name != "PYTEST_ADDOPTS"}
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:hypothesispytest", *args]
    done = subprocess.run(command, cwd=cwd, env={**environment, **env}, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def wrong(project: Project) -> Project:
    project.write("a.md", GOOD)
    project.write("s/b.md", GOOD)
    project.write("s/b.md", GOOD.replace("\n2.0\n", "\n2.5\n").replace("`2.0`", "`3.0`"), "bb")
    return project


@pytest.mark.parametrize("how", cases(["all", "page", "one test"], ["language", "folder", "elsewhere", "no arguments"]))
def test_the_verdict_is_the_same_in_each_way_of_calling(
    wrong: Project, how: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    docs, cwd = "pages", wrong.root
    page = f"{docs}/bb/s/b.md"
    if how == "elsewhere":
        cwd = tmp_path_factory.mktemp("elsewhere")
    if how == "no arguments":
        settings = wrong.root / "pyproject.toml"
        settings.write_text(settings.read_text() + '\n[tool.pytest.ini_options]\ntestpaths = ["pages"]\n')
    target = {
        "all": [docs],
        "language": [f"{docs}/bb"],
        "folder": [f"{docs}/bb/s"],
        "page": [page],
        "elsewhere": [str(wrong.root / docs)],
        "no arguments": [],
        "one test": [f"{page}::line 8: output", f"{page}::line 12: value"],
    }[how]
    code, text = run(cwd, *target)
    assert code == 1, text
    assert "pages/bb/s/b.md:9: the page says 2.5, the code prints 2.0; `pytest docs --fix` writes it" in text
    assert "pages/bb/s/b.md:12: the page says 3.0, x is 2.0; `pytest docs --fix` writes it" in text


def test_a_sound_tree_passes_and_the_summary_says_what_was_checked(project: Project) -> None:
    project.write("a.md", GOOD)
    code, text = run(project.root, "pages")
    assert code == 0, text
    assert "3 pages, 6 outputs and values compared with what the code prints" in text
    assert "3 numbers quoted, not computed:" in text
    assert "  pages/bb/a.md:12: 7" in text


def test_what_no_browser_can_run_is_run_and_listed(project: Project) -> None:
    project.write("a.md", GOOD.replace("```python", "```python { .native }"))
    code, text = run(project.root, "pages")
    assert code == 0, text
    assert "3 pages, 6 outputs and values compared with what the code prints" in text
    assert "3 programs that no browser can run:" in text
    assert "  pages/bb/a.md:3: native" in text
    project.write("a.md", GOOD)
    project.write("a.md", GOOD.replace("```python", "```python { .native }"), "bb")
    code, text = run(project.root, "pages")
    assert code == 1, text
    assert "kind native" in text


@pytest.mark.parametrize("target", cases(["pages", "pages/bb/s"], ["pages/aa", "pages/bb", "pages/aa/s"]))
def test_a_deleted_page_is_missed_wherever_one_looks(project: Project, target: str) -> None:
    project.write("a.md", GOOD)
    project.write("s/b.md", GOOD)
    project.path("bb/s/b.md").unlink()
    code, text = run(project.root, target)
    assert code == 1, text
    assert "pages/aa/s/b.md:1: this page has no pages/bb/s/b.md; write it, or delete" in text


def test_a_deleted_language_is_missed(project: Project) -> None:
    project.write("a.md", GOOD, "aa", "bb")
    project.path("cc").rmdir()
    code, text = run(project.root, "pages")
    assert code == 1
    assert "this page has no pages/cc/a.md" in text


def test_extra_pages_are_checked_with_the_whole_tree(project: Project) -> None:
    project.write("a.md", GOOD)
    (project.root / "README.md").write_text(GOOD.replace("`2.0`", "`3.0`"))
    settings = project.root / "pyproject.toml"
    settings.write_text(settings.read_text() + 'extra-pages = ["README.md"]\n')
    code, text = run(project.root, "pages")
    assert code == 1
    assert "README.md:12: the page says 3.0, x is 2.0" in text


def test_fix_repairs_says_so_and_then_changes_nothing(wrong: Project) -> None:
    code, text = run(wrong.root, "pages", "--fix")
    assert code == 0, text
    assert "repaired pages/bb/s/b.md:9: the page says 2.5, the code prints 2.0" in text
    assert wrong.path("bb/s/b.md").read_text() == GOOD
    code, text = run(wrong.root, "pages", "--fix")
    assert code == 0
    assert "repaired" not in text


def test_fix_of_one_page_leaves_the_others(wrong: Project) -> None:
    wrong.write("a.md", GOOD.replace("`2.0`", "`3.0`"), "aa")
    run(wrong.root, "pages/bb", "--fix")
    assert "`3.0`" in wrong.path("aa/a.md").read_text()


@pytest.mark.parametrize("option", ["--fix", "--read=pages/aa/a.md"])
def test_one_process_alone_writes_files(wrong: Project, option: str) -> None:
    before = wrong.path("bb/s/b.md").read_bytes()
    code, text = run(wrong.root, "pages", option, "-n2")
    assert code == 4
    assert "ERROR: --fix and --read write files, which several processes must not; leave -n out" in text
    assert wrong.path("bb/s/b.md").read_bytes() == before


def test_ci_never_fixes(wrong: Project) -> None:
    code, text = run(wrong.root, "pages", "--fix", CI="true")
    assert code == 4
    assert "--fix is for authors; in CI a wrong page must fail" in text
    assert "2.5" in wrong.path("bb/s/b.md").read_text()


def test_a_page_that_is_no_text_is_named(project: Project) -> None:
    project.write("a.md", GOOD)
    project.path("bb/a.md").write_bytes(b"\xff\xfe")
    code, text = run(project.root, "pages/bb")
    assert code != 0
    assert "pages/bb/a.md:1: this page is not UTF-8: 'utf-8'" in text


def test_a_wrong_setting_is_named(project: Project) -> None:
    settings = project.root / "pyproject.toml"
    settings.write_text(settings.read_text() + 'langauges = ["aa"]\n')
    code, text = run(project.root, "pages")
    assert code == 4
    assert "[tool.doccheck] has 'langauges'; it knows checkout, " in text
    assert " languages, " in text


@pytest.mark.parametrize("key", ["glossary", "names"])
def test_a_table_that_cannot_be_read_is_named_with_its_line(project: Project, key: str) -> None:
    settings = project.root / "pyproject.toml"
    settings.write_text(settings.read_text() + f'{key} = "pages/table.toml"\n')
    project.path("table.toml").write_text('[[term]]\naa = "box\n')
    project.write("a.md", GOOD)
    code, text = run(project.root, "pages")
    assert code == 4, text
    assert "ERROR: table.toml cannot be read: Illegal character '\\n' (at line 2, column 10); fix it there" in text
    assert "Traceback" not in text


def test_the_traceback_of_a_failing_example_has_the_page_s_own_lines(project: Project) -> None:
    page = "# T {#t}\n\n```python\ndef f():\n    return 1 / 0\n```\n\n```python\nf()\n```\n"
    project.write("a.md", page)
    code, text = run(project.root, "pages/aa/a.md")
    assert code == 1
    assert 'File "pages/aa/a.md", line 9, in <module>' in text
    assert 'File "pages/aa/a.md", line 5, in f' in text
    assert "runner.py" not in text


def test_a_page_with_another_ending_is_refused(project: Project) -> None:
    project.write("a.md", GOOD)
    project.write("s/b.markdown", GOOD)
    code, text = run(project.root, "pages")
    assert code != 0
    assert "pages/aa/s/b.markdown:1: nothing checks a page with this ending; rename it to b.md" in text


def test_a_folder_is_checked_whatever_its_name(project: Project) -> None:
    project.write("build/a.md", GOOD.replace("`2.0`", "`3.0`"))
    code, text = run(project.root, "pages")
    assert code == 1
    assert "pages/aa/build/a.md:12: the page says 3.0" in text


def test_after_a_fix_what_is_still_wrong_fails(project: Project) -> None:
    """Repairs move what follows; nothing may get lost between the tests that were collected before."""
    page = GOOD.replace("print(x)", "print(x)\nprint(x)") + "\n```python\n1 / 0\n```\n\n`3`\n"
    project.write("a.md", page)
    code, text = run(project.root, "pages/aa", "--fix")
    assert "\n2.0\n2.0\n" not in project.path("aa/a.md").read_text()  # `3` has no expression: nothing is rewritten
    project.write("a.md", page.replace("`3`", "words"))
    code, text = run(project.root, "pages/aa", "--fix")
    assert "\n2.0\n2.0\n" in project.path("aa/a.md").read_text()
    assert code == 1, text
    assert "pages/aa/a.md:16: the example raises ZeroDivisionError" in text


def test_hypothesis_stays_only_where_a_test_is_written_in_python(request: pytest.FixtureRequest) -> None:
    """Its plugin imports all of it in the end, which is half of what it takes to check a page."""
    ended: list[str] = []
    manager = SimpleNamespace(unregister=lambda name: ended.append(name))
    config = SimpleNamespace(option=SimpleNamespace(collectonly=True), pluginmanager=manager)
    folder = request.node.parent
    for items, expected in (([folder], ["hypothesispytest"]), ([folder, request.node], [])):
        ended.clear()
        session: Any = SimpleNamespace(items=items, config=config)
        Plugin(cast(PytestRun, None)).pytest_collection_finish(session)
        assert ended == expected
