"""What a page's own program computes: a figure of a network that learns shows the network of the page.

The one file here that knows the pages, since nobody but doccheck can say what a page's program is.
"""

import ast
import contextlib
import io
import sys
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).parent.parent
PAGES = ROOT / "docs" / "en"  # the programs of all languages are the same but for their comments
LOOK = "_look"

Look = Callable[[Mapping[str, Any]], None]
Stamp = tuple[tuple[Path, int], ...]


def stamp() -> Stamp:
    """Which state of the pages this is; while the site is served, they change."""
    return tuple((path, path.stat().st_mtime_ns) for path in sorted(PAGES.rglob("*.md")))


def pages_there() -> set[str]:
    """The names of all pages, such as stage2/step16."""
    return {path.relative_to(PAGES).with_suffix("").as_posix() for path, _ in stamp()}


def source(page: str) -> str:
    """The whole program of a page, such as stage2/step16, as the page gives it away."""
    return _source(page, stamp())


@cache
def _source(page: str, pages: Stamp) -> str:
    from doccheck import Book, find_settings, script

    path = PAGES / f"{page}.md"
    if path not in dict(pages):
        raise ValueError(f"no page {path}: a figure is drawn from the program of a page that is there")
    book = Book(find_settings(ROOT))
    return script(book.page(path), tuple(book.earlier(path)))


class Run:
    """A page's program after it has run.

    names: what it has defined. printed: what it printed. each: for loops by the name of what they count, such as
    epoch, a function that is called at the end of every round with all names that are seen there.
    """

    def __init__(self, page: str, each: Mapping[str, Look] | None = None) -> None:
        tree = _watched(ast.parse(source(page)), each or {}, page)
        # a module, as a program is: whoever asks an object for its module finds one
        module = ModuleType(page.replace("/", "_"))
        self.names = vars(module)
        self.names[LOOK] = each
        written = io.StringIO()
        sys.modules[module.__name__] = module
        try:
            with contextlib.redirect_stdout(written):
                exec(compile(tree, page, "exec"), self.names)
        finally:
            del sys.modules[module.__name__]
        self.printed = written.getvalue()


def _watched(tree: ast.Module, each: Mapping[str, Look], page: str) -> ast.Module:
    """The program with a call at the end of each round of the loops that are looked at."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.For) and isinstance(node.target, ast.Name) and node.target.id in each:
            found.add(node.target.id)
            node.body += ast.parse(f"{LOOK}[{node.target.id!r}]({{**globals(), **locals()}})").body
    if missing := sorted(set(each) - found):
        raise ValueError(f"the program of {page} has no loop over {missing[0]}, at whose rounds a figure looks")
    return ast.fix_missing_locations(tree)
