"""What code says and what its errors say: imports, whether its last line is shown, tracebacks that begin in it."""

from __future__ import annotations

import ast
import linecache
import traceback
import types
from pathlib import Path

HERE = str(Path(__file__).parent)  # our own frames, which a reader need not see


def imported(code: str) -> set[str]:
    """Return the first parts of what code imports; nothing where it is not valid Python, for running it says so."""
    try:
        nodes = list(ast.walk(ast.parse(code)))
    except (SyntaxError, ValueError):
        return set()
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
    return {name.split(".")[0] for name in names}


def is_shown(tree: ast.Module, code: str) -> bool:
    """Say whether a cell shows the value of its last line, as Jupyter does: not behind a semicolon."""
    if not tree.body or not isinstance(tree.body[-1], ast.Expr):
        return False
    rest = "".join(code.splitlines(keepends=True)[(tree.body[-1].end_lineno or 1) - 1 :])
    return not rest.encode()[tree.body[-1].end_col_offset or 0 :].decode().lstrip().startswith(";")


def note_source(name: str, code: str) -> None:
    """Let tracebacks and inspect find code under a name."""
    linecache.cache[name] = (len(code), None, code.splitlines(keepends=True), name)


def last_line(error: BaseException, *, as_jupyter: bool = False) -> str:
    """Return the type and message of an error, without its notes; Jupyter names no module."""
    if as_jupyter:
        name, text = type(error).__name__, str(error)
        return f"{name}: {text}" if text else name
    rows = traceback.format_exception_only(error)
    return rows[-1 if isinstance(error, SyntaxError) else 0].rstrip("\n")


def own(error: BaseException) -> types.TracebackType | None:
    """Return the traceback from where the page's code begins."""
    found = error.__traceback__
    while found is not None and found.tb_frame.f_code.co_filename.startswith(HERE):
        found = found.tb_next
    return found


def innermost(error: BaseException) -> str:
    """Return the name of the code that an error comes from."""
    found, name = error.__traceback__, ""
    while found is not None:
        name, found = found.tb_frame.f_code.co_filename, found.tb_next
    return name


def traceback_of(error: BaseException) -> str:
    """Return the whole message of an error, as Python prints it."""
    return "".join(traceback.format_exception(error))
