"""Step 20: y = a * b + c forwards and backwards, with the numbers that the package computes."""

import numpy as np

from dezero_lite.stage2 import Variable
from figures.graph import Graph
from figures.pencil import Drawing


def draw() -> Drawing:
    """Above each variable its data, below it the gradient of y, at a = 3, b = 2 and c = 1."""
    a, b, c = (Variable(np.array(number)) for number in (3.0, 2.0, 1.0))
    t = a * b
    y = t + c
    y.backward(retain_grad=True)
    return Graph(y, values=True, a=a, b=b, c=c, t=t, y=y).draw().values().drawing
