"""Small faults put into a module of the library, one at a time, and the tests that should notice each."""

from __future__ import annotations

import ast
import hashlib
import subprocess
import sys
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

from tests.support.site_facts import ROOT

Change = Callable[[ast.AST], ast.AST | None]

OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.Pow: ast.Mult,
}
COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Gt: ast.GtE,
    ast.Lt: ast.LtE,
    ast.GtE: ast.Gt,
    ast.LtE: ast.Lt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
# Puts one changed source in place of a module, then hands over to pytest. The module's own file stays as it is.
RUN = """
import importlib.abc, importlib.util, sys

name, file, own = sys.argv[1:4]
source = sys.stdin.read()


class Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, asked, path, target=None):
        if asked == name:
            places = [file.rpartition("__init__.py")[0]] if file.endswith("__init__.py") else None
            return importlib.util.spec_from_file_location(name, file, loader=self, submodule_search_locations=places)

    def exec_module(self, module):
        exec(compile(source, file, "exec"), module.__dict__)


sys.meta_path.insert(0, Changed())
sys.dont_write_bytecode = True
import pytest

sys.exit(pytest.main([*own.split(), "-x", "-q", "-n0", "-p", "no:cacheprovider", "--no-header"]))
"""


@dataclass(frozen=True)
class Mutant:
    """One fault: in which definition of which file, what was changed, and the whole module with it."""

    file: str
    definition: str
    what: str
    source: str

    @property
    def name(self) -> str:
        return f"{self.file} {self.definition}: {self.what}"

    @property
    def digest(self) -> int:
        """A number that stays the same as long as nobody touches the definition."""
        return int(hashlib.sha256(f"{self.file}\n{self.definition}\n{self.what}".encode()).hexdigest(), 16)


def mutants(path: Path) -> Iterator[Mutant]:
    """Yield every small fault of a module: operators, comparisons, constants, conditions, lines, returns."""
    tree = ast.parse(path.read_text("utf-8"))
    for place, statement in enumerate(tree.body):
        if isinstance(statement, ast.ClassDef | ast.FunctionDef):
            for what, changed in _faults(statement):
                body = [*tree.body[:place], changed, *tree.body[place + 1 :]]
                module = ast.fix_missing_locations(ast.Module(body, tree.type_ignores))  # type: ignore[arg-type]
                yield Mutant(path.relative_to(ROOT).as_posix(), statement.name, what, ast.unparse(module))


def can_be_wrong(path: Path) -> bool:
    """Whether a module has any such fault."""
    tree = ast.parse(path.read_text("utf-8"))
    return any(any(_faults(node)) for node in tree.body if isinstance(node, ast.ClassDef | ast.FunctionDef))


def survives(mutant: Mutant, tests: str) -> bool:
    """Whether the tests pass although the module is wrong."""
    module = mutant.file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    command = [sys.executable, "-c", RUN, module, str(ROOT / mutant.file), tests]
    try:
        done = subprocess.run(
            command, input=mutant.source, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
        )
    except subprocess.TimeoutExpired:
        return False  # a loop that never ends is noticed
    return done.returncode == 0


def _faults(definition: ast.stmt) -> Iterator[tuple[str, ast.AST]]:
    told = set(_told(definition))
    before = ast.unparse(definition)
    for index, node in enumerate(ast.walk(definition)):
        if id(node) in told:
            continue
        for what, change in _changes(node):
            twin: ast.AST = deepcopy(definition)
            old = list(ast.walk(twin))[index]
            twin = _Put(old, change(old)).visit(twin)
            if ast.unparse(ast.fix_missing_locations(twin)) != before:
                yield f"{_short(node)} -> {what}", twin


def _told(definition: ast.AST) -> Iterator[int]:
    """What no run depends on: docstrings, annotations, the words of messages."""
    for node in ast.walk(definition):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield from (id(node), id(node.value))
        for name in ("annotation", "returns"):
            if (part := getattr(node, name, None)) is not None:
                yield from (id(inner) for inner in ast.walk(part))
        if isinstance(node, ast.Raise):
            yield from (id(inner) for inner in ast.walk(node) if inner is not node)


def _changes(node: ast.AST) -> Iterator[tuple[str, Change]]:
    match node:
        case ast.BinOp():
            if type(node.op) in OPERATORS:
                yield OPERATORS[type(node.op)].__name__, _operator
            yield "left", lambda old: old.left  # type: ignore[attr-defined]
            yield "right", lambda old: old.right  # type: ignore[attr-defined]
        case ast.UnaryOp():
            yield "operand", lambda old: old.operand  # type: ignore[attr-defined]
        case ast.Compare():
            yield "the opposite or its neighbour", _comparison
        case ast.BoolOp():
            yield "first", lambda old: old.values[0]  # type: ignore[attr-defined]
            yield "last", lambda old: old.values[-1]  # type: ignore[attr-defined]
        case ast.Constant(bool() as value):
            yield str(not value), lambda old: ast.Constant(not old.value)  # type: ignore[attr-defined]
        case ast.Constant(int() | float() as value):
            yield str(value + 1), lambda old: ast.Constant(old.value + 1)  # type: ignore[attr-defined]
        case ast.IfExp():
            yield "body", lambda old: old.body  # type: ignore[attr-defined]
            yield "else", lambda old: old.orelse  # type: ignore[attr-defined]
        case ast.If() | ast.While():
            yield "never", _never
        case ast.Assign() | ast.AugAssign() | ast.Expr() | ast.Raise() | ast.Delete():
            yield "pass", lambda old: ast.Pass()
        case ast.Return(ast.expr()):
            yield "return None", lambda old: ast.Return(ast.Constant(None))


def _operator(old: ast.AST) -> None:
    assert isinstance(old, ast.BinOp)
    old.op = OPERATORS[type(old.op)]()


def _comparison(old: ast.AST) -> None:
    assert isinstance(old, ast.Compare)
    old.ops[0] = COMPARISONS[type(old.ops[0])]()


def _never(old: ast.AST) -> None:
    assert isinstance(old, ast.If | ast.While)
    old.test = ast.Constant(False)


class _Put(ast.NodeTransformer):
    """Puts a node in another's place; None: the old one was changed where it stands."""

    def __init__(self, old: ast.AST, new: ast.AST | None) -> None:
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        if node is self.old:
            return node if self.new is None else ast.copy_location(self.new, node)
        visited = self.generic_visit(node)
        assert isinstance(visited, ast.AST)
        return visited


def _short(node: ast.AST) -> str:
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= 60 else f"{text[:40]}…{text[-19:]}"
