"""Step 18: how many arrays are alive while a chain of functions is computed, with a graph and without one."""

import tracemalloc
from contextlib import AbstractContextManager, nullcontext

import numpy as np

from dezero_lite.stage2 import Variable, no_grad, square
from figures.axes import Axes
from figures.pencil import Drawing

LENGTH, BYTES = 10, 2**20


def draw() -> Drawing:
    """Functions to the right, living arrays upwards: a line that climbs, and with no_grad one that does not."""
    drawing = Drawing()
    axes = Axes(drawing, (0, LENGTH), (0, LENGTH + 1), size=(400, 297))
    axes.frame(range(0, LENGTH + 1, 2), range(0, LENGTH + 1, 2), rules=True, code=True)
    runs: list[tuple[AbstractContextManager[None], str]] = [(nullcontext(), "back"), (no_grad(), "forward")]
    for context, tone in runs:
        points = list(enumerate(_alive(context)))
        axes.line(points, tone, 1.8)
        axes.dots(points, tone)
    axes.text((LENGTH, 2.1), f"{no_grad.__name__}()", "forward", "end")
    return drawing


def _alive(context: AbstractContextManager[None]) -> list[int]:
    """The arrays alive at the start and after each function, by the memory that they take."""
    counts = []
    tracemalloc.start()
    with context:
        x = Variable(np.ones(BYTES // 8))
        for _ in range(LENGTH):
            counts.append(_arrays())
            x = square(x)
        counts.append(_arrays())
    tracemalloc.stop()
    return counts


def _arrays() -> int:
    return round(tracemalloc.get_traced_memory()[0] / BYTES)
