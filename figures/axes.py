"""Axes: numbers to the right and upwards, straight or by powers of ten, with lines and points between them."""

from collections.abc import Callable, Iterable
from math import log10

import numpy as np

from figures.palette import number, power_of_ten
from figures.pencil import Drawing, Point

Range = tuple[float, float]


class Axes:
    """A field of a drawing in which places are numbers.

    x, y: from where to where. size: in pixels. corner: the field's upper left one. log: both scales are powers of ten.
    """

    def __init__(
        self,
        drawing: Drawing,
        x: Range,
        y: Range,
        *,
        size: Point = (400, 320),
        corner: Point = (0, 0),
        log: bool = False,
    ) -> None:
        self.drawing = drawing
        self._log = log
        self._x, self._y = (self._scaled(x[0]), self._scaled(x[1])), (self._scaled(y[0]), self._scaled(y[1]))
        self._size, self._corner = size, corner

    def at(self, x: float, y: float) -> Point:
        """Where two numbers are in the drawing."""
        (left, top), (wide, high) = self._corner, self._size
        right = (self._scaled(x) - self._x[0]) / (self._x[1] - self._x[0])
        up = (self._scaled(y) - self._y[0]) / (self._y[1] - self._y[0])
        return (left + wide * float(right), top + high * (1 - float(up)))

    def _scaled(self, value: float) -> float:
        return log10(value) if self._log else value

    def frame(
        self, x: Iterable[float] = (), y: Iterable[float] = (), *, rules: bool = False, code: bool = False
    ) -> None:
        """Both axes with numbers at the given places; rules: a faint line across for each number on the left."""
        (left, top), (wide, high) = self._corner, self._size
        bottom = top + high
        for value in y:
            at = self.at(10 ** self._x[0] if self._log else self._x[0], value)[1]
            if rules:
                self.drawing.line([(left, at), (left + wide, at)], "fill", 1.2)
            self.drawing.text((left - 11, at), self._label(value), 18, "text-soft", "end", code=code)
        for value in x:
            at = self.at(value, 10 ** self._y[0] if self._log else self._y[0])[0]
            if self._log:
                self.drawing.line([(at, bottom), (at, bottom + 6)], "soft", 1.2)
            self.drawing.text((at, bottom + 21), self._label(value), 18, "text-soft", code=code)
        self.drawing.line([(left, top), (left, bottom), (left + wide, bottom)], "soft", 1.2)

    def _label(self, value: float) -> str:
        return power_of_ten(round(log10(value))) if self._log else number(value)

    def names(self, x: str, y: str = "") -> None:
        """What the numbers are: below the middle of the axis, and above its upper end."""
        (left, top), (wide, high) = self._corner, self._size
        self.drawing.text((left + wide / 2, top + high + 46), x, 20, code=True)
        if y:
            self.drawing.text((left + 12, top - 15), y, 20, anchor="start", code=True)

    def ground(self) -> None:
        """The axis to the right alone, at height 0."""
        (left, _), (wide, _) = self._corner, self._size
        level = self.at(10 ** self._x[0] if self._log else self._x[0], 0)[1]
        self.drawing.line([(left, level), (left + wide, level)], "soft", 1.2)

    def line(
        self,
        points: Iterable[Point],
        tone: str = "ink",
        width: float = 1.7,
        dash: str = "",
        strength: float = 1,
    ) -> None:
        """A line through points, straight between them."""
        self.drawing.line([self.at(*point) for point in points], tone, width, dash, strength)

    def area(self, rings: Iterable[Iterable[Point]], tone: str, strength: float) -> None:
        """A filled shape through which the ground shows; rings inside of others are holes."""
        self.drawing.area([[self.at(*point) for point in ring] for ring in rings], tone, strength)

    def dots(self, points: Iterable[Point], tone: str = "ink", radius: float = 4.5) -> None:
        """A dot at each point."""
        for point in points:
            self.drawing.dot(self.at(*point), tone, radius)

    def cloud(self, points: Iterable[Point], tone: str, radius: float) -> None:
        """Many points."""
        self.drawing.cloud([self.at(*point) for point in points], tone, radius)

    def curve(self, f: Callable[[float], float], between: Range, tone: str = "soft", width: float = 3) -> None:
        """A function's curve."""
        self.line([(x, f(x)) for x in np.linspace(*between, 70)], tone, width)

    def slope(self, at: Point, slope: float, between: Range, tone: str, dash: str = "") -> None:
        """A straight line through a point, from one x to another."""
        x, y = at
        self.line([(end, y + slope * (end - x)) for end in between], tone, 2.1, dash)

    def drop(self, at: Point, name: str) -> None:
        """A dotted line from a point down to height 0, and what is there."""
        x, y = at
        self.line([(x, 0), (x, y)], "soft", 1.1, "dotted")
        foot = self.at(x, 0)
        self.drawing.text((foot[0], foot[1] + 19), name, 20)

    def text(self, at: Point, words: str, tone: str, anchor: str = "middle") -> None:
        """What is said beside a line, as a program would say it."""
        self.drawing.text(self.at(*at), words, 20, tone, anchor, code=True)


def legend(drawing: Drawing, at: Point, tone: str, dash: str = "") -> Point:
    """A short line in the colour that the words behind it explain; returns where they begin."""
    x, y = at
    drawing.line([(x, y), (x + 26, y)], tone, 2.4, dash)
    return (x + 36, y)
