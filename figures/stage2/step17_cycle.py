"""Step 17: a function and its output hold each other; a weak link from the function lets go."""

import weakref
from typing import Any

import numpy as np

from dezero_lite import stage1, stage2
from figures.pencil import Drawing

WAY, PANEL = 158, 270  # from f to y, and from one drawing to the other


def draw() -> Drawing:
    """Left: f holds y as its output, y holds f as its creator. Right: f's link to y is weak, drawn dashed."""
    strong, weak = stage1.Square(), stage2.Square()
    strong(stage1.Variable(np.array(1.0)))
    weak(stage2.Variable(np.array(1.0)))
    drawing = Drawing()
    _pair(drawing, 0, strong.output)
    drawing.line([(WAY + 56, -78), (WAY + 56, 78)], "soft", 1, "dotted")
    _pair(drawing, PANEL, weak.outputs[0])
    return drawing


def _pair(drawing: Drawing, left: float, link: Any) -> None:
    """link: what the function holds, the variable itself or a weak reference to it."""
    f, y = (left, 0.0), (left + WAY, 0.0)
    dash = "loose" if isinstance(link, weakref.ref) else ""
    drawing.arrow((f[0] + 24, -22), (y[0] - 18, -22), "forward", bend=46, dash=dash)
    drawing.arrow((y[0] - 18, 22), (f[0] + 24, 22), "back", bend=46)
    drawing.function(f, "f")
    drawing.variable(y, "y")
    drawing.text((left + WAY / 2, -74), "outputs", 21, "forward", code=True)
    drawing.text((left + WAY / 2, 74), "creator", 21, "back", code=True)
