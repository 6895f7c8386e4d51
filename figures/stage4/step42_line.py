"""Step 42: points around a straight line, and what is left between each of them and the best one."""

import numpy as np

from figures.axes import Axes
from figures.pencil import Drawing
from figures.programs import Run

PAGE = "stage4/step42"  # its program has x, y and the best line's slope and start


def draw() -> Drawing:
    """Each point with its distance to the line."""
    names = Run(PAGE).names
    x, y = np.ravel(names["x"]), np.ravel(names["y"])
    slope, start = float(names["slope"]), float(names["start"])
    drawing = Drawing()
    axes = Axes(drawing, (0, 1), (float(y.min()), float(y.max())), size=(420, 230))
    axes.frame([0, 1], [5, 6, 7, 8])
    axes.names("x", "y")
    for at, value in zip(x, y, strict=True):
        axes.line([(at, value), (at, slope * at + start)], "back", 1)
    axes.cloud(zip(x, y, strict=True), "soft", 2.8)
    axes.line([(0, start), (1, slope + start)], "forward", 3)
    return drawing
