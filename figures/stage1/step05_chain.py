"""Step 5: the derivative runs the same chain backwards and is multiplied at each function."""

from figures.pencil import Drawing


def draw() -> Drawing:
    """Above, from left to right, the values; below, from right to left, the derivatives of y."""
    drawing = Drawing(500, 246)
    places = drawing.chain(["x", "A", "a", "B", "b", "C", "y"], 40, 30, 470)
    for place, name in zip(places[1::2], ["A′(x)", "B′(a)", "C′(b)"], strict=True):
        drawing.function((place[0], 180), name, 44, "back", width=68)
    for place, under in zip(places[::2], ["dx", "da", "db", "dy"], strict=True):
        drawing.line([(place[0], 72), (place[0], 138)], "soft", 1.1, dash="2 5")
        drawing.fraction((place[0], 180), "dy", under, 21, "back")
    for right, left in zip(places[:0:-1], places[-2::-1], strict=True):
        from_function = places.index(right) % 2
        gaps = (37, -19) if from_function else (19, -37)
        drawing.arrow((right[0] - gaps[0], 180), (left[0] - gaps[1], 180), "back")
    drawing.text((470, 228), "= 1", 20, "back")
    return drawing
