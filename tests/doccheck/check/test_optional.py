"""Programs that need an optional library: text in an ordinary run, which says so; in their lane they run like any other."""

from __future__ import annotations

from pathlib import Path

import pytest

from doccheck import check_text, notebook, script
from doccheck.base.settings import find_settings
from doccheck.check.outputs import compare
from doccheck.checker import Book
from doccheck.page.model import parse_page
from doccheck.page.optional import importable, left_out
from doccheck.run.protocol import Outcome
from tests.doccheck.faces.test_pytest import run
from tests.support.sample_project import Project

ORDINARY = "# T {#t}\n\n```python\nx = 2.0\nprint(x)\n```\n\n```text { .output }\n2.0\n```\n"
PROGRAM = '```python { .optional needs="peer" }\nimport peer\n\nprint(peer.double(x))\n```\n'
OUTPUT = "```text { .optional .output }\n4.0\n```\n"
COMMANDS = '```console { .optional needs="peer" }\n$ python a.py\n2.0\n4.0\n```\n'
PAGE = f"{ORDINARY}\n{PROGRAM}\n{OUTPUT}\n{COMMANDS}"
PEER = "def double(x):\n    return 2 * x\n"


@pytest.fixture
def optional(project: Project) -> Project:
    """A project whose pages may need a library called peer, which is there."""
    file = project.root / "pyproject.toml"
    file.write_text(file.read_text() + 'optional = ["peer", "mpi4py"]\n')
    (project.root / "peer.py").write_text(PEER)
    project.write("a.md", PAGE)
    project.write("b.md", ORDINARY)
    return project


def test_an_ordinary_run_leaves_them_out_and_says_so(optional: Project) -> None:
    optional.write("a.md", PAGE.replace("\n4.0\n```\n\n", "\n5.0\n```\n\n"))
    code, text = run(optional.root, "pages")
    assert code == 0, text
    assert "6 pages, 6 outputs and values compared" in text
    assert "6 programs need libraries that are optional, and did not run:" in text
    for language in ("aa", "bb", "cc"):
        assert f"  pages/{language}/a.md:12: peer\n" in text
        assert f"  pages/{language}/a.md:22: peer\n" in text


def test_in_their_lane_they_run_and_are_compared(optional: Project) -> None:
    code, text = run(optional.root, "pages", "--optional")
    assert code == 0, text
    assert "3 pages, 9 outputs and values compared" in text
    assert "optional, and did not run" not in text
    optional.write("a.md", PAGE.replace("\n4.0\n```\n\n", "\n5.0\n```\n\n"))
    code, text = run(optional.root, "pages", "--optional")
    assert code == 1
    assert "pages/aa/a.md:19: the page says 5.0, the code prints 4.0; `pytest docs --fix` writes it" in text
    optional.write("a.md", PAGE.replace("$ python a.py\n2.0\n4.0\n", "$ python a.py\n2.0\n5.0\n"))
    code, text = run(optional.root, "pages", "--optional")
    assert code == 1
    assert "pages/aa/a.md:25: the page says 5.0" in text


def test_what_cannot_be_imported_is_left_out_of_the_lane_too(optional: Project) -> None:
    (optional.root / "peer.py").unlink()
    code, text = run(optional.root, "pages", "--optional")
    assert code == 0, text
    assert "3 pages, 3 outputs and values compared" in text
    assert "6 programs need libraries that are optional, and did not run:" in text


@pytest.mark.thorough
def test_a_reader_s_own_code_is_judged_without_them(optional: Project) -> None:
    code, text = run(optional.root, "pages", "--optional", "--mine", "own")
    assert code != 0
    assert "--mine judges your own code without other libraries; leave --optional out" in text


def test_pages_are_the_same_only_with_the_same_libraries() -> None:
    one, other = (parse_page(PAGE, Path("a.md"), "a.md", frozenset(names)) for names in ((), ("peer",)))
    assert one != other
    assert one == parse_page(PAGE, Path("a.md"), "a.md")
    assert [names for _, names in left_out(one.fences)] == [("peer",), ("peer",)]
    assert not list(left_out(other.fences))


def test_a_program_waits_for_all_of_its_libraries() -> None:
    text = PAGE.replace('needs="peer"', 'needs="peer json"')
    fences = [
        parse_page(text, Path("a.md"), "a.md", frozenset(names)).fences for names in (("peer",), ("peer", "json"))
    ]
    assert [fence.kind.name for fence in fences[0]][2:] == ["optional", "optional output", "optional console"]
    assert [fence.kind.name for fence in fences[1]][2:] == ["python", "output", "console"]


def test_nothing_of_them_is_given_away_without_their_libraries() -> None:
    page = parse_page(PAGE, Path("a.md"), "a.md")
    assert "peer" not in script(page, [])
    cells = notebook(page, []).cells
    assert not [cell for cell in cells if cell.cell_type == "code" and "peer" in str(cell)]
    assert "```python\nimport peer\n" in cells[-1].source
    assert ".optional" not in cells[-1].source


