"""Step 4: the tangent at x, and two secants that stand in for it."""

import numpy as np

from figures.axes import Axes, legend
from figures.pencil import Drawing

AT, H = 1.0, 0.62  # where the tangent touches, and a step large enough to see
STEEP = 1.15


def draw() -> Drawing:
    """The curve, its tangent in ink, the forward difference in vermilion, the central one in pine."""
    left, right = AT - H, AT + H
    drawing = Drawing()
    axes = Axes(drawing, (-0.1, 2.2), (0, 2.8), size=(460, 286))
    axes.ground()
    axes.curve(_f, (-0.05, 1.87))
    for x, name in [(left, "x − ε"), (AT, "x"), (right, "x + ε")]:
        axes.drop((x, _f(x)), name)
    axes.slope((AT, _f(AT)), (_f(right) - _f(AT)) / H, (0.58, 1.85), "back")
    axes.slope((right, _f(right)), (_f(right) - _f(left)) / (2 * H), (0.1, 1.95), "forward")
    axes.slope((AT, _f(AT)), STEEP * _f(AT), (0.12, 2.0), "ink", "dashed")
    axes.dots([(x, _f(x)) for x in (left, AT, right)])
    _legend(drawing)
    return drawing


def _f(x: float) -> float:
    return float(0.32 * np.exp(STEEP * x))


def _legend(drawing: Drawing) -> None:
    y = 376
    drawing.text(legend(drawing, (0, y), "ink", "dashed"), "f′(x)", anchor="start")
    x, _ = legend(drawing, (102, y), "back")
    drawing.fraction((x + 70, y), "f(x+ε) − f(x)", "ε", 18, "back")
    x, _ = legend(drawing, (294, y), "forward")
    drawing.fraction((x + 74, y), "f(x+ε) − f(x−ε)", "2ε", 18, "forward")
