"""Read a page from its file: Markdown, or a notebook."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from doccheck.base.memo import MEMO
from doccheck.page.model import NOTEBOOK, Page, parse_page
from doccheck.page.notebook.model import parse_notebook


def read_page(path: Path, name: str, libraries: frozenset[str] = frozenset()) -> Page:
    """Read and parse a Markdown file or a notebook; libraries: those that optional programs may use."""
    data = path.read_bytes()
    parser = parse_notebook if path.suffix == NOTEBOOK else partial(parse_page, libraries=libraries)
    return MEMO.get("page", (path, name, data, libraries), lambda: _decoded(data, parser, path, name))


def _decoded(data: bytes, parser: Callable[[str, Path, str], Page], path: Path, name: str) -> Page:
    page = parser(data.decode("utf-8", "replace"), path, name)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        page.faults.append(page.problem_of_file(f"this page is not UTF-8: {error}", "save it as UTF-8"))
        page.unreadable = True
    return page
