"""How what a page shows compares with what came out in the browser: by doccheck's own rule for digits."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from doccheck import read_tolerance, same_text

WIDE, NARROW = "int64", "int32"  # an integer of NumPy's on the page, and in the browser


def compare(page: str, here: str, tolerance: str | None = None) -> str:
    """Return how the text of a page and one that was made here compare: same, digits, types or different."""
    page, here = page.rstrip("\n"), here.rstrip("\n")
    if page == here:
        return "same"
    near = None if tolerance is None else read_tolerance(tolerance)
    if same_text(page, here, exact=False, tolerance=near):
        return "digits"
    if NARROW in here and WIDE in page and same_text(page, here.replace(NARROW, WIDE), exact=False, tolerance=near):
        return "types"
    return "different"


def compared_lines(page: str, here: str, tolerance: str | None = None) -> list[dict[str, Any]]:
    """Return the lines of both texts side by side, and whether they compare."""
    rows = zip_longest(_rows(page), _rows(here))
    return [{"page": a, "here": b, "same": _same_row(a, b, tolerance)} for a, b in rows]


def _rows(text: str) -> Iterator[str]:
    return iter(text.rstrip("\n").split("\n") if text else [])


def _same_row(page: str | None, here: str | None, tolerance: str | None) -> bool:
    return page is not None and here is not None and compare(page, here, tolerance) != "different"
