"""Step 1: a variable is a box with a name on it; what is inside can be exchanged."""

import numpy as np

from dezero_lite.stage1 import Variable
from figures.pencil import Drawing, Point

WAY = 254  # between the two boxes
OUTER, INNER, LABEL = (132, 104), (96, 64), (44, 34)


def draw() -> Drawing:
    """The box x with 1.0 in it, then the same box with 2.0."""
    x = Variable(np.array(1.0))
    before = str(x.data)
    x.data = np.array(2.0)
    drawing = Drawing()
    _box(drawing, (0, 0), before)
    drawing.arrow((WAY * 0.36, 0), (WAY * 0.64, 0), "forward")
    _box(drawing, (WAY, 0), str(x.data))
    # What was inside has left the box; the box and its name are the same.
    drawing.arrow((WAY + 58, -34), (WAY + 86, -72), "soft", bend=6, dash="fine")
    drawing.text((WAY + 74, -88), before, 19, "text-soft", code=True)
    return drawing


def _box(drawing: Drawing, at: Point, content: str) -> None:
    drawing.box(at, OUTER, "ink", "forward-fill", corner=12)
    drawing.box(at, INNER, "soft", "paper", corner=6)
    drawing.text(at, content, 27, code=True)
    label = (at[0] - 36, at[1] - OUTER[1] / 2)
    drawing.box(label, LABEL, "ink", "paper", corner=8)
    drawing.text((label[0], label[1] - 2), "x", 24)
