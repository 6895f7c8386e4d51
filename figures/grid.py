"""Squares in rows: a matrix with its numbers, an image in shades, a window that slides over it."""

from collections.abc import Sequence

import numpy as np

from figures.palette import number
from figures.pencil import Drawing, Point

CELL = 40


class Grid:
    """An array of two dimensions as squares, from an upper left corner on.

    numbers: write each value. shades: the larger a value, the stronger its square's colour.
    """

    def __init__(
        self,
        drawing: Drawing,
        values: np.ndarray,
        corner: Point = (0, 0),
        *,
        cell: float = CELL,
        numbers: bool = True,
        shades: bool = False,
        tone: str = "forward",
    ) -> None:
        if values.ndim != 2:
            raise ValueError(f"a grid shows an array of two dimensions, got shape {values.shape}")
        self.drawing, self.values = drawing, values
        self._corner, self._cell = corner, cell
        rows, columns = values.shape
        drawing.box(self._middle(0, 0, rows, columns), (columns * cell, rows * cell), tone, "paper", corner=2)
        if shades:
            self._shade(tone)
        self._rule(tone)
        if numbers:
            for (i, j), value in np.ndenumerate(values):
                drawing.text(self.at(i, j), number(float(value)), min(19, cell * 0.5), "ink", code=True)

    @property
    def right(self) -> Point:
        """The middle of its right side, where an arrow may begin."""
        rows, columns = self.values.shape
        x, y = self._middle(0, 0, rows, columns)
        return (x + columns * self._cell / 2, y)

    @property
    def left(self) -> Point:
        """The middle of its left side, where an arrow may end."""
        x, y = self.right
        return (x - self.values.shape[1] * self._cell, y)

    def at(self, row: int, column: int) -> Point:
        """The middle of a square."""
        return self._middle(row, column, 1, 1)

    def window(self, row: int, column: int, size: tuple[int, int], tone: str = "back") -> Point:
        """A frame around some rows and columns; returns its middle."""
        rows, columns = size
        inside = row >= 0 and column >= 0
        if not inside or row + rows > self.values.shape[0] or column + columns > self.values.shape[1]:
            place = f"{rows} x {columns} from row {row}, column {column}"
            raise ValueError(f"a window of {place} leaves a grid of shape {self.values.shape}")
        at = self._middle(row, column, rows, columns)
        self.drawing.box(at, (columns * self._cell, rows * self._cell), tone, "none", corner=3)
        inner = (columns * self._cell - 4, rows * self._cell - 4)
        self.drawing.box(at, inner, tone, "none", corner=2)
        return at

    def corners(self, row: int, column: int, size: tuple[int, int]) -> Sequence[Point]:
        """The upper and the lower right corner of some rows and columns, to lead lines from."""
        x, y = self._middle(row, column, *size)
        wide, high = size[1] * self._cell / 2, size[0] * self._cell / 2
        return [(x + wide, y - high), (x + wide, y + high)]

    def _middle(self, row: int, column: int, rows: int, columns: int) -> Point:
        left, top = self._corner
        return (left + (column + columns / 2) * self._cell, top + (row + rows / 2) * self._cell)

    def _shade(self, tone: str) -> None:
        low, high = float(self.values.min()), float(self.values.max())
        side = self._cell
        for (i, j), value in np.ndenumerate(self.values):
            strength = (float(value) - low) / (high - low) if high > low else 0.0
            x, y = self.at(i, j)
            if strength > 0:
                middle = [(x - side / 2, y), (x + side / 2, y)]
                self.drawing.line(middle, tone, side, strength=strength * 0.5, butt=True)

    def _rule(self, tone: str) -> None:
        rows, columns = self.values.shape
        left, top = self._corner
        right, bottom = left + columns * self._cell, top + rows * self._cell
        for j in range(1, columns):
            x = left + j * self._cell
            self.drawing.line([(x, top), (x, bottom)], tone, 0.8)
        for i in range(1, rows):
            y = top + i * self._cell
            self.drawing.line([(left, y), (right, y)], tone, 0.8)
