"""Step 2: a function takes a variable and gives a variable; below, the same with numbers."""

from itertools import pairwise

import numpy as np

from dezero_lite.stage1 import Variable, square
from figures.pencil import Drawing


def draw() -> Drawing:
    """x to f to y, and 10 to x² to 100."""
    x = Variable(np.array(10))
    y = square(x)
    drawing = Drawing(420, 190)
    places = drawing.chain(["x", "f", "y"], 50, 60, 360)
    below = 142
    drawing.text((places[0][0], below), str(x.data), 23, code=True)
    drawing.text((places[1][0], below), "x²", 25, "forward")
    drawing.text((places[2][0], below), str(y.data), 23, code=True)
    for (left, _), (right, _) in pairwise(places):
        drawing.arrow((left + 40, below), (right - 40, below), "soft")
    return drawing
