"""Step 2: a function takes a variable and gives a variable; below, the same with numbers."""

import numpy as np

from dezero_lite.stage1 import Variable, square
from figures.graph import rule
from figures.pencil import Drawing
from figures.strip import Strip


def draw() -> Drawing:
    """x to f to y, and 10 to x² to 100."""
    x = Variable(np.array(10))
    y = square(x)
    drawing = Drawing()
    names = Strip(drawing, step=150)
    names.variable("x")
    names.function("f")
    names.variable("y")
    numbers = Strip(drawing, (0, 92), step=150, tone="soft")
    numbers.text(str(x.data), "ink", code=True)
    numbers.text(rule(y.creator), "forward")
    numbers.text(str(y.data), "ink", code=True)
    return drawing
