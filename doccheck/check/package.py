"""Listings against the package: the last listing of every name is the package's own, and no name is left out."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath

from doccheck.base.memo import remembered
from doccheck.base.problem import REPAIR, Problem
from doccheck.base.text import Edit, Positions, first_difference, lines, quoted, unseen
from doccheck.check.listing_update import is_class_variable, is_field, restore_comments, without_annotations
from doccheck.page.listings import Definition, Piece, listings, parsed, pieces
from doccheck.page.model import Page


def check_listings(page: Page) -> Iterator[Problem]:
    """Yield the listings that hold anything but imports and whole definitions."""
    for fence in listings(page):
        for piece in pieces(page, fence):
            if not isinstance(piece.node, Definition | ast.Import | ast.ImportFrom):
                says = "a listing holds imports and whole definitions only"
                yield page.problem(fence, says, "move this line to an example", line=piece.line)


def listed_folders(pages: Sequence[Page]) -> set[PurePosixPath]:
    """Return the folders of the package into which the listings of pages go."""
    return {PurePosixPath(file).parent for file, _ in _last_listings(pages)}


def unlisted(pages: Sequence[Page], root: Path) -> dict[str, str]:
    """Return the public names that the package has in these folders though no page lists them there, with their files.

    Such a name is listed in a folder that these pages continue; the package has it once more where they go on.
    """
    last = _last_listings(pages)
    found: dict[str, str] = {}
    for folder in _in_order(last):
        with suppress(UnreadableError):
            for (file, name), _ in _definitions(_texts(folder, root)).items():
                if (file, name) not in last and not name.startswith("_"):
                    found[name] = file
    return found


def check_against_package(
    pages: Sequence[Page], root: Path, unfinished: Mapping[Path, Sequence[str]] | None = None
) -> Iterator[Problem]:
    """Yield where the last listing of a name differs from the file that its title names, both ways round.

    pages are those of one program, in reading order. Docstrings and type annotations do not count. unfinished are the
    folders some of whose pages are still to come, and the names that these will list anew: such a listing has to differ
    from the package, which has what is to come, and names may still be missing.
    """
    last, to_come = _last_listings(pages), unfinished or {}
    for folder in _in_order(last):
        yield from _check_folder(folder, pages, last, root, to_come)


class UnreadableError(Exception):
    """A file of the package is not valid Python; the message says where, and why."""


def _last_listings(pages: Sequence[Page]) -> dict[tuple[str, str], Piece]:
    """The last listing of each file's names, in the order of the first."""
    last: dict[tuple[str, str], Piece] = {}
    for page in pages:
        for fence in listings(page):
            for piece in pieces(page, fence):
                if isinstance(piece.node, Definition):
                    last[piece.file, piece.name] = piece
    return last


def _in_order(last: Iterable[tuple[str, str]]) -> list[PurePosixPath]:
    return list(dict.fromkeys(PurePosixPath(file).parent for file, _ in last))


def _texts(folder: PurePosixPath, root: Path) -> dict[str, str]:
    files = sorted((root / folder).glob("*.py"))
    return {file.relative_to(root).as_posix(): file.read_text("utf-8-sig", "surrogateescape") for file in files}


