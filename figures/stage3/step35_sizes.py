"""Step 35: how many functions are in the graph of the n-th derivative of tanh."""

import numpy as np

from dezero_lite.stage3 import Variable, tanh, visiting_order
from figures.axes import Axes
from figures.palette import number
from figures.pencil import Drawing
from figures.stage3._gradients import derivative

HIGHEST = 7


def sizes() -> list[int]:
    """The counts of the page, order by order."""
    x = Variable(np.array(1.0))
    y = tanh(x)
    found = []
    for _ in range(HIGHEST + 1):
        found.append(len(visiting_order(y)))
        y = derivative(y, x)
    return found


def draw() -> Drawing:
    """Powers of ten upwards: a straight line there is growth by a constant factor."""
    drawing = Drawing()
    counts = sizes()
    tens = np.log10(counts)
    axes = Axes(drawing, (-0.3, HIGHEST + 0.4), (-0.2, 3.2), size=(420, 260))
    axes.frame(range(HIGHEST + 1))
    axes.names("n")
    axes.line(enumerate(tens), "soft", 1.4)
    axes.dots(enumerate(tens), "back", 5)
    for n, (count, height) in enumerate(zip(counts, tens, strict=True)):
        axes.text((n - 0.05, height + 0.22), number(count), "back", "end" if n else "start")
    return drawing
