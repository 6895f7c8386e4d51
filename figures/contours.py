"""Contour lines: a function of two variables seen from above, and its gradient at one point."""

from collections.abc import Callable
from typing import Any

import numpy as np
from contourpy import contour_generator

from dezero_lite.stage2 import Variable, no_grad
from figures.axes import Axes
from figures.pencil import Drawing, Point

Surface = Callable[[Variable, Variable], Variable]
AT = (1.0, 1.0)  # where the gradient is taken
EDGE = (-2.0, 2.0)  # from where to where the map reaches, both ways
LENGTH = 0.75  # of the arrow


def height(f: Surface, at: Point = AT) -> float:
    """The function's value at a point."""
    return float(f(*map(_variable, at)).data)


def draw_map(f: Surface, levels: np.ndarray, lowest: Point, grid: int = 81) -> Drawing:
    """Contour lines, the higher the stronger; a ring at the lowest point; at (1, 1) the gradient's direction."""
    drawing = Drawing()
    axes = Axes(drawing, EDGE, EDGE, size=(368, 368))
    axes.frame(range(-2, 3), range(-2, 3))
    for strength, level in zip(np.linspace(0.45, 1, len(levels)), levels, strict=True):
        for line in _contour(f, level, grid):
            axes.line(line, "forward", 1.5, strength=strength)
    axes.dots([lowest], "ink", 6)
    axes.dots([lowest], "paper", 2)
    x, y = np.add(AT, LENGTH * _direction(f))
    drawing.arrow(axes.at(*AT), axes.at(x, y), "back")
    axes.dots([AT], "back", 6)
    return drawing


def _variable(number: float) -> Variable:
    return Variable(np.array(number))


def _contour(f: Surface, level: float, grid: int) -> list[np.ndarray]:
    x, y = np.meshgrid(*[np.linspace(*EDGE, grid)] * 2)
    with no_grad():
        z = f(Variable(x), Variable(y)).data
    # logarithms: between two points of the grid they are straighter than values that differ a thousandfold
    lines: Any = contour_generator(x, y, np.log1p(z)).lines(np.log1p(level))
    return list(lines)


def _direction(f: Surface) -> np.ndarray:
    x, y = map(_variable, AT)
    f(x, y).backward()
    gradient = np.array([x.grad, y.grad])
    direction: np.ndarray = gradient / np.linalg.norm(gradient)
    return direction
