"""Step 3: functions one after another; the output of each is the input of the next."""

from figures.pencil import Drawing


def draw() -> Drawing:
    """x, A, a, B, b, C, y, with the three functions' rules in their squares."""
    drawing = Drawing(500, 120)
    places = drawing.chain(["x", "x²", "a", "eˣ", "b", "x²", "y"], 76, 28, 472)
    for place, name in zip(places[1::2], "ABC", strict=True):
        drawing.text((place[0], 34), name, 21, "forward")
    return drawing
