"""Python's operators for Variables: each a function with its derivatives next to it."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

import numpy as np

from dezero_lite.stage3.core import Variable
from dezero_lite.stage3.function import Function
from dezero_lite.stage3.numpy_calls import answer_ufunc, refuse_array, refuse_function

Pair = tuple[Any, Any]


class Add(Function):
    """y = x0 + x1, element by element; dy/dx0 = dy/dx1 = 1."""

    def forward(self, x0: Any, x1: Any) -> Any:
        """Return x0 + x1, in the shape of both."""
        return x0 + x1

    def backward(self, gy: Any) -> Pair:
        """Return gy for each input."""
        return gy, gy


class Mul(Function):
    """y = x0 * x1, element by element; dy/dx0 = x1, dy/dx1 = x0."""

    def forward(self, x0: Any, x1: Any) -> Any:
        """Return x0 * x1, in the shape of both."""
        return x0 * x1

    def backward(self, gy: Any) -> Pair:
        """Return gy times the other input; None where it is not wanted."""
        x0, x1 = self.xs
        return gy * x1 if self.wants(0) else None, gy * x0 if self.wants(1) else None


class Neg(Function):
    """y = -x, element by element; dy/dx = -1."""

    def forward(self, x: Any) -> Any:
        """Return -x, in the shape of x."""
        return -x

    def backward(self, gy: Any) -> Any:
        """Return -gy."""
        return -gy


class Sub(Function):
    """y = x0 - x1, element by element; dy/dx0 = 1, dy/dx1 = -1."""

    def forward(self, x0: Any, x1: Any) -> Any:
        """Return x0 - x1, in the shape of both."""
        return x0 - x1

    def backward(self, gy: Any) -> Pair:
        """Return gy and -gy; None where it is not wanted."""
        return gy, -gy if self.wants(1) else None


class Div(Function):
    """y = x0 / x1, element by element; dy/dx0 = 1 / x1, dy/dx1 = -x0 / x1 ** 2."""

    def forward(self, x0: Any, x1: Any) -> Any:
        """Return x0 / x1, in the shape of both."""
        return x0 / x1

    def backward(self, gy: Any) -> Pair:
        """Return the gradients at the dividend and at the divisor; None where it is not wanted."""
        x0, x1 = self.xs
        gx0 = gy / x1
        return gx0, -gx0 * x0 / x1 if self.wants(1) else None


class Pow(Function):
    """y = x ** c, element by element, for a fixed number c; dy/dx = c * x ** (c - 1)."""

    def __init__(self, c: float) -> None:
        self.c = c

    def forward(self, x: Any) -> Any:
        """Return x ** c, in the shape of x."""
        return x**self.c

    def backward(self, gy: Any) -> Any:
        """Return c * x ** (c - 1) * gy, in the shape of x; zeros for c = 0, at x = 0 too."""
        (x,), c = self.xs, self.c
        if c == 0:
            return gy * 0
        return gy * c * (x if c == 2 else x ** (c - 1))


def add(x0: Any, x1: Any) -> Variable:
    """Return x0 + x1, element by element."""
    return Add()(x0, x1)


def mul(x0: Any, x1: Any) -> Variable:
    """Return x0 * x1, element by element."""
    return Mul()(x0, x1)


def neg(x: Any) -> Variable:
    """Return -x, element by element."""
    return Neg()(x)


def sub(x0: Any, x1: Any) -> Variable:
    """Return x0 - x1, element by element."""
    return Sub()(x0, x1)


def rsub(x0: Any, x1: Any) -> Variable:
    """Return x1 - x0: what Python calls for the operand on the right."""
    return sub(x1, x0)


def div(x0: Any, x1: Any) -> Variable:
    """Return x0 / x1, element by element."""
    return Div()(x0, x1)


def rdiv(x0: Any, x1: Any) -> Variable:
    """Return x1 / x0: what Python calls for the operand on the right."""
    return div(x1, x0)


def pow(x: Any, c: float) -> Variable:
    """Return x ** c, element by element.

    Raises TypeError where c is not a number: a Variable in the exponent needs another derivative.
    """
    if not isinstance(c, (int, float, np.number)):
        raise TypeError(f"the exponent of ** must be a number, got {type(c).__name__}")
    return Pow(c)(x)


def comparison_of(compare: Callable[[Any, Any], Any]) -> Callable[[Variable, Any], Any]:
    """Return an operator that compares data: the result is a plain truth value, or an array of them."""

    def compared(x0: Variable, x1: Any) -> Any:
        if x1 is None:
            return NotImplemented
        return compare(x0.data, x1.data if isinstance(x1, Variable) else x1)

    return compared


def truth_value(x: Variable) -> bool:
    """Return whether x's one element is true.

    Raises ValueError where x has more elements, or none: it is unclear what is meant.
    """
    if x.size != 1:
        advice = "ask x.data.any(), x.data.all() or x.size"
        raise ValueError(f"a Variable of shape {x.shape} is neither true nor false; {advice}")
    return bool(x.data)


def setup_variable() -> None:
    """Give Variable the operators, and its answers to NumPy. Importing the package calls this."""
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
    Variable.__array_ufunc__ = answer_ufunc
    Variable.__array_function__ = refuse_function
    Variable.__array__ = refuse_array
    Variable.__bool__ = truth_value
    for name in ("eq", "ne", "lt", "le", "gt", "ge"):
        setattr(Variable, f"__{name}__", comparison_of(getattr(operator, name)))
