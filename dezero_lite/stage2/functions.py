"""Functions of one input, each with its derivative next to it."""

from __future__ import annotations

from typing import Any

import numpy as np

from dezero_lite.stage2.core import Function, Variable


class Square(Function):
    """y = x ** 2, element by element; dy/dx = 2x."""

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return x ** 2, in the shape of x."""
        return x**2

    def backward(self, gy: np.ndarray) -> np.ndarray:
        """Return 2 * x * gy, in the shape of x."""
        x = self.inputs[0].data
        return 2 * x * gy


class Exp(Function):
    """y = e ** x, element by element; dy/dx = e ** x."""

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return e ** x, in the shape of x."""
        self.y = np.exp(x)
        return self.y

    def backward(self, gy: np.ndarray) -> np.ndarray:
        """Return e ** x * gy, in the shape of x."""
        return self.y * gy


def square(x: Any) -> Variable:
    """Return x ** 2, element by element, in the shape of x."""
    return Square()(x)


def exp(x: Any) -> Variable:
    """Return e ** x, element by element, in the shape of x."""
    return Exp()(x)
