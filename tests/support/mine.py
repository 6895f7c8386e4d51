"""Runs the library's own tests of a step on a reader's code: pytest -m step14 --mine my_dezero.

The modules of the step's stage stand for her package then. What she has not written yet is there as something
that fails a test as soon as it is used, with its name.

The tests are about the finished stage, and her code is at one of its steps. So they run on the pages' own code of that
step first: what this does not pass is for later, and is not asked of hers.
"""

from __future__ import annotations

import ast
import importlib
import os
import pkgutil
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

import pytest

from doccheck.base.settings import find_settings
from doccheck.checker import Book
from doccheck.mine import reference
from doccheck.mine.plan import Plan
from doccheck.mine.reading import OwnCode, files_with, read_own_code
from doccheck.run.child.own_code import OwnCodeError, take
from tests.support.site_facts import ROOT
from website.course import Course

FOREIGN = ("dezero_lite", "doccheck")
# where the tests of the pages' own code write which of them have failed
FAILED = "TESTS_THAT_ARE_FOR_LATER"


class Missing:
    """A name that her code does not define."""

    def __init__(self, name: str, own: OwnCode) -> None:
        self._name, self._own = name, own

    def _fail(self) -> NoReturn:
        pytest.fail(f"{self._own.name} has no {self._name} yet, which this test needs", pytrace=False)

    def __call__(self, *args: object, **kwargs: object) -> NoReturn:
        self._fail()

    def __mro_entries__(self, bases: object) -> NoReturn:
        self._fail()

    def __getattr__(self, name: str) -> NoReturn:
        if name.startswith("__"):
            raise AttributeError(name)  # Python asks whether it is there
        self._fail()


class HerModule(ModuleType):
    """A module whose names are those of her code."""

    def __init__(self, name: str, own: OwnCode, files: list[str]) -> None:
        super().__init__(name)
        self.__path__: list[str] = []
        self._own, self._files = own, files

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if name not in self._own.defined:
            return Missing(name, self._own)
        return take(str(self._own.path), [name], FOREIGN, self._files, typed=False)[name]


def folder_of_steps(markers: str, stages: dict[int, str]) -> str:
    """Return the folder whose steps -m asks for. Raises UsageError where it asks for none, or for several."""
    folders = {stages.get(int(number)) for number in re.findall(r"\bstep(\d+)\b", markers)}
    folder = folders.pop() if len(folders) == 1 else None
    if folder is None:
        raise pytest.UsageError("--mine needs a page, or the tests of a step: pytest -m step14 --mine my_dezero")
    return folder


def put_in_place(path: Path, folder: str) -> None:
    """Let the modules of a stage stand for her code. Raises UsageError where it cannot be used."""
    own = read_own_code(path, FOREIGN)
    if own.faults:
        raise pytest.UsageError("\n".join(own.faults))
    stage = importlib.import_module(f"dezero_lite.{folder}")
    names = [f"{stage.__name__}.{module.name}" for module in pkgutil.iter_modules(stage.__path__)]
    ours = {name for module in names for name in vars(importlib.import_module(module))}
    files = files_with(own, ours)
    if not files:
        raise pytest.UsageError(f"{own.name} has none of the names yet that the pages of this stage list")
    try:
        take(str(own.path), [name for name in own.defined if name in ours], FOREIGN, files, typed=False)
    except OwnCodeError as error:
        raise pytest.UsageError(str(error)) from None
    for name in [stage.__name__, *names]:
        module = HerModule(name, own, files)
        sys.modules[name] = module
        parent, _, last = name.rpartition(".")
        setattr(sys.modules[parent], last, module)


def for_later(path: Path, markers: str, arguments: Iterable[str], course: Course) -> tuple[int, set[str]]:
    """Return the step that her code is at, and the tests which the pages' own code of that step does not pass."""
    if FAILED in os.environ:
        return 0, set()  # this is that code
    step = _step_of(read_own_code(path, FOREIGN), max(map(int, re.findall(r"\bstep(\d+)\b", markers))), course)
    plan = _plan(step, course)
    with tempfile.TemporaryDirectory() as place:
        folder, failed = Path(place, path.stem), Path(place, "failed")
        folder.mkdir()
        calls = "".join(f"{name}()\n" for name in sorted(reference.preparing(plan)))
        (folder / "listings.py").write_text(f"{reference.typed(plan)}\n\n{calls}", "utf-8")
        failed.touch()
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--mine={folder}", "-m", markers]
        environment = os.environ | {FAILED: str(failed)}
        command += arguments
        done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode not in (
            pytest.ExitCode.OK,
            pytest.ExitCode.TESTS_FAILED,
            pytest.ExitCode.NO_TESTS_COLLECTED,
        ):
            raise RuntimeError(f"the tests cannot run on the pages' own code: {done.stdout}{done.stderr}")
        return step, set(failed.read_text("utf-8").splitlines())


def _step_of(own: OwnCode, asked: int, course: Course) -> int:
    """Return the first step, from the one that is asked for on, that has no more names than her code has."""
    steps = [entry for part in course.parts for entry in part.pages if entry.step is not None]
    folder = next(Path(entry.file).parts[0] for entry in steps if entry.step == asked)
    numbers = [entry.step for entry in steps if Path(entry.file).parts[0] == folder and (entry.step or 0) >= asked]
    hers = {name for places in own.defined.values() for name in _names(places[-1].node)}
    found, most = asked, _names_of(asked, course)
    for number in numbers:
        names = _names_of(number or 0, course)
        if names <= hers and names != most:
            found, most = number or 0, names
    return found


def _names_of(step: int, course: Course) -> set[str]:
    return {name for piece in _plan(step, course).program.values() for name in _names(piece.node)}


def _names(node: ast.AST) -> set[str]:
    """Return the name of a definition, and those of its methods."""
    name = getattr(node, "name", "")
    inner = node.body if isinstance(node, ast.ClassDef) else []
    return {name} | {f"{name}.{method.name}" for method in inner if isinstance(method, ast.FunctionDef)}


def _plan(step: int, course: Course) -> Plan:
    """Return what the English page of a step runs."""
    file = next(entry.file for part in course.parts for entry in part.pages if entry.step == step)
    book = Book(find_settings(ROOT))
    path = book.settings.docs / "en" / file
    return Plan(book.page(path), list(book.earlier(path)), OwnCode(Path("code"), FOREIGN))
