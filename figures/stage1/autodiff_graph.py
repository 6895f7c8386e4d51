"""What automatic differentiation is: y = x₀ exp(x₀ x₁), a graph in which x₀ is used twice."""

import numpy as np

from dezero_lite.stage2 import Variable, exp
from figures.graph import Graph
from figures.palette import indexed
from figures.pencil import Drawing


def draw() -> Drawing:
    """The graph on which both modes are worked out by hand."""
    x0, x1 = Variable(np.array(1.5)), Variable(np.array(0.8))
    a = x0 * x1
    b = exp(a)
    y = x0 * b
    names = {indexed("x", 0): x0, indexed("x", 1): x1, "a": a, "b": b, "y": y}
    return Graph(y, names).draw().drawing
