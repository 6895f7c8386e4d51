"""Step 11: a function of two variables: the graph branches."""

import numpy as np

from dezero_lite.stage2 import Variable, add
from figures.graph import Graph
from figures.palette import indexed
from figures.pencil import Drawing


def draw() -> Drawing:
    """x₀ and x₁ lead to +, and + to y."""
    xs = [Variable(np.array(2)), Variable(np.array(3))]
    y = add(*xs)
    names = {indexed("x", i): x for i, x in enumerate(xs)}
    return Graph(y, names, y=y).draw().drawing
