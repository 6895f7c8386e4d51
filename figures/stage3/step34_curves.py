"""Step 34: the sine and its first three derivatives, each by another backward pass."""

import numpy as np

from dezero_lite.stage3 import Variable, sin
from figures.axes import Axes
from figures.pencil import Drawing
from figures.stage3._gradients import derivative

NAMES = ("y", "y′", "y″", "y‴")
TONES = (("ink", ""), ("forward", ""), ("ink", "dashed"), ("forward", "dashed"))


def draw() -> Drawing:
    """Each curve runs ahead of the one before it by a quarter of a wave."""
    drawing = Drawing()
    axes = Axes(drawing, (-7, 7), (-1.3, 1.5), size=(440, 240))
    axes.ground()
    axes.frame((-6, -3, 3, 6), (-1, 1))
    x = Variable(np.linspace(-7, 7, 200))
    y = sin(x)
    for order, (tone, dash) in enumerate(TONES):
        axes.line(zip(x.data, y.data, strict=True), tone, 1.9, dash)
        peak = float(np.pi / 2 - order * np.pi / 2)
        axes.text((peak, 1.2), NAMES[order], tone)
        y = derivative(y, x)
    return drawing
