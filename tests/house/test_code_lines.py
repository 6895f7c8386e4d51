"""Code on a page fits its column: a reader on a desk need not scroll to read a line to its end."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from doccheck.page.fences import Fence, find_blocks
from doccheck.page.kinds import Runs

ROOT = Path(__file__).resolve().parents[2]
COLUMNS = 82  # what the column of a page holds on a desk


def columns(line: str) -> int:
    """Count columns: an East Asian letter takes two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in line)


def too_wide(text: str) -> Iterator[str]:
    """Yield code lines that are wider than the column, with their place.

    A box with a check wraps its lines, since its messages are sentences. One long word, such as a checksum, cannot be
    wrapped.
    """
    for fence in find_blocks(text):
        if not isinstance(fence, Fence) or fence.hidden or fence.kind.language != "python":
            continue
        if fence.kind.runs is Runs.CHECK:
            continue
        for number, line in enumerate(fence.source.split("\n"), fence.line + 1):
            if columns(line) > COLUMNS and max(map(len, line.split())) < COLUMNS // 2:
                yield f"{number}: {columns(line)} columns, {COLUMNS} fit: {line.strip()}"


@pytest.mark.parametrize("lang", ["en", "ja", "ko"])
def test_code_fits_its_column(lang: str) -> None:
    wide = []
    for page in sorted((ROOT / "docs" / lang).rglob("*.md")):
        wide += [f"{page.relative_to(ROOT).as_posix()}:{line}" for line in too_wide(page.read_text("utf-8"))]
    assert wide == []


def test_what_is_too_wide_is_named() -> None:
    wide = f'print("{"word " * 20}")'
    assert [line[:14] for line in too_wide(f"# Page\n\n```python\nx = 1\n{wide}\n```\n")] == ["5: 109 columns"]
    assert list(too_wide(f"```python {{ .check }}\n{wide}\n```\n")) == []
    assert list(too_wide(f'```python\nsha256 = "{"0" * 100}"\n```\n')) == []
    assert len(list(too_wide(f"```python\nx = 1  # {'勾配 ' * 20}\n```\n"))) == 1
