"""Step 55: a digit, and what Sobel's kernel and its transpose find in it."""

import numpy as np

from figures.learning import draw_images
from figures.pencil import Drawing
from figures.programs import Run

PAGE = "stage5/step55"  # its program has filtered(image, kernel, pad=), an image digit and a kernel sobel


def draw() -> Drawing:
    """Each image in shades of its own: green where numbers grow to the right, or downwards, red where they shrink."""
    names = Run(PAGE).names
    filtered, digit, sobel = names["filtered"], names["digit"], names["sobel"]
    images = [np.asarray(digit), filtered(digit, sobel, pad=1), filtered(digit, sobel.T, pad=1)]
    images = [image / np.abs(image).max() for image in images]
    return draw_images(images, ["x", "x * w", "x * wᵀ"], columns=3, cell=16)
