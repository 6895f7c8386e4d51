"""Layers by hand: two apples, three oranges and the tax, with the numbers that the layers compute."""

from dezero_lite.tracks.layers import AddLayer, MulLayer
from figures.pencil import Drawing
from figures.tracks._bill import bought, draw_bill


def draw() -> Drawing:
    """From the left price and number of each fruit, then the tax; to the right the total."""
    apples = bought(MulLayer(), 100, 2)
    oranges = bought(MulLayer(), 150, 3)
    fruit = bought(AddLayer(), apples, oranges)
    return draw_bill(bought(MulLayer(), fruit, 1.1))
