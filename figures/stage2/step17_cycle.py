"""Step 17: a function and its output hold each other; a weak link from the function lets go."""

from figures.pencil import Drawing


def draw() -> Drawing:
    """Left: f holds y as its output, y holds f as its creator. Right: f's link to y is weak, drawn dashed."""
    drawing = Drawing(500, 196)
    _pair(drawing, 0, "")
    drawing.line([(250, 20), (250, 176)], "soft", 1, dash="2 6")
    _pair(drawing, 270, "5 6")
    return drawing


def _pair(drawing: Drawing, left: float, dash: str) -> None:
    f, y = (left + 36, 98.0), (left + 194, 98.0)
    drawing.arrow((f[0] + 24, 76), (y[0] - 18, 76), "forward", bend=46, dash=dash)
    drawing.arrow((y[0] - 18, 120), (f[0] + 24, 120), "back", bend=46)
    drawing.function(f, "f")
    drawing.variable(y, "y")
    drawing.text((left + 115, 24), "outputs", 21, "forward", code=True)
    drawing.text((left + 115, 172), "creator", 21, "back", code=True)
