"""Step 15: the order that the package takes: A only after all that use its output."""

from dezero_lite.stage2 import visiting_order
from figures.palette import number
from figures.pencil import Drawing
from figures.stage2._diamond import diamond
from figures.walk import walk


def frames() -> list[Drawing]:
    """Turn by turn from y back to x: above the functions visited their turns, below the variables what has come."""
    y, graph = diamond()
    drawings = []
    for done, gradients in walk(y, visiting_order(y)):
        frame = graph.again().draw(backward=True, done=done).number(done)
        for x, gradient in gradients.items():
            frame.below(x, number(gradient), code=True)
        drawings.append(frame.drawing)
    return drawings
