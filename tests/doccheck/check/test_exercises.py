"""Exercises: what each part must do, a page with a planted fault for every rule, and no weaker check that passes."""

from __future__ import annotations

import ast
import os
from typing import Any

import pytest

from doccheck import check_text
from doccheck.base.assertions import find_assertions
from doccheck.run.process import run_job
from doccheck.run.protocol import Job
from tests.support.notebook_builder import Cell, code, error, notebook, prose, stream
from tests.support.sample_project import Project

START = """```python { .exercise }
def double(x):
    return ...
```
"""
CHECK = """```python { .check }
got = double(3.0)
assert got is not ..., "There is still a hole."
assert got != 9.0, f"{got} is the square."
if double(5.0) != 10.0:
    raise AssertionError("It works for 3 alone.")
```
"""
WRONG = """<!-- wrong answers

```text { .error }
AssertionError: There is still a hole.
```

```python { .wrong }
def double(x):
    return x * x
```

```text { .error }
AssertionError: 9.0 is the square.
```

```python { .wrong }
def double(x):
    return x + 3
```

```text { .error }
AssertionError: It works for 3 alone.
```

-->
"""
HINT = '<details class="hint" markdown="1">\n<summary>Hint</summary>\n\nTwice.\n\n</details>\n'
SOLUTION = """<details class="solution" markdown="1">
<summary>Solution</summary>

```python
def double(x):
    return 2 * x


print(double(7))
```

```text { .output }
14
```

</details>
"""
GOOD = "\n".join([START, CHECK, WRONG, HINT, SOLUTION])


def test_a_true_exercise_passes() -> None:
    assert check_text(GOOD) == []
    assert check_text(f"{GOOD}\n{GOOD}") == []


def test_a_hole_outside_of_functions_needs_no_call() -> None:
    start = "```python { .exercise }\nnumber = ...\n```\n"
    check = '```python { .check }\nassert number is not ..., "A hole."\nassert number == 2, "It is not two."\n```\n'
    wrong = (
        "<!-- wrong answers\n\n```text { .error }\nAssertionError: A hole.\n```\n\n"
        "```python { .wrong }\nnumber = 3\n```\n\n```text { .error }\nAssertionError: It is not two.\n```\n\n-->\n"
    )
    solution = SOLUTION.replace("def double(x):\n    return 2 * x\n\n\nprint(double(7))", "number = 2\nprint(number)")
    assert check_text("\n".join([start, check, wrong, HINT, solution.replace("\n14\n", "\n2\n")])) == []


