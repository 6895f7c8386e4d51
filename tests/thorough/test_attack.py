"""An enemy changes the real pages, one thing at a time, in one language: each change must be noticed there.

Fixed seeds, so that a run can be repeated; ATTACKS=2000 pytest tests/thorough/test_attack.py tries more.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from doccheck.base.settings import find_settings
from doccheck.checker import Book
from doccheck.page.fences import Fence
from doccheck.page.model import Page, parse_page
from doccheck.run.outcome_cache import Ran, outcomes_in
from tests.support.site_facts import OUTCOMES

SETTINGS = find_settings(Path(__file__).parent)
COUNT = int(os.environ.get("ATTACKS", "25"))
Edit = tuple[int, int, str]


@pytest.fixture(scope="module")
def sound() -> tuple[dict[Path, Page], Ran]:
    """All pages, and what their programs do; they have nothing wrong to begin with."""
    folder = os.environ.get(OUTCOMES)  # by make, pytest has just run them
    book, memory = Book(SETTINGS), Ran(outcomes_in(Path(folder), SETTINGS) if folder else None)
    paths = [path for language in SETTINGS.languages for path in sorted((SETTINGS.docs / language).rglob("*.md"))]
    verdicts = book.check(paths, ran=memory)
    assert [str(p) for verdict in verdicts.values() for p in verdict.problems] == []
    return {path: book.page(path) for path in paths}, memory


def _fences(page: Page, *kinds: str) -> list[Fence]:
    return [fence for fence in page.fences if fence.kind.name in kinds]


def another_digit(page: Page, rng: random.Random) -> Edit | None:
    """One digit of an output, an error, a console fence or a value."""
    spans = [(f.body_start, f.body_end) for f in _fences(page, "output", "error", "console")]
    spans += [(v.text_start, v.text_end) for v in page.values if v.kind == "value"]
    digits = [i for start, end in spans for i in range(start, end) if page.text[i].isdigit()]
    if not digits:
        return None
    i = rng.choice(digits)
    return i, i + 1, rng.choice([d for d in "0123456789" if d != page.text[i]])


def dropped_fence(page: Page, rng: random.Random) -> Edit | None:
    """A fence or marker is gone."""
    fence = rng.choice(page.fences)
    return fence.start, fence.end, ""


def swapped_lines(page: Page, rng: random.Random) -> Edit | None:
    """Two lines of an output change places."""
    long = [f for f in _fences(page, "output") if len(set(f.source.splitlines())) > 1]
    if not long:
        return None
    fence = rng.choice(long)
    lines = fence.source.splitlines(keepends=True)
    at = rng.choice([i for i in range(len(lines) - 1) if lines[i] != lines[i + 1]])
    lines[at], lines[at + 1] = lines[at + 1], lines[at]
    return fence.body_start, fence.body_end, "".join(lines)


def misspelt_fence(page: Page, rng: random.Random) -> Edit | None:
    """The first line of a fence no longer says what it is."""
    fence = rng.choice(_fences(page, "python", "output", "error", "diff", "console"))
    info = page.text[fence.start : fence.body_start]
    new = rng.choice([info.replace("`", "~", 1), info[1:], info[:-2] + "\n", "```\n", info.replace("t", "", 1)])
    return None if new == info else (fence.start, fence.body_start, new)


def unchecked_value(page: Page, rng: random.Random) -> Edit | None:
    """A value loses its expression."""
    values = [v for v in page.values if v.kind == "value" and v.text[-1].isdigit()]
    if not values:
        return None
    value = rng.choice(values)
    return value.text_end + 1, value.end, ""


def changed_listing(page: Page, rng: random.Random) -> Edit | None:
    """A name in a listing or example is another one."""
    fence = rng.choice(_fences(page, "python"))
    names = [
        i for i in range(fence.body_start, fence.body_end) if page.text.startswith(("return", "self.", "print"), i)
    ]
    if not names:
        return None
    i = rng.choice(names)
    return i, i + 1, "q"


def swapped_values(page: Page, rng: random.Random) -> Edit | None:
    """Two values that follow one another change places, each with its expression."""
    pairs = [(a, b) for a, b in pairwise(page.values) if a.kind == b.kind == "value" and a.text != b.text]
    if not pairs:
        return None
    first, second = rng.choice(pairs)
    between = page.text[first.end : second.start]
    new = page.text[second.start : second.end] + between + page.text[first.start : first.end]
    return first.start, second.end, new


ATTACKS = [
    another_digit,
    dropped_fence,
    swapped_lines,
    misspelt_fence,
    unchecked_value,
    changed_listing,
    swapped_values,
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_change_survives(attack: Callable, sound: tuple[dict[Path, Page], Ran]) -> None:
    pages, memory = sound
    rng = random.Random(attack.__name__)
    survivors, tried = [], 0
    while tried < COUNT:
        path = rng.choice([path for path, page in pages.items() if page.fences])
        page = pages[path]
        edit = attack(page, rng)
        if edit is None:
            continue
        tried += 1
        start, end, new = edit
        book = Book(SETTINGS)
        book.replace(parse_page(page.text[:start] + new + page.text[end:], path, page.name))
        problems = book.check([path], ran=memory, rendered=False)[path].problems
        if not any(p.headline.startswith(f"{page.name}:") and p.says for p in problems):
            survivors.append(f"{page.name}:{page.line(start)}: {page.text[start:end]!r} -> {new!r}")
    assert survivors == []
