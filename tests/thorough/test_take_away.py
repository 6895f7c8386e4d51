"""What the site gives away runs by itself: scripts in a fresh interpreter, their parts, and notebooks in Jupyter."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode

from doccheck.base.assertions import demands
from doccheck.base.settings import find_settings
from doccheck.check.tolerance import same_text
from doccheck.checker import Book
from doccheck.page.exercises import find_exercises
from doccheck.page.fences import expected_errors
from doccheck.page.model import Page
from doccheck.page.programs import expected_output, growing, script
from doccheck.run.arithmetic import pinned
from doccheck.run.environment import FIXED, exact_digits
from doccheck.takeaway.exercise import PASSED, exercise_script
from doccheck.takeaway.notebook import notebook

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = find_settings(ROOT)
BOOK = Book(SETTINGS)
LANGUAGES = SETTINGS.languages
# The others give nothing away.
PAGES = [p for p in (SETTINGS.docs / "en").rglob("*.md") if "\n```python" in p.read_text("utf-8")]
NAMES = sorted(p.relative_to(SETTINGS.docs / "en").as_posix() for p in PAGES)
LABS = sorted(p.relative_to(SETTINGS.docs / "en").as_posix() for p in (SETTINGS.docs / "en").rglob("*.ipynb"))
PINNED = FIXED | pinned(dict(os.environ))  # the pages show the digits of this arithmetic

# Runs programs each of which goes on where the one before it ends, and tells what each prints. What they have in common
# runs once, for it would do the same again: at the end of a page that would take ten times as long as the page.
RUNNER = """
import contextlib, io, json, sys, types
main = sys.modules["__main__"] = types.ModuleType("__main__")
printed, before = io.StringIO(), ""
for text in json.load(sys.stdin):
    assert text.startswith(before)
    compile(text, "<whole>", "exec")
    with contextlib.redirect_stdout(printed):
        exec(compile(text[len(before):], "<rest>", "exec"), main.__dict__)
    print(json.dumps(printed.getvalue()))
    before = text
"""


# what a page says that it writes into its folder
WRITES = {
    "checked.md": ["demo"],
    "stage2/step23.md": ["goldstein.py", "my_project"],
    "stage3/step25.md": ["graph.dot"],
    "write-your-own.md": ["demo", "my_dezero"],
}


@cache
def page(lang: str, name: str) -> tuple[Page, list[Page]]:
    path = SETTINGS.docs / lang / name
    return BOOK.page(path), list(BOOK.earlier(path))


class Silent(ast.NodeTransformer):
    """Takes away what a check says: that is in the page's language."""

    def visit_Assert(self, node: ast.Assert) -> ast.Assert:
        node.msg = None
        return node

    def visit_Raise(self, node: ast.Raise) -> ast.Raise:
        node.exc = node.cause = None
        return node


@cache
def tree(text: str) -> str:
    return ast.dump(Silent().visit(ast.parse(text)))


def same(found: Page, wanted: str, got: str) -> bool:
    tolerances = [fence.tolerance for fence in found.fences if fence.tolerance is not None]
    return same_text(wanted, got, exact=exact_digits(), tolerance=max(tolerances, default=None))


