"""Functions of one input, element by element, each with its derivative next to it."""

from __future__ import annotations

from typing import Any

import numpy as np

from dezero_lite.stage3.core import Variable
from dezero_lite.stage3.function import Function


class Square(Function):
    """y = x ** 2, element by element; dy/dx = 2x.

    >>> x = Variable(np.array([1.0, -3.0]))
    >>> Square()(x).backward()
    >>> x.grad
    variable([ 2. -6.])
    """

    def forward(self, x: Any) -> Any:
        """Return x ** 2, in the shape of x."""
        return x**2

    def backward(self, gy: Any) -> Any:
        """Return 2 * x * gy, in the shape of x."""
        (x,) = self.xs
        return gy * 2 * x


class Exp(Function):
    """y = e ** x, element by element; dy/dx = e ** x.

    >>> x = Variable(np.array([0.0, 1.0]))
    >>> Exp()(x).backward()
    >>> x.grad
    variable([1.         2.71828183])
    """

    def forward(self, x: Any) -> Any:
        """Return e ** x, in the shape of x."""
        return np.exp(x)

    def backward(self, gy: Any) -> Any:
        """Return e ** x * gy, in the shape of x."""
        return gy * self.y


class Log(Function):
    """y = ln x, element by element; dy/dx = 1 / x.

    >>> x = Variable(np.array([1.0, 4.0]))
    >>> Log()(x).backward()
    >>> x.grad
    variable([1.   0.25])
    """

    def forward(self, x: Any) -> Any:
        """Return ln x, in the shape of x; -inf at 0 and nan below, with NumPy's warning."""
        return np.log(x)

    def backward(self, gy: Any) -> Any:
        """Return gy / x, in the shape of x."""
        (x,) = self.xs
        return gy / x


class Sqrt(Function):
    """y = the square root of x, element by element; dy/dx = 1 / 2y.

    >>> x = Variable(np.array([0.25, 4.0]))
    >>> Sqrt()(x).backward()
    >>> x.grad
    variable([1.   0.25])
    """

    def forward(self, x: Any) -> Any:
        """Return the square root of x, in the shape of x; nan below 0, with NumPy's warning."""
        return np.sqrt(x)

    def backward(self, gy: Any) -> Any:
        """Return gy / 2y, in the shape of x; inf at x = 0."""
        return gy / (2 * self.y)


class Sin(Function):
    """y = sin x, element by element, x in radians; dy/dx = cos x.

    >>> x = Variable(np.array([0.0, np.pi]))
    >>> Sin()(x).backward()
    >>> x.grad
    variable([ 1. -1.])
    """

    def forward(self, x: Any) -> Any:
        """Return sin x, in the shape of x."""
        return np.sin(x)

    def backward(self, gy: Any) -> Any:
        """Return gy * cos x, in the shape of x."""
        (x,) = self.xs
        return gy * cos(x)


class Cos(Function):
    """y = cos x, element by element, x in radians; dy/dx = -sin x.

    >>> x = Variable(np.array(np.pi / 2))
    >>> Cos()(x).backward()
    >>> x.grad
    variable(-1.0)
    """

    def forward(self, x: Any) -> Any:
        """Return cos x, in the shape of x."""
        return np.cos(x)

    def backward(self, gy: Any) -> Any:
        """Return -gy * sin x, in the shape of x."""
        (x,) = self.xs
        return gy * -sin(x)


class Tanh(Function):
    """y = tanh x, element by element; dy/dx = 1 - y ** 2.

    >>> x = Variable(np.array([0.0, 100.0]))
    >>> Tanh()(x).backward()
    >>> x.grad
    variable([1. 0.])
    """

    def forward(self, x: Any) -> Any:
        """Return tanh x, in the shape of x."""
        return np.tanh(x)

    def backward(self, gy: Any) -> Any:
        """Return gy * (1 - y ** 2), in the shape of x."""
        return gy * (1 - self.y**2)


def square(x: Any) -> Variable:
    """Return x ** 2, element by element, in the shape of x.

    >>> F.square(np.array([1.0, -3.0]))
    variable([1. 9.])
    """
    return Square()(x)


def exp(x: Any) -> Variable:
    """Return e ** x, element by element, in the shape of x.

    >>> F.exp(np.array([0.0, 1.0]))
    variable([1.         2.71828183])
    """
    return Exp()(x)


def log(x: Any) -> Variable:
    """Return the natural logarithm of x, element by element, in the shape of x.

    Source: Saitoh, Deep Learning from Scratch 3 (2020), step 47.

    >>> F.log(np.array([1.0, np.e]))
    variable([0. 1.])
    """
    return Log()(x)


def sqrt(x: Any) -> Variable:
    """Return the square root of x, element by element, in the shape of x.

    >>> F.sqrt(np.array([0.0, 4.0, 9.0]))
    variable([0. 2. 3.])
    """
    return Sqrt()(x)


def sin(x: Any) -> Variable:
    """Return the sine of x in radians, element by element, in the shape of x.

    Source: Saitoh, Deep Learning from Scratch 3 (2020), steps 27 and 34.

    >>> F.sin(np.array([0.0, np.pi / 2]))
    variable([0. 1.])
    """
    return Sin()(x)


def cos(x: Any) -> Variable:
    """Return the cosine of x in radians, element by element, in the shape of x.

    Source: Saitoh, Deep Learning from Scratch 3 (2020), step 34.

    >>> F.cos(np.array([0.0, np.pi]))
    variable([ 1. -1.])
    """
    return Cos()(x)


def tanh(x: Any) -> Variable:
    """Return the hyperbolic tangent of x, element by element, in the shape of x.

    Source: Saitoh, Deep Learning from Scratch 3 (2020), step 35.

    >>> F.tanh(np.array([-100.0, 0.0, 100.0]))
    variable([-1.  0.  1.])
    """
    return Tanh()(x)
