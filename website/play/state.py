"""What Python is like before a page runs in the browser, and how it becomes so again."""

from __future__ import annotations

import ast
import builtins
import copy
import json
import os
import platform
import sys
import tempfile
import types
import warnings
from pathlib import Path
from typing import Any

from website.play.plots import reset_plots

LIBRARY = "dezero_lite"
WHOLE = (types.ModuleType, types.FunctionType, type)  # deepcopy leaves functions and classes as they are


class Before:
    """What Python was like before anything ran."""

    def __init__(self) -> None:
        import numpy as np

        self._modules = set(sys.modules)
        self._builtins = dict(vars(builtins))
        self._environ = dict(os.environ)
        self._path = list(sys.path)
        self._filters = list(warnings.filters)
        self._limit = sys.getrecursionlimit()
        self._print = np.get_printoptions()
        self._errors = np.geterr()
        self._home = Path.cwd()
        self._place: tempfile.TemporaryDirectory[str] | None = None

    def restore(self) -> None:
        """Make it so again. Modules of other packages stay: they take long to load."""
        import numpy as np

        for name in list(sys.modules):
            if name not in self._modules and _is_of_the_page(name):
                del sys.modules[name]
        for name in vars(builtins).keys() - self._builtins:
            delattr(builtins, name)
        vars(builtins).update(self._builtins)
        os.environ.clear()
        os.environ.update(self._environ)
        if "logging" in sys.modules:
            _reset_logging()
        sys.path[:] = self._path
        warnings.filters[:] = self._filters  # type: ignore[index]
        sys.setrecursionlimit(self._limit)
        np.set_printoptions(**self._print)
        np.seterr(**self._errors)
        if "matplotlib" in sys.modules:
            reset_plots()
        os.chdir(self._home)
        if self._place is not None:
            self._place.cleanup()
        self._place = tempfile.TemporaryDirectory()
        os.chdir(self._place.name)
        sys.path.insert(0, str(Path.cwd()))
        sys.argv = ["page.py"]


def _reset_logging() -> None:
    """Let the next program set logging up anew: its handlers would write where the last one's output went."""
    import logging

    logging.basicConfig(force=True, handlers=[logging.NullHandler()])
    logging.getLogger().handlers.clear()
    logging.getLogger().setLevel(logging.WARNING)


def _is_of_the_page(name: str) -> bool:
    """Say whether a module is the library's, which pages may change, or one that a page has written itself."""
    if name.split(".")[0] == LIBRARY:
        return True
    file = getattr(sys.modules[name], "__file__", None)
    return bool(file) and not str(file).startswith((sys.prefix, str(Path(os.__file__).parent)))


def with_copies(source: str, names: dict[str, Any]) -> tuple[dict[str, Any], bool]:
    """Return names with copies in the place of the things that an expression speaks of, so that it changes none.

    Second, whether they could be copied: a generator cannot.
    """
    spoken = {node.id for node in ast.walk(ast.parse(source, mode="eval")) if isinstance(node, ast.Name)}
    things = {name: names[name] for name in spoken if name in names and not isinstance(names[name], WHOLE)}
    try:
        return {**names, **copy.deepcopy(things)}, True
    except Exception:  # whatever a class of the page raises there
        return dict(names), False


def versions() -> str:
    """Return, as JSON, what runs here."""
    import numpy as np

    import dezero_lite

    numbers = {"python": platform.python_version(), "numpy": np.__version__, "dezero_lite": dezero_lite.__version__}
    return json.dumps(numbers)
