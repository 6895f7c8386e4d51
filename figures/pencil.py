"""The pencil for the figures: circles for variables, rounded squares for functions, arrows, text, curves.

Coordinates are CSS pixels, y downwards. Colours are names ("ink", "back" …) that the page's style sheet fills in,
so one drawing serves light and dark; the fallback beside each is for the SVG file when it is opened alone.
"""

from collections.abc import Iterable, Sequence
from html import escape
from math import atan2, cos, sin

Point = tuple[float, float]

COLOURS = {
    "ink": "#20262b",
    "soft": "#7d8489",
    "text-soft": "#51595f",
    "paper": "#fdfcf9",
    "fill": "#f5f2eb",
    "forward": "#17615a",
    "forward-fill": "#e8eeea",
    "back": "#ad4327",
    "back-fill": "#f7ebe4",
}
MATHS = "'STIX Two Text', 'STIX Two Math', Cambria, 'Latin Modern Roman', 'Times New Roman', 'DejaVu Serif', serif"
CODE = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace"


def colour(name: str) -> str:
    """A colour of the figures as CSS; "none" stays."""
    return name if name == "none" else f"var(--figure-{name}, {COLOURS[name]})"


class Drawing:
    """A picture of width by height pixels, made of what is added to it, the later above the earlier."""

    def __init__(self, width: float, height: float) -> None:
        self.width = width
        self.height = height
        self._parts: list[str] = []

    def svg(self) -> str:
        """The picture as an <svg> element. Equal drawings give equal text."""
        size = f'width="{self.width:g}" height="{self.height:g}" viewBox="0 0 {self.width:g} {self.height:g}"'
        return f'<svg xmlns="http://www.w3.org/2000/svg" {size} fill="none">{"".join(self._parts)}</svg>'

    def text(
        self, at: Point, words: str, size: float = 21, tone: str = "ink", anchor: str = "middle", code: bool = False
    ) -> None:
        """Symbols in italics, or with `code` what a program prints; `at` is the middle of the letters' height."""
        x, y = at
        font = f'font-family="{CODE}"' if code else f'font-family="{MATHS}" font-style="italic"'
        # Not dominant-baseline: browsers differ on it. A third of the size lowers letters onto their middle.
        self._add(
            f'<text x="{x:.4g}" y="{y + size * 0.33:.4g}" {font} font-size="{size * (0.86 if code else 1):.4g}" '
            f'text-anchor="{anchor}" fill="{colour(tone)}">{escape(words, quote=False)}</text>'
        )

    def variable(self, at: Point, name: str, radius: float = 24, tone: str = "ink") -> None:
        """A variable: a circle with its name."""
        self._add(
            f'<circle cx="{at[0]:.4g}" cy="{at[1]:.4g}" r="{radius:g}" fill="{colour("paper")}" '
            f'stroke="{colour(tone)}" stroke-width="1.6"/>'
        )
        self.text(at, name, tone=tone, size=22)

    def function(
        self, at: Point, name: str, size: float = 46, tone: str = "forward", width: float | None = None
    ) -> None:
        """A function: a rounded square with its name, in the colour of the direction it works in."""
        self.box(at, (width or size, size), tone, fill=f"{tone}-fill")
        self.text(at, name, tone=tone, size=22)

    def box(
        self, at: Point, size: Point, tone: str = "ink", fill: str = "paper", corner: float = 9, dash: str = ""
    ) -> None:
        """A rounded rectangle around a point."""
        (x, y), (w, h) = at, size
        self._add(
            f'<rect x="{x - w / 2:.4g}" y="{y - h / 2:.4g}" width="{w:g}" height="{h:g}" rx="{corner:g}" '
            f'fill="{colour(fill)}" stroke="{colour(tone)}" stroke-width="1.6"{_dashed(dash)}/>'
        )

    def arrow(self, start: Point, end: Point, tone: str = "ink", bend: float = 0, dash: str = "") -> None:
        """An arrow; `bend` pushes its middle sideways, to the left of its direction if positive."""
        (x0, y0), (x1, y1) = start, end
        across = atan2(y1 - y0, x1 - x0)
        middle = ((x0 + x1) / 2 + bend * sin(across), (y0 + y1) / 2 - bend * cos(across))
        angle = atan2(y1 - middle[1], x1 - middle[0])
        neck = (x1 - 7 * cos(angle), y1 - 7 * sin(angle))  # the line ends inside the head, not at its point
        self._add(
            f'<path d="M{x0:.4g} {y0:.4g}Q{middle[0]:.4g} {middle[1]:.4g} {neck[0]:.4g} {neck[1]:.4g}" '
            f'stroke="{colour(tone)}" stroke-width="1.7" stroke-linecap="round"{_dashed(dash)}/>'
        )
        wings = [(x1 - 10 * cos(angle + turn), y1 - 10 * sin(angle + turn)) for turn in (0.42, -0.42)]
        self.shape([end, wings[0], wings[1]], tone)

    def line(
        self, points: Iterable[Point], tone: str = "ink", width: float = 1.7, dash: str = "", strength: float = 1
    ) -> None:
        """A line through points, straight between them; below strength 1 the ground shows through."""
        self._add(
            f'<path d="M{_joined(points)}" stroke="{colour(tone)}" stroke-width="{width:g}" '
            f'stroke-linecap="round" stroke-linejoin="round"{_dashed(dash)}{_faded(strength)}/>'
        )

    def shape(self, points: Iterable[Point], tone: str) -> None:
        """A filled polygon."""
        self._add(f'<path d="M{_joined(points)}Z" fill="{colour(tone)}"/>')

    def dot(self, at: Point, tone: str = "ink", radius: float = 4.5) -> None:
        """A point on a curve, with a rim of paper that lifts it off the lines below."""
        self._add(
            f'<circle cx="{at[0]:.4g}" cy="{at[1]:.4g}" r="{radius:g}" fill="{colour(tone)}" '
            f'stroke="{colour("paper")}" stroke-width="1.5"/>'
        )

    def fraction(self, at: Point, over: str, under: str, size: float = 19, tone: str = "ink") -> None:
        """A fraction with its bar in the middle of the line."""
        x, y = at
        half = max(len(over), len(under)) * size * 0.24 + 3
        self.text((x, y - size * 0.62), over, size, tone)
        self.text((x, y + size * 0.66), under, size, tone)
        self.line([(x - half, y), (x + half, y)], tone, 1.2)

    def chain(self, nodes: Sequence[str], y: float, left: float, right: float, tone: str = "ink") -> list[Point]:
        """Variables and functions by turns, from left to right, with arrows; returns their places."""
        step = (right - left) / (len(nodes) - 1)
        places = [(left + i * step, y) for i in range(len(nodes))]
        for i, (place, name) in enumerate(zip(places, nodes, strict=True)):
            if i:
                self.arrow((places[i - 1][0] + 28, y), (place[0] - 27, y), tone)
            (self.function if i % 2 else self.variable)(place, name)
        return places

    def _add(self, part: str) -> None:
        self._parts.append(part)


def _joined(points: Iterable[Point]) -> str:
    return "L".join(f"{x:.4g} {y:.4g}" for x, y in points)


def _dashed(dash: str) -> str:
    return f' stroke-dasharray="{dash}"' if dash else ""


def _faded(strength: float) -> str:
    return f' stroke-opacity="{strength:.2g}"' if strength < 1 else ""
