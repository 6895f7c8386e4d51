"""Step 57: of x, W and y any two make the third, and the function that does it stands between them."""

from dezero_lite.stage5.convolution import Convolve, Deconvolve, KernelGradient
from figures.pencil import RADIUS, Drawing, Point

WIDE, HIGH = 330.0, 230.0


def draw() -> Drawing:
    """Two variables lead to the function between them, and it leads to the third."""
    places = {"x": (0.0, HIGH), "y": (WIDE / 2, 0.0), "W": (WIDE, HIGH)}
    drawing = Drawing()
    for function, (one, other), result in [
        (Convolve, ("x", "W"), "y"),
        (Deconvolve, ("y", "W"), "x"),
        (KernelGradient, ("x", "y"), "W"),
    ]:
        start, end = places[one], places[other]
        at = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
        half = len(function.__name__) * 5.2 + 10
        tone = "forward" if result == "y" else "back"
        drawing.line([_towards(start, end), _towards(end, start)], tone, 1.7)
        drawing.box(at, (2 * half, 34), tone, "back-fill" if tone == "back" else "forward-fill")
        drawing.text(at, function.__name__, 19, tone, code=True)
    for name, place in places.items():
        drawing.variable(place, name)
    return drawing


def _towards(start: Point, end: Point) -> Point:
    """Where a line from a variable leaves its circle."""
    (x0, y0), (x1, y1) = start, end
    length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
    part = RADIUS / length
    return (x0 + (x1 - x0) * part, y0 + (y1 - y0) * part)
