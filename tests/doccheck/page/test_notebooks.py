"""Notebook pages: the rules for pages hold in their cells, and --fix changes what was wrong and nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest

from doccheck.base.settings import find_settings
from doccheck.checker import Book
from tests.support.notebook_builder import Cell, code, display, error, notebook, prose, stream, value
from tests.support.sample_project import Project

TITLE = prose('# Title <a id="top"></a>')
X = code("x = 2.0\nx", value("2.0"))
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII="
SVG = '<svg xmlns="http://www.w3.org/2000/svg"/>'
DRAW = f"from IPython.display import SVG, display\n\ndisplay(SVG('{SVG}'))"
DRAWN = display("<IPython.core.display.SVG object>", svg=SVG)
RAISES = {"tags": ["raises-exception"]}
ERROR = error("ZeroDivisionError", "division by zero")

SOUND = {
    "printed text and value": [code("x = 2.0\nprint(x)\nx", stream("2.0\n"), value("2.0"))],
    "value shown as Jupyter shows it": [code("{'b': 'x' * 50, 'a': ['y' * 20] * 2}", value(
        "{'b': '" + "x" * 50 + "',\n 'a': ['yyyyyyyyyyyyyyyyyyyy', 'yyyyyyyyyyyyyyyyyyyy']}"))],
    "value behind a semicolon": [code("x = 2.0\nx;")],
    "text between displayed text": [code("print(3 - 2)\ndisplay(2)\nprint(1 + 2)", stream("1\n"), display("2"), stream("3\n"))],
    "print without a line end": [code("print(3 - 2, end='')\n2", stream("1"), value("2"))],
    "semicolon and comment": [code("x = 2.0\nx;  # quiet")],
    "value in a sentence": [X, prose('It is <span data-expr="x * x">`4.0`</span>.')],
    "value that would change what follows": [code("a = [1, 2]"), prose('<span data-expr="a.pop()">`2`</span>'),
        code("a", value("[1, 2]"))],
    "value with signs": [code("d = {'<': 'a*b_c*_'}"), prose("<span data-expr=\"d[&#39;&lt;&#39;]\">`a*b_c*_`</span>")],
    "quoted number": [prose('Python <span class="quoted">`3.11`</span>')],
    "error": [code("print(3 - 2)\n1 / 0", stream("1\n"), ERROR, **RAISES)],
    "error of a module": [code("import json\n\njson.loads('')",
        error("JSONDecodeError", "Expecting value: line 1 column 1 (char 0)"), **RAISES)],
    "picture": [code(DRAW, DRAWN, alt="Nothing [at all]")],
    "two pictures": [code(f"{DRAW}\ndisplay(SVG('{SVG}'))", DRAWN, DRAWN, alt=["One", "Two"])],
    "picture as a value": [code(DRAW.replace("display(SVG", "(SVG"), value("<IPython.core.display.SVG object>", svg=SVG), alt="A")],
    "text on stderr": [code("import sys, warnings\n\nprint('50 %', file=sys.stderr)\nwarnings.warn('careful')")],
    "backticks in code and output": [code("print('```python')", stream("```python\n"))],
    "formula and comment": [prose("$x^{2}$ <!-- a remark, 2.0 -->\n\n| a |\n|---|\n| b |")],
    "name is main": [code("class A: pass\n\n\nprint(__name__)\nA", stream("__main__\n"), value("__main__.A"))],
    "display that changes": [code("h = display(3 - 2, display_id=True)\nh.update(1 + 1)", display("2"))],
    "display that is cleared": [code(
        "from IPython.display import clear_output\n\nprint(3 - 2)\nclear_output(wait=True)\nprint(1 + 1)\nprint(1 + 2)",
        stream("2\n3\n"))],
    "display that would be cleared by more": [code(
        "from IPython.display import clear_output\n\nprint(3 - 2)\nclear_output(wait=True)", stream("1\n"))],
    "tolerance": [code("x = 1 / 3\nx", value("0.3333333333333333"), tol="1e-10")],
}  # fmt: skip


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_notebook_passes(found: dict[str, list[str]], name: str) -> None:
    assert found[name] == []


# name: (cells after the title, where the fault is reported, the message)
FAULTS: dict[str, tuple[list[Cell], str, str]] = {
    "loop in Jupyter's own": (
        [code("import asyncio\n\nasync def f():\n    return 3 - 2\n\nasyncio.run(f())", value("1"))], "cell 2, line 1",
        "the cell raises RuntimeError: asyncio.run() cannot be called from a running event loop"),
    "change of another cell's display": (
        [code("h = display(3 - 2, display_id=True)", display("1")), code("h.update(1 + 1)")], "cell 3, line 1",
        "the cell raises RuntimeError: only the cell that displays something can change it here; display it anew"),
    "exit": ([code("exit()")], "cell 2, line 1", "the cell raises SystemExit"),
    "wrong value of a cell": (
        [code("x = 2.0\nx", value("2.5"))], "cell 2, output",
        "the page says 2.5, the code prints 2.0; `pytest docs --fix` writes it",
    ),
    "second line of a print": (
        [code("print(3 - 2)\nprint(2)", stream("1\n3\n"))], "cell 2, output line 2",
        "the page says 3, the code prints 2; `pytest docs --fix` writes it",
    ),
    "forgotten output": (
        [code("print(3 - 2)")], "cell 2, line 1",
        "the cell prints 1 but stores no output; `pytest docs --fix` adds it",
    ),
    "forgotten output before another": (
        [code("print(3 - 2)"), code("print(2)", stream("2\n"))], "cell 2, line 1",
        "the cell prints 1 but stores no output; `pytest docs --fix` adds it",
    ),
    "output of nothing": (
        [code("x = 1", stream("1\n"))], "cell 2, output",
        "the page says 1, the code prints nothing; delete this output or print it",
    ),
    "wrong value in a sentence": (
        [X, prose('It is <span data-expr="x">`2.1`</span>.')], "cell 3, line 1",
        "the page says 2.1, x is 2.0; `pytest docs --fix` writes it",
    ),
    "value before its cell": (
        [prose('<span data-expr="x">`2.0`</span>'), X], "cell 2, line 1",
        "x cannot be computed here: NameError: name 'x' is not defined; fix the expression",
    ),
    "number without an expression": (
        [prose("a\nb `2.0`")], "cell 2, line 2",
        '`2.0` is a number without an expression; write <span data-expr="…">`2.0`</span>, or <span class="quoted">',
    ),
    "decimal in a sentence": (
        [prose("a\nb 2.5")], "cell 2, line 2",
        '2.5 stands in a sentence unchecked; write <span data-expr="…">`2.5`</span>, or <span class="quoted">',
    ),
    "decimal in a picture's text": (
        [code(DRAW, DRAWN, alt="It is 2.5")], "cell 2, output", "2.5 stands in a sentence unchecked",
    ),
    "expression around nothing": (
        [X, prose('<span data-expr="x">2</span>')], "cell 3, line 1",
        "'data-expr' belongs to nothing here; write it around inline code: <span data-expr=\"…\">`…`</span>",
    ),
    "braces behind a value": (
        [X, prose('`2.0`{ data-expr="x" }')], "cell 3, line 1",
        'Jupyter shows what is in braces; write <span data-expr="…">`2.0`</span>',
    ),
    "braces behind a heading": (
        [prose("a\n\n## B {#b}")], "cell 2, line 3",
        'Jupyter shows what is in braces; write <a id="…"></a> at the end of the heading',
    ),
    "heading without an id": (
        [prose("a\n\n## B")], "cell 2, line 3",
        "the heading 'B' has no id; write <a id=\"…\"></a> at its end, the same in every language",
    ),
    "fence in a Markdown cell": (
        [prose("a\n\n```python\nx = 1\n```")], "cell 2, line 3",
        "nothing runs code in a Markdown cell; make it a code cell",
    ),
    "marker in a Markdown cell": (
        [prose("<!-- code so far -->")], "cell 2, line 1", "nothing runs code in a Markdown cell",
    ),
    "raw cell": (
        [{"cell_type": "raw", "metadata": {}, "source": ["x = 1"]}], "cell 2, line 1",
        "nothing checks a raw cell; make it a Markdown or a code cell",
    ),
    "empty code cell": ([code("")], "cell 2, line 1", "this code cell is empty; delete it"),
    "magic": (
        [code("x = 1\n%time x")], "cell 2, line 2",
        "this cell is not valid Python: invalid syntax in '%time x'; fix this line; magics and shell lines work in",
    ),
    "shell line": (
        [code("!echo")], "cell 2, line 1", "this cell is not valid Python: invalid syntax in '!echo'; fix this line; magics and",
    ),
    "unexpected error": (
        [code("x = 1\n1 / 0")], "cell 2, line 1",
        "the cell raises ZeroDivisionError: division by zero; fix it, or give the cell the tag \"raises-",
    ),
    "error without the tag": (
        [code("1 / 0", ERROR)], "cell 2, output",
        'the cell stores an error, so running all cells ends here; fix it, or give it the tag "raises-exception"',
    ),
    "wrong error": (
        [code("1 / 0", error("ZeroDivisionError", "division by one"), **RAISES)], "cell 2, output",
        "the page says ZeroDivisionError: division by one, the code raises ZeroDivisionError: division by zero",
    ),
    "tag without an error": (
        [code("x = 1", **RAISES)], "cell 2, output", "the page says nothing, the code raises nothing",
    ),
    "picture that is stored but not shown": (
        [code("x = 1", DRAWN, alt="A")], "cell 2, line 1",
        "the cell stores image/svg+xml (displayed); running it shows nothing; `pytest docs --fix` writes it",
    ),
    "picture that is shown but not stored": (
        [code(DRAW)], "cell 2, line 1",
        "the cell stores nothing; running it shows image/svg+xml (displayed); `pytest docs --fix` writes it",
    ),
    "picture less": (
        [code(f"{DRAW}\ndisplay(SVG('{SVG}'))", DRAWN, alt="A")], "cell 2, line 1",
        "the cell stores image/svg+xml (displayed); running it shows image/svg+xml (displayed), image/svg+xml (",
    ),
    "picture that is none": (
        [code(DRAW, display("", svg="7.5"), alt="A")], "cell 2, output",
        "the stored image/svg+xml cannot be read; clear the cell's outputs, `pytest docs --fix` draws it",
    ),
    "PNG that is none": (
        [code("x = 1", display("", png="A"), alt="A")], "cell 2, output",
        "the stored image/png cannot be read; clear the cell's outputs, `pytest docs --fix` draws it",
    ),
    "PNG that is cut off": (
        [code("x = 1", display("", png=PNG[:60]), alt="A")], "cell 2, output",
        "the stored image/png cannot be read; clear the cell's outputs, `pytest docs --fix` draws it",
    ),
    "traceback of another error": (
        [code("1 / 0", {**ERROR, "traceback": ["ValueError: 7.5"]}, **RAISES)], "cell 2, line 1",
        "the cell stores an error with the traceback 'ValueError: 7.5'; running it shows an error; `pytest docs",
    ),
    "print that is stored as a part of the value": (
        [code("print(3 - 2, end='')\n2", stream("12"), value(""))], "cell 2, output line 1",
        "the page says 12, the code prints 1; `pytest docs --fix` writes it",
    ),
    "HTML beside a picture": (
        [code(DRAW, display("", svg=SVG, html="7.5"), alt="A")], "cell 2, output",
        "the cell stores text/html, which nothing compares; print text, or display a picture",
    ),
    "picture of another kind": (
        [code(DRAW, display("", png=PNG), alt="A")], "cell 2, line 1",
        "the cell stores image/png (displayed); running it shows image/svg+xml (displayed)",
    ),
    "hidden source": (
        [code("x = 2.0", jupyter={"source_hidden": True})], "cell 2, line 1",
        'Jupyter hides something of this cell: "source_hidden"; take that out of the cell\'s metadata',
    ),
    "hidden output": (
        [code("print(3 - 2)", stream("1\n"), jupyter={"outputs_hidden": True})], "cell 2, line 1",
        'Jupyter hides something of this cell: "outputs_hidden"; take that out of the cell\'s metadata',
    ),
    "collapsed cell": (
        [prose("A text.", collapsed=True)], "cell 2, line 1",
        'Jupyter hides something of this cell: "collapsed"; take that out of the cell\'s metadata',
    ),
    "tag of another tool": (
        [code("x = 2.0", tags=["remove-input"])], "cell 2, line 1",
        'nothing here knows the tag "remove-input"; take that out of the cell\'s metadata, '
        "or write one of exercise, check, raises-exception",
    ),
    "output of an exercise": (
        [code("def f(): ...", stream("0.9\n"), tags=["exercise"])], "cell 2, output",
        "the exercise stores an output, which nothing compares; clear the cell's outputs",
    ),
    "picture without a text": (
        [code(DRAW, DRAWN)], "cell 2, output",
        'the picture picture-without-a-text-1.svg has no alternative text; say what it shows in the cell\'s metadata, as "alt"',
    ),
    "text without a picture": (
        [code("x = 1", alt="A line")], "cell 2, output",
        'the cell has an "alt" but stores no picture for it; `pytest docs --fix` stores what the cell shows',
    ),
    "stored stderr": (
        [code("import sys\n\nprint(1, file=sys.stderr)", stream("1\n", "stderr"))], "cell 2, line 1",
        "the cell stores text on stderr; running it shows nothing; `pytest docs --fix` writes it",
    ),
    "print stored as a value": (
        [code("print(2.0)", value("2.0"))], "cell 2, line 1",
        "the cell stores text/plain (a value); running it shows text on stdout; `pytest docs --fix` writes it",
    ),
    "stored HTML": (
        [code("x = 1", display("1", html="<b>1</b>"))], "cell 2, output",
        "the cell stores text/html, which nothing compares; print text, or display a picture",
    ),
    "shown HTML": (
        [code("from IPython.display import HTML\n\nHTML('7.5')")], "cell 2, line 1",
        "the cell shows text/html, which nothing compares; print text, or display a picture",
    ),
    "execution count": (
        [{**X, "execution_count": 7}], "cell 2, line 1",
        "the cell's execution count is 7, in a run from top to bottom it is 1; `pytest docs --fix` writes it",
    ),
    "tolerance that is none": (
        [code("x = 2.0\nx", value("2.0"), tol="much")], "cell 2, output", 'tol="much" is not a tolerance',
    ),
    "attachment": (
        [{**prose("![a](attachment:a.png)"), "attachments": {"a.png": {"image/png": PNG}}}], "cell 2, line 1",
        "a picture in a cell's attachments is not on the site; link to a file",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_found(found: dict[str, list[str]], name: str) -> None:
    _, place, message = FAULTS[name]
    assert any(text.startswith(f"pages/aa/{_file(name)}: {place}: {message}") for text in found[name]), found[name]


def _file(name: str) -> str:
    return re.sub(r"\W+", "-", name) + ".ipynb"


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What is wrong with each of the notebooks above; they run several at a time."""
    project = Project(tmp_path_factory.mktemp("notebooks"))
    paths = {}
    for name, cells in [*SOUND.items(), *((name, row[0]) for name, row in FAULTS.items())]:
        project.write(_file(name), notebook(TITLE, *cells))
        paths[name] = project.path(f"aa/{_file(name)}")
    verdicts = Book(find_settings(project.root)).check(list(paths.values()))
    return {name: [str(p).split("\n")[0] for p in verdicts[path].problems] for name, path in paths.items()}


