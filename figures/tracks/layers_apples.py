"""Layers by hand: two apples and the tax, with the numbers that the layers compute."""

from dezero_lite.tracks.layers import MulLayer
from figures.pencil import Drawing
from figures.tracks._bill import bought, draw_bill


def draw() -> Drawing:
    """From the left price and number, then the tax; to the right the total."""
    apples = bought(MulLayer(), 100, 2)
    return draw_bill(bought(MulLayer(), apples, 1.1))
