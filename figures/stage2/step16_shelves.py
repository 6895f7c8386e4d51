"""Step 16: a shelf for each generation; the functions are taken from the highest shelf downwards."""

from dezero_lite.stage2 import visiting_order
from figures.pencil import Drawing
from figures.stage2._diamond import diamond

SHELF, DOWN = 244, 88  # how wide a shelf is, and how far below it the next one


def draw() -> Drawing:
    """Three shelves with their generations at the left: D on the highest, then B and C, then A."""
    y, graph = diamond()
    functions = visiting_order(y)
    generations = sorted({f.generation for f in functions}, reverse=True)
    drawing = Drawing()
    for i, generation in enumerate(generations):
        shelf = i * DOWN
        drawing.text((-30, shelf - 24), str(generation), 24, "forward", code=True)
        drawing.line([(0, shelf), (SHELF, shelf)], "ink", 2.6)
        for k, f in enumerate(f for f in functions if f.generation == generation):
            drawing.function((54 + k * 76, shelf - 25), graph.name(f), tone="back")
    drawing.arrow((SHELF + 40, -50), (SHELF + 40, (len(generations) - 1) * DOWN), "back")
    return drawing