def test_a_cell_that_never_ends(project: Project) -> None:
    settings = project.root / "pyproject.toml"
    settings.write_text(settings.read_text().replace("timeout = 20", "timeout = 2"))
    project.write("a.ipynb", notebook(TITLE, code("while True: pass")))
    assert project.problems("aa/a.ipynb")[0] == (
        "pages/aa/a.ipynb: cell 2, line 1: the cell is still running after 2 seconds; a page must come to its end"
    )


GOOD = notebook(TITLE, X)
MALFORMED: dict[str, tuple[Callable[[str], str], str, str]] = {
    "broken JSON": (
        lambda raw: raw.replace('"cells": [', '"cells": [,', 1), ":2",
        "this is not a notebook: its JSON is broken: Expecting value; save it in Jupyter",
    ),
    "brackets in brackets": (lambda raw: "[" * 100_000, ":1", "this is not a notebook: its brackets nest too deeply"),
    "no notebook": (lambda raw: "[]", ":1", "this notebook is of format ?.?; save it in format 4.5"),
    "old format": (
        lambda raw: raw.replace('"nbformat_minor": 5', '"nbformat_minor": 4'), ":1",
        "this notebook is of format 4.4; save it in format 4.5 or a later 4, whose cells have ids",
    ),
    "no id": (lambda raw: raw.replace('   "id": "cell-1",\n', ""), ": cell 2", "this is not a valid notebook: 'id' is a required property"),
    "no outputs": (
        lambda raw: json.dumps(_without(json.loads(raw), "outputs"), indent=1), ": cell 2",
        "this is not a valid notebook: 'outputs' is a required property; save it in Jupyter",
    ),
    "same id twice": (
        lambda raw: raw.replace('"cell-1"', '"cell-0"'), ": cell 2", "the id 'cell-0' is taken by a cell above; choose another",
    ),
    "line ends of Windows in a cell": (
        lambda raw: raw.replace('x = 2.0\\n', 'x = 2.0\\r\\n'), ": cell 2",
        "a carriage return (U+000D) in the cell's text ends a line for some programs only; delete it",
    ),
    "another encoding": (lambda raw: raw.replace("Title", "Titl\udcff"), ":1", "this page is not UTF-8: 'utf-8' codec"),
}  # fmt: skip


