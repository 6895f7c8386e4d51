"""Results that nothing has computed: values without a name of the page, and constants that an example prints."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

from doccheck.base.memo import remembered
from doccheck.base.problem import Problem
from doccheck.page.model import Page
from doccheck.run.program import Outcomes

LITERAL = (
    ast.Constant | ast.List | ast.Tuple | ast.Set | ast.Dict | ast.UnaryOp | ast.unaryop | ast.expr_context
    | ast.JoinedStr | ast.FormattedValue | ast.Add | ast.BinOp
)  # fmt: skip
# functions whose result shows the number that they are given
GIVES_BACK = {
    *("print", "str", "float", "int", "complex", "repr", "format", "list", "tuple", "set", "dict"),
    *("array", "asarray", "float16", "float32", "float64", "int32", "int64"),
}
NUMBERS = re.compile(r"(?<![\w.])-?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?(?!\w)", re.A | re.I)


def check_constants(page: Page, earlier: Sequence[Page]) -> Iterator[Problem]:
    """Yield the values whose expression uses no name of the page, and the constants with digits that are printed."""
    known = set().union(*(_names_of(p) for p in [*earlier, page]))
    for value in page.values:
        if value.compared and not value.problems and not known & _used(value.expr):
            says = f"data-expr={value.expr!r} uses nothing that the page has computed"
            remedy = f"use a name of the page, or write {page.spelling.quoted}"
            yield page.problem(value, says, remedy)
    for fence in page.fences:
        if fence.kind.is_example:
            for line, text in _printed_constants(fence.source):
                says = f"{page.spelling.this_example} prints the constant {text}, which it has not computed"
                yield page.problem_in_line(fence.line + line, says, "print what the code computes", item=fence)


def _names_of(page: Page) -> set[str]:
    """Return the names that the programs of a page bind."""
    found: set[str] = set()
    for fence in page.fences:
        if fence.kind.runs_python:
            found |= bound_names(fence.source)
    return found


@remembered
def bound_names(source: str) -> frozenset[str]:
    """Return the names that a program binds: variables, functions, classes, arguments and what it imports."""
    found: set[str] = set()
    for node in ast.walk(_tree(source)):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            found.add(node.id)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.alias):
            found.add((node.asname or node.name).partition(".")[0])
    return frozenset(found)


@remembered
def _used(expression: str) -> frozenset[str]:
    return frozenset(node.id for node in ast.walk(_tree(expression)) if isinstance(node, ast.Name))


@remembered
def _printed_constants(source: str) -> tuple[tuple[int, str], ...]:
    found = []
    for node in ast.walk(_tree(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"):
            continue
        if any(keyword.arg == "file" for keyword in node.keywords):
            continue  # it goes elsewhere
        for argument in node.args:
            if _is_literal(argument) and any(c.isdigit() for c in ast.unparse(argument)):
                found.append((argument.lineno, ast.unparse(argument)))
    return tuple(found)


def check_printed(page: Page, outcomes: Outcomes) -> Iterator[Problem]:
    """Yield the examples that print a number which stands in the very call of print, with no name of the page there."""
    for fence in page.fences:
        outcome = outcomes.get(fence.start) if fence.kind.is_example else None
        if outcome is None or not outcome.text or outcome.error:
            continue
        shown = [set(map(float, NUMBERS.findall(line))) for line in outcome.text.splitlines()]
        for line, text in _nameless_prints(fence.source):
            if any(numbers and numbers <= set(map(float, NUMBERS.findall(text))) for numbers in shown):
                says = f"{page.spelling.this_example} prints what {text} says itself"
                yield page.problem_in_line(fence.line + line, says, "print what the code computes", item=fence)


@remembered
def _nameless_prints(source: str) -> tuple[tuple[int, str], ...]:
    """Return the calls that print, where nothing in them makes another number of one."""
    found = []
    for call in [node for node in ast.walk(_tree(source)) if isinstance(node, ast.Call)]:
        prints = ast.unparse(call.func) in ("print", "sys.stdout.write")
        if prints and not any(map(_gives_another, ast.walk(call))):
            found.append((call.lineno, ast.unparse(call)))
    return tuple(found)


def _gives_another(node: ast.AST) -> bool:
    """Say whether a number that goes in may come out as another: it meets a name, a function or a calculation."""
    if isinstance(node, ast.Name):
        return node.id not in GIVES_BACK and node.id not in ("np", "sys", "eval")
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        of_text = isinstance(node.func.value, ast.Constant | ast.JoinedStr)
        return not of_text and node.func.attr not in GIVES_BACK and ast.unparse(node.func) != "sys.stdout.write"
    if isinstance(node, ast.BinOp):
        return _is_number(node.left) or not isinstance(node.left, ast.Constant | ast.JoinedStr)
    return False


def _is_number(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and not isinstance(node.value, str)


def _is_literal(node: ast.expr) -> bool:
    """Say whether an expression stands for itself: no name, no call, and no calculation with numbers."""
    parts = list(ast.walk(node))
    if not all(isinstance(part, LITERAL) for part in parts):
        return False
    sums = [part for part in parts if isinstance(part, ast.BinOp)]
    return all(isinstance(part.left, ast.Constant) and isinstance(part.left.value, str) for part in sums)


def _tree(source: str) -> ast.AST:
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ast.Module([], [])
