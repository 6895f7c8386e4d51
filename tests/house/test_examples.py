"""Each public function and class from stage 3 on shows in its docstring what it is for; doccheck runs the examples."""

from __future__ import annotations

import doctest
import importlib
import inspect
from collections.abc import Iterator
from types import ModuleType

import pytest

MODULES = (
    "stage3",
    "stage4",
    "stage5",
    "dataloaders",
    "datasets",
    "devices",
    "functions",
    "layers",
    "models",
    "optimizers",
    "parallel",
    "transforms",
)


def public(module: ModuleType) -> Iterator[tuple[str, object]]:
    """Yield name and object of what a module is for: what it passes on, or else its own classes and functions."""
    own = [name for name, it in vars(module).items() if getattr(it, "__module__", None) == module.__name__]
    for name in getattr(module, "__all__", [name for name in own if not name.startswith("_")]):
        it = getattr(module, name)
        # the one object of a class, such as Config, is documented as its class
        yield name, it if inspect.isclass(it) or inspect.isfunction(it) else type(it)


def shows(it: object) -> bool:
    """Say whether an object's own docstring has an example that gives something."""
    text = vars(it).get("__doc__") if inspect.isclass(it) else it.__doc__
    return any(example.want for example in doctest.DocTestParser().get_examples(text or ""))


@pytest.mark.parametrize("name", MODULES)
def test_every_public_name_has_an_example(name: str) -> None:
    there = dict(public(importlib.import_module(f"dezero_lite.{name}")))
    assert there
    assert [one for one, it in there.items() if not shows(it)] == []


def test_a_name_without_an_example_of_its_own_is_found() -> None:
    module = ModuleType("some")
    source = '''
class Shown:
    """A class.

    >>> 1 + 1
    2
    """


class Inherits(Shown):
    pass


def bare():
    """Return nothing."""


def silent():
    """Return nothing.

    >>> x = 1
    """


def _inner(): ...
'''
    exec(source, vars(module) | {"__name__": "some"}, vars(module))
    for name in ("Shown", "Inherits", "bare", "silent", "_inner"):
        getattr(module, name).__module__ = "some"
    assert [name for name, it in public(module) if not shows(it)] == ["Inherits", "bare", "silent"]
    module.__all__ = ["bare"]  # type: ignore[attr-defined]
    assert [name for name, _ in public(module)] == ["bare"]
