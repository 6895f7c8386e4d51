"""Step 15: in which order the loop with a stack visits the functions: A too early, and twice."""

from figures.pencil import Drawing
from figures.stage2._diamond import diamond
from figures.stage2._stack import stack_order


def draw() -> Drawing:
    """The graph from y back to x, and above each function when it is its turn."""
    y, graph = diamond()
    return graph.draw(backward=True).number(stack_order(y)).drawing