# name: (page, line, what the message must contain)
FAULTS = {
    "a start that passes": (
        GOOD.replace("return ...", "return 2 * x"),
        1,
        "the check accepts this start; let the check ask for what is to be done",
    ),
    "a start that ends with another error": (
        GOOD.replace("got = double(3.0)", "got = double(3.0) * 1"),
        1,
        "the start ends with TypeError: unsupported operand type(s) for *: 'ellipsis' and 'int', which tells",
    ),
    "a solution that fails": (
        GOOD.replace("return 2 * x", "return x * 3").replace("\n14\n", "\n21\n"),
        9,
        "the check refuses the solution of page.md:50: 9.0 is the square.",
    ),
    "a check that fails in its own way": (
        GOOD.replace("if double(5.0)", "if dubble(5.0)"),
        6,
        "with the solution of page.md:50, the check raises NameError: name 'dubble' is not defined",
    ),
    "a wrong answer that passes": (
        GOOD.replace("return x + 3", "return x + x"),
        29,
        "the check accepts this wrong answer; let the check ask for more, or delete it",
    ),
    "another message": (
        GOOD.replace("9.0 is the square.\n", "9 is the square.\n"),
        26,
        "the page says AssertionError: 9 is the square., this wrong answer gets AssertionError: 9.0 is the square.",
    ),
    "no message": (
        GOOD.replace("```text { .error }\nAssertionError: 9.0 is the square.\n```\n", ""),
        20,
        "no error fence says what the check says to this wrong answer: AssertionError: 9.0 is the square.; `pytest docs",
    ),
    "another message to the start": (
        GOOD.replace("There is still a hole.\n", "There is a hole.\n"),
        17,
        "the page says AssertionError: There is a hole., the start gets AssertionError: There is still a hole.; `pytest",
    ),
    "no message to the start": (
        GOOD.replace("```text { .error }\nAssertionError: There is still a hole.\n```\n\n", ""),
        1,
        "no error fence says what the check says to the start: AssertionError: There is still a hole.; `pytest docs --fix",
    ),
    "an assertion that stops nobody": (
        GOOD.replace('assert got != 9.0, f"', 'assert got != 8.0, "Eight."\nassert got != 9.0, f"'),
        9,
        "neither the start nor a wrong answer fails at this assertion; add a wrong answer that it stops",
    ),
    "an assertion without a message": (
        GOOD.replace('    raise AssertionError("It works for 3 alone.")', "    raise AssertionError").replace(
            "AssertionError: It works for 3 alone.", "AssertionError"
        ),
        11,
        "this assertion has no message; say what to look at",
    ),
    "a message that only a run can read": (
        GOOD.replace('f"{got} is the square."', 'str(got) + " is the square."'),
        9,
        "this message is no plain string; say what to look at",
    ),
    "a message with a line end": (
        GOOD.replace("is the square.", "is\\nthe square."),
        9,
        "a message of a check is one line without fences; shorten it",
    ),
    "a number that nothing confirms": (
        GOOD.replace("It works for 3 alone.", "It works for 3.5 alone."),
        11,
        "3.5 in a message of this check stands in no code or output of this page; let the check compare with it",
    ),
    "a check that asserts nothing": (
        START + "```python { .check }\ndouble(1)\n```\n" + WRONG + HINT + SOLUTION,
        5,
        "this check asserts nothing",
    ),
    "a check that looks at the source alone": (
        START + '```python { .check }\nassert "x" not in double.__code__.co_names or ..., "No."\n'
        'assert double.__code__.co_consts != (None, ...) and len(double.__code__.co_code) > 6, "Write it."\n```\n'
        + HINT
        + SOLUTION,
        5,
        "the check never runs double, where the start has a hole; call it",
    ),
    "an exercise without a check": (START + HINT + SOLUTION, 1, "no check follows this exercise"),
    "a check without an exercise": (CHECK, 1, "this check belongs to no exercise"),
    "a second check": (GOOD.replace(CHECK, CHECK + CHECK), 13, "this check belongs to no exercise"),
    "a check behind the solution": (
        START + WRONG + HINT + SOLUTION + CHECK,
        52,
        "this check comes after the solution; put it right after the exercise",
    ),
    "an exercise without a solution": (START + CHECK + WRONG + HINT, 1, "this exercise has no solution; put the code"),
    "an exercise without a hint": (GOOD.replace(HINT, ""), 1, "this exercise has no hint; put one before the solution"),
    "a hint behind the solution": (
        START + CHECK + WRONG + SOLUTION + HINT,
        1,
        "this exercise has no hint; put one before the solution",
    ),
    "a check that has refused nobody": (
        GOOD.replace(WRONG, ""),
        6,
        "this check has never been seen to refuse an answer; put wrong answers into a comment that begins with the line",
    ),
    "a wrong answer that readers see": (
        GOOD.replace("<!-- wrong answers\n", "").replace("\n-->\n", "\n"),
        19,
        "readers would take this wrong answer for advice; put it into a comment that begins with the line",
    ),
    "a wrong answer of nothing": (WRONG, 7, "this wrong answer belongs to no exercise; put it after a check"),
    "an example among wrong answers": (
        GOOD.replace("```python { .wrong }", "```python", 1),
        20,
        "nothing checks a python fence among wrong answers; write ```python { .wrong }",
    ),
    "a comment of another kind": (
        GOOD.replace("<!-- wrong answers\n", "<!-- bad answers\n"),
        14,
        "nothing checks code inside an HTML comment",
    ),
    "a wrong answer that never ends": (
        GOOD.replace("    return x + 3\n```\n", "    return x + 3\n"),
        29,
        "```text { .error }' in this wrong looks like a fence; close the one above",
    ),
    "a comment that ends in its code": (
        GOOD.replace("return x + 3", "return x --> 3"),
        29,
        "this fence is never closed",
    ),
    "an error of nothing": (
        GOOD.replace("\n-->\n", "\n```text { .error }\nAssertionError: Once more.\n```\n\n-->\n"),
        38,
        "this error belongs to no answer; put it under the wrong answer that gets it",
    ),
    "text behind the comment": (
        GOOD.replace("\n-->\n", "\n--> and more\n"),
        14,
        "text stands behind this comment; let --> end its line",
    ),
    "an exercise that is not valid Python": (
        GOOD.replace("return ...", "return ..,."),
        3,
        "this example is not valid Python",
    ),
    "a wrong answer that is not valid Python": (
        GOOD.replace("return x + 3", "return x +"),
        31,
        "this example is not valid Python",
    ),
    "parts in a quotation": (
        "> " + START.replace("\n", "\n> ").removesuffix("> ") + "\n" + CHECK + WRONG + HINT + SOLUTION,
        1,
        "the parts of an exercise are not indented; write it at the margin",
    ),
}


