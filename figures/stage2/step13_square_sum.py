"""Step 13: z = x² + y² forwards and backwards, with the numbers that the package computes."""

import numpy as np

from dezero_lite.stage2 import Variable, add, square
from figures.graph import Graph
from figures.palette import number
from figures.pencil import Drawing
from figures.stage2._stack import stack_order
from figures.walk import walk


def frames() -> list[Drawing]:
    """Above each variable its data at x = 2 and y = 3; below, function by function, the gradient of z."""
    x, y = Variable(np.array(2.0)), Variable(np.array(3.0))
    a, b = square(x), square(y)
    z = add(a, b)
    squares = {"x²": a.creator, "y²": b.creator}
    graph = Graph(z, squares, values=True, x=x, y=y, a=a, b=b, z=z)
    drawings = [graph.again().draw().values().drawing]
    for done, gradients in walk(z, stack_order(z)):
        frame = graph.again().draw(backward=True, done=done).values()
        for variable, gradient in gradients.items():
            frame.below(variable, number(gradient), code=True)
        drawings.append(frame.drawing)
    return drawings
