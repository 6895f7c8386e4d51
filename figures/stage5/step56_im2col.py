"""Step 56: im2col writes each window of an image, channel after channel, into a row of a matrix."""

import numpy as np

from dezero_lite.stage5.windows import im2col
from figures.grid import Grid
from figures.learning import array_of
from figures.palette import number
from figures.pencil import Drawing, same_size

CELL, KERNEL, SIDE = 34, 2, 3


def frames() -> list[Drawing]:
    """One window after another, with the rows of the matrix that are filled by then."""
    channel, row, column = np.ogrid[1:3, 1 : SIDE + 1, 1 : SIDE + 1]
    image = 100.0 * channel + 10 * row + column
    matrix = array_of(im2col(image[None], KERNEL))
    drawings = [_frame(image, matrix, at) for at in range(len(matrix))]
    same_size(drawings)
    return drawings


def _frame(image: np.ndarray, matrix: np.ndarray, at: int) -> Drawing:
    drawing = Drawing()
    row, column = divmod(at, SIDE - KERNEL + 1)
    for channel, values in enumerate(image):
        tone = "forward" if channel == 0 else "ink"
        grid = Grid(drawing, values, (0, channel * (SIDE * CELL + 22)), cell=CELL, tone=tone)
        grid.window(row, column, (KERNEL, KERNEL))
    middle = (len(image) * SIDE * CELL + 22) / 2
    corner = (SIDE * CELL + 48, middle - len(matrix) * CELL / 2)
    table = Grid(drawing, matrix, corner, cell=CELL, numbers=False)
    for place, value in np.ndenumerate(matrix[: at + 1]):
        tone = "forward" if place[1] < matrix.shape[1] / 2 else "ink"
        drawing.text(table.at(*place), number(float(value)), CELL / 2, tone, code=True)
    table.window(at, 0, (1, matrix.shape[1]))
    return drawing
