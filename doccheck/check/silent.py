"""Examples that a reader runs and that show her nothing of what they are there for."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator

from doccheck.base.memo import remembered
from doccheck.base.problem import Problem
from doccheck.base.same_program import parses
from doccheck.page.fences import expected_errors
from doccheck.page.model import Page
from doccheck.run.program import Outcomes


def check_silent(page: Page, outcomes: Outcomes) -> Iterator[Problem]:
    """Yield the examples without an output that call a function with arguments and do not keep what it returns.

    A reader takes that for a test, and sees no result of it: check(f, x) would pass as well with any other x. A method
    changes its object, and a function without arguments something elsewhere; built-in functions are known.
    """
    errors = expected_errors(page.fences)
    for fence in page.fences:
        if not fence.kind.is_example or fence.title is not None or fence.start in errors:
            continue
        outcome = outcomes.get(fence.start)
        if outcome is None or outcome.text or outcome.outputs or outcome.error or outcome.lost:
            continue
        for line, call in _thrown_away(fence.source)[:1]:
            says = f"{page.spelling.this_example} prints nothing, and shows nothing of {call}"
            yield page.problem_in_line(fence.line + line, says, "end with a visible result", item=fence)


@remembered
def _thrown_away(source: str) -> tuple[tuple[int, str], ...]:
    """Return line and text of the calls with arguments whose result nobody keeps, but for built-in functions."""
    found = []
    tree = ast.parse(source if parses(source) else "")  # a line for Jupyter alone runs, and is told elsewhere
    for node in ast.walk(tree):
        if not isinstance(node, ast.Expr) or not isinstance(node.value, ast.Call):
            continue
        call = node.value
        arguments = bool(call.args or call.keywords)
        if isinstance(call.func, ast.Name) and arguments and not hasattr(builtins, call.func.id):
            found.append((node.lineno, call.func.id))
    return tuple(sorted(found))
