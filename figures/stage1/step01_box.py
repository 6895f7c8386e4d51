"""Step 1: a variable is a box with a name on it; what is inside can be exchanged."""

import numpy as np

from dezero_lite.stage1 import Variable
from figures.pencil import Drawing


def draw() -> Drawing:
    """The box x with 1.0 in it, then the same box with 2.0."""
    x = Variable(np.array(1.0))
    before = str(x.data)
    x.data = np.array(2.0)
    drawing = Drawing(480, 190)
    _box(drawing, 112, before)
    drawing.arrow((204, 106), (274, 106), "forward")
    _box(drawing, 366, str(x.data))
    # What was inside has left the box; the box and its name are the same.
    drawing.arrow((424, 72), (452, 34), "soft", bend=6, dash="1 5")
    drawing.text((440, 18), before, 19, "text-soft", code=True)
    return drawing


def _box(drawing: Drawing, x: float, content: str) -> None:
    drawing.box((x, 106), (132, 104), "ink", "forward-fill", corner=12)
    drawing.box((x, 106), (96, 64), "soft", "paper", corner=6)
    drawing.text((x, 106), content, 27, "ink", code=True)
    drawing.box((x - 36, 54), (44, 34), "ink", "paper", corner=8)
    drawing.text((x - 36, 52), "x", 24)