def run(arguments: list[str], folder: Path, given: str = "") -> str:
    """What a fresh Python prints that knows nothing of this checkout but what is installed."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")} | PINNED
    command = [sys.executable, "-W", "default", *arguments]
    done = subprocess.run(
        command, cwd=folder, env=environment, input=given, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return done.stdout


def without_checks(cells: list[NotebookNode]) -> list[NotebookNode]:
    """The cells that show the same everywhere; what a check says of a start is compared by its own test."""
    return [cell for cell in cells if not {"exercise", "check"} & set(cell.metadata.get("tags", []))]


def printed(cells: list[NotebookNode]) -> Iterator[tuple[str, str]]:
    """What the cells of a notebook show: all they print as one text, and each error where it stands."""
    text = ""
    for cell in without_checks(cells):
        for output in cell.get("outputs", []):
            if output.output_type == "stream":
                text += output.text
            elif output.output_type == "error":
                yield text, f"{output.ename}: {output.evalue}"
                text = ""
            else:
                yield text, f"a cell shows the value of its last line; print it or assign it: {cell.source}"
    yield text, ""


@pytest.mark.parametrize("name", NAMES)
def test_the_programs_of_the_three_languages_are_the_same(name: str) -> None:
    """So the tests below may run those of one language only."""
    scripts = [list(growing(*page(lang, name))) for lang in LANGUAGES]
    for pieces in scripts[1:]:
        assert [tree(text) for _, text in pieces] == [tree(text) for _, text in scripts[0]]
    assert len({expected_output(page(lang, name)[0]) for lang in LANGUAGES}) == 1
    # all but the words of a check's messages
    code = [
        [demands(c.source) for c in notebook(*page(lang, name)).cells if c.cell_type == "code"] for lang in LANGUAGES
    ]
    assert code[0] == code[1] == code[2]


@pytest.mark.parametrize("name", NAMES)
def test_a_script_runs_in_a_fresh_interpreter(name: str, tmp_path: Path) -> None:
    found, earlier = page("en", name)
    folder = tmp_path / "empty"
    folder.mkdir()
    file = tmp_path / "script.py"
    file.write_text(script(found, earlier), "utf-8")
    got = run([str(file)], folder)
    assert same(found, expected_output(found), got), got
    assert sorted(path.name for path in folder.iterdir()) == WRITES.get(name, [])


@pytest.mark.parametrize("name", NAMES)
def test_every_part_of_a_script_runs(name: str, tmp_path: Path) -> None:
    found, earlier = page("en", name)
    pieces = list(growing(found, earlier))
    got = run(["-c", RUNNER], tmp_path, json.dumps([text for _, text in pieces])).splitlines()
    assert len(got) == len(pieces)
    for (fence, _), line in zip(pieces, got, strict=True):
        text = json.loads(line)
        wanted = expected_output(found, upto=fence)
        # An output may stand below a later example: then the page shows there what was printed up to here.
        below = next((f.source for f in found.fences if f.kind.name == "output" and f.start > fence.start), "")
        begun = text.startswith(wanted) and below.startswith(text.removeprefix(wanted))
        assert same(found, wanted, text) or begun, f"line {fence.line}: {text}"
    assert same(found, expected_output(found), json.loads(got[-1]))


@pytest.mark.parametrize("name", [name for name in NAMES if find_exercises(page("en", name)[0])])
def test_the_file_of_an_exercise_answers(name: str, tmp_path: Path) -> None:
    """It refuses the start and every wrong answer with the page's own words, and a solution passes."""
    found, earlier = page("en", name)
    for exercise in find_exercises(found):
        text = exercise_script(found, earlier, exercise)
        assert exercise.check is not None
        answers = [(answer.source, exercise.errors[answer.start].source) for answer in exercise.wrong]
        start = exercise.errors[exercise.start.start].source
        if "..." in exercise.start.source:
            start = "there is still a hole"
        solution = [fence.source for fence in exercise.solution if fence.start not in expected_errors(found.fences)]
        raised = [fence.source for fence in exercise.solution if fence.start in expected_errors(found.fences)]
        # of an example that shows an error, all but its last statement
        solution += ["\n".join(map(ast.unparse, ast.parse(source).body[:-1])) for source in raised]
        for answer, wanted in [(exercise.start.source, start), *answers, ("\n".join(solution), PASSED)]:
            assert text.count(exercise.start.source) == 1
            file = tmp_path / "exercise.py"
            file.write_text(text.replace(exercise.start.source, answer), "utf-8")
            got = answered(file, tmp_path)
            kind, _, message = wanted.strip().partition(": ")
            assert (message if kind == "AssertionError" else wanted.strip()) in got, got


def answered(file: Path, folder: Path) -> str:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")} | PINNED
    done = subprocess.run(
        [sys.executable, str(file)], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == (0 if PASSED in done.stdout else 1)
    return done.stdout + done.stderr


@pytest.fixture
def nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, on a machine with nobody's settings and with the arithmetic of the pages."""
    for variable in ("HOME", "IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR"):
        monkeypatch.setenv(variable, str(tmp_path / "home"))
    for variable, value in PINNED.items():
        monkeypatch.setenv(variable, value)
    folder = tmp_path / "empty"
    folder.mkdir()
    return folder


def executed(given: NotebookNode, folder: Path) -> NotebookNode:
    """A notebook as Jupyter leaves it: its outputs forgotten, then run from top to bottom."""
    fresh = nbformat.from_dict(json.loads(json.dumps(given)))
    for cell in fresh.cells:
        if cell.cell_type == "code":
            cell.outputs = []
    NotebookClient(fresh, timeout=300, resources={"metadata": {"path": str(folder)}}).execute()
    return fresh


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_runs_to_its_end_and_shows_the_same(name: str, nobody: Path) -> None:
    found, earlier = page("en", name)
    made = notebook(found, earlier)
    nbformat.validate(made)
    wanted, got = list(printed(made.cells)), list(printed(executed(made, nobody).cells))
    assert len(wanted) == len(got), got
    for (text, error), (got_text, got_error) in zip(wanted, got, strict=True):
        assert same(found, text, got_text) and same(found, error, got_error), (got_text, got_error)


def shown(cells: list[NotebookNode]) -> list[tuple[str, str]]:
    """What a lab shows, in order; of a picture that it is one, for Jupyter draws points where the lab stores lines.

    Progress bars go beside it, to stderr.
    """
    found: list[tuple[str, str]] = []
    for output in [output for cell in without_checks(cells) for output in cell.get("outputs", [])]:
        if output.output_type == "error":
            said = "" if output.ename == "AssertionError" else output.evalue  # a check speaks the page's language
            found.append(("error", f"{output.ename}: {said}"))
        elif output.output_type == "display_data":
            found.append(("picture", ", ".join(sorted(mime.split("/")[0] for mime in output.data))))
        elif output.name != "stderr" and found and found[-1][0] == "text":
            found[-1] = ("text", found[-1][1] + output.text)  # a bar in between has cut it in two
        elif output.name != "stderr":
            found.append(("text", output.text))
    return found


@pytest.mark.parametrize("name", LABS)
def test_a_lab_runs_in_jupyter_as_it_is(name: str, nobody: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MPLBACKEND")  # so that Jupyter shows pictures as it does for everybody
    labs = [nbformat.read(SETTINGS.docs / lang / name, as_version=4) for lang in LANGUAGES]
    code = [[tree(cell.source) for cell in lab.cells if cell.cell_type == "code"] for lab in labs]
    assert code[0] == code[1] == code[2]  # so one run is enough
    stored = [shown(lab.cells) for lab in labs]
    assert stored[0] == stored[1] == stored[2]
    assert shown(executed(labs[0], nobody).cells) == stored[0]
