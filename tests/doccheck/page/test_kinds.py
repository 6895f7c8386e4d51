"""What the table of kinds says of a fence is how pages are read, and what the README tells writers."""

from __future__ import annotations

from pathlib import Path

import pytest

from doccheck.page.fences import Fence, find_blocks
from doccheck.page.kinds import KINDS, MARKER, Kind, find_kind, what_is_there

README = Path(__file__).parents[3] / "doccheck" / "README.md"
WRITTEN = [kind for kind in KINDS.values() if kind.written]


def _read(opening: str, text: str = "") -> Fence:
    block = next(find_blocks(f"{opening}\n{text}```\n"))
    assert isinstance(block, Fence)
    return block


@pytest.mark.parametrize("kind", WRITTEN, ids=lambda kind: kind.name)
def test_a_fence_as_it_is_written_is_of_its_kind(kind: Kind) -> None:
    options = "".join(f' {key}="0.05"' for key in sorted(kind.options))
    opening = kind.written.replace(" }", f"{options} }}") if kind.classes else kind.written + options
    fence = _read(opening, kind.beginning + "\n")
    assert (fence.kind, fence.problems) == (kind, [])
    assert set(fence.options) == kind.options
    other = _read(opening.replace(" }", ' left="1" }') if kind.classes else f'{opening} left="1"')
    assert other.kind is KINDS["unknown"]
    assert "nothing checks a fence with" in other.problems[0].says


def test_no_two_kinds_are_written_alike() -> None:
    assert len({(kind.language, kind.classes) for kind in WRITTEN}) == len(WRITTEN)
    assert find_kind("python", ("output",), frozenset()) is None
    assert find_kind("", (), frozenset()) is None


@pytest.mark.parametrize("kind", WRITTEN, ids=lambda kind: kind.name)
def test_writers_are_told_of_every_kind(kind: Kind) -> None:
    assert kind.written in what_is_there()
    assert f"`{kind.written.removeprefix('```')}`" in README.read_text("utf-8")


def test_the_marker_stands_for_the_code_so_far() -> None:
    block = next(find_blocks(f"{MARKER}\n"))
    assert isinstance(block, Fence)
    assert block.kind.is_code_so_far
