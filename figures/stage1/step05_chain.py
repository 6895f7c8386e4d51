"""Step 5: the derivative runs the same chain backwards and is multiplied at each function."""

import numpy as np

from figures.graph import Graph
from figures.palette import number
from figures.pencil import Drawing
from figures.stage1._chain import chain
from figures.strip import Strip

DOWN = 140  # from the row of the values to that of the derivatives


def draw() -> Drawing:
    """Above, from left to right, the values; below, from right to left, the derivatives of y."""
    nodes = chain(at=0.5)
    nodes.y.backward()
    graph = Graph(nodes.y, nodes._asdict(), **nodes.functions).draw()
    columns = [graph.at(node)[0] for node in graph.shown]
    level = graph.at(nodes.x)[1]
    drawing = graph.drawing
    for x in columns[::2]:
        drawing.line([(x, level + 32), (x, level + DOWN - 42)], "soft", 1.1, "dotted")
    strip = Strip(drawing, (0, level + DOWN), columns, tone="back", backward=True)
    for x, f in zip(graph.variables, graph.functions, strict=False):
        strip.fraction("dy", f"d{graph.name(x)}")
        strip.function(f"{graph.name(f)}′({graph.name(x)})", "back")
    strip.fraction("dy", f"d{graph.name(nodes.y)}")
    drawing.text((columns[-1], level + DOWN + 46), f"= {number(np.asarray(nodes.y.grad).item())}", 20, "back")
    return drawing
