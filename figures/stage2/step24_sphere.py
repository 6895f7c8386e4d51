"""Step 24: the sphere function from above: circles, and the gradient points straight away from the middle."""

import numpy as np

from dezero_lite.stage2 import Variable
from figures.contours import draw_map, height
from figures.pencil import Drawing


def draw() -> Drawing:
    """Lines at equal steps of height, one of them through (1, 1); the lowest point is (0, 0)."""
    return draw_map(_sphere, height(_sphere) * np.arange(1, 16) / 4, lowest=(0, 0))


def _sphere(x: Variable, y: Variable) -> Variable:
    return x**2 + y**2
