"""Step 40: a row is stretched over a table; on the way back, the gradients of its copies are added up."""

import numpy as np

from dezero_lite.stage3 import Variable
from dezero_lite.stage4 import broadcast_to
from figures.grid import CELL, Grid
from figures.pencil import Drawing

APART = 5.2 * CELL  # from one table's left side to the next one's
DOWN = 3.6 * CELL


def draw() -> Drawing:
    """Above, from left to right, b and its copies; below, from right to left, their gradients and that of b."""
    b = Variable(np.array([10.0, 20.0, 30.0]))
    copies = broadcast_to(b, (2, 3))
    gradients = np.array([[1.0, 2.0, 3.0], [40.0, 50.0, 60.0]])
    (copies * gradients).backward()
    drawing = Drawing()
    row = Grid(drawing, b.data.reshape(1, 3), (0, CELL / 2))
    table = Grid(drawing, copies.data, (APART, 0))
    drawing.arrow((row.right[0] + 10, row.right[1]), (table.left[0] - 10, table.left[1]), "forward")
    back = Grid(drawing, gradients, (APART, DOWN), tone="back")
    assert b.grad is not None
    sums = Grid(drawing, b.grad.data.reshape(1, 3), (0, DOWN + CELL / 2), tone="back")
    drawing.arrow((back.left[0] - 10, back.left[1]), (sums.right[0] + 10, sums.right[1]), "back")
    drawing.text((1.5 * CELL, 0), "b", 22)
    drawing.text((1.5 * CELL, DOWN), "b.grad", 19, "back", code=True)
    for column in range(3):
        drawing.arrow((table.at(1, column)[0], 2 * CELL + 8), (back.at(0, column)[0], DOWN - 8), "soft", dash="fine")
    return drawing
