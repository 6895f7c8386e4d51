"""Python's operators for Variables: each a function with its derivatives next to it."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

import numpy as np

from dezero_lite.stage3.core import Variable
from dezero_lite.stage3.function import Function
from dezero_lite.stage3.numpy_calls import (
    answer_ufunc,
    refuse_array,
    refuse_function,
)

Pair = tuple[Any, Any]


class Add(Function):
    """y = x0 + x1, element by element; dy/dx0 = dy/dx1 = 1.

    >>> x = Variable(np.array(3.0))
    >>> Add()(x, x).backward()
    >>> x.grad
    variable(2.0)
    """

    def forward(self, x0: Any, x1: Any) -> Any:
        """Return x0 + x1, in the shape of both."""
        return x0 + x1

    def backward(self, gy: Any) -> Pair:
        """Return gy for each input."""
        return gy, gy


class Mul(Function):
    """y = x0 * x1, element by element; dy/dx0 = x1, dy/dx1 = x0.

    >>> x0, x1 = Variable(np.array(2.0)), Variable(np.array(5.0))
    >>> Mul()(x0, x1).backward()
    >>> x0.grad, x1.grad
    (variable(5.0), variable(2.0))
    """

    def forward(self, x0: Any, x1: Any) -> Any:
        """Return x0 * x1, in the shape of both."""
        return x0 * x1

    def backward(self, gy: Any) -> Pair:
        """Return gy times the other input; None where it is not wanted."""
        x0, x1 = self.xs
        gx0 = gy * x1 if self.wants(0) else None
        gx1 = gy * x0 if self.wants(1) else None
        return gx0, gx1


class Neg(Function):
    """y = -x, element by element; dy/dx = -1.

    >>> x = Variable(np.array(3.0))
    >>> Neg()(x).backward()
    >>> x.grad
    variable(-1.0)
    """

    def forward(self, x: Any) -> Any:
        """Return -x, in the shape of x."""
        return -x

    def backward(self, gy: Any) -> Any:
        """Return -gy."""
        return -gy


class Sub(Function):
    """y = x0 - x1, element by element; dy/dx0 = 1, dy/dx1 = -1.

    >>> x0, x1 = Variable(np.array(2.0)), Variable(np.array(5.0))
    >>> Sub()(x0, x1).backward()
    >>> x0.grad, x1.grad
    (variable(1.0), variable(-1.0))
    """

    def forward(self, x0: Any, x1: Any) -> Any:
        """Return x0 - x1, in the shape of both."""
        return x0 - x1

    def backward(self, gy: Any) -> Pair:
        """Return gy and -gy; None where it is not wanted."""
        return gy, -gy if self.wants(1) else None


class Div(Function):
    """y = x0 / x1, element by element; dy/dx0 = 1 / x1, dy/dx1 = -x0 / x1 ** 2.

    >>> x0, x1 = Variable(np.array(6.0)), Variable(np.array(2.0))
    >>> Div()(x0, x1).backward()
    >>> x0.grad, x1.grad
    (variable(0.5), variable(-1.5))
    """

    def forward(self, x0: Any, x1: Any) -> Any:
        """Return x0 / x1, in the shape of both."""
        return x0 / x1

    def backward(self, gy: Any) -> Pair:
        """Return the gradients at the dividend and at the divisor; None where it is not wanted."""
        x0, x1 = self.xs
        gx0 = gy / x1
        return gx0, -gx0 * x0 / x1 if self.wants(1) else None


class Pow(Function):
    """y = x ** c, element by element, for a fixed number c; dy/dx = c * x ** (c - 1).

    >>> x = Variable(np.array(2.0))
    >>> Pow(3)(x).backward()
    >>> x.grad
    variable(12.0)
    """

    def __init__(self, c: float) -> None:
        self.c = c

    def forward(self, x: Any) -> Any:
        """Return x ** c, in the shape of x."""
        return x**self.c

    def backward(self, gy: Any) -> Any:
        """Return c * x ** (c - 1) * gy, in the shape of x; zeros for c = 0, at x = 0 too."""
        (x,), c = self.xs, self.c
        if c == 0:
            return np.zeros_like(self.inputs[0].data, gy.dtype)
        return gy * c * (x if c == 2 else x ** (c - 1))


def add(x0: Any, x1: Any) -> Variable:
    """Return x0 + x1, element by element.

    >>> x = Variable(np.array([1.0, 2.0]))
    >>> add(x, 1), x + 1
    (variable([2. 3.]), variable([2. 3.]))
    """
    return Add()(x0, x1)


def mul(x0: Any, x1: Any) -> Variable:
    """Return x0 * x1, element by element.

    >>> x = Variable(np.array([[1.0], [2.0]]))
    >>> mul(x, np.array([10.0, 100.0]))
    variable([[ 10. 100.]
              [ 20. 200.]])
    """
    return Mul()(x0, x1)


def neg(x: Any) -> Variable:
    """Return -x, element by element.

    >>> x = Variable(np.array([1.0, -2.0]))
    >>> neg(x), -x
    (variable([-1.  2.]), variable([-1.  2.]))
    """
    return Neg()(x)


def sub(x0: Any, x1: Any) -> Variable:
    """Return x0 - x1, element by element.

    >>> x = Variable(np.array([1.0, 2.0]))
    >>> sub(x, 5), x - 5
    (variable([-4. -3.]), variable([-4. -3.]))
    """
    return Sub()(x0, x1)


def rsub(x0: Any, x1: Any) -> Variable:
    """Return x1 - x0: what Python calls for the operand on the right.

    >>> x = Variable(np.array([1.0, 2.0]))
    >>> rsub(x, 5), 5 - x
    (variable([4. 3.]), variable([4. 3.]))
    """
    return sub(x1, x0)


def div(x0: Any, x1: Any) -> Variable:
    """Return x0 / x1, element by element.

    >>> x = Variable(np.array([1.0, 2.0]))
    >>> div(x, 2), x / 2
    (variable([0.5 1. ]), variable([0.5 1. ]))
    """
    return Div()(x0, x1)


def rdiv(x0: Any, x1: Any) -> Variable:
    """Return x1 / x0: what Python calls for the operand on the right.

    >>> x = Variable(np.array([1.0, 2.0]))
    >>> rdiv(x, 2), 2 / x
    (variable([2. 1.]), variable([2. 1.]))
    """
    return div(x1, x0)


def pow(x: Any, c: float) -> Variable:
    """Return x ** c, element by element.

    Raises TypeError where c is not a number: a Variable in the exponent needs another derivative.

    >>> x = Variable(np.array([1.0, 2.0]))
    >>> pow(x, 3), x**3
    (variable([1. 8.]), variable([1. 8.]))
    >>> pow(2.0, x)
    Traceback (most recent call last):
    TypeError: the exponent of ** must be a number, got Variable
    """
    if not isinstance(c, (int, float, np.number)):
        kind = type(c).__name__
        raise TypeError(f"the exponent of ** must be a number, got {kind}")
    return Pow(c)(x)


def comparison_of(
    compare: Callable[[Any, Any], Any],
) -> Callable[[Variable, Any], Any]:
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
        raise ValueError(
            f"a Variable of shape {x.shape} is neither true nor false; {advice}"
        )
    return bool(x.data)


def setup_variable() -> None:
    """Give Variable the operators, and its answers to NumPy. Importing the package calls this.

    >>> setup_variable()  # once more changes nothing
    >>> 2 * Variable(np.array(3.0)) - 1
    variable(5.0)
    """
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