def _definitions(texts: Mapping[str, str]) -> dict[tuple[str, str], Definition]:
    """The definitions of files. Raises UnreadableError for one that is not valid Python."""
    found: dict[tuple[str, str], Definition] = {}
    for file, text in texts.items():
        try:
            statements = parsed(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            place = f"{file}:{error.lineno}" if isinstance(error, SyntaxError) and error.lineno else file
            why = error.msg if isinstance(error, SyntaxError) else str(error) or type(error).__name__
            raise UnreadableError(f"{place} cannot be read: {why}") from error
        found |= {(file, node.name): node for node in statements if isinstance(node, Definition)}
    return found


def _check_folder(
    folder: PurePosixPath,
    pages: Sequence[Page],
    last: Mapping[tuple[str, str], Piece],
    root: Path,
    to_come: Mapping[Path, Sequence[str]],
) -> Iterator[Problem]:
    """Yield where the last listings are not what one folder of the package has."""
    listed = {key: piece for key, piece in last.items() if PurePosixPath(key[0]).parent == folder}
    own = {piece.page.path.parent for piece in listed.values()}
    final = next(page for page in reversed(pages) if page.path.parent in own)
    texts = _texts(folder, root)
    try:
        package = _definitions(texts)
    except UnreadableError as error:
        yield final.problem_at(0, str(error), "fix the package first")
        return
    for key, piece in listed.items():
        if piece.name in to_come.get(piece.page.path.parent, ()):
            yield from _check_earlier_state(piece, package.get(key))
        else:
            yield from _compare(piece, package.get(key), texts.get(key[0], ""))
    if final.path.parent in to_come:
        return
    first = next(i for i, page in enumerate(pages) if page.path.parent in own)
    inherited = {name: piece for (_, name), piece in _last_listings(pages[:first]).items()}
    for (file, name), node in package.items():
        if (file, name) in last or name.startswith("_"):
            continue
        where = f"{file}:{node.lineno}"
        if name not in inherited:
            yield final.problem_at(0, f"no page of this folder lists {name} of {where}", f"list it, or name it _{name}")
        elif _bare(inherited[name].node) != _bare(node):
            before = f"{inherited[name].page.name}:{inherited[name].line}"
            says = f"no page of this folder lists {name} of {where}, which differs from the listing in {before}"
            yield final.problem_at(0, says, "list it here as it is in the package")


def _check_earlier_state(piece: Piece, node: Definition | None) -> Iterator[Problem]:
    if node is not None and _bare(piece.node) == _bare(node):
        says = f"{piece.name} is as {piece.file} has it, and yet it is said to be listed anew by a page to come"
        yield piece.page.problem_in_line(piece.line, says, "take it out of the folder's `unfinished`")


def _compare(piece: Piece, node: Definition | None, text: str) -> Iterator[Problem]:
    page, line = piece.page, piece.line
    if node is None:
        remedy = "correct the listing's title or the package"
        yield page.problem_in_line(line, f"{piece.file} has no {piece.name}", remedy)
        return
    ours, theirs = _bare(piece.node), _bare(node)
    if ours == theirs:
        return
    found = first_difference(lines(ours), lines(theirs))
    assert found is not None
    says, is_so = (quoted(row and row.strip()) for row in found.lines)
    wrong = (
        f"this last listing of {piece.name} differs from {piece.file}:{node.lineno}; "
        f"the page says {says}, the package {is_so}{unseen(*found.lines)}"
    )
    new, lost = restore_comments(without_annotations(text, node), piece.source)
    if lost:
        remedy = f"`pytest docs --fix` finds no place for the comment {lost[0]!r}, so fix this listing by hand"
        yield page.problem_in_line(line, wrong, remedy)
    elif not _says(new, theirs):
        remedy = "`pytest docs --fix` cannot write it without its annotations, so fix this listing by hand"
        yield page.problem_in_line(line, wrong, remedy)
    else:
        edits = (_replacement(piece, new),)
        remedy = f"{REPAIR}, if the package is right"
        yield Problem(page, page.start_of(line), wrong, remedy, edits=edits)


def _replacement(piece: Piece, new: str) -> Edit:
    """Return the edit that puts other lines in the place of a piece, indented like its fence."""
    at = Positions(piece.page.text)
    fence = next(f for f in listings(piece.page) if f.line < piece.line <= piece.page.line(f.end))
    start, end = at.offset(piece.line, 0), at.offset(piece.line + len(lines(piece.source)), 0)
    return Edit(start, end, fence.indented(new))


def _says(source: str, bare: str) -> bool:
    """Say whether a source is the definition that bare is: what --fix writes has this as a second witness."""
    try:
        return _bare_text(source) == bare
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False


@remembered
def _bare(node: ast.stmt) -> str:
    """Return a definition's source without comments, docstrings and type annotations."""
    return _bare_text(ast.unparse(node))


@remembered
def _bare_text(source: str) -> str:
    return ast.unparse(ast.fix_missing_locations(_Bare().visit(ast.parse(source))))


class _Bare(ast.NodeTransformer):
    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        return self._without_docstring(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
        node.returns = None
        return self._without_docstring(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        kept = [n for n in node.body if not is_class_variable(n)] or [ast.Pass()]
        node.body = [ast.Expr(n.target) if isinstance(n, ast.AnnAssign) and is_field(n) else n for n in kept]
        return self._without_docstring(node)

    def visit_arg(self, node: ast.arg) -> ast.AST:
        node.annotation = None
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST | None:
        return ast.Assign([node.target], node.value) if node.value else None

    def _without_docstring(self, node: Definition) -> ast.AST:
        if ast.get_docstring(node) is not None:
            node.body = node.body[1:] or [ast.Pass()]
        return self.generic_visit(node)
