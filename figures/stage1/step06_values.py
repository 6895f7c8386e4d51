"""Step 6: one run forwards and one backwards, with the numbers that the package computes."""

from itertools import pairwise

from figures.graph import Graph
from figures.pencil import Drawing
from figures.stage1._chain import chain


def draw() -> Drawing:
    """Above each variable its data, below its grad, at x = 0.5, to four digits."""
    nodes = chain(at=0.5)
    nodes.y.backward()
    graph = Graph(nodes.y, nodes._asdict()).draw().values()
    drawing = graph.drawing
    for left, right in pairwise(graph.variables):
        (x0, y), (x1, _) = graph.at(left), graph.at(right)
        drawing.arrow((x1 - 20, y + 66), (x0 + 20, y + 66), "back", bend=30)
    x, y = graph.at(nodes.x)
    drawing.text((x, y - 78), "data", 19, "forward", code=True)
    drawing.text((x, y + 96), "grad", 19, "back", code=True)
    return drawing
