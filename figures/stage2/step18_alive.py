"""Step 18: how many arrays are alive while a chain of functions is computed, with a graph and without one."""

import tracemalloc
from contextlib import AbstractContextManager, nullcontext

import numpy as np

from dezero_lite.stage2 import Variable, no_grad, square
from figures.pencil import Drawing, Point

LENGTH, BYTES = 10, 2**20


def draw() -> Drawing:
    """Functions to the right, living arrays upwards: a line that climbs, and with no_grad one that does not."""
    drawing = Drawing(480, 370)
    _axes(drawing)
    runs: list[tuple[AbstractContextManager[None], str]] = [(nullcontext(), "back"), (no_grad(), "forward")]
    for context, tone in runs:
        points = [_place(*point) for point in enumerate(_alive(context))]
        drawing.line(points, tone, 1.8)
        for point in points:
            drawing.dot(point, tone)
    drawing.text((_place(LENGTH, 0)[0], _place(0, 2)[1] - 4), "no_grad()", 21, "forward", "end", code=True)
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


def _place(functions: int, arrays: int) -> Point:
    return (50 + functions * 40, 326 - arrays * 27)


def _axes(drawing: Drawing) -> None:
    (left, bottom), (right, top) = _place(0, 0), _place(LENGTH, LENGTH + 1)
    for number in range(0, LENGTH + 1, 2):
        x, y = _place(number, number)
        drawing.line([(left, y), (right, y)], "fill", 1.2)
        drawing.text((x, bottom + 22), str(number), 19, "text-soft", code=True)
        drawing.text((left - 12, y), str(number), 19, "text-soft", "end", code=True)
    drawing.line([(left, top), (left, bottom), (right, bottom)], "soft", 1.2)
