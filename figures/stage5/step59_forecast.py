"""Step 59: forecasts from the true points, and from the fiftieth point on from the network's own forecasts."""

import numpy as np

from figures.axes import Axes
from figures.learning import array_of
from figures.pencil import Drawing
from figures.programs import Run

PAGE = "stage5/step59"  # its program has model, which forecasts one point at a time, and SinCurve
KNOWN, END = 50, 100


def draw() -> Drawing:
    """The curve without noise as dots, the forecasts as a line; a vertical line where the true points end."""
    names = Run(PAGE).names
    model, truth = names["model"], names["SinCurve"](train=False).data[: END + 1]
    model.reset_state()
    forecasts: list[float] = []
    with names["no_grad"]():
        for time in range(END):
            x = truth[time] if time < KNOWN else np.array([forecasts[-1]], np.float32)
            forecasts.append(float(array_of(model(x.reshape(1, 1)))[0, 0]))
    drawing = Drawing()
    axes = Axes(drawing, (0, END), (-1.2, 1.2), size=(520, 190))
    axes.frame([0, KNOWN, END], [-1, 0, 1])
    axes.names("t", "x")
    axes.line([(KNOWN, -1.2), (KNOWN, 1.2)], "soft", 1.4, "fine")
    axes.cloud(enumerate(truth[:, 0].tolist()), "soft", 2.6)
    axes.line(list(enumerate(forecasts[:KNOWN], 1)), "forward", 2.4)
    axes.line(list(enumerate(forecasts[KNOWN - 1 :], KNOWN)), "back", 2.4)
    return drawing
