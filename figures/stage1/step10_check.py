"""Step 10: the slope from backward() beside the slope from two points: they all but coincide."""

import numpy as np

from dezero_lite.stage1 import Variable, numerical_diff, square
from figures.axes import Axes, legend
from figures.palette import number
from figures.pencil import Drawing

AT, H = 1.2, 0.45


def draw() -> Drawing:
    """The parabola, the tangent that backprop gives in vermilion, the central secant in pine."""
    x = Variable(np.array(AT))
    y = square(x)
    y.backward()
    grad, quotient = np.asarray(x.grad).item(), float(numerical_diff(square, x, H))
    drawing = Drawing()
    axes = Axes(drawing, (-0.5, 2.35), (0, 4), size=(456, 284))
    axes.ground()
    axes.curve(_f, (-0.45, 1.94))
    axes.slope((AT, _f(AT)), grad, (0.45, 2.12), "back")
    axes.slope((AT + H, _f(AT + H)), quotient, (0.42, 2.08), "forward")
    for t, name in [(AT - H, "x − ε"), (AT, "x"), (AT + H, "x + ε")]:
        axes.drop((t, _f(t)), name)
        axes.dots([(t, _f(t))], "back" if t == AT else "forward")
    _legend(drawing, grad, quotient)
    return drawing


def _f(x: float) -> float:
    return float(square(Variable(np.array(x))).data)


def _legend(drawing: Drawing, grad: float, quotient: float) -> None:
    y = 352
    drawing.text(legend(drawing, (0, y), "back"), f"x.grad = {number(grad)}", 19, "back", "start", code=True)
    x, _ = legend(drawing, (218, y), "forward")
    half = drawing.fraction((x + 67, y), "f(x+ε) − f(x−ε)", "2ε", 17, "forward")
    drawing.text((x + 67 + half + 8, y), f"= {number(quotient)}", 19, "forward", "start", code=True)
