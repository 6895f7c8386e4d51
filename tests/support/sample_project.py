"""A small foreign project, made on the spot: doccheck knows nothing of the one it lives in."""

from __future__ import annotations

from pathlib import Path

from doccheck.base.settings import find_settings
from doccheck.checker import Book

PYPROJECT = """
[tool.doccheck]
docs = "pages"
languages = ["aa", "bb", "cc"]
timeout = 20
"""

CONFTEST = "from doccheck import pytest_addoption, pytest_configure\n"


class Project:
    """A folder with pages in three languages; write puts the same page into all of them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "pyproject.toml").write_text(PYPROJECT)
        for name in ("aa", "bb", "cc"):
            (root / "pages" / name).mkdir(parents=True)
        (root / "pages" / "conftest.py").write_text(CONFTEST)

    def write(self, name: str, text: str, *languages: str) -> None:
        for language in languages or ("aa", "bb", "cc"):
            path = self.root / "pages" / language / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())

    def path(self, name: str) -> Path:
        return self.root / "pages" / name

    def problems(self, *names: str, fix: bool = False) -> list[str]:
        """The first lines of what is wrong, on the named pages or on all."""
        paths = [self.path(name) for name in names] or sorted(self.root.glob("pages/*/**/*.md"))
        verdicts = Book(find_settings(self.root)).check(paths, fix=fix)
        return [str(p).split("\n")[0] for path in paths for p in verdicts[path].problems]
