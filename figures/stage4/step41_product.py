"""Step 41: a row of x times a column of W is one element of the product; the shapes say what fits."""

import numpy as np

from dezero_lite.stage3 import Variable
from dezero_lite.stage4 import matmul
from figures.grid import CELL, Grid
from figures.pencil import Drawing

GAP = 20  # between the tables


def draw() -> Drawing:
    """W above y, x to the left of it: the framed element is where the framed row and the framed column meet."""
    x = Variable(np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]))
    W = Variable(np.array([[1.0, 0.0, 2.0, 1.0], [0.0, 1.0, 1.0, 3.0], [2.0, 1.0, 0.0, 1.0]]))
    (n, d), h = x.shape, W.shape[1]
    left, upper = d * CELL + GAP, d * CELL + GAP
    drawing = Drawing()
    rows = Grid(drawing, x.data, (0, upper))
    columns = Grid(drawing, W.data, (left, 0))
    product = Grid(drawing, matmul(x, W).data, (left, upper))
    rows.window(1, 0, (1, d))
    columns.window(0, 2, (d, 1))
    product.window(1, 2, (1, 1))
    drawing.text((d * CELL / 2, upper - 22), "x", 24)
    drawing.text((left - 22, d * CELL / 2), "W", 24)
    drawing.text((left + h * CELL + 22, upper + n * CELL / 2), "y", 24)
    return drawing
