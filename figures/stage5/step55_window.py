"""Step 55: a kernel slides over an image, and each window gives one number of the output."""

import numpy as np

from figures.grid import CELL, Grid
from figures.palette import number
from figures.pencil import Drawing, same_size
from figures.programs import Run

PAGE = "stage5/step55"  # its program has filtered(image, kernel)
BETWEEN = 52  # from one grid to the next


def frames() -> list[Drawing]:
    """One window after another, with the numbers of the output that are known by then."""
    image, kernel = np.arange(16.0).reshape(4, 4), np.ones((3, 3))
    result = np.asarray(Run(PAGE).names["filtered"](image, kernel))
    drawings = [_frame(image, kernel, result, at) for at in range(result.size)]
    same_size(drawings)
    return drawings


def _frame(image: np.ndarray, kernel: np.ndarray, result: np.ndarray, at: int) -> Drawing:
    drawing = Drawing()
    middle = image.shape[0] * CELL / 2
    left = Grid(drawing, image)
    row, column = divmod(at, result.shape[1])
    left.window(row, column, (kernel.shape[0], kernel.shape[1]))
    x = image.shape[1] * CELL + BETWEEN
    inner = Grid(drawing, kernel, (x, middle - kernel.shape[0] * CELL / 2), tone="back")
    x += kernel.shape[1] * CELL + BETWEEN
    right = Grid(drawing, result, (x, middle - result.shape[0] * CELL / 2), numbers=False)
    for place, value in list(np.ndenumerate(result))[: at + 1]:
        drawing.text(right.at(*place), number(float(value)), 19, code=True)
    right.window(row, column, (1, 1))
    drawing.text(((left.right[0] + inner.left[0]) / 2, middle), "*", 26)
    drawing.text(((inner.right[0] + right.left[0]) / 2, middle), "=", 26)
    return drawing
