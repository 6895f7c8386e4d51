"""Step 16: the generations, counted while the graph grows from x to y."""

from website.diamond import diamond
from website.drawing import Drawing
from website.graphs import draw_graph


def draw() -> Drawing:
    """The graph of step 15 with the generation below each variable and each function."""
    _, places = diamond()
    drawing = Drawing(500, 240)
    draw_graph(drawing, places)
    for node, (_, (x, y)) in places.items():
        drawing.text((x, y + 42), str(node.generation), 20, "forward", code=True)
    return drawing
