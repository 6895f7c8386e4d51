"""Step 4: how far the difference quotients are from the derivative, for smaller and smaller steps."""

import numpy as np

from dezero_lite.stage1 import Variable, exp, numerical_diff
from figures.pencil import Drawing, Point

AT = np.array(0.5)
STEPS = 10.0 ** np.arange(-1, -13.01, -0.25)


def draw() -> Drawing:
    """Log-log: the forward difference in vermilion, the central one in pine, of exp at 0.5."""
    central = [abs(float(numerical_diff(exp, Variable(AT), eps) - np.exp(AT))) for eps in STEPS]
    drawing = Drawing(520, 400)
    _axes(drawing)
    for errors, tone in [([_forward_error(eps) for eps in STEPS], "back"), (central, "forward")]:
        points = [_place(eps, error) for eps, error in zip(STEPS, errors, strict=True)]
        drawing.line(points, tone, 1.6)
        for point in points[::2]:
            drawing.dot(point, tone, 4)
    drawing.text((356, 86), "∝ eps", 20, "back", code=True)
    drawing.text((476, 244), "∝ eps²", 20, "forward", "end", code=True)
    return drawing


def _forward_error(eps: float) -> float:
    here, ahead = exp(Variable(AT)), exp(Variable(np.asarray(AT + eps)))
    return abs(float((ahead.data - here.data) / eps - np.exp(AT)))


def _place(eps: float, error: float) -> Point:
    return (452 + (np.log10(eps) + 1) * 30.5, 28 - np.log10(error) * 26)


def _axes(drawing: Drawing) -> None:
    left, bottom = 76, 340
    for power in range(0, -13, -2):
        y = _place(1, 10.0**power)[1]
        drawing.line([(left, y), (474, y)], "fill", 1.2)
        drawing.text((left - 10, y), _ten(power), 18, "text-soft", "end")
    for power in range(-1, -14, -3):
        x = _place(10.0**power, 1)[0]
        drawing.line([(x, bottom), (x, bottom + 6)], "soft", 1.2)
        drawing.text((x, bottom + 20), _ten(power), 18, "text-soft")
    drawing.line([(left, 20), (left, bottom), (474, bottom)], "soft", 1.2)
    drawing.text((275, 386), "eps", 20, code=True)
    drawing.text((left + 12, 14), "|error|", 20, anchor="start", code=True)


def _ten(power: int) -> str:
    return "1" if power == 0 else "10" + str(power).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
