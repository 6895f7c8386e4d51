"""Python's operators for Variables: each a function with its derivatives next to it."""

from __future__ import annotations

from typing import Any

import numpy as np

from dezero_lite.stage2.core import Function, Variable, as_variable

Pair = tuple[np.ndarray, np.ndarray]


class Add(Function):
    """y = x0 + x1, element by element; dy/dx0 = dy/dx1 = 1."""

    def forward(self, x0: np.ndarray, x1: np.ndarray) -> np.ndarray:
        """Return x0 + x1, in the shape of both."""
        return x0 + x1

    def backward(self, gy: np.ndarray) -> Pair:
        """Return gy for each input."""
        return gy, gy


class Mul(Function):
    """y = x0 * x1, element by element; dy/dx0 = x1, dy/dx1 = x0."""

    def forward(self, x0: np.ndarray, x1: np.ndarray) -> np.ndarray:
        """Return x0 * x1, in the shape of both."""
        return x0 * x1

    def backward(self, gy: np.ndarray) -> Pair:
        """Return gy times the other input's data."""
        x0, x1 = self.inputs
        return gy * x1.data, gy * x0.data


class Neg(Function):
    """y = -x, element by element; dy/dx = -1."""

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return -x, in the shape of x."""
        return -x

    def backward(self, gy: np.ndarray) -> np.ndarray:
        """Return -gy."""
        return -gy


class Sub(Function):
    """y = x0 - x1, element by element; dy/dx0 = 1, dy/dx1 = -1."""

    def forward(self, x0: np.ndarray, x1: np.ndarray) -> np.ndarray:
        """Return x0 - x1, in the shape of both."""
        return x0 - x1

    def backward(self, gy: np.ndarray) -> Pair:
        """Return gy and -gy."""
        return gy, -gy


class Div(Function):
    """y = x0 / x1, element by element; dy/dx0 = 1 / x1, dy/dx1 = -x0 / x1 ** 2."""

    def forward(self, x0: np.ndarray, x1: np.ndarray) -> np.ndarray:
        """Return x0 / x1, in the shape of both."""
        return x0 / x1

    def backward(self, gy: np.ndarray) -> Pair:
        """Return the gradients at the dividend and at the divisor."""
        x0, x1 = self.inputs
        return gy / x1.data, -gy * x0.data / x1.data / x1.data


class Pow(Function):
    """y = x ** c, element by element, for a fixed number c; dy/dx = c * x ** (c - 1)."""

    def __init__(self, c: float) -> None:
        self.c = c

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return x ** c, in the shape of x."""
        return x**self.c

    def backward(self, gy: np.ndarray) -> np.ndarray:
        """Return c * x ** (c - 1) * gy, in the shape of x; zeros for c = 0, at x = 0 too."""
        x, c = self.inputs[0].data, self.c
        return gy * c * x ** (c - 1) if c != 0 else np.zeros_like(gy)


def add(x0: Any, x1: Any) -> Variable:
    """Return x0 + x1, element by element."""
    return Add()(*operands(x0, x1))


def mul(x0: Any, x1: Any) -> Variable:
    """Return x0 * x1, element by element."""
    return Mul()(*operands(x0, x1))


def neg(x: Any) -> Variable:
    """Return -x, element by element."""
    return Neg()(x)


def sub(x0: Any, x1: Any) -> Variable:
    """Return x0 - x1, element by element."""
    return Sub()(*operands(x0, x1))


def rsub(x0: Any, x1: Any) -> Variable:
    """Return x1 - x0: what Python calls for the operand on the right."""
    return sub(x1, x0)


def div(x0: Any, x1: Any) -> Variable:
    """Return x0 / x1, element by element."""
    return Div()(*operands(x0, x1))


def rdiv(x0: Any, x1: Any) -> Variable:
    """Return x1 / x0: what Python calls for the operand on the right."""
    return div(x1, x0)


def pow(x: Any, c: float) -> Variable:
    """Return x ** c, element by element.

    Raises TypeError where c is not a number: a Variable in the exponent needs another derivative.
    """
    if not isinstance(c, int | float | np.number):
        kind = type(c).__name__
        raise TypeError(f"the exponent of ** must be a number, got {kind}")
    return Pow(c)(x)


def operands(x0: Any, x1: Any) -> tuple[Variable, Variable]:
    """Return both operands as Variables of one shape; a number takes on the type and shape of the other.

    Raises ValueError where the shapes differ: stretching an array is for stage 4.
    """
    if not isinstance(x0, Variable):
        x0 = fit(x0, x1)
    if not isinstance(x1, Variable):
        x1 = fit(x1, x0)
    if x0.data.shape != x1.data.shape:
        raise ValueError(
            f"both operands need the same shape, got {x0.shape} and {x1.shape}"
        )
    return x0, x1


def fit(x: Any, other: Any) -> Variable:
    """Return an array or a number as a Variable; a number takes floating-point type and shape from other."""
    if isinstance(other, Variable):
        data = other.data
        if type(x) in (int, float) and data.dtype.kind == "f":
            x = np.array(x, dtype=data.dtype)
        if data.ndim > 0 and np.ndim(x) == 0:
            x = np.broadcast_to(x, data.shape)
    return as_variable(x)


def setup_variable() -> None:
    """Give Variable the operators. Importing the package calls this."""
    Variable.__array_ufunc__ = None
    Variable.__add__ = add
    Variable.__radd__ = add
    Variable.__mul__ = mul
    Variable.__rmul__ = mul
    Variable.__neg__ = neg
    Variable.__sub__ = sub
    Variable.__rsub__ = rsub
    Variable.__truediv__ = div
    Variable.__rtruediv__ = rdiv
    Variable.__pow__ = pow
