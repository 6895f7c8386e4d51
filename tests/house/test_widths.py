"""No line of code that a reader sees is wider than a page: what is wider scrolls, and its end is missed."""

from __future__ import annotations

import ast
import json
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from doccheck.page.fences import Fence, find_blocks
from doccheck.page.kinds import Runs
from tests.support.site_facts import ROOT

COLUMN = 82  # half-width characters, of which kana, Han and Hangul take two
REMEDY = "shorten it, give a part of it a name, or wrap it; in all three languages where it is on a page"


def width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in line)


def wide(lines: Iterable[tuple[int, str]]) -> Iterator[str]:
    """Say of each numbered line that is too wide how wide it is, and what to do."""
    for number, line in lines:
        if width(line) > COLUMN:
            yield f"{number}: {width(line)} columns, and a page has {COLUMN}; {REMEDY}: {line.strip()}"


def wide_on_page(text: str) -> list[str]:
    """What is too wide in a page's listings and programs; a check is closed, and messages in it wrap."""
    found: list[str] = []
    for block in find_blocks(text):
        if not isinstance(block, Fence) or block.hidden:
            continue
        kind = block.kind.meant
        if block.title is not None or kind.is_example or kind.runs is Runs.START:
            found += wide(enumerate(block.source.split("\n"), block.line + 1))
    return found


def wide_in_notebook(text: str) -> list[str]:
    """What is too wide in a notebook's cells, counted as Jupyter does; a cell that checks is closed, as on pages."""
    found: list[str] = []
    for number, cell in enumerate(json.loads(text)["cells"], 1):
        if cell["cell_type"] == "code" and "check" not in cell["metadata"].get("tags", []):
            lines = "".join(cell["source"]).split("\n")
            found += (f" cell {number}, line {one}" for one in wide(enumerate(lines, 1)))
    return found


def wide_in_module(source: str) -> list[str]:
    """What is too wide in a module's code, which pages list without its docstrings."""
    described: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            described |= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return list(wide((n, line) for n, line in enumerate(source.split("\n"), 1) if n not in described))


JUDGES = {".md": wide_on_page, ".ipynb": wide_in_notebook, ".py": wide_in_module}


def all_of(paths: Iterable[Path]) -> list[str]:
    found: list[str] = []
    for path in paths:
        found += (f"{path.relative_to(ROOT)}:{one}" for one in JUDGES[path.suffix](path.read_text("utf-8")))
    return found


def test_no_program_on_a_page_is_wider_than_the_page() -> None:
    pages = sorted((ROOT / "docs").glob("*/**/*.md"))
    assert len(pages) > 200
    found = all_of(pages)
    assert not found, "\n".join(found)


def test_no_program_of_a_lab_is_wider_than_the_page() -> None:
    labs = sorted((ROOT / "docs").glob("*/**/*.ipynb"))
    assert len(labs) >= 27
    found = all_of(labs)
    assert not found, "\n".join(found)


def test_no_code_that_pages_list_is_wider_than_a_page() -> None:
    modules = [path for folder in ("stage*", "tracks") for path in sorted(ROOT.glob(f"dezero_lite/{folder}/*.py"))]
    assert len(modules) > 40
    found = all_of(modules)
    assert not found, "\n".join(found)


def test_what_is_too_wide_is_found_where_readers_see_it() -> None:
    line = "x = 0  # " + "逆" * 37  # 9 + 74 columns, of fewer than 82 characters
    assert width(line) == 83
    for head in ("python", 'python title="box/core.py"', "python { .exercise }"):
        assert wide_on_page(f"# A {{#a}}\n\n```{head}\n{line}\n```\n")[0].startswith("4: 83 columns"), head
        assert not wide_on_page(f"# A {{#a}}\n\n```{head}\n{line[:-1]}\n```\n"), head
    for closed in (f"```python {{ .check }}\n{line}\n```", f"```text {{ .output }}\n{line}\n```"):
        assert not wide_on_page(f"# A {{#a}}\n\n{closed}\n")
    assert wide_in_module(f'"""{line}"""\n\n{line}\n')[0].startswith("3: 83 columns")
    assert len(wide_in_module(f'"""{line}"""\n\n{line}\n')) == 1


def test_what_is_too_wide_in_a_lab_is_found_in_its_cell() -> None:
    wide_line = "x = 0  # " + "逆" * 37

    def lab(kind: str, *tags: str, line: str = wide_line) -> str:
        prose = {"cell_type": "markdown", "metadata": {}, "source": [wide_line]}
        cell = {"cell_type": kind, "metadata": {"tags": tags}, "source": ["y = 1\n", line], "outputs": []}
        return json.dumps({"cells": [prose, cell]})

    for tags in ([], ["exercise"], ["raises-exception"]):
        assert wide_in_notebook(lab("code", *tags))[0].startswith(" cell 2, line 2: 83 columns"), tags
        assert not wide_in_notebook(lab("code", *tags, line=wide_line[:-1])), tags
    assert not wide_in_notebook(lab("code", "check", "raises-exception"))
    assert not wide_in_notebook(lab("markdown"))
