"""A network that learns: the loss up to a round, images with what the network says, a table of its mistakes."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from figures.axes import Axes
from figures.grid import Grid
from figures.layout import data_of
from figures.palette import number
from figures.pencil import Drawing, Point

SHADES = 6  # of an image, from the ground to the strongest


def array_of(value: Any) -> np.ndarray:
    """The array of a Variable, or whatever is one already."""
    return np.asarray(data_of(value))


def draw_losses(
    drawing: Drawing, losses: Sequence[float] | np.ndarray, at: int, name: str, corner: Point, size: Point
) -> None:
    """The loss after each round, with all rounds up to one of them in another colour. name: what counts them."""
    values = np.asarray(losses, dtype=float)
    top, end = float(values.max()), _even(len(values) - 1)
    axes = Axes(drawing, (0, max(end, len(values) - 1)), (0, top), size=size, corner=corner)
    axes.frame([0, end // 2, end], [0, _below(top)])
    axes.names(name, "loss")
    # as many points as the eye can tell apart
    step = max(1, len(values) // 200)
    axes.line(list(enumerate(values))[::step], "soft", 1.2)
    axes.line([*list(enumerate(values[:at]))[::step], (at, values[at])], "back", 2.6)
    axes.dots([(at, values[at])], "back", 6)


def _even(last: int) -> int:
    """A number with few digits before its zeros that is nearly this one."""
    digits = int(np.log10(last))
    return next((round(last, -k) for k in (digits, digits - 1) if abs(round(last, -k) - last) <= last / 50), last)


def _below(top: float) -> float:
    """The largest number with one digit that is not above the top."""
    power = 10 ** np.floor(np.log10(top))
    return float(np.floor(top / power) * power)


def draw_image(drawing: Drawing, values: np.ndarray, corner: Point, cell: float, largest: float | None = None) -> None:
    """An image in shades; what is below 0 in another colour. largest: the value of the strongest shade."""
    most = largest or float(np.abs(values).max()) or 1.0
    levels = np.rint(np.clip(values / most, -1, 1) * SHADES).astype(int)
    rows, columns = values.shape
    for level in sorted(set(levels.ravel().tolist()) - {0}):
        rings = [_block(corner, cell, *run) for run in _runs(levels == level)]
        drawing.area(rings, "forward" if level > 0 else "back", abs(level) / SHADES)
    x, y = corner
    wide, high = columns * cell, rows * cell
    drawing.box((x + wide / 2, y + high / 2), (wide, high), "soft", "none", corner=1)


def _runs(mask: np.ndarray) -> list[tuple[int, int, int]]:
    """Row, first column and end of all runs of squares."""
    found = []
    for i, row in enumerate(mask):
        edges = np.flatnonzero(np.diff(np.concatenate([[0], row.astype(int), [0]])))
        found += [(i, int(start), int(end)) for start, end in edges.reshape(-1, 2)]
    return found


def _block(corner: Point, cell: float, row: int, start: int, end: int) -> list[Point]:
    left, right = corner[0] + start * cell, corner[0] + end * cell
    top = corner[1] + row * cell
    return [(left, top), (right, top), (right, top + cell), (left, top + cell)]


def draw_images(images: Sequence[np.ndarray], captions: Sequence[str], *, columns: int, cell: float) -> Drawing:
    """Images in rows, each with its caption; all shades alike."""
    drawing = Drawing()
    largest = float(np.abs(images).max())
    for i, (image, caption) in enumerate(zip(images, captions, strict=True)):
        side = image.shape[1] * cell
        corner = (i % columns * (side + 16), i // columns * (image.shape[0] * cell + (38 if caption else 16)))
        draw_image(drawing, image, corner, cell, largest)
        if caption:
            drawing.text((corner[0] + side / 2, corner[1] + image.shape[0] * cell + 14), caption, 18, code=True)
    return drawing


def draw_confusion(labels: np.ndarray, answers: np.ndarray, names: Point | tuple[str, str], classes: int) -> Drawing:
    """How often each answer (a column) was given for each label (a row); names: of the labels and the answers."""
    counts = np.zeros((classes, classes), dtype=int)
    np.add.at(counts, (labels, answers), 1)
    drawing = Drawing()
    # the root, or the few mistakes would be as pale as none
    grid = Grid(drawing, np.sqrt(counts), cell=34, numbers=False, shades=True)
    for (i, j), count in np.ndenumerate(counts):
        if count:
            drawing.text(grid.at(i, j), str(count), 17, "ink" if i == j else "back", code=True)
    for k in range(classes):
        (x, y), (x1, y1) = grid.at(k, 0), grid.at(0, k)
        drawing.text((x - 34, y), number(k), 17, "text-soft")
        drawing.text((x1, y1 - 34), number(k), 17, "text-soft")
    left, _ = grid.left
    drawing.text((left - 24, -34), f"{names[0]} \\ {names[1]}", 17, anchor="middle", code=True)
    return drawing
