"""The reader's own package in the process of a page: imported from the place that she named, and asked for names."""

from __future__ import annotations

import contextlib
import importlib
import importlib.abc
import importlib.machinery
import io
import os
import re
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

EXERCISES = "exercises"  # the folder for answers to exercises, which are no part of her package
LOADED: dict[str, list[ModuleType]] = {}
RELATIVE = re.compile(r"^[^\S\n]*from\s+\.", re.MULTILINE)


class OwnCodeError(Exception):
    """Her code cannot be judged; the message says why."""


def take(
    path: str, names: Sequence[str], foreign: Sequence[str], files: Sequence[str], *, typed: bool = True
) -> dict[str, Any]:
    """Return what a folder or a file defines by these names. Raises OwnCodeError for code from elsewhere.

    foreign: the packages that are not hers. files: what is imported of a folder, beside what says what its import
    gives; the same for all that is asked of it. typed: whether it is to look as if the page's reader typed it into the
    same program. What the package's top has comes first, then what a file defines.
    """
    modules = _loaded(path, files)
    homes = {module.__name__.partition(".")[0] for module in modules}
    found = {}
    for name in names:
        thing = next((vars(module)[name] for module in modules if name in vars(module)), None)
        if thing is None:
            raise OwnCodeError(f"{Path(path).name} defines {name} only when it is not imported")
        home = str(getattr(thing, "__module__", "")).partition(".")[0]
        if home in foreign:
            raise OwnCodeError(f"{name} comes from {home}, so it would not be your code that is judged")
        if typed and isinstance(thing, type) and home in homes:
            thing.__module__ = "__main__"
        found[name] = thing
    return found


def stand_in(path: str, name: str) -> None:
    """Let her package, of which something was taken, be imported as the package which a page builds."""
    modules = LOADED[path]
    if name != Path(path).name and (Path(path) / "__init__.py").is_file():
        sys.modules[name] = modules[0]


def _loaded(path: str, files: Sequence[str]) -> list[ModuleType]:
    if path not in LOADED:
        LOADED[path] = _load(Path(path), files)
    return LOADED[path]


class _UnderFolder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Lets the files of a folder that is no package import each other with the folder's name, too.

    So core.py may be read as core or as folder.core, and is there once.
    """

    def __init__(self, name: str) -> None:
        self._name = name

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> importlib.machinery.ModuleSpec | None:
        """Answer for the folder and what is in it."""
        if fullname == self._name:
            return importlib.machinery.ModuleSpec(fullname, self, is_package=True)
        inside = fullname.startswith(f"{self._name}.")
        return importlib.machinery.ModuleSpec(fullname, self) if inside else None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType | None:
        """Return the file's one module; None, for a new one, for the folder."""
        return None if spec.name == self._name else importlib.import_module(spec.name.removeprefix(f"{self._name}."))

    def exec_module(self, module: ModuleType) -> None:
        """Do nothing: the file has run already."""


def _load(path: Path, wanted: Sequence[str]) -> list[ModuleType]:
    sys.dont_write_bytecode = True
    sys.pycache_prefix = str(Path.cwd().parent / "nothing")  # what was compiled from older text counts for nothing
    has_init = (path / "__init__.py").is_file()
    names = ["__init__.py"] * has_init + [name for name in wanted if name != "__init__.py"]
    files = [path] if path.is_file() else [path / name for name in names]
    is_package = has_init or any(RELATIVE.search(_text(file)) for file in files if path.is_dir())
    folder = path if path.is_dir() and not is_package else path.parent
    sys.path.insert(0, str(folder))
    if folder == path:
        sys.meta_path.insert(0, _UnderFolder(path.name))
    importlib.invalidate_caches()
    modules = []
    for file in files:
        parts = list(file.relative_to(folder).with_suffix("").parts)
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        module = _import(name, file)
        where = os.path.realpath(module.__file__ or "")
        if where != os.path.realpath(file):
            raise OwnCodeError(f"import {name} finds {where}, another copy; rename yours, or uninstall that one")
        modules.append(module)
    return modules


def _text(file: Path) -> str:
    return file.read_text("utf-8", errors="replace")


def _import(name: str, file: Path) -> ModuleType:
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            return importlib.import_module(name)
    except BaseException as error:
        her_own = [frame for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename).is_file()]
        her_own = [frame for frame in her_own if Path(frame.filename).is_relative_to(file.parents[name.count(".")])]
        where = f"{Path(her_own[-1].filename).name}:{her_own[-1].lineno}" if her_own else file.name
        says = traceback.format_exception_only(error)[-1].strip()
        raise OwnCodeError(f"importing {where} ends with {says}") from error
