"""A reader's package as text: what it defines, and why a definition is none."""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from doccheck.base.names import bound_names
from doccheck.page.listings import Definition, Piece
from doccheck.run.child.own_code import EXERCISES

NOT_HERS = {"__pycache__", "build", "dist", "site-packages"}
UTF_8 = "this is not text in UTF-8, as Python reads it; save the file with this encoding"


@dataclass(frozen=True)
class Place:
    """Where her code defines a name."""

    file: str
    node: Definition

    def __str__(self) -> str:
        return f"{self.file}:{self.node.lineno}"


@dataclass(frozen=True)
class Answer:
    """Her answer to the exercises of one page, in a file of its own; fault: why it cannot be judged."""

    file: str
    source: str
    fault: str | None = None


@dataclass
class OwnCode:
    """The Python files of a folder, or one file; name is what messages call it.

    foreign: the packages that are not hers. hidden: where an import does not see a name, and what to do. calls: what
    the files call outside of definitions. answers: to exercises, by the name of the page. faults: why nothing of it can
    be judged.
    """

    path: Path
    foreign: tuple[str, ...]
    defined: dict[str, list[Place]] = field(default_factory=dict)
    hidden: dict[str, tuple[str, str]] = field(default_factory=dict)
    calls: set[str] = field(default_factory=set)
    answers: dict[str, Answer] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    @property
    def is_package(self) -> bool:
        """Whether it says itself what an import of the folder gives."""
        return (self.path / "__init__.py").is_file()

    @cached_property
    def name(self) -> str:
        """The folder's name or the file's."""
        return self.path.name


def read_own_code(path: Path, foreign: Sequence[str]) -> OwnCode:
    """Read what stands at a path; faults say where nothing of it can be used."""
    own = OwnCode(path, tuple(foreign))
    if not path.exists():
        own.faults.append(f"there is no {path}; name the folder or the file that your code is in")
        return own
    files = [path] if path.is_file() else sorted(path.rglob("*.py"))
    files = [file for file in files if not NOT_HERS & set(file.relative_to(path).parts)]
    if not any(file.read_bytes().strip() for file in files):
        own.faults.append(f"{path.name} holds no Python code yet; type the listings of step 1 into a file there")
    if path.stem in foreign:
        own.faults.append(f"{path.name} has the name of the pages' own package; give yours another")
    for file in files:
        shown = path.name if file == path else f"{path.name}/{file.relative_to(path).as_posix()}"
        if file.relative_to(path).parts[:1] == (EXERCISES,):
            own.answers[file.stem] = _read_answer(own, file, shown)
            continue
        tree = _parsed(file, shown)
        if isinstance(tree, str):
            own.faults.append(tree)
        else:
            own.faults += _imports_of_others(own, tree, shown)
            _read_file(own, tree, shown)
    return own


def _parsed(file: Path, shown: str) -> ast.Module | str:
    """Return what is in a file, or why it cannot be read."""
    data = file.read_bytes()
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    except SyntaxError:
        encoding = "utf-8"  # what the file does not say of itself
    try:
        data.decode(encoding)
        return ast.parse(data, str(file))
    except UnicodeDecodeError as error:
        line, says = data[: error.start].count(b"\n") + 1, UTF_8
    except (SyntaxError, ValueError) as error:
        line, says = getattr(error, "lineno", None) or 1, f"this is not valid Python: {getattr(error, 'msg', error)}"
    return f"{shown}:{line}: {UTF_8 if bytes(1) in data else says}"


def _read_answer(own: OwnCode, file: Path, shown: str) -> Answer:
    tree = _parsed(file, shown)
    if isinstance(tree, str):
        return Answer(shown, "", tree)
    return Answer(shown, file.read_text("utf-8-sig"), next(_imports_of_others(own, tree, shown), None))


