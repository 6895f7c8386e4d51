"""The assertions of a check: what they demand, apart from the language in which they say so.

A check asks the same in all languages, in messages of each. So it runs once, and tells which of its assertions has
stopped it, and what the message had in its braces; each page then has the message from its own source.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass

from doccheck.base.memo import remembered

TELL = "__tell__"  # the function that a check calls with each message that it is about to raise


@dataclass(frozen=True)
class Assertion:
    """One `assert`, or one `raise AssertionError`, in a source; line counts from 1.

    message: its parts in order, text and what stands in braces, each of these as an f-string of its own; None where
    there is no message that can be read without running it.
    """

    line: int
    end_line: int
    message: tuple[str | Braces, ...] | None
    is_missing: bool

    def text(self, said: Mapping[str, str]) -> str:
        """Return the message, with what its braces gave in a run."""
        parts = [part if isinstance(part, str) else said.get(part.source, "…") for part in self.message or ()]
        return "".join(parts)


@dataclass(frozen=True)
class Braces:
    """What stands in braces in an f-string, as an f-string of its own: f'{x:.2f}'."""

    source: str


@remembered
def find_assertions(source: str) -> tuple[Assertion, ...]:
    """Return the assertions of a source in order; none where it is not valid Python."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()
    found = []
    for node in _nodes(tree):
        message = _message(node)
        parts = None if message is None else _parts(message)
        found.append(Assertion(node.lineno, node.end_lineno or node.lineno, parts, message is None))
    return tuple(found)


@remembered
def demands(source: str) -> str:
    """Return what makes two checks the same: the syntax tree, with the braces of each message and not its words."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return source
    for node in _nodes(tree):
        message = _message(node)
        parts = None if message is None else _parts(message)
        if parts is not None:
            braces = sorted({part.source for part in parts if isinstance(part, Braces)})
            _set_message(node, ast.Constant(" ".join(braces)))
    return ast.dump(tree)


def telling(source: str) -> ast.Module:
    """Return a check that calls TELL with the number, the braces and the words of each message before it raises it.

    The function has to return the words.
    """
    tree = ast.parse(source)
    for number, node in enumerate(_nodes(tree)):
        message = _message(node)
        parts = None if message is None else _parts(message)
        if message is None or parts is None:
            continue
        braces = [part.source for part in parts if isinstance(part, Braces)]
        table = ast.Dict([ast.Constant(one) for one in braces], [ast.parse(one, mode="eval").body for one in braces])
        call = ast.Call(ast.Name(TELL, ast.Load()), [ast.Constant(number), table, deepcopy(message)], [])
        for part in ast.walk(ast.copy_location(call, message)):
            ast.copy_location(part, message)
        _set_message(node, call)
    return ast.fix_missing_locations(tree)


def _nodes(tree: ast.Module) -> list[ast.Assert | ast.Raise]:
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Assert) or (isinstance(node, ast.Raise) and _raises_assertion(node)):
            found.append(node)
    return sorted(found, key=lambda node: (node.lineno, node.col_offset))


def _raises_assertion(node: ast.Raise) -> bool:
    raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
    return isinstance(raised, ast.Name) and raised.id == "AssertionError"


def _message(node: ast.Assert | ast.Raise) -> ast.expr | None:
    if isinstance(node, ast.Assert):
        return node.msg
    return node.exc.args[0] if isinstance(node.exc, ast.Call) and node.exc.args else None


def _set_message(node: ast.Assert | ast.Raise, message: ast.expr) -> None:
    if isinstance(node, ast.Assert):
        node.msg = message
    else:
        assert isinstance(node.exc, ast.Call)  # it has a message
        node.exc.args[0] = message


def _parts(message: ast.expr) -> tuple[str | Braces, ...] | None:
    """Return the parts of a string or of an f-string; None for any other expression."""
    parts: list[str | Braces] = []
    for value in message.values if isinstance(message, ast.JoinedStr) else [message]:
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            parts.append(value.value)
        elif isinstance(value, ast.FormattedValue):
            parts.append(Braces(ast.unparse(ast.JoinedStr([value]))))
        else:
            return None
    return tuple(parts)