def _without(notebook: Cell, key: str) -> Cell:
    del notebook["cells"][1][key]
    return notebook


@pytest.mark.parametrize("name", MALFORMED)
def test_a_malformed_notebook_is_named_and_left_alone(project: Project, name: str) -> None:
    change, place, message = MALFORMED[name]
    project.write("a.ipynb", GOOD)
    raw = change(GOOD).encode("utf-8", "surrogateescape")
    project.path("aa/a.ipynb").write_bytes(raw)
    found = project.problems("aa/a.ipynb", fix=True)
    assert any(text.startswith(f"pages/aa/a.ipynb{place}: {message}") for text in found), found
    assert project.path("aa/a.ipynb").read_bytes() == raw


@pytest.mark.parametrize(("key", "name"), [("kernelspec", "language"), ("language_info", "name")])
def test_a_notebook_for_another_language_is_no_page(project: Project, key: str, name: str) -> None:
    whole = json.loads(GOOD)
    whole["metadata"].setdefault(key, {"name": "ir", "display_name": "R"})[name] = "R"
    project.write("a.ipynb", json.dumps(whole, indent=1, sort_keys=True, ensure_ascii=False) + "\n")
    assert project.problems("aa/a.ipynb") == [
        "pages/aa/a.ipynb: Jupyter would run this notebook as R, not as Python; choose a kernel of Python"
    ]
