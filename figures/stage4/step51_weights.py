"""Step 51: what the first neurons of the network look for, their weights as images."""

from figures.learning import array_of, draw_images
from figures.pencil import Drawing
from figures.stage4._digits import PAGE as PAGE
from figures.stage4._digits import digits

COUNT, SIDE = 20, 8


def draw() -> Drawing:
    """Green where ink speaks for the neuron, red where it speaks against it."""
    model = digits()[0]
    columns = array_of(model.l0.W).T[:COUNT]
    images = [column.reshape(SIDE, SIDE) for column in columns]
    return draw_images(images, [""] * len(images), columns=5, cell=9)
