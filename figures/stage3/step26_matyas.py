"""Step 26: the graph of the Matyas function, constants and all."""

import numpy as np

from dezero_lite.stage3 import Variable
from figures.graph import Graph
from figures.pencil import Drawing


def draw() -> Drawing:
    """z = 0.26 (x² + y²) − 0.48 x y, as the engine has linked it."""
    x, y = Variable(np.array(1.0)), Variable(np.array(1.0))
    z = 0.26 * (x**2 + y**2) - 0.48 * x * y
    return Graph(z, x=x, y=y, z=z).draw().drawing
