"""Step 11: a function of two variables: the graph branches."""

import numpy as np

from dezero_lite.stage2 import Variable, add
from figures.graph import draw_graph
from figures.pencil import Drawing


def draw() -> Drawing:
    """x₀ and x₁ lead to +, and + to y."""
    x0, x1 = Variable(np.array(2)), Variable(np.array(3))
    y = add(x0, x1)
    drawing = Drawing(360, 176)
    places = {x0: ("x₀", (46.0, 38.0)), x1: ("x₁", (46, 138)), y.creator: ("+", (180, 88)), y: ("y", (314, 88))}
    draw_graph(drawing, places)
    return drawing
