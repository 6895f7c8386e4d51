"""Numbers with a decimal point as pages show them, and how far they may be off where digits need not be exact.

It needs nothing but Python: the browser that runs a page compares by the same rule.
"""

from __future__ import annotations

import re

DECIMAL = re.compile(r"(?<![\w.])-?(?:\d+\.\d*|\.\d+|\d+(?=[eE]))(?:[eE][-+]?\d+)?")


class Share(float):
    """A tolerance that is a share of the number itself: 0.05 for 5%."""


def read_tolerance(text: str) -> float | None:
    """Return a tolerance as it is written on a page: 1e-10 for all numbers, or 5% of each; None for no tolerance."""
    try:
        found = Share(float(text[:-1]) / 100) if text.endswith("%") else float(text)
    except ValueError:
        return None
    return found if 0 < found < 1 else None