def _imports_of_others(own: OwnCode, tree: ast.Module, shown: str) -> Iterator[str]:
    for node in ast.walk(tree):
        for module in _imported(node):
            if module.partition(".")[0] in own.foreign:
                says = f"{shown}:{getattr(node, 'lineno', 1)}: this imports {module}, so it would not be your code"
                yield f"{says} that is judged; write it yourself"


def _read_file(own: OwnCode, tree: ast.Module, shown: str) -> None:
    file = shown.rpartition("/")[2]
    importable = file.removesuffix(".py").isidentifier() and file != "__main__.py"
    for statement in tree.body:
        if isinstance(statement, Definition) and not importable:
            says = f"{shown}:{statement.lineno}: no import finds {statement.name} in a file of this name"
            own.hidden[statement.name] = (says, "give it one of letters, digits and _, such as core.py")
        elif isinstance(statement, Definition):
            own.defined.setdefault(statement.name, []).append(Place(shown, statement))
        elif isinstance(statement, ast.If) and "__name__" in ast.unparse(statement.test):
            for inner in statement.body:
                if isinstance(inner, Definition):
                    says = f"{shown}:{inner.lineno}: {inner.name} is under if __name__ == …, "
                    own.hidden[inner.name] = (f"{says}where an import does not see it", "move it to the margin")
        elif isinstance(statement, ast.Assign | ast.AnnAssign):
            for name in bound_names(statement):
                says = f"{shown}:{statement.lineno}: {name} is assigned here"
                own.hidden[name] = (says, "define it with class or def, as the page does")
        elif isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
            own.calls.add(ast.unparse(statement.value.func).rpartition(".")[2])


def files_with(own: OwnCode, names: Container[str]) -> list[str]:
    """Return the files of her folder, as paths in it, that define any of these names."""
    found = {place.file for name, places in own.defined.items() if name in names for place in places}
    return sorted(file.removeprefix(f"{own.name}/") for file in found)


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module] if isinstance(node, ast.ImportFrom) and node.module and not node.level else []


def faults_of(own: OwnCode, piece: Piece) -> Iterator[str]:
    """Yield what is wrong with her definition of a name that a page lists, before anything runs; it is there."""
    places = own.defined[piece.name]
    if len({place.file for place in places}) > 1:
        where = " and ".join(map(str, places))
        yield f"{piece.name} is defined in {where}; keep one of them, since nothing says which is newer"
        return
    node = piece.node
    assert isinstance(node, Definition)
    for name, line in _stubs(places[-1].node, node):
        yield f"{places[-1].file}:{line}: {name} is still empty; see {piece.page.name}:{piece.line}"


def _stubs(own: Definition, listed: Definition, prefix: str = "") -> Iterator[tuple[str, int]]:
    """Yield what she has left empty where the page has code."""
    name = prefix + own.name
    asked = not _is_empty(listed.body)
    only_refuses = _only_refuses(own.body) and not _only_refuses(listed.body)
    if asked and (_is_empty(own.body) or only_refuses):
        yield name, own.lineno
    elif isinstance(own, ast.ClassDef) and isinstance(listed, ast.ClassDef):
        methods = {node.name: node for node in listed.body if isinstance(node, Definition)}
        for node in own.body:
            if isinstance(node, Definition) and node.name in methods:
                yield from _stubs(node, methods[node.name], f"{name}.")


def _is_empty(body: Sequence[ast.stmt]) -> bool:
    """Say whether a body does nothing: pass, ..., a docstring, or returning one of these."""
    for node in body:
        nothing = isinstance(node, ast.Pass) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
        value = node.value if isinstance(node, ast.Return) else ast.Constant(0)
        returns = value is None or (isinstance(value, ast.Constant) and value.value in (None, ...))
        if not nothing and not returns:
            return False
    return True


def _only_refuses(body: Sequence[ast.stmt]) -> bool:
    rest = [node for node in body if not _is_empty([node])]
    return len(rest) == 1 and isinstance(rest[0], ast.Raise) and "NotImplementedError" in ast.unparse(rest[0])