@pytest.mark.parametrize(("page", "line", "says"), FAULTS.values(), ids=FAULTS)
def test_a_planted_fault_is_found(page: str, line: int, says: str) -> None:
    found = check_text(page)
    assert any(message.startswith(f"page.md:{line}: ") and says in message for message in found), found


def test_nothing_of_an_answer_is_there_afterwards() -> None:
    """Each runs from the state at the exercise's place, in a copy of it."""
    page = "```python\nimport numpy as np\n\nkept = [1]\n```\n\n" + GOOD.replace(
        "got = double(3.0)\n",
        'assert kept == [1] and np.geterr()["over"] == "warn", "Something is left."\nkept.append(2)\n'
        'np.seterr(over="raise")\ngot = double(3.0)\n',
    )
    found = check_text(page)
    assert [message.partition(";")[0] for message in found] == [
        "page.md:13: neither the start nor a wrong answer fails at this assertion"
    ]


def test_an_answer_that_never_ends_is_stopped(project: Project) -> None:
    settings = (project.root / "pyproject.toml").read_text()
    (project.root / "pyproject.toml").write_text(settings.replace("timeout = 20", "timeout = 8"))
    project.write("page.md", "# P {#p}\n\n" + GOOD.replace("    return x + 3", "    while True:\n        pass"))
    found = project.problems("aa/page.md")
    assert found == ["pages/aa/page.md:31: it is still running after 2 seconds; it must come to its end"]


def test_answers_run_once_more_where_a_process_cannot_be_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")
    before = "```python\nkept = [1]\n```\n\n"
    page = before + GOOD.replace("got = double", 'assert kept == [1], "Something is left."\nkept.clear()\ngot = double')
    found = check_text(page + "\n```python\nprint(kept)\n```\n\n```text { .output }\n[1]\n```\n")
    assert [message.partition(";")[0] for message in found] == [
        "page.md:11: neither the start nor a wrong answer fails at this assertion"
    ]


def _with_messages(page: str, *messages: str) -> str:
    old = ("There is still a hole.", "{got} is the square.", "9.0 is the square.", "It works for 3 alone.")
    for before, after in zip(old, messages, strict=True):
        page = page.replace(before, after)
    return page


