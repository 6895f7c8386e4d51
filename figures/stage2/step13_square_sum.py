"""Step 13: z = x² + y² forwards and backwards, with the numbers that the package computes."""

import numpy as np

from dezero_lite.stage2 import Variable, add, square
from figures.graph import Graph
from figures.pencil import Drawing


def draw() -> Drawing:
    """Above each variable its data, below it the gradient of z, at x = 2 and y = 3."""
    x, y = Variable(np.array(2.0)), Variable(np.array(3.0))
    a, b = square(x), square(y)
    z = add(a, b)
    z.backward(retain_grad=True)
    squares = {"x²": a.creator, "y²": b.creator}
    return Graph(z, squares, values=True, x=x, y=y, a=a, b=b, z=z).draw().values().drawing
