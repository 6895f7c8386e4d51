"""Step 59: an RNN unrolled over six points; its graph is cut after the third, and the gradient ends there."""

from figures.pencil import SIDE, Drawing, function_width

STEP = 104  # from copy to copy
DOWN = 84  # from a copy to its input
COPIES, CUT = 6, 3


def draw() -> Drawing:
    """Six copies of the layer, the state between them, the cut, and below the way of the last loss's gradient."""
    drawing = Drawing()
    half = function_width("RNN") / 2
    for time in range(COPIES):
        x = time * STEP
        tone = "soft" if time < CUT else "forward"
        drawing.variable((x, DOWN), "x", radius=20)
        drawing.arrow((x, DOWN - 24), (x, SIDE / 2 + 4), "ink")
        drawing.function((x, 0), "RNN", tone)
        drawing.arrow((x, -SIDE / 2 - 4), (x, -DOWN + 24), "ink")
        drawing.variable((x, -DOWN), "y", radius=20)
        if time:
            middle = drawing.arrow((x - STEP + half + 4, 0), (x - half - 4, 0), "ink")
            drawing.text((middle[0], -18), "h", 19)
    edge = (CUT - 0.5) * STEP
    drawing.line([(edge, -DOWN - 22), (edge, DOWN + 62)], "back", 2, dash="fine")
    drawing.arrow(((COPIES - 1) * STEP, DOWN + 48), (edge + 8, DOWN + 48), "back")
    return drawing
