"""When two printed numbers are the same.

On the reference arithmetic, text must be equal to the last digit. CPUs and NumPy versions round some
functions differently in the last bit; where a fixed sample of such functions gives other bits than the
reference (see arithmetic.py), numbers may differ by a few units in the last place, or by the tolerance that
the page states (tol="1e-10", or tol="5%" of each number). Everything but digits must be equal on every machine.
"""

from __future__ import annotations

import math

from doccheck.base.decimals import DECIMAL, Share

UNITS = 8  # in the last place of a double; a number that is printed rounded states a tolerance


def same_text(page: str, got: str, *, exact: bool, tolerance: float | None) -> bool:
    """Say whether a page's text stands for what the code gave; a tolerance counts only where not exact."""
    if page == got:
        return True
    if exact:
        return False
    if DECIMAL.sub("0", page) != DECIMAL.sub("0", got):
        return False
    pairs = zip(DECIMAL.findall(page), DECIMAL.findall(got), strict=True)
    return all(_near(a, b, tolerance) for a, b in pairs)


def _near(page: str, got: str, tolerance: float | None) -> bool:
    a, b = float(page), float(got)
    if isinstance(tolerance, Share):
        tolerance *= abs(a)
    return abs(a - b) <= (UNITS * math.ulp(a) if tolerance is None else tolerance * (1 + 1e-9))
