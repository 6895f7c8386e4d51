"""The bill of the shopping graph: tall boxes for layers, and edges that carry an amount there and a derivative back."""

from figures.pencil import Drawing, Point


def layer(drawing: Drawing, sign: str, x: float, top: float, bottom: float) -> None:
    """A layer with edges between two heights."""
    middle = (x, (top + bottom) / 2)
    drawing.box(middle, (44, bottom - top + 44), "forward", fill="forward-fill")
    drawing.text(middle, sign, 24, "forward")


def edge(drawing: Drawing, start: Point, end: float, amount: float, derivative: float) -> None:
    """From start to the right as far as end: above it the amount of the way forward, below the derivative."""
    x, y = start
    drawing.arrow((x, y - 4), (end, y - 4))
    drawing.arrow((end, y + 4), (x, y + 4), "back")
    drawing.text(((x + end) / 2, y - 19), f"{amount:.4g}", 20, "forward", code=True)
    drawing.text(((x + end) / 2, y + 20), f"{derivative:.4g}", 20, "back", code=True)
