"""Step 25: the graph of y = exp(x), as the engine has linked it."""

import numpy as np

from dezero_lite.stage3 import Variable, exp
from figures.graph import Graph
from figures.pencil import Drawing


def draw() -> Drawing:
    """A variable, a function, a variable."""
    x = Variable(np.array(0.5))
    y = exp(x)
    return Graph(y, {"Exp": y.creator}, x=x, y=y).draw().drawing
