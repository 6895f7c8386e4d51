"""Step 16: the generations, counted while the graph grows from x to y."""

from figures.graph import draw_graph
from figures.pencil import Drawing
from figures.stage2._diamond import diamond


def draw() -> Drawing:
    """The graph of step 15 with the generation below each variable and each function."""
    _, places = diamond()
    drawing = Drawing(500, 240)
    draw_graph(drawing, places)
    for node, (_, (x, y)) in places.items():
        drawing.text((x, y + 42), str(node.generation), 20, "forward", code=True)
    return drawing
