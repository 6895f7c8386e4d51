"""Notebook pages repaired: --fix stores what running shows, and changes nothing else in the file."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import nbformat

from doccheck.blocks import compare
from doccheck.execute import run_program
from doccheck.notebook_page import parse_notebook
from doccheck.program import make_program
from doccheck.rewrite import edited
from doccheck.settings import Settings
from doccheck.stored import check_stored
from tests.doccheck.test_labs import DRAW, ERROR, RAISES, SOUND, TITLE
from tests.support.notebook_builder import Cell, cleared, code, display, notebook, prose, stream, value
from tests.support.sample_project import Project


def test_fix_stores_what_was_cleared(project: Project) -> None:
    raw = notebook(TITLE, *(cell for cells in SOUND.values() for cell in cells))
    nbformat.validate(json.loads(raw))
    project.write("a.ipynb", raw)
    project.write("a.ipynb", cleared(raw), "aa")
    assert project.problems("aa/a.ipynb", fix=True) == []
    assert project.path("aa/a.ipynb").read_text() == raw


ALL = notebook(
    TITLE,
    code("x = 2.0\nprint(x)\nx", stream("2.0\n"), value("2.0")),
    prose("値は <span data-expr=\"x\">`2.0`</span>、 <span data-expr=\"[x, 'é']\">`[2.0, 'é']`</span>です。"),
    code(DRAW, display("", svg="<svg>drawn elsewhere</svg>"), alt="A"),
    code("1 / 0", ERROR, **RAISES),
)
WRONG = [('"2.0\\n"', '"2.5\\n"'), ("by zero", "by one"), ("`2.0`", "`7.0`"), ("`[2.0, ", "`[2.5, ")]
LAYOUTS: dict[str, Callable[[str], str]] = {
    "as Jupyter writes it": lambda raw: raw,
    "CRLF": lambda raw: raw.replace("\n", "\r\n"),
    "another indent": lambda raw: json.dumps(json.loads(raw), indent=2, sort_keys=True, ensure_ascii=False),
    "only ASCII": lambda raw: json.dumps(json.loads(raw), indent=1, sort_keys=True),
    "another order of keys": lambda raw: json.dumps(_reversed(json.loads(raw)), indent=1, ensure_ascii=False),
}


def _reversed(whole: Cell) -> Cell:
    return {key: whole[key] for key in sorted(whole, reverse=True)}


def test_fix_restores_the_bytes(project: Project) -> None:
    """Pictures too stay as they are: another machine draws them a little otherwise."""
    right = {f"{number}.ipynb": layout(ALL) for number, layout in enumerate(LAYOUTS.values())}
    for name, text in right.items():
        for old, new in WRONG:
            assert old in text
            text = text.replace(old, new, 1)
        project.write(name, text)
    names = [f"{language}/{name}" for language in ("aa", "bb", "cc") for name in right]
    assert project.problems(*names, fix=True) == []
    for name in names:
        assert project.path(name).read_bytes() == right[name[3:]].encode(), name


def test_fix_leaves_a_notebook_alone_whose_prose_cannot_be_read(project: Project) -> None:
    raw = ALL.replace("2.0\\n", "2.5\\n").replace('<span data-expr=\\"x\\">`2.0`</span>', '`2.0`{ data-expr=\\"x\\" }')
    project.write("a.ipynb", raw)
    assert project.problems("aa/a.ipynb", fix=True) != []
    assert project.path("aa/a.ipynb").read_text() == raw


def test_fix_stores_nothing_of_a_cell_that_must_not_be_so(project: Project) -> None:
    raw = notebook(TITLE, code("print(1)\n1 / 0"), code("from IPython.display import HTML\n\nprint(2)\nHTML('7.5')"))
    project.write("a.ipynb", raw)
    assert len(project.problems("aa/a.ipynb", fix=True)) == 4
    assert project.path("aa/a.ipynb").read_text() == raw


def test_any_changed_digit_is_found_and_mended() -> None:
    page = parse_notebook(ALL, Path("/nowhere/a.ipynb"), "a")
    outcomes = run_program(make_program(page, []), Settings(Path(), Path(), timeout=20.0))
    assert list(check_stored(page, compare(page, outcomes), outcomes)) == []
    spots = [i for fence in page.fences if fence.kind == "output" for i in range(fence.body_start, fence.body_end)]
    spots += [i for v in page.values for i in range(v.text_start, v.text_end)]
    digits = [page.woven.origin[i] for i in spots if page.text[i].isdigit()]
    assert len(digits) == 8
    for at in digits:
        wrong = parse_notebook(ALL[:at] + "7" + ALL[at + 1 :], page.path, "a")
        found = list(check_stored(wrong, compare(wrong, outcomes), outcomes))
        assert found, ALL[at - 5 : at + 5]
        assert edited(wrong, [edit for problem in found for edit in problem.edits]) == ALL
