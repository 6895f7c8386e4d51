"""Step 6: one run forwards and one backwards, with the numbers that the package computes."""

import numpy as np

from dezero_lite.stage1 import Variable, exp, square
from figures.pencil import Drawing


def draw() -> Drawing:
    """Above each variable its data, below its grad, at x = 0.5, to four digits."""
    x = Variable(np.array(0.5))
    a = square(x)
    b = exp(a)
    y = square(b)
    y.backward()
    drawing = Drawing(500, 232)
    places = drawing.chain(["x", "x²", "a", "eˣ", "b", "x²", "y"], 106, 36, 464)
    for place, variable in zip(places[::2], [x, a, b, y], strict=True):
        drawing.text((place[0], 52), f"{variable.data.item():.4g}", 21, "forward", code=True)
        drawing.text((place[0], 162), f"{np.asarray(variable.grad).item():.4g}", 21, "back", code=True)
    for right, left in zip(places[::-2], places[-3::-2], strict=False):
        drawing.arrow((right[0] - 20, 180), (left[0] + 20, 180), "back", bend=30)
    drawing.text((36, 18), "data", 19, "forward", code=True)
    drawing.text((36, 216), "grad", 19, "back", code=True)
    return drawing
