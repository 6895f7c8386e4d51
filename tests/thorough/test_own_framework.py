"""Whoever types what the pages say passes all 24 steps with her own package; whoever leaves anything out does not."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from doccheck.base.names import free_names
from doccheck.base.settings import find_settings
from doccheck.checker import Book
from doccheck.mine.judging import judge
from doccheck.mine.reading import faults_of, read_own_code
from doccheck.page.exercises import find_exercises
from doccheck.page.fences import Fence
from doccheck.page.listings import Definition, Piece, fold_pages, fold_source
from doccheck.page.model import Page

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = find_settings(ROOT)
BOOK = Book(SETTINGS)
FOREIGN = [place.name for place in SETTINGS.code]
STEPS = range(1, 25)


def lesson(step: int) -> tuple[Page, list[Page]]:
    path = SETTINGS.docs / "en" / f"stage{1 if step <= 10 else 2}" / f"step{step:02}.md"
    return BOOK.page(path), list(BOOK.earlier(path))


def _defined_in(fences: Iterable[Fence]) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    for fence in fences:
        for node in ast.parse(fence.source).body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                yield node


def typed(step: int) -> str:
    """All that a reader has typed by a step: the last listing of each name, and the solutions of its exercises.

    A solution may speak of what an example defines: this is typed, too.
    """
    page, earlier = lesson(step)
    program = fold_pages([*earlier, page])
    text = fold_source(program)
    if "import numpy" not in text:
        text = "import numpy as np\n\n\n" + text
    shown = [fence for fence in page.fences if fence.kind.is_example and not fence.title]
    examples = {node.name: ast.unparse(node) for node in _defined_in(shown)}
    listed = {piece.name for piece in program}
    for exercise in find_exercises(page):
        for node in _defined_in(exercise.solution):
            solution = ast.unparse(node)
            needed = (free_names(solution) & examples.keys()) - listed - {node.name}
            for source in [*(examples[name] for name in sorted(needed)), solution]:
                text += f"\n\n{source}\n"
    # step 23 lets the package do what the pages before it did by hand
    return text + "\n\nsetup_variable()\n" * (step >= 23 and "def setup_variable" in text)


@pytest.mark.parametrize("step", STEPS)
def test_what_the_pages_say_passes(step: int, tmp_path: Path) -> None:
    folder = tmp_path / "my_dezero"
    folder.mkdir()
    (folder / "core.py").write_text(typed(step), "utf-8")
    page, earlier = lesson(step)
    found = judge(read_own_code(folder, FOREIGN), page, earlier, SETTINGS)
    assert [problem.headline for problem in found.problems] == []
    # an exercise that is more than definitions cannot stand in a package
    assert [note for note in found.notes if "check it with its own file" not in note] == []
    # step 23 makes a package out of our files; of hers it asks that all definitions are there
    assert found.compared > 0 or step == 23


def _definitions(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef | ast.ClassDef]]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name, node
            inner = node.body if isinstance(node, ast.ClassDef) else []
            yield from (
                (f"{node.name}.{method.name}", method) for method in inner if isinstance(method, ast.FunctionDef)
            )


def _pieces(step: int) -> dict[str, Piece]:
    page, earlier = lesson(step)
    return {piece.name: piece for piece in fold_pages([*earlier, page]) if isinstance(piece.node, Definition)}


EMPTY = {
    "pass": ast.Pass(),
    "...": ast.Expr(ast.Constant(...)),
    "NotImplementedError": ast.parse("raise NotImplementedError").body[0],
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("stub", EMPTY)
def test_every_definition_that_is_emptied_is_named(step: int, stub: str, tmp_path: Path) -> None:
    """Without running anything: one that is empty fails the step whether the page speaks of it or not."""
    pieces = _pieces(step)
    source = typed(step)
    refused = {"Function.forward", "Function.backward"} if stub == "NotImplementedError" else set()
    names = [name for name, _ in _definitions(ast.parse(source)) if name.partition(".")[0] in pieces]
    assert names or not pieces
    for name in names:
        tree = ast.parse(source)
        node = dict(_definitions(tree))[name]
        if name in refused or [ast.unparse(statement) for statement in node.body] == ["pass"]:
            continue  # it does on the page what the stub does
        node.body = [EMPTY[stub]]
        file = tmp_path / "my_dezero.py"
        file.write_text(ast.unparse(ast.fix_missing_locations(tree)), "utf-8")
        own = read_own_code(file, FOREIGN)
        assert own.faults == []
        faults = [fault for piece in pieces.values() for fault in faults_of(own, piece)]
        assert [fault.split(": ")[1] for fault in faults] == [
            f"{name} is still empty; see {fault.rpartition('see ')[2]}" for fault in faults
        ]
        assert len(faults) == 1, (name, faults)
