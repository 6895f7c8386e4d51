"""Step 7: each variable knows its creator, each function its input: links that lead from the output back."""

from figures.graph import Graph
from figures.pencil import Drawing
from figures.stage1._chain import chain


def draw() -> Drawing:
    """From y at the right to x at the left, with the name of each link below it."""
    nodes = chain(at=0.5)
    return Graph(nodes.y, nodes._asdict(), **nodes.functions).draw(ways=False).links().drawing
