"""Step 4: the tangent at x, and two secants that stand in for it."""

import numpy as np

from figures.pencil import Drawing, Point

AT, H = 1.0, 0.62  # where the tangent touches, and a step large enough to see


def _f(x: float) -> float:
    return float(0.32 * np.exp(1.15 * x))


def _place(x: float, y: float) -> Point:
    return (40 + (x + 0.15) * 200, 262 - y * 102)


def draw() -> Drawing:
    """The curve, its tangent in ink, the forward difference in vermilion, the central one in pine."""
    drawing = Drawing(520, 400)
    drawing.line([_place(-0.1, 0), _place(2.2, 0)], "soft", 1.2)
    drawing.line([_place(x, _f(x)) for x in np.linspace(-0.05, 1.87, 60)], "soft", 3)
    slope = 1.15 * _f(AT)
    forward = (_f(AT + H) - _f(AT)) / H
    central = (_f(AT + H) - _f(AT - H)) / (2 * H)
    for x, name in [(AT - H, "x − ε"), (AT, "x"), (AT + H, "x + ε")]:
        drawing.line([_place(x, 0), _place(x, _f(x))], "soft", 1.1, dash="2 5")
        drawing.text((_place(x, 0)[0], 281), name, 20)
    _secant(drawing, AT, forward, "back", 0.58, 1.85)
    _secant(drawing, AT + H, central, "forward", 0.1, 1.95)
    _secant(drawing, AT, slope, "ink", 0.12, 2.0)
    for x in (AT - H, AT, AT + H):
        drawing.dot(_place(x, _f(x)))
    _legend(drawing)
    return drawing


def _secant(drawing: Drawing, x: float, slope: float, tone: str, left: float, right: float) -> None:
    ends = [_place(end, _f(x) + slope * (end - x)) for end in (left, right)]
    drawing.line(ends, tone, 2.1, dash="7 5" if tone == "ink" else "")


def _legend(drawing: Drawing) -> None:
    y = 356
    for x, tone in [(34, "ink"), (136, "back"), (328, "forward")]:
        drawing.line([(x, y), (x + 26, y)], tone, 2.4, dash="7 5" if tone == "ink" else "")
    drawing.text((70, y), "f′(x)", 20, anchor="start")
    drawing.fraction((243, y), "f(x+ε) − f(x)", "ε", 18, "back")
    drawing.fraction((440, y), "f(x+ε) − f(x−ε)", "2ε", 18, "forward")
