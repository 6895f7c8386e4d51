"""Step 10: the slope from backward() beside the slope from two points: they all but coincide."""

import numpy as np

from dezero_lite.stage1 import Variable, numerical_diff, square
from figures.pencil import Drawing, Point

AT, H = np.array(1.2), 0.45


def draw() -> Drawing:
    """The parabola, the tangent that backprop gives in vermilion, the central secant in pine."""
    x = Variable(AT)
    y = square(x)
    y.backward()
    grad, quotient = np.asarray(x.grad).item(), float(numerical_diff(square, Variable(AT), H))
    middle = float(AT)
    drawing = Drawing(520, 396)
    drawing.line([_place(-0.5, 0), _place(2.35, 0)], "soft", 1.2)
    drawing.line([_place(t, t * t) for t in np.linspace(-0.45, 1.94, 70)], "soft", 3)
    _slope(drawing, middle, middle**2, grad, "back", (0.45, 2.12))
    _slope(drawing, middle + H, (middle + H) ** 2, quotient, "forward", (0.42, 2.08))
    for t, name in [(middle - H, "x − ε"), (middle, "x"), (middle + H, "x + ε")]:
        drawing.line([_place(t, 0), _place(t, t * t)], "soft", 1.1, dash="2 5")
        drawing.text((_place(t, 0)[0], 319), name, 20)
        drawing.dot(_place(t, t * t), "back" if t == middle else "forward")
    drawing.line([(44, 366), (70, 366)], "back", 2.4)
    drawing.text((80, 366), f"x.grad = {grad:.4g}", 19, "back", "start", code=True)
    drawing.line([(272, 366), (298, 366)], "forward", 2.4)
    drawing.fraction((383, 366), "f(x+ε) − f(x−ε)", "2ε", 17, "forward")
    drawing.text((462, 366), f"= {quotient:.4g}", 19, "forward", "start", code=True)
    return drawing


def _place(x: float, y: float) -> Point:
    return (40 + (x + 0.5) * 160, 300 - y * 71)


def _slope(drawing: Drawing, x: float, y: float, slope: float, tone: str, ends: Point) -> None:
    drawing.line([_place(end, y + slope * (end - x)) for end in ends], tone, 2.1)
