"""Functions of one input, element by element, that training needs."""

from __future__ import annotations

from typing import Any

import numpy as np

from dezero_lite.stage2.core import Function, Variable


class Log(Function):
    """y = ln x, element by element; dy/dx = 1 / x."""

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return ln x, in the shape of x; -inf at 0 and nan below, with NumPy's warning."""
        return np.log(x)

    def backward(self, gy: np.ndarray) -> np.ndarray:
        """Return gy / x, in the shape of x."""
        return gy / self.inputs[0].data


def log(x: Any) -> Variable:
    """Return the natural logarithm of x, element by element, in the shape of x.

    Source: Saitoh, Deep Learning from Scratch 3 (2020), step 47.
    """
    return Log()(x)
