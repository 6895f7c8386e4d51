"""Runs the library's own tests of a step on a reader's code: pytest -m step14 --mine my_dezero.

The modules of the step's stage stand for her package then. What she has not written yet is there as something
that fails a test as soon as it is used, with its name.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

import pytest

from doccheck.mine.reading import OwnCode, read_own_code
from doccheck.run.child.own_code import OwnCodeError, take

FOREIGN = ("dezero_lite", "doccheck")


class Missing:
    """A name that her code does not define."""

    def __init__(self, name: str, own: OwnCode) -> None:
        self._name, self._own = name, own

    def _fail(self) -> NoReturn:
        pytest.fail(f"{self._own.name} has no {self._name} yet, which this test needs", pytrace=False)

    def __call__(self, *args: object, **kwargs: object) -> NoReturn:
        self._fail()

    def __getattr__(self, name: str) -> NoReturn:
        if name.startswith("__"):
            raise AttributeError(name)  # Python asks whether it is there
        self._fail()


class HerModule(ModuleType):
    """A module whose names are those of her code."""

    def __init__(self, name: str, own: OwnCode) -> None:
        super().__init__(name)
        self.__path__: list[str] = []
        self._own = own

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if name not in self._own.defined:
            return Missing(name, self._own)
        return take(str(self._own.path), [name], FOREIGN)[name]


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
    try:
        take(str(own.path), list(own.defined), FOREIGN)
    except OwnCodeError as error:
        raise pytest.UsageError(str(error)) from None
    stage = importlib.import_module(f"dezero_lite.{folder}")
    names = [f"{stage.__name__}.{module.name}" for module in pkgutil.iter_modules(stage.__path__)]
    for name in [stage.__name__, *names]:
        module = HerModule(name, own)
        sys.modules[name] = module
        parent, _, last = name.rpartition(".")
        setattr(sys.modules[parent], last, module)
