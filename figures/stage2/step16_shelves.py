"""Step 16: a shelf for each generation; the functions are taken from the highest shelf downwards."""

from dezero_lite.stage2 import visiting_order
from figures.pencil import Drawing
from figures.stage2._diamond import diamond


def draw() -> Drawing:
    """Three shelves with their generations at the left: D on the highest, then B and C, then A."""
    y, places = diamond()
    functions = visiting_order(y)
    drawing = Drawing(380, 280)
    for i, generation in enumerate(sorted({f.generation for f in functions}, reverse=True)):
        shelf = 78 + i * 88
        drawing.text((26, shelf - 24), str(generation), 24, "forward", code=True)
        drawing.line([(56, shelf), (300, shelf)], "ink", 2.6)
        for k, f in enumerate(f for f in functions if f.generation == generation):
            drawing.function((110 + k * 76, shelf - 25), places[f][0], tone="back")
    drawing.arrow((346, 28), (346, 256), "back")
    return drawing
