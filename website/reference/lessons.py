"""Which page teaches which name of the package, and what a page may call it: read from listings and imports."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from posixpath import dirname

from doccheck import Definition, Fence, Page, Piece, pieces


@dataclass(frozen=True)
class Lesson:
    """A place that teaches: a page by its address, the id of a section there, and the page's title as Markdown."""

    uri: str
    section: str
    title: str


@dataclass(frozen=True)
class Lessons:
    """taught: the lessons of each dotted address, in reading order. names: what a page may speak of, by its uri."""

    taught: dict[str, list[Lesson]]
    names: dict[str, dict[str, str]]


def read_lessons(pages: Mapping[str, Page], importable: Mapping[str, str], continued: Mapping[str, str]) -> Lessons:
    """Read pages by uri, in reading order; importable has the addresses of what can be imported, by dotted name.

    A listing teaches what it changes. What no page lists is taught where it is imported first. A name is known
    from there to the end of the folder, and in the folder that continues it (continued has the folder before each).
    """
    taught: dict[str, list[Lesson]] = {}
    first_imports: dict[str, list[Lesson]] = {}
    sources: dict[str, str] = {}
    known: dict[str, dict[str, str]] = {}
    names: dict[str, dict[str, str]] = {}
    for uri, page in pages.items():
        folder = dirname(uri)
        if folder not in known:
            known[folder] = _taken_over(known.get(continued.get(folder, ""), {}), folder, importable)
        here = known[folder]
        for fence in page.fences:
            for name, address, source in _names(page, fence, importable):
                here[name] = address
                if source is None:
                    first_imports.setdefault(address, _lesson(uri, page, fence))
                elif source != sources.get(address):
                    sources[address] = source
                    lessons = taught.setdefault(address, [])
                    lessons += [] if lessons and lessons[-1].uri == uri else _lesson(uri, page, fence)
        names[uri] = dict(here)
    return Lessons(first_imports | taught, names)


def _taken_over(names: Mapping[str, str], folder: str, importable: Mapping[str, str]) -> dict[str, str]:
    """Return the names that are known at a folder's beginning: as the folder's own part has them, or as they were."""
    found: dict[str, str] = {}
    for name, before in names.items():
        own = {at for at in importable.values() if f".{folder}." in at and at.endswith(f".{name}")}
        if len(own) <= 1:
            found[name] = own.pop() if own else before
    return found


def _lesson(uri: str, page: Page, fence: Fence) -> list[Lesson]:
    """Return the section that a fence stands in; nothing where the page has no heading above it."""
    above = [heading for heading in page.headings if heading.line < fence.line]
    return [Lesson(uri, above[-1].id or "", above[0].title)] if above else []


def _names(page: Page, fence: Fence, importable: Mapping[str, str]) -> Iterator[tuple[str, str, str | None]]:
    """Yield name, address and source of what a fence lists, and of what it imports, which has no source."""
    if not fence.kind.is_example or not (fence.title or "import" in fence.source):
        return
    for piece in pieces(page, fence):
        if isinstance(piece.node, ast.ImportFrom):
            for alias in piece.node.names:
                if address := importable.get(f"{piece.node.module}.{alias.name}"):
                    yield alias.asname or alias.name, address, None
        elif isinstance(piece.node, ast.Import):
            yield from ((name, address, None) for name, address in _called(page, piece.node, importable))
        elif isinstance(piece.node, Definition) and fence.title:
            yield from _definitions(piece, piece.node)


def _called(page: Page, node: ast.Import, importable: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield name and address of what a page calls by the name of a module: after `import … as F`, F.exp."""
    for alias in node.names:
        for dotted, address in importable.items():
            module, _, last = dotted.rpartition(".")
            name = f"{alias.asname or alias.name}.{last}"
            if module == alias.name and f"{name}(" in page.text:
                yield name, address


def _definitions(piece: Piece, node: Definition) -> Iterator[tuple[str, str, str]]:
    """Yield a listed function; or a class without its methods, and each of these, which readers look up alone."""
    address = ".".join([*PurePosixPath(piece.file).with_suffix("").parts, piece.name])
    methods = [n for n in node.body if isinstance(n, ast.FunctionDef) and not n.name.startswith("_")]
    rest = [ast.unparse(n) for n in ast.iter_child_nodes(node) if n not in methods]
    is_class = isinstance(node, ast.ClassDef)
    yield piece.name, address, "\n".join(rest) or "pass" if is_class else ast.unparse(node)
    for method in methods if is_class else ():
        yield f"{piece.name}.{method.name}", f"{address}.{method.name}", ast.unparse(method)
