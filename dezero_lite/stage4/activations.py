"""Activation functions: what bends the line between two layers. All work element by element."""

from __future__ import annotations

from typing import Any

import numpy as np

from dezero_lite.stage3.core import Variable
from dezero_lite.stage3.function import Function
from dezero_lite.stage4.parts import only_where, where


class Sigmoid(Function):
    """y = 1 / (1 + e ** -x), element by element; dy/dx = y * (1 - y).

    >>> x = Variable(np.array([0.0, 100.0]))
    >>> Sigmoid()(x).backward()
    >>> x.grad
    variable([0.25 0.  ])
    """

    def forward(self, x: Any) -> Any:
        """Return the sigmoid of x, in the shape of x, by way of tanh: e ** -x would overflow."""
        return np.tanh(x * 0.5) * 0.5 + 0.5

    def backward(self, gy: Any) -> Any:
        """Return gy * y * (1 - y), in the shape of x."""
        y = self.y
        return gy * y * (1 - y)


class ReLU(Function):
    """y = x where x is positive, else 0; dy/dx = 1 or 0.

    >>> x = Variable(np.array([-1.0, 0.0, 2.0]))
    >>> ReLU()(x).backward()
    >>> x.grad
    variable([0. 0. 1.])
    """

    def forward(self, x: Any) -> Any:
        """Return x where it is positive and zeros elsewhere, in the shape of x."""
        return np.maximum(x, 0)

    def backward(self, gy: Any) -> Any:
        """Return gy where x is positive and zeros elsewhere, in the shape of x."""
        (x,) = self.xs
        return only_where(gy, x > 0)


class LeakyReLU(Function):
    """y = x where x is positive, else slope * x; dy/dx = 1 or slope.

    >>> x = Variable(np.array([-1.0, 2.0]))
    >>> LeakyReLU(0.1)(x).backward()
    >>> x.grad
    variable([0.1 1. ])
    """

    def __init__(self, slope: float) -> None:
        self.slope = slope

    def forward(self, x: Any) -> Any:
        """Return x where it is positive and slope * x elsewhere, in the shape of x."""
        return np.where(x > 0, x, self.slope * x)

    def backward(self, gy: Any) -> Any:
        """Return gy where x is positive and slope * gy elsewhere, in the shape of x."""
        (x,) = self.xs
        return where(x > 0, gy, self.slope * gy)


def sigmoid(x: Any) -> Variable:
    """Return 1 / (1 + e ** -x), element by element, in the shape of x: between 0 and 1.

    Source: Saitoh, Deep Learning from Scratch 3 (2020), step 43.

    >>> F.sigmoid(np.array([-1000.0, 0.0, 1000.0]))
    variable([0.  0.5 1. ])
    """
    return Sigmoid()(x)


def relu(x: Any) -> Variable:
    """Return x where it is positive and 0 elsewhere, in the shape of x; the gradient at 0 is 0.

    Source: Nair and Hinton, Rectified linear units improve restricted Boltzmann machines (2010).

    >>> F.relu(np.array([-1.0, 0.0, 2.0]))
    variable([0. 0. 2.])
    """
    return ReLU()(x)


def leaky_relu(x: Any, slope: float = 0.2) -> Variable:
    """Return x where it is positive and slope * x elsewhere, in the shape of x.

    Source: Maas et al., Rectifier nonlinearities improve neural network acoustic models (2013).

    >>> F.leaky_relu(np.array([-1.0, 2.0]), slope=0.1)
    variable([-0.1  2. ])
    """
    return LeakyReLU(slope)(x)