def test_messages_are_in_the_language_of_the_page(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[str] = []

    def counted(job: Job, *others: Any) -> Any:
        runs.append(job.path)
        return run_job(job, *others)

    monkeypatch.setattr("doccheck.run.pool.run_job", counted)
    project.write("page.md", f"# P {{#p}}\n\n{GOOD}")
    mixed = _with_messages(GOOD, "穴が残っています。", "2乗は{got}です。", "2乗は9.0です。", "3のときだけです。")
    project.write("page.md", f"# P {{#p}}\n\n{mixed}", "bb")
    assert project.problems() == []
    assert len(runs) == 1  # for all three
    project.write("page.md", f"# P {{#p}}\n\n{mixed}".replace("2乗は9.0です", "2乗は8.0です"), "bb")
    assert project.problems() == [
        "pages/bb/page.md:28: the page says AssertionError: 2乗は8.0です。, this wrong answer gets "
        "AssertionError: 2乗は9.0です。; `pytest docs --fix` writes it"
    ]
    assert project.problems(fix=True) == []
    assert project.path("bb/page.md").read_text() == f"# P {{#p}}\n\n{mixed}"


def test_all_but_the_messages_is_the_same_in_all_languages(project: Project) -> None:
    project.write("page.md", f"# P {{#p}}\n\n{GOOD}")
    other = GOOD.replace("got != 9.0", "got != 3.0 * 3.0")
    project.write("page.md", f"# P {{#p}}\n\n{other}", "bb")
    assert "program 2 is not the same in all languages" in project.problems("aa/page.md")[0]
    project.write("page.md", f"# P {{#p}}\n\n{GOOD}".replace("x + 3", "x - -3"), "bb")
    assert "program 4 is not the same in all languages" in project.problems("aa/page.md")[0]
    braces = GOOD.replace("{got} is", "{got * 1} is")
    project.write("page.md", f"# P {{#p}}\n\n{braces}", "bb")
    assert "program 2 is not the same in all languages" in project.problems("aa/page.md")[0]


def test_a_repair_writes_the_message_under_a_wrong_answer(project: Project) -> None:
    project.write("page.md", f"# P {{#p}}\n\n{GOOD}")
    fences = ["```text { .error }\nAssertionError: There is still a hole.\n```\n\n"]
    fences += [
        "```text { .error }\nAssertionError: 9.0 is the square.\n```\n\n",
        "AssertionError: It works for 3 alone.\n",
    ]
    page = GOOD
    for fence in fences:
        page = page.replace(fence, "")
    project.write("page.md", f"# P {{#p}}\n\n{page}", "bb")
    assert project.problems(fix=True) == []
    assert project.path("bb/page.md").read_text() == f"# P {{#p}}\n\n{GOOD}"


class _Without(ast.NodeTransformer):
    """Takes the assertion of a number away, or weakens its first comparison."""

    def __init__(self, line: int, *, weaken: bool) -> None:
        self.line, self.weaken = line, weaken

    def visit_Assert(self, node: ast.Assert) -> ast.AST | None:
        if node.lineno != self.line:
            return node
        if self.weaken:
            node.test = ast.Constant(True)
            return node
        return ast.Pass()

    def visit_Raise(self, node: ast.Raise) -> ast.AST:
        return ast.Pass() if node.lineno == self.line else node


@pytest.mark.parametrize("weaken", [False, True])
def test_no_check_can_lose_an_assertion_unseen(weaken: bool) -> None:
    source = CHECK.removeprefix("```python { .check }\n").removesuffix("```\n")
    for assertion in find_assertions(source):
        changed = _Without(assertion.line, weaken=weaken).visit(ast.parse(source))
        weaker = ast.unparse(ast.fix_missing_locations(changed)) + "\n"
        assert check_text(GOOD.replace(source, weaker)), weaker


BODY = {part: text.partition("\n")[2].removesuffix("\n```\n") for part, text in (("start", START), ("check", CHECK))}
CELLS = [
    prose('# N <a id="n"></a>'),
    code(BODY["start"], tags=["exercise"]),
    code(BODY["check"], tags=["check", "raises-exception"]),
    prose(WRONG + "\n" + HINT + '\n<details class="solution" markdown="1">\n<summary>Solution</summary>'),
    code("def double(x):\n    return 2 * x\n\n\nprint(double(7))", stream("14\n")),
    prose("</details>"),
]


def _lab(project: Project, cells: list[Cell], *, fix: bool = False) -> list[str]:
    project.write("lab.ipynb", notebook(*cells))
    return project.problems(*(f"{name}/lab.ipynb" for name in ("aa", "bb", "cc") if fix or name == "aa"), fix=fix)


def test_a_notebook_has_exercises_too(project: Project) -> None:
    assert _lab(project, CELLS) == []
    start, check, answers = CELLS[1], CELLS[2], CELLS[3]
    accepted = code(BODY["start"].replace("...", "2 * x"), tags=["exercise"])
    assert (
        "pages/aa/lab.ipynb: cell 2, line 1: the check accepts this start"
        in _lab(project, [CELLS[0], accepted, *CELLS[2:]])[0]
    )
    untagged = code(BODY["check"], tags=["check"])
    assert _lab(project, [CELLS[0], start, untagged, *CELLS[3:]]) == [
        "pages/aa/lab.ipynb: cell 3, line 1: the check refuses the start, so running all cells ends here; "
        'give it the tag "raises-exception"'
    ]
    stored = code(BODY["check"], error("AssertionError", "There is still a hole."), tags=check["metadata"]["tags"])
    assert "the cell stores an error; running it shows nothing" in _lab(project, [*CELLS[:2], stored, *CELLS[3:]])[0]
    assert _lab(project, [*CELLS[:2], stored, *CELLS[3:]], fix=True) == []
    assert project.path("aa/lab.ipynb").read_text() == notebook(*CELLS)
    source = "".join(answers["source"])
    for message in ("There is still a hole.", "It works for 3 alone."):
        source = source.replace(f"```text {{ .error }}\nAssertionError: {message}\n```\n\n", "")
    assert _lab(project, [*CELLS[:3], prose(source), *CELLS[4:]], fix=True) == []
    assert project.path("aa/lab.ipynb").read_text() == notebook(*CELLS)
