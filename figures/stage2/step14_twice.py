"""Step 14: x goes into + twice, so two gradients come back to x; they are added."""

import numpy as np

from dezero_lite.stage2 import Variable, add
from figures.graph import Graph
from figures.palette import number
from figures.pencil import Drawing


def draw() -> Drawing:
    """Inside, the two ways from x to +; outside, a gradient on each way back; under x their sum."""
    x = Variable(np.array(3.0))
    y = add(x, x)
    y.backward(retain_grad=True)
    f = y.creator
    gxs = [number(float(gx)) for gx in f.backward(y.grad)]
    graph = Graph(y, wide=True, x=x, y=y).draw()
    for side, gx in zip((-1, 1), gxs, strict=True):
        graph.way_back(f, x, gx, side=side)
    graph.way_back(y, f, number(np.asarray(y.grad).item()), side=1)
    graph.below(x, f"{' + '.join(gxs)} = {number(np.asarray(x.grad).item())}", code=True, line=1)
    return graph.drawing
