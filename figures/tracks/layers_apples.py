"""Layers by hand: two apples and the tax, with the numbers that the layers compute."""

from dezero_lite.tracks.layers import MulLayer
from figures.pencil import Drawing
from figures.tracks._bill import edge, layer


def draw() -> Drawing:
    """From the left price and number, then the tax; to the right the total."""
    mul_apple, mul_tax = MulLayer(), MulLayer()
    apples = mul_apple.forward(100, 2)
    total = mul_tax.forward(apples, 1.1)
    gapples, gtax = mul_tax.backward(1)
    gapple, gnumber = mul_apple.backward(gapples)
    drawing = Drawing(500, 232)
    edge(drawing, (14, 40), 126, 100, gapple)
    edge(drawing, (14, 110), 126, 2, gnumber)
    edge(drawing, (14, 192), 286, 1.1, gtax)
    layer(drawing, "×", 152, 40, 110)
    edge(drawing, (178, 75), 286, apples, gapples)
    layer(drawing, "×", 312, 75, 192)
    edge(drawing, (338, 133), 484, total, 1)
    return drawing
