"""Whoever types what the pages say passes all steps with her own package; whoever leaves anything out does not."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from doccheck.base.settings import find_settings
from doccheck.checker import Book
from doccheck.mine import reference
from doccheck.mine.judging import judge
from doccheck.mine.plan import Plan
from doccheck.mine.reading import OwnCode, faults_of, read_own_code
from doccheck.page.exercises import find_exercises
from doccheck.page.fences import expected_errors
from doccheck.page.listings import Definition, Piece, fold_pages
from doccheck.page.model import Page

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = find_settings(ROOT)
BOOK = Book(SETTINGS)
FOREIGN = [place.name for place in SETTINGS.code]
STEPS = range(1, 61)
LAST = {1: 10, 2: 24, 3: 36, 4: 51, 5: 60}


def lesson(step: int) -> tuple[Page, list[Page]]:
    stage = min(stage for stage, last in LAST.items() if step <= last)
    path = SETTINGS.docs / "en" / f"stage{stage}" / f"step{step:02}.md"
    return BOOK.page(path), list(BOOK.earlier(path))


def typed(step: int) -> str:
    """All that a reader has typed by a step: what the pages import, and the last listing of each name."""
    page, earlier = lesson(step)
    return reference.typed(Plan(page, earlier, OwnCode(Path("my_dezero"), tuple(FOREIGN))))


def write(folder: Path, step: int, text: str) -> None:
    """Write her package, and what she has answered at this step: the solutions, but for what they show."""
    (folder / "exercises").mkdir(parents=True)
    (folder / "core.py").write_text(text, "utf-8")
    if step >= 23:  # this step lets the package do what the pages before it did by hand
        init = "from .core import *\nfrom .core import setup_variable\n\nsetup_variable()\n"
        (folder / "__init__.py").write_text(init, "utf-8")
    (folder / "exercises" / f"step{step:02}.py").write_text("\n\n\n".join(solutions(step)), "utf-8")


def solutions(step: int) -> Iterator[str]:
    page, _ = lesson(step)
    errors = expected_errors(page.fences)
    for exercise in find_exercises(page):
        for fence in exercise.solution:
            body = ast.parse(fence.source).body
            yield "\n".join(map(ast.unparse, body[:-1] if fence.start in errors else body))


# What no code of hers can show as the page does: what the code did before, or what the pages' own package does.
LEFT_OUT = {8: 1, 10: 2, 14: 1, 17: 1, 21: 3, 23: 5, 32: 1, 33: 1, 35: 2, 40: 1, 45: 1, 46: 1, 52: 1, 60: 1}


@pytest.mark.parametrize("step", STEPS)
def test_what_the_pages_say_passes(step: int, tmp_path: Path) -> None:
    write(tmp_path / "my_dezero", step, typed(step))
    page, earlier = lesson(step)
    found = judge(read_own_code(tmp_path / "my_dezero", FOREIGN), page, earlier, SETTINGS)
    assert [problem.headline for problem in found.problems] == []
    assert found.notes == []
    # so that nothing is left out without a reason
    shown = sum(place.compared for place in page.items())
    assert found.compared == shown - LEFT_OUT.get(step, 0)
    checks = [exercise.check.start for exercise in find_exercises(page) if exercise.check is not None]
    assert checks and not set(checks) & found.left_out.keys()


def _definitions(nodes: Iterable[Definition]) -> Iterator[tuple[str, Definition]]:
    for node in nodes:
        yield node.name, node
        for method in node.body if isinstance(node, ast.ClassDef) else []:
            if isinstance(method, ast.FunctionDef):
                yield f"{node.name}.{method.name}", method


def _pieces(step: int) -> dict[str, Piece]:
    page, earlier = lesson(step)
    return {piece.name: piece for piece in fold_pages([*earlier, page]) if isinstance(piece.node, Definition)}


EMPTY = {
    "pass": ast.Pass(),
    "...": ast.Expr(ast.Constant(...)),
    "NotImplementedError": ast.parse("raise NotImplementedError").body[0],
}


# what is typed grows, and each step tries all of it; later ones take turns
EMPTIED = [(step, stub) for step in STEPS for turn, stub in enumerate(EMPTY) if step < 37 or step % len(EMPTY) == turn]


@pytest.mark.parametrize(("step", "stub"), EMPTIED)
def test_every_definition_that_is_emptied_is_named(step: int, stub: str, tmp_path: Path) -> None:
    """Without running anything: one that is empty fails the step whether the page speaks of it or not."""
    pieces = _pieces(step)
    file = tmp_path / "my_dezero.py"
    file.write_text(typed(step), "utf-8")
    own = read_own_code(file, FOREIGN)
    assert own.faults == [] and own.defined.keys() >= pieces.keys()
    refused = (
        {"Function.forward", "Function.backward", "Layer.forward", "Optimizer.update_one"}
        if stub == "NotImplementedError"
        else set()
    )
    for name, node in _definitions([places[-1].node for places in own.defined.values()]):
        if name in refused or [ast.unparse(statement) for statement in node.body] == ["pass"]:
            continue  # it does on the page what the stub does
        body, node.body = node.body, [EMPTY[stub]]
        faults = [fault for piece in pieces.values() for fault in faults_of(own, piece)]
        node.body = body
        assert len(faults) == 1 and f": {name} is still empty; see docs/en/stage" in faults[0], (name, faults)
