"""Step 15: a graph that parts and joins again."""

from dezero_lite.stage2 import Square
from figures.graph import draw_graph, is_function
from figures.pencil import Drawing
from figures.stage2._diamond import diamond


def draw() -> Drawing:
    """x, A, a; from a over B to b and over C to c; both into D, and y. Above each function its rule."""
    _, places = diamond()
    drawing = Drawing(500, 220)
    draw_graph(drawing, places)
    for f in filter(is_function, places):
        x, y = places[f][1]
        drawing.text((x, y - 40), "x²" if isinstance(f, Square) else "+", 21, "forward")
    return drawing
