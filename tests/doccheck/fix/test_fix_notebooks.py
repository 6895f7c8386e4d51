"""Notebook pages repaired: --fix stores what running shows, and changes nothing else in the file."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from doccheck.base.settings import Settings
from doccheck.check.cell_outputs import check_stored
from doccheck.check.outputs import compare
from doccheck.page.notebook.drawn import drawn_digest
from doccheck.page.notebook.model import parse_notebook
from doccheck.run.pool import run_program
from doccheck.run.program import make_program
from tests.doccheck.page.test_notebooks import DRAW, DRAWN, ERROR, RAISES, SOUND, SVG, TITLE
from tests.support.notebook_builder import Cell, cleared, code, display, drawn_anew, notebook, prose, stream, value
from tests.support.sample_project import Project


def test_fix_stores_what_was_cleared(project: Project) -> None:
    raw = notebook(TITLE, *(cell for cells in SOUND.values() for cell in cells))
    nbformat.validate(json.loads(raw))
    project.write("a.ipynb", raw)
    project.write("a.ipynb", cleared(raw), "aa")
    assert project.problems("aa/a.ipynb", fix=True) == []
    assert project.path("aa/a.ipynb").read_text() == raw


WIDE = SVG.replace("/>", ' width="40.0"/>')
ALL = notebook(
    TITLE,
    code("x = 2.0\nprint(x)\nx", stream("2.0\n"), value("2.0")),
    prose("値は <span data-expr=\"x\">`2.0`</span>、 <span data-expr=\"[x, 'é']\">`[2.0, 'é']`</span>です。"),
    code(DRAW.replace(SVG, WIDE), display("", svg=WIDE.replace("40.0", "40.01")), alt="A"),  # drawn elsewhere
    code("1 / 0", ERROR, **RAISES),
)
WRONG = [('"2.0\\n"', '"2.5\\n"'), ("by zero", "by one"), ("`2.0`", "`7.0`"), ("`[2.0, ", "`[2.5, ")]
LAYOUTS: dict[str, Callable[[str], str]] = {
    "as Jupyter writes it": lambda raw: raw,
    "CRLF": lambda raw: raw.replace("\n", "\r\n"),
    "no last line end": lambda raw: raw.removesuffix("\n"),
}
OTHERWISE: dict[str, Callable[[str], str]] = {
    "another indent": lambda raw: json.dumps(json.loads(raw), indent=2, sort_keys=True, ensure_ascii=False),
    "only ASCII": lambda raw: json.dumps(json.loads(raw), indent=1, sort_keys=True),
    "another order of keys": lambda raw: json.dumps(_reversed(json.loads(raw)), indent=1, ensure_ascii=False),
    "a key twice": lambda raw: raw.replace('"nbformat": 4', '"nbformat": 4,\n "nbformat": 4'),
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


@pytest.mark.parametrize("name", OTHERWISE)
def test_a_notebook_that_jupyter_would_write_otherwise_is_left_alone(project: Project, name: str) -> None:
    """It is checked all the same, but a repair would change more than what was wrong."""
    raw = OTHERWISE[name](ALL.replace(*WRONG[0]))
    project.write("a.ipynb", raw)
    assert project.problems("aa/a.ipynb", fix=True) == [
        "pages/aa/a.ipynb: Jupyter would write this notebook otherwise; save it there, "
        "so that a repair changes nothing else",
        "pages/aa/a.ipynb: cell 2, output line 1: the page says 2.5, the code prints 2.0; "
        "`pytest docs --fix` writes it",
    ]
    assert project.path("aa/a.ipynb").read_bytes() == raw.encode()


def test_fix_keeps_what_no_rule_knows(project: Project) -> None:
    whole = json.loads(ALL)
    whole["metadata"]["widgets"] = {"state": [1.0, 1e300, 12345678901234567890, None, True, "\u2028é"]}
    whole["cells"][1]["metadata"]["collapsed"] = False
    whole["cells"][1]["metadata"]["jupyter"] = {"source_hidden": False}
    raw = json.dumps(whole, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    project.write("a.ipynb", raw)
    project.write("a.ipynb", raw.replace(*WRONG[0]), "aa")
    assert project.problems("aa/a.ipynb", fix=True) == []
    assert project.path("aa/a.ipynb").read_bytes() == raw.encode()


def test_fix_leaves_a_notebook_alone_whose_prose_cannot_be_read(project: Project) -> None:
    raw = ALL.replace(*WRONG[0]).replace('<span data-expr=\\"x\\">`2.0`</span>', '`2.0`{ data-expr=\\"x\\" }')
    project.write("a.ipynb", raw)
    assert project.problems("aa/a.ipynb", fix=True) != []
    assert project.path("aa/a.ipynb").read_text() == raw


def test_fix_stores_nothing_of_a_cell_that_must_not_be_so(project: Project) -> None:
    raw = notebook(
        TITLE, code("print(3 - 2)\n1 / 0"), code("from IPython.display import HTML\n\nprint(1 + 1)\nHTML('7.5')")
    )
    project.write("a.ipynb", raw)
    assert len(project.problems("aa/a.ipynb", fix=True)) == 4
    assert project.path("aa/a.ipynb").read_text() == raw


def test_any_changed_digit_is_found_and_mended() -> None:
    page = parse_notebook(ALL, Path("/nowhere/a.ipynb"), "a")
    outcomes = run_program(make_program(page, []), Settings(Path(), Path(), timeout=20.0))
    assert list(check_stored(page, compare(page, outcomes), outcomes)) == []
    texts = re.finditer(r'"2\.0\\n"|"2\.0"|(?<=`)2\.0|(?<=`\[)2\.0', ALL)
    digits = [at for text in texts for at in range(*text.span()) if ALL[at].isdigit()]
    assert len(digits) == 8
    for at in digits:
        wrong = parse_notebook(ALL[:at] + "7" + ALL[at + 1 :], page.path, "a")
        found = list(check_stored(wrong, compare(wrong, outcomes), outcomes))
        assert found, ALL[at - 5 : at + 5]
        assert wrong.edited([edit for problem in found for edit in problem.edits]) == ALL


OTHER = SVG.replace("/>", ' width="7"/>')
TWO = notebook(
    TITLE,
    code(f"x = 1  # an example\n\n{DRAW}", DRAWN, alt="A"),
    code(DRAW.replace(SVG, OTHER), display("<IPython.core.display.SVG object>", svg=OTHER), alt="B"),
)
AGAIN = "the cell stores a picture of another program; `pytest docs --fix` draws it again"


def _swapped(raw: str) -> str:
    """The outputs of the two cells change places."""
    whole = json.loads(raw)
    one, two = whole["cells"][1:]
    one["outputs"], two["outputs"] = two["outputs"], one["outputs"]
    return json.dumps(whole, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def _swapped_with_digests(raw: str) -> str:
    whole = json.loads(_swapped(raw))
    one, two = (cell["metadata"] for cell in whole["cells"][1:])
    one["drawn"], two["drawn"] = two["drawn"], one["drawn"]
    return json.dumps(whole, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def test_a_picture_that_its_program_draws_otherwise(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Such as one from before a module was changed, whose code stands in no cell; on other machines it may differ."""
    raw = drawn_anew(ALL.replace("40.01", "43.01"))
    project.write("a.ipynb", raw)
    says = "the cell stores a picture that its program draws otherwise, from its beginning on"
    assert project.problems("aa/a.ipynb") == [
        f"pages/aa/a.ipynb: cell 4, line 1: {says}; `pytest docs --fix` draws it again"
    ]
    project.write("b.ipynb", raw)
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr("doccheck.checker.exact_digits", lambda: False)
        assert project.problems("aa/b.ipynb", fix=True) == []
    assert project.path("aa/b.ipynb").read_text() == raw
    names = [f"{language}/a.ipynb" for language in ("aa", "bb", "cc")]
    assert project.problems(*names, fix=True) == []
    (output,) = json.loads(project.path("aa/a.ipynb").read_text())["cells"][3]["outputs"]
    assert "".join(output["data"]["image/svg+xml"]) == WIDE


