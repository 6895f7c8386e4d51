"""Notebook pages in three languages, in pytest, and in Jupyter's own kernel."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from doccheck.base.settings import Settings
from doccheck.page.notebook.model import parse_notebook
from doccheck.page.notebook.outputs import kinds, shown_text
from doccheck.run import pool
from doccheck.run.program import make_program
from tests.doccheck.faces.test_pytest import run
from tests.doccheck.fix.test_fix_notebooks import ALL
from tests.doccheck.page.test_notebooks import DRAW, DRAWN, SOUND, TITLE, X
from tests.support.notebook_builder import Cell, cleared, code, drawn_anew, notebook
from tests.support.sample_project import Project


def test_three_languages_share_one_run(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = []
    run = pool.run_program

    def counted(*args: Any) -> Any:
        ran.append(args)
        return run(*args)

    monkeypatch.setattr(pool, "run_program", counted)
    project.write("a.ipynb", ALL)
    project.write("a.ipynb", ALL.replace("x = 2.0", "x = 2.0  # zwei"), "bb")
    assert project.problems("aa/a.ipynb", "bb/a.ipynb", "cc/a.ipynb") == []
    assert len(ran) == 1


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('id=\\"top\\"', 'id=\\"spitze\\"', "heading 1"),
        ("# Title", "## Title", "heading 1"),
        ("x = 2.0", "x = 4.0 / 2", "program 1"),
        ('\\"x\\">', '\\"x + 0\\">', "value 1"),
        ('"alt": "A"', '"alt": ""', "has no alternative text"),
        ("40.01", "40.02", "picture 1"),
    ],
)
def test_a_difference_names_all_places(project: Project, old: str, new: str, what: str) -> None:
    project.write("a.ipynb", ALL)
    project.write("a.ipynb", drawn_anew(ALL.replace(old, new)), "bb")
    raw = project.path("bb/a.ipynb").read_text()
    assert raw != ALL
    found = [text for text in project.problems("bb/a.ipynb") if what in text]
    assert len(found) == 1, project.problems("bb/a.ipynb")
    if "alternative" not in what:
        assert f"{what} is not the same in all languages: pages/bb/a.ipynb: cell " in found[0]
        assert all(f"pages/{language}/a.ipynb: cell " in found[0] for language in ("aa", "cc"))


def test_a_cell_more_in_one_language(project: Project) -> None:
    project.write("a.ipynb", notebook(TITLE, X))
    project.write("a.ipynb", notebook(TITLE, X, code(DRAW, DRAWN, alt="A")), "bb")
    found = project.problems("aa/a.ipynb")
    assert found[0] == (
        "pages/aa/a.ipynb: cell 2, output: fence 3 is not the same in all languages: "
        "pages/aa/a.ipynb: cell 2, output has none; pages/bb/a.ipynb: cell 3, line 1 has kind python; "
        "pages/cc/a.ipynb: cell 2, output has none; make them equal"
    )
    assert any("picture 1 is not the same in all languages" in text for text in found)


def test_a_markdown_page_of_the_same_program_runs_by_itself(project: Project) -> None:
    project.write("a.ipynb", notebook(TITLE, X))
    project.write("b.md", "# B {#b}\n\n```python\nx = 2.0\nx\n```\n")
    assert project.problems("aa/a.ipynb", "aa/b.md") == []


def test_a_notebook_beside_a_page_of_its_name(project: Project) -> None:
    project.write("a.ipynb", notebook(TITLE))
    project.write("a.md", "# A {#top}\n")
    assert project.problems("aa/a.ipynb") == [
        "pages/aa/a.ipynb:1: this notebook and pages/aa/a.md would have the same address; rename one of them"
    ]


def test_pages_whose_names_differ_in_case_alone(project: Project) -> None:
    """On Windows and macOS, one of them would be gone."""
    project.write("Ä.md", "# A {#top}\n")
    project.write("ä.md", "# A {#top}\n")
    assert project.problems("aa/Ä.md", "aa/ä.md") == [
        "pages/aa/ä.md:1: this page and pages/aa/Ä.md would have the same address; rename one of them"
    ]


def test_pytest_collects_notebooks(project: Project) -> None:
    project.write("s/a.ipynb", ALL)
    project.write("s/a.ipynb", ALL.replace("`2.0`", "`2.5`"), "bb")
    project.write("s/.ipynb_checkpoints/a-checkpoint.ipynb", "{", "aa")
    code, text = run(project.root, "pages")
    assert code == 1
    assert "pages/bb/s/a.ipynb: cell 3, line 1: the page says 2.5, x is 2.0; `pytest docs --fix` writes it" in text
    assert "3 pages, 12 outputs and values compared" in text
    project.path("cc/s/a.ipynb").unlink()
    code, text = run(project.root, "pages/cc")
    assert "pages/aa/s/a.ipynb:1: this page has no pages/cc/s/a.ipynb; write it, or delete" in text


def test_a_traceback_has_the_cell_s_own_lines(project: Project) -> None:
    project.write("a.ipynb", notebook(TITLE, code("def f():\n    return 1 / 0"), code("x = 1\nf()")))
    code_, text = run(project.root, "pages/aa/a.ipynb")
    assert code_ == 1
    assert 'File "pages/aa/a.ipynb cell 3", line 2, in <module>\n    f()' in text
    assert 'File "pages/aa/a.ipynb cell 2", line 2, in f\n    return 1 / 0' in text
    assert "shell.py" not in text and "interactiveshell" not in text


@pytest.mark.thorough
def test_jupyter_s_kernel_shows_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A plot left open, one shown, one as a value; values, errors: all as doccheck shows and stores it."""
    cells = [cell for cells in SOUND.values() for cell in cells if "stderr" not in str(cell["source"])]
    raw = cleared(notebook(TITLE, *cells, *PLOTS))
    page = parse_notebook(raw, Path("/nowhere/a.ipynb"), "a")
    ours = pool.run_program(make_program(page, []), Settings(Path(), Path(), timeout=60.0))
    profile = tmp_path / "profile_default"
    profile.mkdir()
    (profile / "ipython_config.py").write_text("c.InlineBackend.figure_formats = {'svg'}\n")
    for variable in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR"):
        monkeypatch.setenv(variable, str(tmp_path))  # nobody's settings
    theirs = nbformat.reads(raw, 4)
    NotebookClient(theirs, timeout=60).execute()
    for start, cell in page.woven.fences.items():
        if start in ours:
            outputs, kernel_s = ours[start].outputs, theirs.cells[cell.number - 1].outputs
            assert kinds(outputs) == kinds(kernel_s), cell.source
            assert shown_text(outputs) == shown_text(kernel_s)
            assert _errors(outputs) == _errors(kernel_s)


