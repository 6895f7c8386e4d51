"""Step 29: Newton's step on y = x⁴ − 2x²: the parabola that touches the curve at 2, and its lowest point."""

import numpy as np

from dezero_lite.stage3 import Variable
from figures.axes import Axes
from figures.palette import number
from figures.pencil import Drawing
from figures.stage3._gradients import derivative

START = 2.0


def _derivatives(at: float) -> tuple[float, float, float]:
    x = Variable(np.array(at))
    y = x**4 - 2 * x**2
    first = derivative(y, x)
    return float(y.data), float(first.data), float(derivative(first, x).data)


def draw() -> Drawing:
    """The curve in grey, the parabola in vermilion; where it is lowest, the next point."""
    drawing = Drawing()
    axes = Axes(drawing, (0.2, 2.3), (-5.5, 13), size=(420, 320))
    axes.ground()
    axes.curve(lambda x: _derivatives(x)[0], (0.2, 2.2), "soft")
    value, slope, bend = _derivatives(START)
    end = START - slope / bend

    def parabola(x: float) -> float:
        return value + slope * (x - START) + bend / 2 * (x - START) ** 2

    axes.curve(parabola, (0.75, 2.2), "back", 2)
    axes.drop((START, value), number(START))
    axes.dots([(START, value)], "ink", 5)
    axes.dots([(end, parabola(end))], "back", 5)
    axes.line([(end, parabola(end)), (end, _derivatives(end)[0])], "back", 1.2, "dotted")
    axes.dots([(end, _derivatives(end)[0])], "ink", 5)
    axes.dots([(1, _derivatives(1.0)[0])], "ink", 6)
    axes.dots([(1, _derivatives(1.0)[0])], "paper", 2)
    return drawing
