"""The end of stage 2: four neurons learn XOR; what they say between the four cases, and the loss, after some rounds."""

from typing import Any

import numpy as np

from figures.axes import Axes
from figures.learning import draw_losses
from figures.palette import number
from figures.pencil import Drawing
from figures.programs import Run
from figures.regions import draw_regions

PAGE = "stage2/what-we-built"
ROUNDS = (0, 20, 40, 60, 200)
EDGE = (-0.35, 1.35)  # from where to where the surface reaches, both ways
GRID = 25


def frames() -> list[Drawing]:
    """Left the answers, green for 1 and red for 0, and on it the targets; right the loss up to this round."""
    names = Run(PAGE).names
    losses = np.array(names["train"](ROUNDS[-1] + 1)[1], dtype=float)
    return [_frame(names, losses, rounds) for rounds in ROUNDS]


def _frame(names: dict[str, Any], losses: np.ndarray, rounds: int) -> Drawing:
    drawing = Drawing()
    axes = Axes(drawing, EDGE, EDGE, size=(208, 208))
    weights, _ = names["train"](rounds)
    places = np.linspace(*EDGE, GRID)
    answers = [[float(names["predict"](weights, x0, x1).data) for x0 in places] for x1 in places]
    draw_regions(axes, places, places, np.array(answers))
    axes.frame([0, 1], [0, 1])
    axes.names("x0", "x1")
    for x0, x1, target in names["cases"]:
        drawing.mark(axes.at(x0, x1), number(target), "forward" if target else "back")
    draw_losses(drawing, losses, rounds, "rounds", corner=(274, 0), size=(196, 208))
    return drawing
