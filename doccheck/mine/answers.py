"""The reader's answers to the exercises of a page: in her package, or in a file of their own beside it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from doccheck.base.names import bound_names
from doccheck.mine.plan import Plan, statements
from doccheck.page.exercises import Exercise, find_exercises
from doccheck.page.listings import Definition
from doccheck.run.child.own_code import EXERCISES
from doccheck.run.protocol import Attempt, Part


def attempts(plan: Plan, notes: list[str], faults: list[str]) -> Iterator[Attempt]:
    """Yield what checks her answers; what she has not written is noted, and what cannot be judged is a fault."""
    page, own = plan.page, plan.own
    for exercise in find_exercises(page):
        check = exercise.check
        if check is None or not exercise.is_whole:
            continue
        part, at = _answer(plan, exercise, faults), exercise.start.start
        if part is None:
            where = page.where(exercise.start.start)
            notes.append(f"the exercise of {where} is not in {own.name}; {_wanted(plan, exercise)}")
            plan.left_out[check.start] = f"the exercise is not in {own.name}"
            continue
        if any(part.path == answer.file for answer in own.answers.values()):
            at = find_exercises(page)[-1].start.start  # the file may answer them all, and speak of what is above each
        name, line = page.code_place(check)
        asked = Part(name, line, check.source)
        yield Attempt(start=check.start, at=at, apart=True, parts=(part,), check=asked)


def in_package(plan: Plan) -> Iterator[str]:
    """Yield the solutions of the exercises that she has answered in her package, as the page has them."""
    for exercise in find_exercises(plan.page):
        if exercise.is_whole and _names_in_package(plan, exercise):
            start = statements(exercise.start.source)
            wanted = {ast.unparse(target) for node in start for target in _targets(node)}
            for node in [node for fence in exercise.solution for node in statements(fence.source)]:
                defines = isinstance(node, Definition | ast.Import | ast.ImportFrom)
                if defines or any(ast.unparse(target) in wanted for target in _targets(node)):
                    yield ast.unparse(node)


def _answer(plan: Plan, exercise: Exercise, faults: list[str]) -> Part | None:
    """Return her answer; a file of its own comes first, and it runs with the page's names."""
    own, start = plan.own, statements(exercise.start.source)
    file = own.answers.get(plan.page.path.stem)
    if file is not None:
        if file.fault is not None:
            faults.append(file.fault)
            return None
        bound: set[str] = set()
        for node in statements(file.source):
            bound |= bound_names(node)
        if _asked(start) <= bound:
            return Part(file.file, 0, file.source)
    names = _names_in_package(plan, exercise)
    if not names:
        return None
    given = [ast.unparse(node) for node in start if isinstance(node, ast.Import | ast.ImportFrom)]
    taken = [f"{name} = __hers__[{name!r}]" for name in names]
    return Part("<your answer>", 0, "; ".join([*given, plan.take(names), *taken]) + "\n")


def _names_in_package(plan: Plan, exercise: Exercise) -> list[str]:
    """Return the definitions that an exercise asks for if her package has them, and they are all that is asked."""
    start = statements(exercise.start.source)
    names = [node.name for node in start if isinstance(node, Definition)]
    if _asked(start) != set(names) or not all(name in plan.own.defined for name in names):
        return []
    return names


def _asked(start: list[ast.stmt]) -> set[str]:
    """Return the names that an answer gives a meaning: definitions, and what has a hole."""
    found: set[str] = set()
    for node in start:
        has_hole = any(isinstance(part, ast.Constant) and part.value is ... for part in ast.walk(node))
        if isinstance(node, Definition) or has_hole:
            found |= bound_names(node)
    return found


def _targets(node: ast.stmt) -> list[ast.expr]:
    return node.targets if isinstance(node, ast.Assign) else []


def _wanted(plan: Plan, exercise: Exercise) -> str:
    """Return what she can do to have an answer checked."""
    own, start = plan.own, statements(exercise.start.source)
    names = ", ".join(sorted(_asked(start)))
    if own.path.is_dir():
        return f"write {names} into {own.name}/{EXERCISES}/{plan.page.path.stem}.py to have it checked"
    defined = [node.name for node in start if isinstance(node, Definition)]
    whole = _asked(start) == set(defined)
    return f"write {names} into it to have it checked" if whole else "check it with its own file"
