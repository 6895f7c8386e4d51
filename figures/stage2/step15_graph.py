"""Step 15: a graph that parts and joins again."""

from figures.graph import rule
from figures.pencil import Drawing
from figures.stage2._diamond import diamond


def draw() -> Drawing:
    """x, A, a; from a over B to b and over C to c; both into D, and y. Above each function its rule."""
    _, graph = diamond()
    return graph.draw().label(rule).drawing
