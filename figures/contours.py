"""Contour lines for the figures: a function of two variables seen from above, and its gradient at one point."""

from collections.abc import Callable
from typing import Any

import numpy as np
from contourpy import contour_generator

from dezero_lite.stage2 import Variable, no_grad
from figures.pencil import Drawing, Point

Surface = Callable[[Variable, Variable], Variable]
AT = (1.0, 1.0)  # where the gradient is taken
EDGE = 2.0  # the map reaches from -2 to 2 both ways


def height(f: Surface, at: Point = AT) -> float:
    """The function's value at a point."""
    return float(f(*map(_variable, at)).data)


def draw_map(f: Surface, levels: np.ndarray, lowest: Point, grid: int = 81) -> Drawing:
    """Contour lines, the higher the stronger; a ring at the lowest point; at (1, 1) the gradient's direction."""
    drawing = Drawing(440, 420)
    _axes(drawing)
    for strength, level in zip(np.linspace(0.45, 1, len(levels)), levels, strict=True):
        for line in _contour(f, level, grid):
            drawing.line([_place(x, y) for x, y in line], "forward", 1.5, strength=strength)
    drawing.dot(_place(*lowest), "ink", 6)
    drawing.dot(_place(*lowest), "paper", 2)
    x, y = np.add(AT, 0.75 * _direction(f))
    drawing.arrow(_place(*AT), _place(x, y), "back")
    drawing.dot(_place(*AT), "back", 6)
    return drawing


def _variable(number: float) -> Variable:
    return Variable(np.array(number))


def _contour(f: Surface, level: float, grid: int) -> list[np.ndarray]:
    x, y = np.meshgrid(*[np.linspace(-EDGE, EDGE, grid)] * 2)
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


def _place(x: float, y: float) -> Point:
    return (240 + x * 92, 196 - y * 92)


def _axes(drawing: Drawing) -> None:
    (left, bottom), (right, top) = _place(-EDGE, -EDGE), _place(EDGE, EDGE)
    drawing.line([(left, top), (left, bottom), (right, bottom)], "soft", 1.2)
    for tick in range(-2, 3):
        x, y = _place(tick, tick)
        number = str(tick).replace("-", "−")
        drawing.text((x, bottom + 20), number, 18, "text-soft")
        drawing.text((left - 12, y), number, 18, "text-soft", "end")
