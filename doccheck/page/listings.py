"""Listings: definitions as they are at one step, folded into the program so far, equal to the package at last."""

from __future__ import annotations

import ast
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from doccheck.base.memo import remembered
from doccheck.base.text import lines
from doccheck.page.fences import Fence
from doccheck.page.model import Page

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True)
class Piece:
    """One import or definition of a listing: its name(s), its source, and where it stands.

    line is that of the source's first line in page, counted from 1; file is the listing's title.
    """

    name: str
    source: str
    page: Page
    line: int
    file: str
    node: ast.stmt


def listings(page: Page) -> Iterator[Fence]:
    """Yield the titled Python fences of a page."""
    return (fence for fence in page.fences if fence.kind.is_example and fence.title is not None)


def uses_listings(page: Page) -> bool:
    """Say whether a page has a listing, or a marker for the code so far."""
    return any(fence.kind.is_code_so_far for fence in page.fences) or any(True for _ in listings(page))


def pieces(page: Page, fence: Fence) -> list[Piece]:
    """Return the imports and definitions of a listing; none where it is not valid Python."""
    found = []
    for name, source, first, node in _named(fence.source):
        found.append(Piece(name, source, page, fence.line + first, fence.title or "", node))
    return found


@remembered
def _named(text: str) -> list[tuple[str, str, int, ast.stmt]]:
    """Return the statements of a listing, each with its name, its source and the line where that begins.

    The same listing is folded into the program of every later page.
    """
    found = []
    for node in _statements(text):
        first = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))])
        name = node.name if isinstance(node, Definition) else ast.unparse(node)
        found.append((name, own_lines(text, node), first, node))
    return found


def own_lines(text: str, node: ast.stmt) -> str:
    """Return the lines of a file or listing that a statement stands on, with its decorators."""
    decorators = getattr(node, "decorator_list", [])
    first = min([node.lineno, *(decorator.lineno for decorator in decorators)])
    return "".join(lines(text, keepends=True)[first - 1 : node.end_lineno]).rstrip("\n")


@remembered
def parsed(source: str) -> list[ast.stmt]:
    """Return the statements of a source. Raises SyntaxError or ValueError where it is not valid Python."""
    return ast.parse(source).body


def _statements(source: str) -> list[ast.stmt]:
    try:
        return parsed(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []


def fold(earlier: Sequence[Page], page: Page, marker: Fence) -> list[Piece]:
    """Return the program so far at a marker.

    What this page has listed above the marker is left out: it has run already, and classes of the fold
    then derive from it.
    """
    return fold_pages(earlier, {p.name for f in listings(page) if f.start < marker.start for p in pieces(page, f)})


def fold_pages(pages: Sequence[Page], here: Container[str] = (), upto: int | None = None) -> list[Piece]:
    """Return the last listing of every name but those that are here, in the order of the first.

    Only a class goes behind its bases, for a later page may give it a new one, and anything behind its decorators.
    upto: where on the last of the pages to stop.
    """
    program: dict[str, Piece] = {}
    for page in pages:
        for fence in listings(page):
            if upto is not None and page is pages[-1] and fence.start >= upto:
                break
            for piece in pieces(page, fence):
                program[piece.name] = piece
    imports = [p for p in program.values() if not isinstance(p.node, Definition)]
    return imports + _bases_first(
        [p for p in program.values() if isinstance(p.node, Definition) and p.name not in here]
    )


def _bases_first(definitions: Sequence[Piece]) -> list[Piece]:
    by_name = {piece.name: piece for piece in definitions}
    ordered: dict[str, Piece] = {}
    waiting: set[str] = set()  # so that nonsense, a class that is its own base, comes to an end too

    def put(piece: Piece) -> None:
        if piece.name in ordered or piece.name in waiting:
            return
        waiting.add(piece.name)
        for head in [*getattr(piece.node, "bases", []), *getattr(piece.node, "decorator_list", [])]:
            for part in ast.walk(head):
                if isinstance(part, ast.Name) and part.id in by_name:
                    put(by_name[part.id])
        ordered[piece.name] = piece

    for piece in definitions:
        put(piece)
    return list(ordered.values())


def fold_source(program: Sequence[Piece]) -> str:
    """Return the program so far as one text to show and to copy."""
    imports = [p.source for p in program if not isinstance(p.node, Definition)]
    definitions = [p.source for p in program if isinstance(p.node, Definition)]
    return "\n\n\n".join(["\n".join(imports)] * bool(imports) + definitions) + "\n"
