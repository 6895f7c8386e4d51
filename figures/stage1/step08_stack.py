"""Step 8: a recursion keeps a frame for every call that waits; a loop keeps a list with one function in it."""

from figures.pencil import Drawing


def draw() -> Drawing:
    """Left: frames pile up. Right: turn after turn, the list holds C, then B, then A."""
    drawing = Drawing(520, 330)
    _recursion(drawing)
    drawing.line([(242, 24), (242, 306)], "soft", 1, dash="2 6")
    _loop(drawing)
    return drawing


def _recursion(drawing: Drawing) -> None:
    for i, name in enumerate("ybax"):
        y = 284 - i * 62
        tone = "back" if i == 3 else "soft"
        drawing.box((130, y), (176, 46), tone, "back-fill" if i == 3 else "fill", corner=7)
        drawing.text((130, y), f"backward({name})", 20, "back" if i == 3 else "text-soft", code=True)
    drawing.arrow((20, 300), (20, 80), "soft")


def _loop(drawing: Drawing) -> None:
    for i, name in enumerate("CBA"):
        y = 62 + i * 104.0
        drawing.text((288, y), "[", 40, "text-soft", code=True)
        drawing.text((364, y), "]", 40, "text-soft", code=True)
        drawing.function((326, y), name, 46, "back")
        drawing.arrow((382, y), (444, y), "back")
        drawing.text((412, y - 18), "pop", 18, "back", code=True)
        drawing.variable((474, y), "bax"[i], 22, "back")
        if i < 2:
            drawing.arrow((462, y + 26), (348, y + 76), "soft", bend=10)
            drawing.text((468, y + 58), "append", 18, "text-soft", code=True)
