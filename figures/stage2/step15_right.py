"""Step 15: the order that the package takes: A only after all that use its output."""

from dezero_lite.stage2 import visiting_order
from figures.pencil import Drawing
from figures.stage2._diamond import diamond


def draw() -> Drawing:
    """The graph from y back to x, and above each function when it is its turn."""
    y, graph = diamond()
    return graph.draw(backward=True).number(visiting_order(y)).drawing
