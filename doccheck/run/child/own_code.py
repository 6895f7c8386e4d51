"""The reader's own package in the process of a page: imported from the place that she named, and asked for names."""

from __future__ import annotations

import contextlib
import importlib
import io
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

LOADED: dict[str, list[ModuleType]] = {}


class OwnCodeError(Exception):
    """Her code cannot be judged; the message says why."""


def take(path: str, names: Sequence[str], foreign: Sequence[str]) -> dict[str, Any]:
    """Return what a folder or a file defines by these names. Raises OwnCodeError for code from elsewhere.

    foreign: the packages that are not hers. What the package's top has comes first, then what a file defines.
    """
    if path not in LOADED:
        LOADED[path] = _load(Path(path))
    found = {}
    for name in names:
        thing = next((vars(module)[name] for module in LOADED[path] if name in vars(module)), None)
        if thing is None:
            raise OwnCodeError(f"{Path(path).name} defines {name} only when it is not imported")
        home = str(getattr(thing, "__module__", "")).partition(".")[0]
        if home in foreign:
            raise OwnCodeError(f"{name} comes from {home}, so it would not be your code that is judged")
        if isinstance(thing, type) and home == LOADED[path][0].__name__.partition(".")[0]:
            thing.__module__ = "__main__"  # as on the page, whose reader types it into the same program
        found[name] = thing
    return found


def _load(path: Path) -> list[ModuleType]:
    sys.dont_write_bytecode = True
    sys.pycache_prefix = str(Path.cwd().parent / "nothing")  # what was compiled from older text counts for nothing
    is_package = (path / "__init__.py").is_file()
    folder = path if path.is_dir() and not is_package else path.parent
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    files = [path] if path.is_file() else sorted(path.rglob("*.py"))
    if is_package:
        files.sort(key=lambda file: file != path / "__init__.py")
    modules = []
    for file in files:
        parts = list(file.relative_to(folder).with_suffix("").parts)
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        if not all(part.isidentifier() for part in parts) or parts[-1] == "__main__":
            continue
        module = _import(name, file)
        where = os.path.realpath(module.__file__ or "")
        if where != os.path.realpath(file):
            raise OwnCodeError(f"import {name} finds {where}, another copy; rename yours, or uninstall that one")
        modules.append(module)
    return modules


def _import(name: str, file: Path) -> ModuleType:
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            return importlib.import_module(name)
    except BaseException as error:
        at = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(file)]
        line = f":{at[-1]}" if at else ""
        says = traceback.format_exception_only(error)[-1].strip()
        raise OwnCodeError(f"importing {file.name}{line} ends with {says}") from error
