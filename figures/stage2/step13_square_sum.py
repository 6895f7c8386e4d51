"""Step 13: z = x² + y² forwards and backwards, with the numbers that the package computes."""

import numpy as np

from dezero_lite.stage2 import Variable, add, square
from figures.graph import draw_graph, write_values
from figures.pencil import Drawing


def draw() -> Drawing:
    """Above each variable its data, below it the gradient of z, at x = 2 and y = 3."""
    x, y = Variable(np.array(2.0)), Variable(np.array(3.0))
    a, b = square(x), square(y)
    z = add(a, b)
    z.backward(retain_grad=True)
    places = {
        x: ("x", (36.0, 60.0)),
        y: ("y", (36, 202)),
        a.creator: ("x²", (140, 60)),
        b.creator: ("y²", (140, 202)),
        a: ("a", (244, 60)),
        b: ("b", (244, 202)),
        z.creator: ("+", (354, 131)),
        z: ("z", (464, 131)),
    }
    drawing = Drawing(500, 264)
    draw_graph(drawing, places)
    write_values(drawing, places)
    return drawing
