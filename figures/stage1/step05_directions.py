"""Step 5: many inputs, one output. Forwards takes a pass for each input, backwards takes one for all."""

from figures.palette import indexed
from figures.pencil import Drawing

INPUTS = [indexed("x", i) for i in range(5)]
STEP, F, Y = 58, 100, 176  # pixels between inputs, and from their column to f and to y


def draw() -> Drawing:
    """Left: forwards, one input's pass drawn strongly, the others waiting. Right: backwards, all at once."""
    drawing = Drawing()
    middle = (len(INPUTS) - 1) * STEP / 2
    _panel(drawing, 0, "forward", [0])
    drawing.line([(222, -4), (222, 2 * middle + 48)], "soft", 1, "dotted")
    _panel(drawing, 270, "back", range(len(INPUTS)))
    return drawing


def _panel(drawing: Drawing, left: float, tone: str, followed: range | list[int]) -> None:
    """followed: the inputs that one pass reaches."""
    middle = (len(INPUTS) - 1) * STEP / 2
    for i, name in enumerate(INPUTS):
        from_middle = i - (len(INPUTS) - 1) / 2
        at = (left, i * STEP)
        ends = ((left + 25, at[1] - from_middle * 4), (left + F - 27, middle + from_middle * 9))
        active = tone if i in followed else "soft"
        _arrow(drawing, tone, *ends, active, "" if i in followed else "dotted")
        drawing.variable(at, name, 22, active)
    drawing.function((left + F, middle), "f", tone)
    _arrow(drawing, tone, (left + F + 27, middle), (left + Y - 25, middle), tone)
    drawing.variable((left + Y, middle), "y", 22, tone)
    passes = len(INPUTS) // len(followed)
    drawing.text((left + F, 2 * middle + 60), f"× {passes}", 24, tone)


def _arrow(
    drawing: Drawing, way: str, start: tuple[float, float], end: tuple[float, float], tone: str, dash: str = ""
) -> None:
    drawing.arrow(*((end, start) if way == "back" else (start, end)), tone, dash=dash)
