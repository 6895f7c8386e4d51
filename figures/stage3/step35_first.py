"""Step 35: the graph of the first derivative of tanh."""

import numpy as np

from dezero_lite.stage3 import Variable, tanh
from figures.graph import Graph
from figures.pencil import Drawing
from figures.stage3._gradients import derivative


def draw() -> Drawing:
    """y = tanh x, and gx = gy (1 − y²) computed from it."""
    x = Variable(np.array(1.0))
    y = tanh(x)
    gx = derivative(y, x)
    return Graph(gx, x=x, y=y, gx=gx).draw().drawing
