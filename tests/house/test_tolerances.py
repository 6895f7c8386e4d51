"""Where pages state no tolerance although their numbers are mostly rounding: why other machines print the same."""

from __future__ import annotations

import math
import re
from decimal import Decimal, localcontext
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROW = re.compile(r"^1e-(\d\d)  (\S+)  (\S+)$", re.M)
# how far from a tie, in units of the last place; an exp that is wrong by less than 0.5 + MARGIN rounds as it should.
# Those of glibc, musl and Apple promise 0.51 to 0.52
MARGIN = 0.03


def _rounded_exp(x: float) -> float:
    """Return e to the power of x as the nearest double, and see that no tie is near."""
    with localcontext() as context:
        context.prec = 60
        exact = Decimal(x).exp()
        found = float(exact)
        off = abs((Decimal(found) - exact) / Decimal(math.ulp(found)))
    assert off < Decimal(0.5 - MARGIN), f"exp({x!r}) lies {off:.3f} of a last place from the nearest double"
    return found


@pytest.mark.parametrize("language", ["ja", "ko", "en"])
def test_each_line_of_the_table_of_steps_needs_no_tolerance(language: str) -> None:
    """The smaller the step, the more of an error is rounding: one wrong bit of exp would change the last lines wholly.

    So a tolerance would be of no use there; but every exp of the table is rounded alike wherever exp is a good one.
    """
    page = (ROOT / "docs" / language / "stage1" / "step04.md").read_text("utf-8")
    [table] = [text for text in re.findall(r"```text \{ \.output[^\n]*\n(.*?)```", page, re.S) if "central" in text]
    rows = ROW.findall(table)
    assert len(rows) == len(table.splitlines()) - 1 == 9
    exact = _rounded_exp(0.5)
    for k, ahead, central in rows:
        eps = 10.0 ** -int(k)
        above, below = _rounded_exp(0.5 + eps), _rounded_exp(0.5 - eps)
        assert f"{abs((above - exact) / eps - exact):.1e}" == ahead
        assert f"{abs((above - below) / (2 * eps) - exact):.1e}" == central
