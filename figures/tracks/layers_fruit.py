"""Layers by hand: two apples, three oranges and the tax, with the numbers that the layers compute."""

from dezero_lite.tracks.layers import AddLayer, MulLayer
from figures.pencil import Drawing
from figures.tracks._bill import edge, layer


def draw() -> Drawing:
    """From the left price and number of each fruit, then the tax; to the right the total."""
    mul_apple, mul_orange, add, mul_tax = MulLayer(), MulLayer(), AddLayer(), MulLayer()
    apples, oranges = mul_apple.forward(100, 2), mul_orange.forward(150, 3)
    fruit = add.forward(apples, oranges)
    total = mul_tax.forward(fruit, 1.1)
    gfruit, gtax = mul_tax.backward(1)
    gapples, goranges = add.backward(gfruit)
    drawing = Drawing(500, 412)
    for top, amounts, product, gradients, gproduct in [
        (40, (100, 2), apples, mul_apple.backward(gapples), gapples),
        (190, (150, 3), oranges, mul_orange.backward(goranges), goranges),
    ]:
        for y, amount, gradient in zip((top, top + 70), amounts, gradients, strict=True):
            edge(drawing, (10, y), 84, amount, gradient)
        layer(drawing, "×", 109, top, top + 70)
        edge(drawing, (134, top + 35), 208, product, gproduct)
    layer(drawing, "+", 233, 75, 225)
    edge(drawing, (258, 150), 338, fruit, gfruit)
    edge(drawing, (10, 372), 338, 1.1, gtax)
    layer(drawing, "×", 363, 150, 372)
    edge(drawing, (388, 261), 490, total, 1)
    return drawing
