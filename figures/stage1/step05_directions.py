"""Step 5: many inputs, one output. Forwards takes a pass for each input, backwards takes one for all."""

from figures.pencil import Drawing

INPUTS = ["x₀", "x₁", "x₂", "x₃", "x₄"]


def draw() -> Drawing:
    """Left: forwards, one input's pass drawn strongly, the others waiting. Right: backwards, all at once."""
    drawing = Drawing(500, 344)
    _panel(drawing, 0, backward=False)
    drawing.line([(250, 30), (250, 314)], "soft", 1, dash="2 6")
    _panel(drawing, 270, backward=True)
    return drawing


def _panel(drawing: Drawing, left: float, backward: bool) -> None:
    y_at, f_at = (left + 204, 150.0), (left + 128, 150.0)
    for i, name in enumerate(INPUTS):
        at = (left + 28, 34 + i * 58.0)
        inner = (f_at[0] - 27, f_at[1] + (i - 2) * 9)
        active = backward or i == 0
        tone = ("back" if backward else "forward") if active else "soft"
        dash = "" if active else "2 6"
        start, end = (at[0] + 25, at[1] + (2 - i) * 4), inner
        drawing.arrow(*((end, start) if backward else (start, end)), tone, dash=dash)
        drawing.variable(at, name, 22, tone if active else "soft")
    tone = "back" if backward else "forward"
    drawing.function(f_at, "f", 46, tone)
    ends = ((f_at[0] + 27, 150.0), (y_at[0] - 25, 150.0))
    drawing.arrow(*(ends[::-1] if backward else ends), tone)
    drawing.variable(y_at, "y", 22, tone)
    drawing.text((left + 128, 326), "× 1" if backward else f"× {len(INPUTS)}", 24, tone)
