"""The graph of steps 15 and 16, y = a² + a² with a = x²: a path that parts and joins again."""

import numpy as np

from dezero_lite.stage2 import Variable, add, square
from figures.graph import Places

TOP, MIDDLE, BOTTOM = 66, 124, 182


def diamond() -> tuple[Variable, Places]:
    """The output y, and the names and places of all nodes in a drawing 500 wide."""
    x = Variable(np.array(2.0))
    a = square(x)
    b, c = square(a), square(a)
    y = add(b, c)
    return y, {
        x: ("x", (30, MIDDLE)),
        a.creator: ("A", (103, MIDDLE)),
        a: ("a", (176, MIDDLE)),
        b.creator: ("B", (250, TOP)),
        c.creator: ("C", (250, BOTTOM)),
        b: ("b", (324, TOP)),
        c: ("c", (324, BOTTOM)),
        y.creator: ("D", (397, MIDDLE)),
        y: ("y", (470, MIDDLE)),
    }
