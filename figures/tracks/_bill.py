"""The bill of the shopping graph: tall boxes for layers, and edges that carry an amount there and a derivative back."""

from collections.abc import Sequence
from typing import Any

from figures.palette import number
from figures.pencil import Drawing, Point

SIGNS = {"MulLayer": "×", "AddLayer": "+"}
ROW = 71  # pixels between two amounts
HALF = 26  # half a layer's width, with the gap beside it
ROOM, EDGE = 488, 112  # how wide the whole bill may be, and an edge at most


class Entry:
    """An amount of the bill: a number, or what a layer makes of two of them."""

    def __init__(self, amount: float, layer: Any = None, parts: Sequence["Entry"] = ()) -> None:
        self.amount, self.layer, self.parts = amount, layer, parts
        self.derivative = 0.0
        self.depth: int = max((part.depth + 1 for part in parts), default=0)
        self.row = 0.0

    def backward(self, derivative: float = 1) -> None:
        """Take the derivative of the total by this amount, and hand it on through the layer."""
        self.derivative = derivative
        if self.layer is not None:
            for part, own in zip(self.parts, self.layer.backward(derivative), strict=True):
                part.backward(own)

    def place(self, free: float = 0) -> float:
        """Give each number a row of its own from free on, and each result the middle; return the next free row."""
        for part in self.parts:
            free = part.place(free)
        if not self.parts:
            self.row = free
            return free + 1
        self.row = (self.parts[0].row + self.parts[-1].row) / 2
        return free


def bought(layer: Any, *parts: Entry | float) -> Entry:
    """What a layer makes of two amounts."""
    entries = [part if isinstance(part, Entry) else Entry(part) for part in parts]
    return Entry(layer.forward(*[entry.amount for entry in entries]), layer, entries)


def draw_bill(total: Entry) -> Drawing:
    """From the left the amounts, to the right the total; the derivatives come back."""
    total.backward()
    total.place()
    drawing = Drawing()
    edges = total.depth + 1
    _draw(drawing, total, edges, min(EDGE, (ROOM + 2 * HALF) / edges - 2 * HALF) + 2 * HALF)
    return drawing


def _draw(drawing: Drawing, entry: Entry, goal: int, column: float) -> None:
    """The layer that makes an amount, and its edge as far as the column where it is used."""
    start = entry.depth * column
    _edge(drawing, (start, entry.row * ROW), goal * column - 2 * HALF, entry)
    for part in entry.parts:
        _draw(drawing, part, entry.depth, column)
    if entry.parts:
        top, bottom = entry.parts[0].row * ROW, entry.parts[-1].row * ROW
        middle = (start - HALF, (top + bottom) / 2)
        drawing.box(middle, (44, bottom - top + 44), "forward", fill="forward-fill")
        drawing.text(middle, SIGNS[type(entry.layer).__name__], 24, "forward")


def _edge(drawing: Drawing, start: Point, end: float, entry: Entry) -> None:
    """Above it the amount of the way forward, below the derivative."""
    x, y = start
    drawing.arrow((x, y - 4), (end, y - 4))
    drawing.arrow((end, y + 4), (x, y + 4), "back")
    drawing.text(((x + end) / 2, y - 19), number(entry.amount), 20, "forward", code=True)
    drawing.text(((x + end) / 2, y + 20), number(entry.derivative), 20, "back", code=True)
