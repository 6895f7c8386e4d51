"""The functions of stage 1, each with its derivative next to it."""

from __future__ import annotations

import numpy as np

from dezero_lite.stage1.core import Function, Variable


class Square(Function):
    """y = x ** 2, element by element; dy/dx = 2x."""

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return x ** 2, in the shape of x."""
        return x**2

    def backward(self, gy: np.ndarray) -> np.ndarray:
        """Return 2 * x * gy, in the shape of x."""
        x = self.input.data
        return 2 * x * gy


class Exp(Function):
    """y = e ** x, element by element; dy/dx = e ** x."""

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return e ** x, in the shape of x."""
        return np.exp(x)

    def backward(self, gy: np.ndarray) -> np.ndarray:
        """Return e ** x * gy, in the shape of x."""
        x = self.input.data
        return np.exp(x) * gy


def square(x: Variable) -> Variable:
    """Return x ** 2, element by element, in the shape of x."""
    return Square()(x)


def exp(x: Variable) -> Variable:
    """Return e ** x, element by element, in the shape of x."""
    return Exp()(x)
