"""What the checker and a page's process say to each other, and how the process runs each kind of step."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sybil import Document

from doccheck.base.settings import Settings
from doccheck.page.model import parse_page
from doccheck.run.child.evaluators import EvaluateCode, Running, evaluate_expression, parser
from doccheck.run.pool import run_program
from doccheck.run.program import Outcomes, Program, make_program
from doccheck.run.protocol import (
    Attempt,
    Begun,
    Cell,
    Code,
    Console,
    Ended,
    Expression,
    Finished,
    Job,
    Lookup,
    Outcome,
    Part,
    Step,
    decode,
    encode,
)

PART = Part("a.md", 3, "x = 1\n")
STEPS = (
    Code(start=1, parts=(PART, PART), defines=("f",)),
    Code(start=2, parts=()),
    Cell(start=3, part=PART),
    Expression(start=4, source="x", apart=True, seconds=2.5),
    Lookup(start=6, apart=True, names=("x.grad", "np.ones")),
    Attempt(start=6, at=1, apart=True, parts=(PART,), check=PART),
    Console(start=5, at=9, commands=("python -V",), file="a.py", script="x\n", checkout="c"),
)
OUTCOME = Outcome(
    "1\n", "E: 값", "t", "w", None, (("A", "B"),), ({"data": {"text/plain": ["1"]}},), (), 2, (("f'{x}'", "1"),), ("f",)
)


@pytest.mark.parametrize(
    "thing",
    [
        Job("a.md", "# 値\n", "a.py", STEPS, "/root", ("/root",)),
        Begun(3),
        Ended(3, OUTCOME),
        Finished(3, 4),
        {"key": OUTCOME},
    ],
)
def test_what_is_said_is_understood(thing: Any) -> None:
    line = encode(thing)
    assert "\n" not in line
    assert decode(line) == thing


def test_nothing_else_is_said() -> None:
    with pytest.raises(TypeError, match="a PosixPath is not part of the protocol"):
        encode(Path("/"))


def test_the_process_of_a_page_loads_little() -> None:
    """It starts for each page, and whoever looks for what happens there looks here."""
    code = "import sys, doccheck.run.child.__main__; print(*sorted(m for m in sys.modules if m.startswith('doccheck')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [
        "doccheck",
        "doccheck.base",
        "doccheck.base.text",
        "doccheck.run",
        "doccheck.run.child",
        "doccheck.run.child.__main__",
        "doccheck.run.child.apart",
        "doccheck.run.child.capture",
        "doccheck.run.child.console",
        "doccheck.run.child.evaluators",
        "doccheck.run.child.guard",
        "doccheck.run.child.harmless",
        "doccheck.run.protocol",
    ]


# Parsers and evaluators, without a process


def _run(steps: Sequence[Step]) -> tuple[Document, list[Running]]:
    document = Document("\n" * 100, "a.md")
    for parse in (parser(Code, steps, EvaluateCode()), parser(Expression, steps, evaluate_expression)):
        for region in parse(document):
            document.add(region)
    for example in document.examples():
        example.evaluate()
    return document, [region.parsed for _, region in document.regions]


def test_a_parser_finds_the_steps_of_its_kind_and_sybil_orders_them() -> None:
    steps = [Expression(start=9, source="x + 1"), Code(start=5, parts=(PART,))]
    document, running = _run(steps)
    assert [(r.step.start, r.shown) for r in running] == [(5, None), (9, "2")]
    assert document.namespace["x"] == 1


def test_an_expression_gives_no_name_another_meaning() -> None:
    document, (_, running) = _run([Code(start=5, parts=(PART,)), Expression(start=9, source="[x := 7]")])
    assert running.shown == "[7]"
    assert document.namespace["x"] == 1


def test_a_traceback_has_the_line_of_its_page() -> None:
    with pytest.raises(NameError) as caught:
        _run([Code(start=5, parts=(Part("b.md", 6, "y = 1\nz\n"),))])
    last = caught.traceback[-1]
    assert (str(last.path), last.lineno) == (str(Path("b.md")), 7)


# Steps that run apart, from the state at a place of the page

PAGE = """```python
x = 1
```

```python
x = 2
print(x)
```
"""


def _outcomes(steps: Sequence[Step], timeout: float = 20.0) -> Outcomes:
    page = parse_page(PAGE, Path("/nowhere/page.md"), "page.md")
    made = make_program(page, [])
    program: Program = replace(made, steps=[*made.steps, *steps])
    return run_program(program, Settings(Path(), Path(), timeout=timeout))


def _code(source: str) -> tuple[Part, ...]:
    return (Part("page.md", 0, source),)


def _second() -> int:
    return PAGE.rindex("```python")


def test_steps_run_apart_from_the_state_at_a_place() -> None:
    """Two attempts at one place, and one behind them; none of them sees another, nor does the page."""
    attempt = _code("print(x)\nx += 10\nimport sys\nsys.later = 1\nassert x == 12, 'x is ' + str(x)\n")
    steps = [Code(start=start, at=20, apart=True, parts=attempt) for start in (100, 101)]
    steps.append(Code(start=102, at=len(PAGE), apart=True, parts=attempt))
    outcomes = _outcomes(steps)
    assert [(outcomes[s].text, outcomes[s].error) for s in (100, 101, 102)] == [
        ("1\n", "AssertionError: x is 11"),
        ("1\n", "AssertionError: x is 11"),
        ("2\n", None),
    ]
    assert outcomes[_second()] == Outcome(text="2\n")


def test_a_step_apart_has_a_time_of_its_own() -> None:
    endless = Code(start=100, at=20, apart=True, seconds=0.5, parts=_code("while True: pass\n"))
    outcomes = _outcomes([endless])
    assert outcomes[100].lost == "it is still running after 0.5 seconds; it must come to its end"
    assert outcomes[_second()] == Outcome(text="2\n")


def test_a_step_apart_may_end_python() -> None:
    ends = Code(start=100, at=20, apart=True, parts=_code("import os\nos._exit(3)\n"))
    outcomes = _outcomes([ends])
    assert outcomes[100].lost == "it ends Python itself (exit code 3); it must run to its end"
    assert outcomes[_second()] == Outcome(text="2\n")
