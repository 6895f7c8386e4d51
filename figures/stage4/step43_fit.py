"""Step 43: a network bends its curve to points on a noisy sine, and its loss stays on a plateau for long."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from figures.axes import Axes
from figures.learning import array_of, draw_losses
from figures.pencil import Drawing
from figures.programs import Run

PAGE = "stage4/step43"  # its program has x, y, predict and, in a loop over i, loss
SHOWN = (0, 1000, 4000, 6000)  # rounds; and the last one
BETWEEN = np.linspace(0, 1, 61).reshape(-1, 1)


def frames() -> list[Drawing]:
    """Left the points and the curve, right the loss up to this round."""
    losses: list[float] = []
    curves: dict[int, np.ndarray] = {}
    latest: list[Mapping[str, Any]] = []

    def look(names: Mapping[str, Any]) -> None:
        losses.append(float(array_of(names["loss"])))
        latest[:] = [names]
        if names["i"] in SHOWN:
            curves[names["i"]] = array_of(names["predict"](BETWEEN))

    run = Run(PAGE, {"i": look})
    curves[len(losses) - 1] = array_of(latest[0]["predict"](BETWEEN))
    x, y = array_of(run.names["x"]).ravel(), array_of(run.names["y"]).ravel()
    return [_frame(x, y, curve.ravel(), losses, at) for at, curve in curves.items()]


def _frame(x: np.ndarray, y: np.ndarray, curve: np.ndarray, losses: list[float], at: int) -> Drawing:
    drawing = Drawing()
    low, high = min(y.min(), curve.min()), max(y.max(), curve.max())
    axes = Axes(drawing, (0, 1), (float(low), float(high)), size=(236, 208))
    axes.frame([0, 1], [0, 1])
    axes.names("x", "y")
    axes.cloud(zip(x, y, strict=True), "soft", 2.6)
    axes.line(zip(BETWEEN.ravel(), curve, strict=True), "forward", 3)
    draw_losses(drawing, losses, at, "i", corner=(302, 0), size=(176, 208))
    return drawing
