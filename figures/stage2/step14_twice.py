"""Step 14: x goes into + twice, so two gradients come back to x; they are added."""

import numpy as np

from dezero_lite.stage2 import Variable, add
from figures.pencil import Drawing

X, PLUS, Y, LEVEL = 60.0, 270.0, 430.0, 108.0


def draw() -> Drawing:
    """Inside, the two ways from x to +; outside, a gradient on each way back; under x their sum."""
    x = Variable(np.array(3.0))
    y = add(x, x)
    y.backward(retain_grad=True)
    gxs = y.creator.backward(y.grad) if y.creator else ()
    drawing = Drawing(490, 216)
    for side, gx in zip((-1, 1), gxs, strict=True):
        _both_ways(drawing, side, f"{gx:g}")
    drawing.arrow((PLUS + 27, LEVEL), (Y - 28, LEVEL))
    drawing.arrow((Y - 24, LEVEL + 24), (PLUS + 27, LEVEL + 24), "back", bend=14)
    drawing.text(((PLUS + Y) / 2, LEVEL + 57), f"{y.grad:g}", 21, "back", code=True)
    drawing.variable((X, LEVEL), "x")
    drawing.function((PLUS, LEVEL), "+")
    drawing.variable((Y, LEVEL), "y")
    drawing.text((X, LEVEL + 68), f"{' + '.join(f'{gx:g}' for gx in gxs)} = {x.grad:g}", 21, "back", code=True)
    return drawing


def _both_ways(drawing: Drawing, side: int, gradient: str) -> None:
    """A way from x to + and the way back outside it; side -1 is above, 1 below."""
    near, far = LEVEL + side * 11, LEVEL + side * 26
    drawing.arrow((X + 27, near), (PLUS - 27, near), bend=-side * 30)
    drawing.arrow((PLUS - 20, far), (X + 17, far), "back", bend=side * 84)
    drawing.text(((X + PLUS) / 2, LEVEL + side * 90), gradient, 21, "back", code=True)
