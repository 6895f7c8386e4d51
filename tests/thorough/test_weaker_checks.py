"""The checks of the pages' exercises: nothing of what one of them asks can be left out unnoticed."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import pytest

from doccheck.base.assertions import find_assertions
from doccheck.base.settings import find_settings
from doccheck.check.exercises import check_exercises, compare_exercises
from doccheck.checker import Book
from doccheck.page.exercises import find_exercises
from doccheck.page.model import parse_page
from doccheck.run.pool import run_program
from doccheck.run.program import make_program

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = find_settings(ROOT)
BOOK = Book(SETTINGS)
PAGES = sorted((SETTINGS.docs / "en").rglob("*.md"))
MODELS = [
    (path.relative_to(SETTINGS.docs / "en").as_posix(), index)
    for path in PAGES
    for index, _ in enumerate(find_exercises(BOOK.page(path)))
]


def weaker(source: str) -> Iterator[tuple[str, str]]:
    """Yield what is changed, and a check that asks for less: without an assertion, a part of one, or an except."""
    tree = ast.parse(source)
    nodes = list(ast.walk(tree))
    for index, node in enumerate(nodes):
        for name, old, new in _changes(node):
            changed = deepcopy(tree)
            twin = list(ast.walk(changed))[index]
            value = getattr(twin, name)
            if isinstance(value, list):
                value[old] = new
            else:
                setattr(twin, name, new)
            yield f"line {getattr(node, 'lineno', 0)}: {name} becomes {ast.unparse(new)}", ast.unparse(changed)


def _changes(node: ast.AST) -> Iterator[tuple[str, int, ast.AST]]:
    true = ast.Constant(True)
    if isinstance(node, ast.Assert):
        yield "test", 0, true
    elif isinstance(node, ast.BoolOp):
        yield from (("values", index, true) for index in range(len(node.values)))
    elif isinstance(node, ast.ExceptHandler) and isinstance(node.type, ast.Tuple):
        left = [kind for kind in node.type.elts if isinstance(kind, ast.Name)]
        for kind in left:
            yield "type", 0, ast.Tuple([other for other in left if other is not kind], ast.Load())
    elif isinstance(node, ast.Try):
        for index, handler in enumerate(node.handlers):
            if any(isinstance(statement, ast.Raise) for statement in handler.body):
                yield "handlers", index, ast.ExceptHandler(handler.type, None, [ast.Raise()])


@pytest.mark.parametrize(("name", "place"), MODELS)
def test_a_weaker_check_is_noticed(name: str, place: int) -> None:
    path = SETTINGS.docs / "en" / name
    page, earlier = BOOK.page(path), BOOK.earlier(path)
    exercise = find_exercises(page)[place]
    assert exercise.check is not None
    source = exercise.check.source
    changes = list(weaker(source))
    assert len(changes) >= len(find_assertions(source))
    unnoticed = []
    for what, text in [("nothing", ast.unparse(ast.parse(source))), *changes]:
        changed = parse_page(page.raw.replace(source, text + "\n"), path, page.name)
        assert changed.raw != page.raw
        found = [
            *check_exercises(changed),
            *compare_exercises(changed, run_program(make_program(changed, earlier), SETTINGS)),
        ]
        if not found:
            unnoticed.append(what)
    assert unnoticed == ["nothing"]