PLOTS = [
    code("import matplotlib.pyplot as plt\n\nplt.plot([1, 2]);", alt="A line"),
    code("figure, axes = plt.subplots()\naxes.plot([1, 2])\nplt.show()\nprint('shown')", alt="A line"),
    code("plt.close()\nfigure", alt="A line"),
    code("for part in range(2):\n    plt.plot([part, 2])\n    plt.show()", alt=["One", "Two"]),
]


@pytest.mark.thorough
def test_a_plot_is_the_same_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """With nothing of the day, the version or the order of a set in it, and without a ground of its own."""
    page = parse_notebook(notebook(TITLE, *PLOTS), Path("/nowhere/a.ipynb"), "a")
    pictures = []
    for seed in ("1", "2"):
        monkeypatch.setenv("PYTHONHASHSEED", seed)
        ran = pool.run_program(make_program(page, []), Settings(Path(), Path(), timeout=60.0))
        outputs = [output for outcome in ran.values() for output in outcome.outputs]
        pictures.append([o["data"]["image/svg+xml"] for o in outputs if "image/svg+xml" in o.get("data", {})])
    assert len(pictures[0]) == 5
    assert pictures[0] == pictures[1]
    for picture in pictures[0]:
        assert not re.search(r"<metadata|Matplotlib v|\d{4}-\d\d-\d\d", picture)
        assert "fill: #ffffff" not in picture


def _errors(outputs: Iterable[Cell]) -> list[tuple[str, str]]:
    return [(o["ename"], o["evalue"]) for o in outputs if o["output_type"] == "error"]
