"""Evaluate an expression where it stands if it surely changes nothing there; where no process can copy itself.

Most expressions on a page look at a number: x.grad, y.data, len(xs). Before anything runs that might change what
the page has, evaluation ends, and the expression is left to a process of its own. Harmless is what consists of
looking things up and of operators, as long as no function written in Python is called but NumPy's own for printing.
"""

from __future__ import annotations

import ast
import builtins
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

NAME = "<data-expr>"
FUNCTIONS = {"abs", "bool", "float", "int", "isinstance", "len", "repr", "round", "str", "type"}
NODES = (
    ast.Expression,
    ast.Name,
    ast.Constant,
    ast.Attribute,
    ast.Subscript,
    ast.Slice,
    ast.Tuple,
    ast.List,
    ast.BinOp,
    ast.UnaryOp,
    ast.BoolOp,
    ast.Compare,
    ast.Call,
    ast.JoinedStr,
    ast.FormattedValue,
    ast.expr_context,
    ast.operator,
    ast.unaryop,
    ast.boolop,
    ast.cmpop,
)
CONSUMING = (ast.In, ast.NotIn)  # an iterator has less behind them
ITEM = "__item_of_a_known_type"


class MayChangeSomethingError(BaseException):
    """The expression must be evaluated elsewhere."""


def evaluate_here(source: str, namespace: dict[str, Any]) -> str:
    """Return the str of an expression's value. Raises MayChangeSomethingError before anything has changed."""
    tree = ast.parse(source, mode="eval")
    for node in ast.walk(tree):
        if not isinstance(node, NODES) or isinstance(node, CONSUMING):
            raise MayChangeSomethingError
        if isinstance(node, ast.Call) and not _is_harmless_call(node, namespace):
            raise MayChangeSomethingError
    checked = ast.fix_missing_locations(_CheckedItems().visit(tree))
    code = compile(checked, NAME, "eval")
    before = sys.gettrace()
    sys.settrace(_refuse)
    try:
        return str(eval(code, {**namespace, ITEM: _item}))
    finally:
        sys.settrace(before)


def look_here(thing: Any, name: str) -> Any:
    """Return an attribute. Raises MayChangeSomethingError before a function written in Python would give it."""
    before = sys.gettrace()
    sys.settrace(_refuse)
    try:
        return getattr(thing, name)
    finally:
        sys.settrace(before)


def _is_harmless_call(node: ast.Call, namespace: dict[str, Any]) -> bool:
    if not isinstance(node.func, ast.Name) or node.keywords or node.func.id not in FUNCTIONS:
        return False
    own = getattr(builtins, node.func.id)
    return namespace.get(node.func.id, own) is own


class _CheckedItems(ast.NodeTransformer):
    """Let xs[0] ask for the type of xs first: a defaultdict, for one, has one item more afterwards."""

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.slice, ast.Slice | ast.Tuple):
            raise MayChangeSomethingError
        return ast.Call(ast.Name(ITEM, ast.Load()), [node.value, node.slice], [])


def _item(things: Any, key: Any) -> Any:
    known = type(things) in (dict, list, str, tuple) or type(things).__module__ == "numpy"
    if not known:
        raise MayChangeSomethingError
    return things[key]


def _refuse(frame: FrameType, event: str, _: object) -> Callable[..., Any] | None:
    """Python calls this before a function written in Python begins."""
    file = frame.f_code.co_filename
    if event == "call" and file not in (NAME, __file__) and not file.startswith(_numpy()):
        raise MayChangeSomethingError
    return None


def _numpy() -> str:
    module = sys.modules.get("numpy")
    return str(Path(module.__file__).parent) if module and module.__file__ else NAME
