"""The docstrings that readers of a reference see: those of public names, without what their examples give."""

from __future__ import annotations

import ast
import doctest
from collections.abc import Iterator
from dataclasses import dataclass

from doccheck.base.memo import remembered
from doccheck.record.sections import as_read


@dataclass(frozen=True)
class PublicDocstring:
    """The docstring of a public name: the name, "" for the file itself, its line, as it is read, and as it stands."""

    name: str
    line: int
    reads: str
    source: str


@remembered
def public_docstrings(source: str) -> tuple[PublicDocstring, ...]:
    """Return the docstrings of a file's public names; none where it is not valid Python, which is said elsewhere."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()
    return tuple(_below(tree, ""))


def _below(
    node: ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef, name: str
) -> Iterator[PublicDocstring]:
    text = ast.get_docstring(node)
    if text is not None:
        yield PublicDocstring(name, node.body[0].lineno, _read(text), text)
    if isinstance(node, ast.Module | ast.ClassDef):
        for child in node.body:
            if isinstance(child, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and is_public(child.name):
                yield from _below(child, f"{name}.{child.name}".lstrip("."))


def is_public(name: str) -> bool:
    """Say whether a name is for others: it begins without an underscore, or is one of Python's own."""
    return not name.startswith("_") or (name.startswith("__") and name.endswith("__"))


def _read(text: str) -> str:
    """Return a docstring as it is read, with its examples but without what they give."""
    parts = []
    for part in doctest.DocTestParser().parse(text):
        parts.append(f"\n\n>>> {part.source}\n" if isinstance(part, doctest.Example) else part)
    return as_read("".join(parts))