CHANGES: dict[str, tuple[Callable[[str], str], list[int]]] = {
    "two pictures swapped": (_swapped, [2, 3]),
    "swapped with their digests": (_swapped_with_digests, [2, 3]),
    # all that comes after could look otherwise
    "code before both": (lambda raw: raw.replace("x = 1", "x = 2"), [2, 3]),
    "code of the second": (lambda raw: raw.replace(r"\"7\"/>')", r"\"8\"/>')"), [3]),
    "no digest": (lambda raw: re.sub(r'"drawn": "\w+"', '"drawn": ""', raw, count=1), [2]),
    "a comment": (lambda raw: raw.replace("# an example", "# ein Beispiel"), []),
    "the text for the blind": (lambda raw: raw.replace('"alt": "A"', '"alt": "Another"'), []),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_stored_picture_of_another_program(project: Project, name: str) -> None:
    change, cells = CHANGES[name]
    raw = change(TWO)
    assert raw != TWO
    project.write("a.ipynb", raw)
    found = [text for text in project.problems("aa/a.ipynb") if AGAIN in text]
    assert found == [f"pages/aa/a.ipynb: cell {number}, line 1: {AGAIN}" for number in cells]
    names = [f"{language}/a.ipynb" for language in ("aa", "bb", "cc")]
    assert project.problems(*names, fix=True) == []
    fixed = json.loads(project.path("aa/a.ipynb").read_text())
    for cell in fixed["cells"][1:]:
        (output,) = cell["outputs"]
        assert "".join(output["data"]["image/svg+xml"]) in "".join(cell["source"])


def test_the_digest_of_a_program_is_the_same_everywhere() -> None:
    """On every version of Python: in some, the parts of an f-string are tokens of their own."""
    source = "x = 1  # one\n\n\nprint(f'{x:#x} # no {\"comment\"}', '''\n\n#''')"
    assert drawn_digest([source], [DRAWN]) == "9711b8879f746df8"
