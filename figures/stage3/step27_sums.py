"""Step 27: the sums of the first terms of the sine's Taylor series, over the sine itself."""

from math import factorial

import numpy as np

from dezero_lite.stage3 import Variable, sin
from figures.axes import Axes
from figures.pencil import Drawing

TERMS = (1, 3, 5, 7)  # how many are added up
ROOM = (-2.6, 2.6)  # what the picture shows upwards


def draw() -> Drawing:
    """The sine in ink; the more terms, the longer a sum stays with it."""
    drawing = Drawing()
    axes = Axes(drawing, (-10, 10), ROOM, size=(420, 260))
    axes.ground()
    axes.frame((-10, -5, 5, 10), (-2, -1, 1, 2))
    axes.curve(lambda x: float(sin(Variable(np.array(x))).data), (-10, 10), "soft")
    for count, strength in zip(TERMS, (0.4, 0.6, 0.8, 1), strict=True):
        points = [(x, _sum(x, count)) for x in np.linspace(-10, 10, 401)]
        inside = [(x, y) for x, y in points if ROOM[0] <= y <= ROOM[1]]
        axes.line(inside, "back", 1.9, strength=strength)
        axes.text((inside[-1][0] + 0.2, 2.35 if inside[-1][1] > 0 else -2.35), str(count), "back", "start")
    return drawing


def _sum(x: float, count: int) -> float:
    return float(sum((-1) ** i / factorial(2 * i + 1) * x ** (2 * i + 1) for i in range(count)))
