"""The graph of steps 15 and 16, y = a² + a² with a = x²: a path that parts and joins again."""

import numpy as np

from dezero_lite.stage2 import Variable, add, square
from figures.graph import Graph


def diamond() -> tuple[Variable, Graph]:
    """The output y, and the graph with the names that the pages give its nodes."""
    x = Variable(np.array(2.0))
    a = square(x)
    b, c = square(a), square(a)
    y = add(b, c)
    functions = {"A": a.creator, "B": b.creator, "C": c.creator, "D": y.creator}
    return y, Graph(y, functions, x=x, a=a, b=b, c=c, y=y)
