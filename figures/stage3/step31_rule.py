"""Step 31: the rule of y = x³, computed with Variables: the gradient's own graph."""

import numpy as np

from dezero_lite.stage3 import Variable
from figures.graph import Graph
from figures.pencil import Drawing


def draw() -> Drawing:
    """gx = gy · 3 x², as the engine links it."""
    x, gy = Variable(np.array(2.0)), Variable(np.array(1.0))
    gx = gy * 3 * x**2
    return Graph(gx, x=x, gy=gy, gx=gx).draw().drawing
