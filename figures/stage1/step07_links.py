"""Step 7: each variable knows its creator, each function its input: links that lead from the output back."""

from figures.pencil import Drawing


def draw() -> Drawing:
    """From y at the right to x at the left, with the name of each link below it."""
    drawing = Drawing(500, 140)
    left, right = 28, 472
    step = (right - left) / 6
    nodes = ["x", "A", "a", "B", "b", "C", "y"]
    for i, name in enumerate(nodes):
        at = (left + i * step, 40)
        (drawing.function if i % 2 else drawing.variable)(at, name)
        if i:
            drawing.arrow((at[0] - 10, 74), (at[0] - step + 10, 74), "back", bend=30)
            link = "input" if i % 2 else "creator"
            drawing.text((at[0] - step / 2, 120), link, 19, "back", code=True)
    return drawing
