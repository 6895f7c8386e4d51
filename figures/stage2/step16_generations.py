"""Step 16: the generations, counted while the graph grows from x to y."""

from figures.pencil import Drawing
from figures.stage2._diamond import diamond


def draw() -> Drawing:
    """The graph of step 15 with the generation below each variable and each function."""
    _, graph = diamond()
    graph.draw()
    for node in graph.shown:
        graph.below(node, str(node.generation), "forward", code=True)
    return graph.drawing
