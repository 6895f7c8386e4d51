"""Step 20: y = a * b + c forwards and backwards, with the numbers that the package computes."""

import numpy as np

from dezero_lite.stage2 import Variable
from figures.graph import draw_graph, write_values
from figures.pencil import Drawing


def draw() -> Drawing:
    """Above each variable its data, below it the gradient of y, at a = 3, b = 2 and c = 1."""
    a, b, c = (Variable(np.array(number)) for number in (3.0, 2.0, 1.0))
    t = a * b
    y = t + c
    y.backward(retain_grad=True)
    places = {
        a: ("a", (36.0, 60.0)),
        b: ("b", (36, 198)),
        t.creator: ("×", (140, 129)),
        t: ("t", (244, 129)),
        c: ("c", (244, 270)),
        y.creator: ("+", (354, 200)),
        y: ("y", (464, 200)),
    }
    drawing = Drawing(500, 334)
    draw_graph(drawing, places)
    write_values(drawing, places)
    return drawing
