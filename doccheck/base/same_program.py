"""When two programs are the same."""

from __future__ import annotations

import ast

from doccheck.base.memo import remembered


@remembered
def parses(source: str) -> bool:
    """Say whether a text is Python."""
    try:
        ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


@remembered
def syntax_tree(source: str) -> str:
    """Return what makes two programs the same: the syntax tree without comments; else the text itself."""
    if "getsource" in source:
        return source  # comments count in a program that looks at its own source
    try:
        return ast.dump(ast.parse(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return source
