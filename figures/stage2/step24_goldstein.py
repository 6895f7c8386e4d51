"""Step 24: the Goldstein-Price function from above: winding valleys, and heights from 3 to a million."""

import numpy as np

from dezero_lite.stage2 import Variable
from figures.contours import draw_map, height
from figures.pencil import Drawing


def draw() -> Drawing:
    """Each line is three times as high as the one below it, one of them goes through (1, 1); lowest is (0, -1)."""
    return draw_map(_goldstein, height(_goldstein) * 3.0 ** np.arange(-5, 6), lowest=(0, -1), grid=161)


def _goldstein(x: Variable, y: Variable) -> Variable:
    inner = 19 - 14 * x + 3 * x**2 - 14 * y + 6 * x * y + 3 * y**2
    outer = 18 - 32 * x + 12 * x**2 + 48 * y - 36 * x * y + 27 * y**2
    return (1 + (x + y + 1) ** 2 * inner) * (30 + (2 * x - 3 * y) ** 2 * outer)
