"""pytest -m step14 --mine my_dezero runs our tests of a step on a reader's code, and never on ours."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.thorough.test_own_framework import ROOT, typed, write

NAME = "my_dezero_of_a_test"


@pytest.fixture
def folder() -> Iterator[Path]:
    """In the folder of the sources, where a reader has hers."""
    path = ROOT / NAME
    path.mkdir()
    yield path
    shutil.rmtree(path)


def ran(marker: str, mine: str = NAME) -> tuple[int, str]:
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q", "-m", marker, "--mine", mine]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


# the step that the code is at, and the tests that are asked for: of an earlier step, some ask for what comes later
ASKED = [(10, "step06 or step09", 0), (14, "step14", 5), (24, "step14 or step22", 0), (30, "step30", 44)]
ASKED += [(36, "step30 or step36", 1)]  # one test is about our package


@pytest.mark.parametrize(("step", "marker", "skipped"), ASKED)
def test_our_tests_pass_on_what_the_pages_say(folder: Path, step: int, marker: str, skipped: int) -> None:
    write(folder, step, typed(step))
    code, said = ran(marker)
    assert code == 0 and " passed" in said, said
    assert (f" {skipped} skipped" in said) == (skipped > 0), said


def test_it_is_her_code_that_is_tested(folder: Path) -> None:
    source = typed(24) + "\n\nsetup_variable()\n"
    file = folder / "core.py"
    file.write_text(source.replace("x.grad + gx", "gx"), "utf-8")
    code, said = ran("step14")
    assert code == 1 and " failed" in said, said
    file.write_text(source.replace("def square(", "def sqare("), "utf-8")
    code, said = ran("step14")
    assert code == 1 and f"{NAME} has no square yet, which this test needs" in said, said
    for text, says in [
        ("from dezero_lite.stage2 import *\n", f"{NAME}/core.py:1: this imports dezero_lite.stage2"),
        ("def (\n", f"{NAME}/core.py:1: this is not valid Python"),
        ("", f"{NAME} holds no Python code yet"),
        ("x = 1\n", f"{NAME} has none of the names yet that the pages of this stage list"),
        (
            "class Variable:\n    x = 1\n\n\n1 / 0\n",
            "importing core.py:5 ends with ZeroDivisionError: division by zero",
        ),
    ]:
        file.write_text(text, "utf-8")
        code, said = ran("step14")
        assert code in (2, 4) and says in said, said
    code, said = ran("browser")
    assert code in (2, 4) and "--mine needs a page, or the tests of a step: pytest -m step14 --mine my_dezero" in said
