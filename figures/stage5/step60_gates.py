"""Step 60: one cell of the LSTM that has learned to remember, for two sequences that differ at the start only."""

from typing import Any

import numpy as np

from figures.axes import Axes
from figures.learning import array_of
from figures.pencil import Drawing
from figures.programs import Run

PAGE = "stage5/step60"  # its program has model, whose layer is an LSTM; and no_grad, sigmoid
STEPS = 20
HIGH = 120


def draw() -> Drawing:
    """Above the cell's state after each number, below its forget gate, from 0 to 1."""
    names = Run(PAGE).names
    rest = np.random.default_rng(5).choice([-1.0, 1.0], STEPS - 1)
    told = [_watched(names, np.array([first, *rest])) for first in (1.0, -1.0)]
    cell = int(np.abs(told[0][0][-1] - told[1][0][-1]).argmax())
    states = [state[:, cell] for state, _ in told]
    reach = float(np.ceil(np.abs(states).max()))
    drawing = Drawing()
    above = Axes(drawing, (1, STEPS), (-reach, reach), size=(420, HIGH))
    above.frame([1, 10, STEPS], [0])
    above.names("t", "c")
    below = Axes(drawing, (1, STEPS), (0, 1), size=(420, HIGH * 0.7), corner=(0, HIGH + 70))
    below.frame([1, 10, STEPS], [0, 1])
    below.names("t", "f")
    for state, (_, gates), tone in zip(states, told, ("forward", "back"), strict=True):
        above.line(list(enumerate(state, 1)), tone, 2.4)
        below.line(list(enumerate(gates[:, cell], 1)), tone, 2.4)
    return drawing


def _watched(names: Any, sequence: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The states of all cells after each number, and their forget gates."""
    model = names["model"]
    layer = model.layer
    states, gates = [], []
    model.reset_state()
    with names["no_grad"]():
        for number in sequence.astype(np.float32).reshape(-1, 1, 1):
            before = layer.x2f(number) if layer.h is None else layer.x2f(number) + layer.h2f(layer.h)
            gates.append(array_of(names["sigmoid"](before))[0])
            model(number)
            states.append(array_of(layer.c)[0])
    return np.array(states), np.array(gates)
