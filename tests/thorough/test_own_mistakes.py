"""Mistakes that people make when they type along: each is named at its step, with a message that says what to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from doccheck.mine.judging import judge
from doccheck.mine.reading import read_own_code
from tests.thorough.test_own_framework import FOREIGN, SETTINGS, lesson, typed, write

STORE = "x.grad = as_array(gx if x.grad is None else x.grad + gx)"
XS = "        if Config.enable_backprop:\n            return self.inputs\n"

# the step, what is typed wrong, and what is said
MISTAKES: dict[str, tuple[int, str, str, str]] = {
    "the chain rule forgotten": (13, "return 2 * x * gy", "return 2 * x", "the gradient is wrong: backward gives"),
    "no return": (13, "return 2 * x * gy", "2 * x * gy", "the page says 4.0, your code prints None; see #run"),
    "a list for a tuple": (
        13,
        "return gy, gy",
        "return [gy, gy]",
        "look at my_dezero/core.py:32 in Variable.backward, which docs/en/stage2/step13.md:60 lists; see #pitfall, "
        "which shows the same",
    ),
    "self forgotten": (
        14,
        "def backward(self, gy):\n        return gy, gy",
        "def backward(gy):\n        return gy, gy",
        "takes 1 positional argument but 2 were given",
    ),
    "an old gradient overwritten": (
        14,
        STORE,
        "x.grad = as_array(gx)",
        "the page says 2.0, your code prints 1.0; see #run",
    ),
    "a method named otherwise": (
        14,
        "def cleargrad(",
        "def clear_grad(",
        "has no attribute 'cleargrad'; docs/en/stage2/step14.md:66 lists Variable.cleargrad",
    ),
    "the walk ends too early": (14, "funcs.append(x.creator)", "pass", "the page says 3.0, your code prints 1.0"),
    "a function misspelt": (14, "def square(", "def sqaure(", "has no square yet, which this page needs"),
    "an import forgotten": (
        14,
        "import numpy as np\n",
        "",
        "uses np: write import numpy as np at the top of that file",
    ),
    "the attribute misspelt": (
        16,
        "self.generation = 0",
        "self.generations = 0",
        "'Variable' object has no attribute 'generation'; look at my_dezero/core.py:",
    ),
    "the generation left at 0": (
        16,
        "self.generation = func.generation + 1",
        "self.generation = 0",
        "in visiting_order, which docs/en/stage2/step16.md:64 lists; see #pitfall, which shows the same",
    ),
    "the weak reference left out": (17, "weakref.ref(output)", "output", "the page says True, your code prints False"),
    "retain_grad not asked": (
        18,
        "if not retain_grad:",
        "if False:",
        "the page says None None, your code prints 1.0 1.0",
    ),
    "the sum at the end left out": (18, "np.array(x.grad + gx)", "np.array(gx)", "says 216.0, your code prints 108.0"),
    "an operator not set up": (20, "    Variable.__mul__ = mul\n", "", "unsupported operand type(s) for *"),
    "the rule of minus turned round": (22, "return gy, -gy", "return -gy, gy", "the gradient is wrong"),
    "the power not lowered": (22, "** (c - 1)", "** c", "the page says 8.0 12.0, your code prints 8.0 24.0"),
    "nodes named by id": (26, 'f"v{len(names)}"', 'f"v{id(x)}"', "see #run"),
    "sine for cosine": (27, "return gy * np.cos(x)", "return gy * np.sin(x)", "the gradient is wrong"),
    "an array kept": (28, "return data if data.ndim else data[()]", "return data", "float64, your code prints ndarray"),
    "gradients not counted": (30, "if len(gxs) != len(f.inputs):", "if False:", "your code raises TypeError"),
    "rules that always get arrays": (32, XS, "", "see #run"),
    "a switch without effect": (32, 'enable_backprop", create_graph)', 'enable_backprop", False)', "see #run"),
    "x itself in the graph": (33, "    return x.leaf\n", "    return x\n", "see #leak"),
    "a leaf that keeps x": (
        33,
        "weakref.ref(x))",
        "lambda: x)",
        "the page says True, your code prints False; see #leak",
    ),
    "the sign of the cosine": (34, "return gy * -sin(x)", "return gy * sin(x)", "see #run"),
    "the power that changes nothing": (35, "(x if c == 2 else x ** (c - 1))", "x ** (c - 1)", "see #run"),
    "a method missing": (36, "def wants(", "def want(", "docs/en/stage3/step36.md:62 lists; see #run"),
}


def said(folder: Path, step: int) -> list[str]:
    page, earlier = lesson(step)
    found = judge(read_own_code(folder, FOREIGN), page, earlier, SETTINGS)
    return [problem.headline for problem in found.problems]


@pytest.mark.parametrize(("step", "old", "new", "says"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_named_at_its_step(step: int, old: str, new: str, says: str, tmp_path: Path) -> None:
    text = typed(step)
    assert old in text
    write(tmp_path / "my_dezero", step, text.replace(old, new))
    found = said(tmp_path / "my_dezero", step)
    assert found and says in found[0], found


def _without_operators(folder: Path) -> None:
    (folder / "__init__.py").write_text("from .core import *\n", "utf-8")


def _in_a_circle(folder: Path) -> None:
    core = folder / "core.py"
    core.write_text("from my_dezero.functions import Square\n" + core.read_text("utf-8"), "utf-8")
    (folder / "functions.py").write_text("from my_dezero.core import Function\n", "utf-8")


def _of_a_name_that_is_not_there(folder: Path) -> None:
    (folder / "__init__.py").write_text("from my_dezero.core import setup_variables\n", "utf-8")


PACKAGES: dict[str, tuple[Callable[[Path], None], str]] = {
    "without the call": (_without_operators, "unsupported operand type(s) for +: 'Variable' and 'int'; see #run"),
    "in a circle": (_in_a_circle, "cannot import name 'Function' from partially initialized module 'my_dezero.core'"),
    "of a name that is not there": (_of_a_name_that_is_not_there, "importing __init__.py:1 ends with ImportError"),
}


@pytest.mark.parametrize(("change", "says"), PACKAGES.values(), ids=PACKAGES)
def test_a_package_is_judged_by_the_step_that_makes_one(
    change: Callable[[Path], None], says: str, tmp_path: Path
) -> None:
    write(tmp_path / "my_dezero", 23, typed(23))
    change(tmp_path / "my_dezero")
    found = said(tmp_path / "my_dezero", 23)
    assert found and says in found[0], found


@pytest.mark.parametrize("step", [11, 14, 24, 36])
def test_one_folder_serves_from_the_first_step_to_the_last(step: int, tmp_path: Path) -> None:
    """What an earlier stage has left behind does no harm."""
    text = typed(step)
    write(tmp_path / "my_dezero", step, text)
    left = [piece for piece in typed(10).split("\n\n\n") if piece.startswith(("class ", "def "))]
    names = [piece.split("(")[0].split(":")[0].split()[1] for piece in left]
    rest = [
        piece for piece, name in zip(left, names, strict=True) if f" {name}(" not in text and f" {name}:" not in text
    ]
    assert rest
    core = tmp_path / "my_dezero" / "core.py"
    core.write_text("\n\n\n".join([text, *rest]), "utf-8")
    assert said(tmp_path / "my_dezero", step) == []
