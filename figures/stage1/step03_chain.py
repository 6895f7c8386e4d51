"""Step 3: functions one after another; the output of each is the input of the next."""

from figures.graph import Graph
from figures.pencil import Drawing
from figures.stage1._chain import chain


def draw() -> Drawing:
    """x, A, a, B, b, C, y, with the three functions' rules in their squares."""
    nodes = chain(at=0.5)
    graph = Graph(nodes.y, nodes._asdict()).draw()
    for name, f in nodes.functions.items():
        graph.above(f, name)
    return graph.drawing