def test_what_can_be_imported_is_asked_of_python() -> None:
    assert importable(["json", "no_such_library"]) == {"json"}


MARK = '```python { .optional needs="peer" }'
FAULTS = {
    "no library": ("```python { .optional }\nimport peer\n```\n", 1, "does not say which libraries it needs"),
    "no library for commands": ("```console { .optional }\n$ python a.py\n```\n", 1, "which libraries it needs"),
    "output of nothing": (OUTPUT, 1, "no optional program stands before this optional output"),
    "output of an example": (
        f"{ORDINARY}\n{OUTPUT}",
        12,
        "no optional program stands before this optional output; write ```text { .output }",
    ),
    "an ordinary output": (
        f"{ORDINARY}\n{PROGRAM}\n```text {{ .output }}\n4.0\n```\n",
        18,
        "the program above is optional, and this is not; write ```text { .optional .output }",
    ),
    "an ordinary error": (
        f"{ORDINARY}\n{PROGRAM}\n```text {{ .error }}\nValueError: no\n```\n",
        18,
        "the program above is optional, and this is not",
    ),
    "no Python": (f"{MARK}\nprint(\n```\n", 2, "this example is not valid Python"),
    "a title": ('```python { .optional needs="peer" title="a.py" }\nx = 1\n```\n', 1, "nothing checks a fence with"),
    "what MPI does not bring": ('```console { .optional needs="peer" }\n$ mpiexec a\n```\n', 2, "not every system has"),
    "a command for some": ('```console { .optional needs="mpi4py" }\n$ mpiexec a | b\n```\n', 2, "understands |"),
    "a number in a sentence": (
        f"{ORDINARY}\n{PROGRAM}\n{OUTPUT}\nIt is 4.0 now.\n",
        22,
        "4.0 stands in a sentence unchecked",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_found(name: str) -> None:
    text, line, message = FAULTS[name]
    found = check_text(text, "demo.md")
    assert any(one.startswith(f"demo.md:{line}: ") and message in one for one in found), found


def test_mpi4py_brings_mpiexec() -> None:
    assert check_text('```console { .optional needs="mpi4py" }\n$ mpiexec -n 2 python a.py\n```\n', "demo.md") == []


def test_what_it_prints_is_compared() -> None:
    text = '```console { .optional needs="mpi4py" }\n$ mpiexec -n 2 python a.py\n```\n'
    page = parse_page(text, Path("a.md"), "a.md", frozenset({"mpi4py"}))
    printed = "$ mpiexec -n 2 python a.py\n1.0\n"
    assert [problem.says for problem in compare(page, {0: Outcome(printed)})]
    right = parse_page(text.replace("a.py\n", "a.py\n1.0\n"), Path("a.md"), "a.md", frozenset({"mpi4py"}))
    assert not list(compare(right, {0: Outcome(printed)}))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('needs="peer"', 'needs="pear"', "a.md:12: nothing tells where pear is to come from; name it in optional"),
        (
            MARK,
            "```python",
            'a.md:12: this example needs peer, and does not say so; write ```python { .optional needs="peer" }',
        ),
        ('needs="peer"', 'needs="mpi4py"', "a.md:12: this example needs peer, and does not say so"),
    ],
)
def test_a_library_is_one_of_the_list_and_its_programs_are_marked(
    optional: Project, old: str, new: str, message: str
) -> None:
    if new == "```python":
        old, new = f"{PROGRAM}\n{OUTPUT}", f"{PROGRAM}\n{OUTPUT}".replace(old, new).replace(" .optional", "")
    optional.write("a.md", PAGE.replace(old, new, 1))
    assert any(message in problem for problem in optional.problems("aa/a.md")), optional.problems("aa/a.md")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("peer.double(x)", "peer.double(3)"),
        ("4.0\n```\n\n```console", "4.5\n```\n\n```console"),
        ("$ python a.py\n", "$ python b.py\n"),
        ('{ .optional needs="peer" }\nimport', '{ .optional needs="peer mpi4py" }\nimport'),
    ],
)
def test_they_are_the_same_in_all_languages(optional: Project, old: str, new: str) -> None:
    assert old in PAGE
    assert optional.problems("aa/a.md", "bb/a.md", "cc/a.md") == []
    optional.write("a.md", PAGE.replace(old, new), "bb")
    assert [problem for problem in optional.problems("bb/a.md", "aa/a.md") if problem.startswith("pages/bb/a.md")]


@pytest.mark.thorough
def test_the_lane_repairs_them_and_an_ordinary_run_leaves_them_alone(optional: Project) -> None:
    wrong = PAGE.replace("\n4.0\n```\n\n", "\n5.0\n```\n\n")
    optional.write("a.md", wrong)
    settings = find_settings(optional.root)
    path = optional.path("aa/a.md")
    Book(settings).check([path], fix=True)
    assert path.read_text() == wrong
    code, text = run(optional.root, "pages", "--optional", "--fix", CI="")
    assert code == 0, text
    assert path.read_text() == PAGE
