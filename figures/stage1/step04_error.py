"""Step 4: how far the difference quotients are from the derivative, for smaller and smaller steps."""

import numpy as np

from dezero_lite.stage1 import Variable, exp, numerical_diff
from figures.axes import Axes
from figures.pencil import Drawing

AT = np.array(0.5)
STEPS = 10.0 ** np.arange(-1, -13.01, -0.25)


def draw() -> Drawing:
    """Log-log: the forward difference in vermilion, the central one in pine, of exp at 0.5."""
    drawing = Drawing()
    axes = Axes(drawing, (1e-13, 5e-1), (1e-12, 2), log=True)
    axes.frame(10.0 ** np.arange(-13, 0, 3), 10.0 ** np.arange(-12, 1, 2), rules=True)
    axes.names("eps", "|error|")
    for error, tone in [(_forward_error, "back"), (_central_error, "forward")]:
        points = [(eps, error(eps)) for eps in STEPS]
        axes.line(points, tone, 1.6)
        axes.dots(points[::2], tone, 4)
    axes.text((3e-5, 3e-3), "∝ eps", "back")
    axes.text((3e-1, 1e-8), "∝ eps²", "forward", "end")
    return drawing


def _forward_error(eps: float) -> float:
    here, ahead = exp(Variable(AT)), exp(Variable(np.asarray(AT + eps)))
    return abs(float((ahead.data - here.data) / eps - np.exp(AT)))


def _central_error(eps: float) -> float:
    return abs(float(numerical_diff(exp, Variable(AT), eps) - np.exp(AT)))
