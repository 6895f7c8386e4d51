"""Step 28: Rosenbrock's valley from above, and two ways down it that differ in their step size."""

from typing import Any

import numpy as np
from contourpy import contour_generator

from dezero_lite.stage3 import Variable, no_grad
from figures.axes import Axes
from figures.pencil import Drawing, Point
from figures.stage3._gradients import gradient

START, LOWEST = (0.0, 2.0), (1.0, 1.0)
X, Y = (-0.5, 1.5), (-0.5, 2.2)  # what the map shows


def rosenbrock(x0: Variable, x1: Variable) -> Variable:
    """The function of the page."""
    y: Variable = 100 * (x1 - x0**2) ** 2 + (x0 - 1) ** 2
    return y


def path(rate: float, steps: int) -> list[Point]:
    """Every point that gradient descent comes to."""
    x0, x1 = (Variable(np.array(number)) for number in START)
    points = [START]
    for _ in range(steps):
        x0.cleargrad()
        x1.cleargrad()
        rosenbrock(x0, x1).backward()
        x0.data = x0.data - rate * gradient(x0).data
        x1.data = x1.data - rate * gradient(x1).data
        points.append((float(x0.data), float(x1.data)))
    return points


def draw() -> Drawing:
    """Small steps slide down the slope and creep along the valley; larger ones begin with a leap."""
    drawing = Drawing()
    axes = Axes(drawing, X, Y, size=(400, 400))
    axes.frame((-0.5, 0, 0.5, 1, 1.5), (0, 1, 2))
    axes.names("x0", "x1")
    x, y = np.meshgrid(np.linspace(*X, 121), np.linspace(*Y, 121))
    with no_grad():
        z = rosenbrock(Variable(x), Variable(y)).data
    contours: Any = contour_generator(x, y, np.log1p(z))
    levels = 4.0 ** np.arange(-1, 5)
    for strength, level in zip(np.linspace(0.3, 0.9, len(levels)), levels, strict=True):
        for line in contours.lines(np.log1p(level)):
            axes.line(line, "forward", 1.4, strength=strength)
    for rate, steps, seen, tone in [(0.001, 1000, 12, "back"), (0.005, 100, 2, "ink")]:
        points = path(rate, steps)
        axes.line(points, tone, 1.5)
        axes.dots(points[:seen], tone, 3.2)
        axes.dots(points[-1:], tone, 5)
    axes.dots([LOWEST], "ink", 6)
    axes.dots([LOWEST], "paper", 2)
    return drawing
