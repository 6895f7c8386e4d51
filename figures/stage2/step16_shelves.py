"""Step 16: a shelf for each generation; the functions are taken from the highest shelf downwards."""

from collections.abc import Sequence

from dezero_lite.stage2 import Function, visiting_order
from figures.graph import Graph
from figures.pencil import Drawing
from figures.stage2._diamond import diamond
from figures.walk import walk

SHELF, DOWN = 300, 70  # how wide a shelf is, and how far below it the next one
LEFT, TOP = 110, 165  # where the highest shelf begins, below the graph


def frames() -> list[Drawing]:
    """Above the graph on the way back; below, on three shelves, the functions that wait, and softly those visited."""
    y, graph = diamond()
    order = visiting_order(y)
    drawings = [_frame(graph, order, [])]
    drawings += [_frame(graph, order, done) for done, _ in walk(y, order)]
    return drawings


def _frame(graph: Graph, order: Sequence[Function], done: Sequence[Function]) -> Drawing:
    graph = graph.again().draw(backward=True, done=done).number(done)
    drawing = graph.drawing
    # what the visits have led to so far, and at the beginning the output's creator
    found = [order[0], *(x.creator for f in done for x in f.inputs)]
    generations = sorted({f.generation for f in order}, reverse=True)
    for i, generation in enumerate(generations):
        shelf = TOP + i * DOWN
        drawing.text((LEFT - 30, shelf - 24), str(generation), 24, "forward", code=True)
        drawing.line([(LEFT, shelf), (LEFT + SHELF, shelf)], "ink", 2.6)
        for k, f in enumerate(f for f in order if f.generation == generation and f in found):
            tone = "soft" if f in done else "back"
            drawing.function((LEFT + 54 + k * 76, shelf - 25), graph.name(f), tone)
    return drawing
