"""Step 51: the digits that the network takes for others."""

import numpy as np

from figures.learning import draw_images
from figures.pencil import Drawing
from figures.stage4._digits import PAGE as PAGE
from figures.stage4._digits import digits

MOST, SIDE = 10, 8


def draw() -> Drawing:
    """Each image with its label and, behind the arrow, what the network says."""
    _, images, labels, answers = digits()
    wrong = np.flatnonzero(labels != answers)[:MOST]
    captions = [f"{labels[i]} → {answers[i]}" for i in wrong]
    return draw_images([images[i].reshape(SIDE, SIDE) for i in wrong], captions, columns=5, cell=9)
