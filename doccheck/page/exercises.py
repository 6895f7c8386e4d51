"""The exercises of a page: the start, its check, the answers that the check must refuse, and the solution."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from doccheck.base.same_program import parses
from doccheck.page.fences import Fence
from doccheck.page.kinds import Runs, Shows
from doccheck.page.model import Page

SOLUTION = re.compile(r'<details\b[^>]*\bclass="solution"[^>]*>.*?(?P<end></details>)', re.DOTALL)
HINT = re.compile(r'<details\b[^>]*\bclass="hint"')


@dataclass
class Exercise:
    """One exercise, from its start to the next one.

    errors: what the check says to the start, in the first fence among the wrong answers, and to each of these, in
    the fence under it; by the answer's offset. solution: the examples in the
    closed box. end: where that box ends. hinted: a hint stands before the solution.
    """

    start: Fence
    check: Fence | None = None
    wrong: list[Fence] = field(default_factory=list)
    errors: dict[int, Fence] = field(default_factory=dict)
    solution: list[Fence] = field(default_factory=list)
    end: int = 0
    hinted: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether all that runs is there and can be read."""
        if self.check is None or not self.solution:
            return False
        parts = [self.start, self.check, *self.wrong]
        if any(fence.problems for fence in [*parts, *self.solution]):
            return False
        return all(parses(fence.source) for fence in parts)


def find_exercises(page: Page) -> list[Exercise]:
    """Return the exercises of a page, in order."""
    found: list[Exercise] = []
    answer: Fence | None = None  # the one that the next error among the wrong answers is about
    for fence in page.fences:
        runs = fence.kind.runs
        if runs is Runs.START:
            found.append(Exercise(fence))
            answer = None
        elif found and runs is Runs.CHECK and found[-1].check is None:
            found[-1].check = fence
            answer = found[-1].start
        elif found and runs is Runs.WRONG:
            found[-1].wrong.append(fence)
            answer = fence
        elif answer is not None and fence.hidden and fence.kind.shows is Shows.RAISED:
            found[-1].errors[answer.start] = fence
            answer = None
    for index, exercise in enumerate(found):
        _find_solution(page, exercise, found[index + 1].start.start if index + 1 < len(found) else len(page.text))
    return found


def _find_solution(page: Page, exercise: Exercise, end: int) -> None:
    box = SOLUTION.search(page.plain, exercise.start.end, end)
    if box is None:
        return
    exercise.end = box.start("end")
    inside = [fence for fence in page.fences if box.start() < fence.start < box.end()]
    exercise.solution = [fence for fence in inside if fence.kind.is_example]
    exercise.hinted = HINT.search(page.plain, exercise.start.end, box.start()) is not None


def holes(source: str) -> dict[str, list[int]]:
    """Return the lines of the holes in a source, each a `...`, by the qualified name of the function around it.

    In an index, as in x[..., 0], it is none.
    """
    found: dict[str, list[int]] = {}
    tree = ast.parse(source)
    indices = [part for node in ast.walk(tree) if isinstance(node, ast.Subscript) for part in ast.walk(node.slice)]
    for name, node in _inside(tree, ""):
        if isinstance(node, ast.Constant) and node.value is Ellipsis and node not in indices:
            found.setdefault(name, []).append(node.lineno)
    return found


def functions(sources: Sequence[str]) -> set[str]:
    """Return the qualified names of the functions that sources define."""
    return {name for source in sources for name, _ in _inside(ast.parse(source), "") if name}


def _inside(node: ast.AST, around: str, prefix: str = "") -> list[tuple[str, ast.AST]]:
    """Return all below a node, each with the qualified name of the function around it, "" outside of any."""
    found = []
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            name = prefix + child.name
            found += [(name, child), *_inside(child, name, f"{name}.<locals>.")]
        elif isinstance(child, ast.ClassDef):
            found += _inside(child, around, f"{prefix}{child.name}.")
        else:
            found += [(around, child), *_inside(child, around, prefix)]
    return found
