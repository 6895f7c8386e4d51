"""The dotted names that sentences mention in inline code, such as x.grad, by the place of the page."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict

from doccheck.page.fences import Fence
from doccheck.page.model import Page

# behind a word, a quote or a bracket it is no name of its own: f(x).grad, "a.b", and a file such as core.py
DOTTED = re.compile(r"(?<![\w.)\]\"'/\\-])[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+(?![\w\"'/\\-])", re.A)
FILE = re.compile(r"\.(?:py|md|ipynb|toml|svg|txt|ya?ml|json|css|js|html|png|whl|zip|npz)$")


def dotted_names(text: str) -> list[str]:
    """Return the dotted names in inline code, but for names of files."""
    return [name for name in DOTTED.findall(text) if not FILE.search(name)]


def mentions(page: Page) -> dict[int, set[str]]:
    """Return the dotted names by the number of fences above them."""
    starts = [fence.start for fence in page.fences]
    found: defaultdict[int, set[str]] = defaultdict(set)
    for value in page.values:
        if not value.marked and not value.problems:
            found[bisect_right(starts, value.start)].update(dotted_names(value.text))
    return {gap: names for gap, names in found.items() if names}


def place_of(fence: Fence) -> int:
    """Return the offset by which the names in the sentences behind a fence go: inside of it, where nothing else is."""
    return fence.start + 1
