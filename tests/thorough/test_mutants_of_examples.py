"""A line of an example that is changed changes something that is compared, or it proves nothing.

One in so many of all changes is tried, drawn by a hash of the line, so that an edit elsewhere draws no others. What
survives is listed in survivors.toml with its reason; a new survivor fails. MUTANTS=6 tries more, and
pytest --thorough tests/thorough/test_mutants_of_examples.py -s shows what survives.
"""

from __future__ import annotations

import ast
import os
import time
import tomllib
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from doccheck.base.settings import find_settings
from doccheck.check.checks import compare_page
from doccheck.checker import Book
from doccheck.page.fences import Fence
from doccheck.page.model import Page, parse_page
from doccheck.run.environment import exact_digits
from doccheck.run.pool import run_program
from doccheck.run.program import make_program

SETTINGS = replace(find_settings(Path(__file__).parent), timeout=20.0)
LISTED = tomllib.loads((Path(__file__).parent / "survivors.toml").read_text("utf-8"))
EVERY = int(os.environ.get("MUTANTS", "24"))
# A folder comes in here once somebody has looked at what survives in it; of how many that are drawn one is tried. In
# stages 4 and 5 networks learn, which takes ten times as long as what stage 1 does.
FOLDERS = {"stage1": 1, "stage2": 1, "stage3": 1, "stage4": 2, "stage5": 4, "tracks": 1}
SEED = "one line, one reason"
LIMIT = 100.0  # seconds; on a slow machine the last ones are left out, and the number of those is said
OTHERS: dict[type[ast.AST], tuple[str, str]] = {
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "+"),
    ast.Div: ("/", "*"),
    ast.Pow: ("**", "*"),
    ast.Mod: ("%", "+"),
    ast.FloorDiv: ("//", "*"),
    ast.MatMult: ("@", "*"),
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.Lt: ("<", ">="),
    ast.Gt: (">", "<="),
    ast.LtE: ("<=", ">"),
    ast.GtE: (">=", "<"),
    ast.Is: ("is", "is not"),
    ast.In: ("in", "not in"),
}


@dataclass(frozen=True)
class Mutant:
    """A page with one change in one line of an example; name is the same whatever stands around that line."""

    page: Page
    fence: Fence
    name: str
    source: str


def changes(source: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and new text of each change of a program: an operator, a number, a name, or a line less."""
    tree = ast.parse(source)
    rows = [0]
    for line in source.splitlines(keepends=True):
        rows.append(rows[-1] + len(line))
    texts = source.splitlines()

    def place(line: int, column: int) -> int:
        return rows[line - 1] + len(texts[line - 1].encode()[:column].decode())

    def start(node: ast.AST) -> int:
        return place(node.lineno, node.col_offset)  # type: ignore[attr-defined]

    def end(node: ast.AST) -> int:
        return place(node.end_lineno, node.end_col_offset)  # type: ignore[attr-defined]

    names = sorted({n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)})
    inside_text = {id(n) for text in ast.walk(tree) if isinstance(text, ast.JoinedStr) for n in ast.walk(text)}
    for node in ast.walk(tree):
        if id(node) in inside_text:
            continue  # positions inside of f-strings are not to be had before Python 3.12
        if isinstance(node, ast.BinOp | ast.Compare):
            first, second = (node.left, node.right) if isinstance(node, ast.BinOp) else (node.left, node.comparators[0])
            operator = node.op if isinstance(node, ast.BinOp) else node.ops[0]
            old, new = OTHERS.get(type(operator), ("", ""))
            at = source.find(old, end(first), start(second)) if old else -1
            if at >= 0:
                yield at, at + len(old), new
        elif isinstance(node, ast.Constant) and isinstance(node.value, bool | int | float):
            new = repr(not node.value) if isinstance(node.value, bool) else repr(node.value + 1)
            yield start(node), end(node), new
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and len(names) > 1:
            others = [name for name in names if name != node.id]
            yield start(node), end(node), others[zlib.crc32(f"{SEED}{node.id}".encode()) % len(others)]
        elif isinstance(node, ast.stmt) and not isinstance(node, ast.Pass | ast.Import | ast.ImportFrom):
            yield start(node), end(node), "pass"


def mutants(page: Page) -> Iterator[Mutant]:
    """Yield all mutants of the examples of a page; listings are compared with the package anyway."""
    for fence in page.fences:
        if not fence.kind.is_example or fence.title is not None:
            continue
        lines = fence.source.splitlines()
        for start, end, new in changes(fence.source):
            row = fence.source.count("\n", 0, start)
            old = fence.source[start:end].split("\n")[0]
            where = page.path.relative_to(SETTINGS.docs).as_posix()
            name = f"{where} | {lines[row].strip()} | {old} -> {new}"
            if old != new:
                yield Mutant(page, fence, name, fence.source[:start] + new + fence.source[end:])


def _pages() -> list[Path]:
    return [path for folder in FOLDERS for path in sorted((SETTINGS.docs / "en" / folder).glob("*.md"))]


def survives(mutant: Mutant, earlier: list[Page]) -> bool:
    """Say whether nothing on the page is wrong with a mutant in the place of its example."""
    page, fence = mutant.page, mutant.fence
    raw = page.text[: fence.body_start] + fence.indented(mutant.source) + page.text[fence.body_end :]
    changed = parse_page(raw, page.path, page.name)
    outcomes = run_program(make_program(changed, earlier), SETTINGS)
    return not list(compare_page(changed, outcomes, exact_digits()))


@pytest.mark.thorough
def test_no_change_of_an_example_survives_unlisted() -> None:
    book = Book(SETTINGS)
    drawn: list[tuple[Mutant, list[Page]]] = []
    for path in _pages():
        page = book.page(path)
        for mutant in mutants(page):
            if zlib.crc32(f"{SEED} {mutant.name}".encode()) % (EVERY * FOLDERS[path.parent.name]) == 0:
                drawn.append((mutant, book.earlier(path)))
    drawn.sort(key=lambda one: zlib.crc32(one[0].name.encode()))
    begun = time.monotonic()

    def judge(one: tuple[Mutant, list[Page]]) -> bool | None:
        return None if time.monotonic() - begun > LIMIT else survives(*one)

    with ThreadPoolExecutor(2) as pool:
        judged = list(pool.map(judge, drawn))
    survivors = sorted({mutant.name for (mutant, _), lives in zip(drawn, judged, strict=True) if lives})
    late = judged.count(None)
    listed = {name for names in LISTED.values() for name in names}
    new = [name for name in survivors if name not in listed]
    print(f"\n{len(drawn) - late} of {len(drawn)} mutants run, {len(survivors)} survive, {len(new)} of them unlisted")
    print(*new, sep="\n")
    assert len(drawn) - late >= 50, "too slow to tell anything"
    assert not new, "\n".join(["these changes of examples change nothing that is compared:", *new])


@pytest.mark.thorough
def test_what_is_listed_is_still_there() -> None:
    """A survivor whose line is gone, or was mended, need not be listed any more."""
    book = Book(SETTINGS)
    there: set[str] = set()
    for path in _pages():
        there |= {mutant.name for mutant in mutants(book.page(path))}
    assert [name for names in LISTED.values() for name in names if name not in there] == []
