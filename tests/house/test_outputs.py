"""What an example prints stands right behind it: below another paragraph it seems to belong to that one.

No run tells where between two examples an output stands, and the record of reading leaves outputs out.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from doccheck.page.fences import Fence, find_blocks
from tests.support.site_facts import ROOT

PAGES = sorted((ROOT / "docs").glob("*/**/*.md"))


def moved(text: str) -> Iterator[str]:
    """Say of each output or error that does not stand right behind a fence where it stands, and what to do."""
    end = 0  # of the fence above
    for block in find_blocks(text):
        if not isinstance(block, Fence) or block.hidden:
            continue
        if block.kind.name in ("output", "error") and text[end : block.start].strip():
            line = text.count("\n", 0, block.start) + 1
            yield f"{line}: text stands between this {block.kind.name} and its example; move it right below the example"
        end = block.end


def test_what_examples_print_stands_right_behind_them() -> None:
    assert len(PAGES) > 200
    found = [f"{page.relative_to(ROOT)}:{one}" for page in PAGES for one in moved(page.read_text("utf-8"))]
    assert found == []


@pytest.mark.parametrize("kind", ["output", "error"])
def test_an_output_below_a_paragraph_is_found(kind: str) -> None:
    example, shown, said = "```python\nprint(7)\n```", f"```text {{ .{kind} }}\n7\n```", "Seven comes."
    assert list(moved(f"{example}\n\n{shown}\n\n{said}\n")) == []
    remedy = "move it right below the example"
    assert list(moved(f"{example}\n\n{said}\n\n{shown}\n")) == [
        f"7: text stands between this {kind} and its example; {remedy}"
    ]
