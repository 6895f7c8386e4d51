"""What the reference says in numbers is run: the examples of docstrings, and no decimal outside of them."""

from __future__ import annotations

import ast
import doctest
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "dezero_lite").rglob("*.py"))
DECIMAL = re.compile(r"(?<![\w.])(?:\d*\.\d+|\d+)(?:e[-+]?\d+)|(?<![\w.])\d*\.\d+(?!\w|\.\d)", re.I)
SOURCE = re.compile(r"^Source: .*?(?:\n\n|\Z)", re.M | re.S)


def docstrings(path: Path) -> Iterator[tuple[str, str]]:
    """Yield each docstring of a file with the name of what has it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            yield getattr(node, "name", path.name), ast.get_docstring(node) or ""


def unproved(docstring: str) -> list[str]:
    """Return the decimals that stand in no example of a docstring, the sections of books aside."""
    shown = "".join(example.source + example.want for example in doctest.DocTestParser().get_examples(docstring))
    return [number for number in DECIMAL.findall(SOURCE.sub("", docstring)) if number not in DECIMAL.findall(shown)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_decimal_of_a_docstring_stands_in_an_example(path: Path) -> None:
    for name, docstring in docstrings(path):
        assert unproved(docstring) == [], f"{path}: {name} states what no example shows"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_examples_of_docstrings_show_what_they_print(path: Path) -> None:
    name = path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")
    module = importlib.import_module(name)
    parser, runner = doctest.DocTestParser(), doctest.DocTestRunner(verbose=False)
    for owner, docstring in docstrings(path):
        said: list[str] = []
        runner.run(parser.get_doctest(docstring, dict(vars(module)), owner, str(path), 0), out=said.append)
        assert not said, "".join(said)


def test_a_wrong_docstring_is_found() -> None:
    assert unproved("Return the logarithm: log(2.0) is 7.5.\n\n>>> log(2.0)\n0.69\n") == ["7.5"]
    assert unproved("About 1e-16.\n\nSource: Press (2007), section 5.7.\n") == ["1e-16"]
    assert unproved("About 0.69.\n\n>>> log(2.0)\n0.69\n") == []


def test_the_library_has_examples_to_run() -> None:
    examples = [e for path in FILES for _, text in docstrings(path) for e in doctest.DocTestParser().get_examples(text)]
    assert examples
