"""The pencil: circles for variables, rounded squares for functions, arrows, text, lines.

Coordinates are CSS pixels, y downwards, from any origin: the picture is as large as what is drawn on it.
"""

from collections.abc import Iterable, Sequence
from html import escape
from math import atan2, ceil, cos, floor, sin

from figures.palette import CODE, CODE_SIZE, DASHES, MATHS, colour, width

Point = tuple[float, float]
RADIUS = 24  # of a variable
SIDE = 46  # of a function
NAME = 22  # the size of their names
FILLS = {"forward": "forward-fill", "back": "back-fill"}
MARGIN = 7


class Drawing:
    """A picture, made of what is added to it, the later above the earlier."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._reach: list[Point] = []

    @property
    def bounds(self) -> tuple[Point, Point]:
        """The upper left and the lower right corner of all that is drawn, with a margin."""
        if not self._reach:
            raise ValueError("nothing is drawn here yet")
        xs, ys = zip(*self._reach, strict=True)
        upper = (floor(min(xs)) - MARGIN, floor(min(ys)) - MARGIN)
        return upper, (ceil(max(xs)) + MARGIN, ceil(max(ys)) + MARGIN)

    def svg(self) -> str:
        """The picture as an <svg> element. Equal drawings give equal text."""
        (left, top), (right, bottom) = self.bounds
        wide, high = right - left, bottom - top
        size = f'width="{wide:g}" height="{high:g}" viewBox="{left:g} {top:g} {wide:g} {high:g}"'
        parts = "".join(self._parts)
        return f'<svg xmlns="http://www.w3.org/2000/svg" {size} fill="none">{parts}</svg>'

    def reach(self, *points: Point) -> None:
        """Let the picture reach as far as these points, whether something is drawn there or not."""
        self._reach += points

    def text(
        self,
        at: Point,
        words: str,
        size: float = 21,
        tone: str = "ink",
        anchor: str = "middle",
        code: bool = False,
    ) -> None:
        """Symbols in italics, or with `code` what a program prints; `at` is the middle of the letters' height."""
        x, y = at
        font = f'font-family="{CODE}"' if code else f'font-family="{MATHS}" font-style="italic"'
        # Not dominant-baseline: browsers differ on it. A third of the size lowers letters onto their middle.
        self._parts.append(
            f'<text x="{_n(x)}" y="{_n(y + size * 0.33)}" {font} '
            f'font-size="{_n(size * (CODE_SIZE if code else 1))}" '
            f'text-anchor="{anchor}" fill="{colour(tone)}">{escape(words, quote=False)}</text>'
        )
        wide = width(words, size, code=code)
        left = x - wide * {"start": 0, "middle": 0.5, "end": 1}[anchor]
        self.reach((left, y - size * 0.5), (left + wide, y + size * 0.5))

    def variable(self, at: Point, name: str, radius: float = RADIUS, tone: str = "ink") -> None:
        """A variable: a circle with its name."""
        self._circle(at, radius, "paper", tone, 1.6)
        self.text(at, name, tone=tone, size=NAME)

    def function(self, at: Point, name: str, tone: str = "forward") -> None:
        """A function: a rounded square with its name, in the colour of the direction it works in."""
        self.box(at, (function_width(name), SIDE), tone, fill=FILLS.get(tone, "fill"))
        self.text(at, name, tone=tone, size=NAME)

    def box(
        self,
        at: Point,
        size: Point,
        tone: str = "ink",
        fill: str = "paper",
        corner: float = 9,
        dash: str = "",
    ) -> None:
        """A rounded rectangle around a point."""
        (x, y), (w, h) = at, size
        left, top = x - w / 2, y - h / 2
        self._parts.append(
            f'<rect x="{_n(left)}" y="{_n(top)}" width="{_n(w)}" height="{_n(h)}" rx="{corner:g}" '
            f'fill="{colour(fill)}" stroke="{colour(tone)}" stroke-width="1.6"{_dashed(dash)}/>'
        )
        self.reach((left, top), (left + w, top + h))

    def arrow(self, start: Point, end: Point, tone: str = "ink", bend: float = 0, dash: str = "") -> Point:
        """An arrow; `bend` pushes it sideways, to the left of its direction if positive. Returns its middle."""
        (x0, y0), (x1, y1) = start, end
        across = atan2(y1 - y0, x1 - x0)
        pull = ((x0 + x1) / 2 + bend * sin(across), (y0 + y1) / 2 - bend * cos(across))
        angle = atan2(y1 - pull[1], x1 - pull[0])
        # the line ends inside the head, not at its point
        neck = (x1 - 7 * cos(angle), y1 - 7 * sin(angle))
        self._parts.append(
            f'<path d="M{_n(x0)} {_n(y0)}Q{_n(pull[0])} {_n(pull[1])} {_n(neck[0])} {_n(neck[1])}" '
            f'stroke="{colour(tone)}" stroke-width="1.7" stroke-linecap="round"{_dashed(dash)}/>'
        )
        head = [end]
        for turn in (0.42, -0.42):
            head.append((x1 - 10 * cos(angle + turn), y1 - 10 * sin(angle + turn)))
        self.shape(head, tone)
        middle = ((x0 + x1) / 4 + pull[0] / 2, (y0 + y1) / 4 + pull[1] / 2)
        self.reach(start, middle)
        return middle

    def line(
        self,
        points: Iterable[Point],
        tone: str = "ink",
        width: float = 1.7,
        dash: str = "",
        strength: float = 1,
        butt: bool = False,
    ) -> None:
        """A line through points, straight between them; below strength 1 the ground shows through.

        butt: it ends at its last point, without a round end.
        """
        points = list(points)
        faded = f' stroke-opacity="{strength:.2g}"' if strength < 1 else ""
        self._parts.append(
            f'<path d="M{_joined(points)}" stroke="{colour(tone)}" stroke-width="{width:g}" '
            f'stroke-linecap="{"butt" if butt else "round"}" stroke-linejoin="round"{_dashed(dash)}{faded}/>'
        )
        self.reach(*points)

    def shape(self, points: Sequence[Point], tone: str) -> None:
        """A filled polygon."""
        self._parts.append(f'<path d="M{_joined(points)}Z" fill="{colour(tone)}"/>')
        self.reach(*points)

    def area(self, rings: Iterable[Iterable[Point]], tone: str, strength: float) -> None:
        """A filled shape through which the ground shows; rings inside of others are holes."""
        rings = [list(ring) for ring in rings]
        outline = "".join(f"M{_joined(ring, 1)}Z" for ring in rings)
        paint = f'fill="{colour(tone)}" fill-opacity="{strength:.2g}" fill-rule="evenodd"'
        self._parts.append(f'<path d="{outline}" {paint}/>')
        self.reach(*(point for ring in rings for point in ring))

    def dot(self, at: Point, tone: str = "ink", radius: float = 4.5) -> None:
        """A point on a curve, with a rim of paper that lifts it off the lines below."""
        self._circle(at, radius, tone, "paper", 1.5)

    def cloud(self, points: Iterable[Point], tone: str, radius: float) -> None:
        """Many points, each with a rim of paper; those of one call are one shape."""
        points = list(points)
        dots = "".join(f"M{_n(x, 1)} {_n(y, 1)}h0" for x, y in points)  # a line of no length has round ends
        for paint, wide in [("paper", 2 * radius + 1.5), (tone, 2 * radius)]:
            stroke = f'stroke="{colour(paint)}" stroke-width="{wide:g}" stroke-linecap="round"'
            self._parts.append(f'<path d="{dots}" {stroke}/>')
        for x, y in points:
            self.reach((x - radius, y - radius), (x + radius, y + radius))

    def mark(self, at: Point, words: str, tone: str = "back") -> None:
        """A filled disc with a number or a letter in it."""
        self.dot(at, tone, 14)
        self.text(at, words, 19, "paper", code=True)

    def fraction(self, at: Point, over: str, under: str, size: float = 19, tone: str = "ink") -> float:
        """A fraction with its bar in the middle of the line. Returns half its width."""
        x, y = at
        half = max(len(over), len(under)) * size * 0.24 + 3
        self.text((x, y - size * 0.62), over, size, tone)
        self.text((x, y + size * 0.66), under, size, tone)
        self.line([(x - half, y), (x + half, y)], tone, 1.2)
        return half

    def _circle(self, at: Point, radius: float, fill: str, tone: str, line: float) -> None:
        x, y = at
        self._parts.append(
            f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{radius:g}" fill="{colour(fill)}" '
            f'stroke="{colour(tone)}" stroke-width="{line:g}"/>'
        )
        self.reach((x - radius, y - radius), (x + radius, y + radius))


def function_width(name: str) -> float:
    """How wide a function's square is: as wide as its name needs."""
    return max(SIDE, width(name, NAME) + 12)


def same_size(drawings: Sequence[Drawing]) -> None:
    """Let pictures that are shown in turn reach equally far, so that nothing jumps between them."""
    corners = [corner for drawing in drawings for corner in drawing.bounds]
    xs, ys = zip(*corners, strict=True)
    # bounds have a margin already
    upper, lower = (min(xs) + MARGIN, min(ys) + MARGIN), (max(xs) - MARGIN, max(ys) - MARGIN)
    for drawing in drawings:
        drawing.reach(upper, lower)


def _n(value: float, places: int = 2) -> str:
    """A coordinate as SVG has it: to a hundredth of a pixel."""
    return f"{round(value, places) + 0:g}"


def _joined(points: Iterable[Point], places: int = 2) -> str:
    return "L".join(f"{_n(x, places)} {_n(y, places)}" for x, y in points)


def _dashed(dash: str) -> str:
    return f' stroke-dasharray="{DASHES[dash]}"' if dash else ""
