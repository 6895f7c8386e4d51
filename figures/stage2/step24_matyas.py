"""Step 24: the Matyas function from above: a long valley, and the gradient at (1, 1) points along it."""

import numpy as np

from dezero_lite.stage2 import Variable
from figures.contours import draw_map, height
from figures.pencil import Drawing


def draw() -> Drawing:
    """Lines at equal steps of height, the lowest through (1, 1); the lowest point is (0, 0)."""
    return draw_map(_matyas, height(_matyas) + np.arange(16) / 4, lowest=(0, 0))


def _matyas(x: Variable, y: Variable) -> Variable:
    return 0.26 * (x**2 + y**2) - 0.48 * x * y
