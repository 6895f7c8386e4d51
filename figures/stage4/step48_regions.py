"""Step 48: where a network sees which arm of the spiral, after some epochs."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from figures.axes import Axes
from figures.learning import array_of, draw_losses
from figures.pencil import Drawing
from figures.programs import Run
from figures.regions import TONES, draw_classes

PAGE = "stage4/step48"  # its program has x, t and, in a loop over epoch, model and losses
SHOWN = (1, 50, 100, 300)  # epochs, counted from 1
PLACES = np.linspace(-1.05, 1.05, 41)


def frames() -> list[Drawing]:
    """Left the points on what the network says around them, right the loss up to this epoch."""
    scores: dict[int, np.ndarray] = {}
    grid = np.stack(np.meshgrid(PLACES, PLACES), axis=-1).reshape(-1, 2)

    def look(names: Mapping[str, Any]) -> None:
        done = len(names["losses"])
        if done in SHOWN:
            answers = array_of(names["model"](grid))
            scores[done] = answers.T.reshape(-1, len(PLACES), len(PLACES))

    names = Run(PAGE, {"epoch": look}).names
    x, t, losses = array_of(names["x"]), array_of(names["t"]), names["losses"]
    return [_frame(x, t, losses, done, answers) for done, answers in scores.items()]


def _frame(x: np.ndarray, t: np.ndarray, losses: list[float], done: int, scores: np.ndarray) -> Drawing:
    drawing = Drawing()
    edge = (float(PLACES[0]), float(PLACES[-1]))
    axes = Axes(drawing, edge, edge, size=(236, 236))
    draw_classes(axes, PLACES, PLACES, scores)
    axes.frame([-1, 0, 1], [-1, 0, 1])
    for label, tone in enumerate(TONES):
        axes.cloud(x[t == label], tone, 3)
    draw_losses(drawing, losses, done - 1, "epoch", corner=(306, 0), size=(176, 236))
    return drawing
