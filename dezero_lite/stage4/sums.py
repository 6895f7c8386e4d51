"""Functions that make one number of many, along axes: sums, means, greatest and least elements."""

from __future__ import annotations

from typing import Any

import numpy as np

from dezero_lite.stage3.core import Variable
from dezero_lite.stage3.data import stretched_axes
from dezero_lite.stage3.function import Function
from dezero_lite.stage4.precision import narrowed, widened
from dezero_lite.stage4.shapes import Shape, broadcast_to, shaped

Axis = int | tuple[int, ...] | None


class Sum(Function):
    """y = the sum of x's elements along axis; dy/dx = 1 for each element that y is summed from.

    >>> x = Variable(np.ones((2, 2)))
    >>> (Sum(axis=0, keepdims=False)(x) * np.array([1.0, 10.0])).sum().backward()
    >>> x.grad
    variable([[ 1. 10.]
              [ 1. 10.]])
    """

    def __init__(self, axis: Axis, keepdims: bool) -> None:
        self.axis = axis
        self.keepdims = keepdims

    def forward(self, x: Any) -> Any:
        """Return the sum, without the summed axes, or with length 1 there where keepdims is true."""
        if x.dtype.type is not np.float16:
            return x.sum(axis=self.axis, keepdims=self.keepdims)
        # in float16, ones add up to 2048 at most
        y = x.sum(axis=self.axis, keepdims=self.keepdims, dtype=np.float32)
        return y.astype(np.float16)

    def backward(self, gy: Any) -> Any:
        """Return gy for each element of x, in the shape of x."""
        shape = self.inputs[0].shape
        return broadcast_to(gy.reshape(kept_shape(shape, self.axis)), shape)


class Max(Function):
    """y = the greatest element along axis; dy/dx = 1 there, and equal shares where several are equal.

    >>> x = Variable(np.array([1.0, 3.0, 3.0]))
    >>> Max(axis=0, keepdims=False)(x).backward()
    >>> x.grad
    variable([0.  0.5 0.5])
    """

    def __init__(self, axis: Axis, keepdims: bool) -> None:
        self.axis = axis
        self.keepdims = keepdims

    def forward(self, x: Any) -> Any:
        """Return the greatest elements; keepdims as in Sum."""
        return x.max(axis=self.axis, keepdims=self.keepdims)

    def backward(self, gy: Any) -> Any:
        """Return gy at the elements that were chosen and zeros elsewhere, in the shape of x."""
        (x,) = self.xs
        shape = kept_shape(x.shape, self.axis)
        chosen = x == self.y.reshape(shape)
        count = chosen.sum(axis=self.axis, keepdims=True, dtype=gy.dtype)
        return gy.reshape(shape) / count * chosen


class Min(Max):
    """y = the least element along axis; its derivative is Max's.

    >>> x = Variable(np.array([1.0, 3.0, 3.0]))
    >>> Min(axis=0, keepdims=False)(x).backward()
    >>> x.grad
    variable([1. 0. 0.])
    """

    def forward(self, x: Any) -> Any:
        """Return the least elements; keepdims as in Sum."""
        return x.min(axis=self.axis, keepdims=self.keepdims)


def kept_shape(shape: Shape, axis: Axis) -> Shape:
    """Return a shape with length 1 for the axes along which is summed."""
    lengths = list(shape)
    if axis is None or not shape:
        axis = tuple(range(len(shape)))
    for i in axis if isinstance(axis, tuple) else (axis,):
        lengths[i] = 1
    return tuple(lengths)


def sum(x: Any, axis: Axis = None, keepdims: bool = False) -> Variable:
    """Return the sum of x's elements, over all axes or over the given ones.

    x: any shape. Returns a Variable without the summed axes, or with length 1 there where keepdims is true.
    Raises numpy.exceptions.AxisError for an axis that x does not have.
    Source: Saitoh, Deep Learning from Scratch 3 (2020), step 39.

    >>> x = Variable(np.array([[1.0, 2.0], [3.0, 4.0]]))
    >>> F.sum(x), x.sum(axis=0)
    (variable(10.0), variable([4. 6.]))
    """
    return Sum(axis, keepdims)(x)


def mean(x: Any, axis: Axis = None, keepdims: bool = False) -> Variable:
    """Return the mean of x's elements, over all axes or over the given ones; arguments as in sum.

    Raises ValueError where x has no elements.

    >>> x = Variable(np.array([[1.0, 2.0], [3.0, 4.0]]))
    >>> F.mean(x), x.mean(axis=1)
    (variable(2.5), variable([1.5 3.5]))
    """
    x = shaped(x)
    if x.size == 0:
        raise ValueError(f"mean needs at least one element, got shape {x.shape}")
    y = sum(widened(x), axis, keepdims)
    return narrowed(y * (y.size / x.size), x)


def max(x: Any, axis: Axis = None, keepdims: bool = False) -> Variable:
    """Return x's greatest elements, over all axes or over the given ones; arguments as in sum.

    Where several are equally great, each gets its share of the gradient.

    >>> x = Variable(np.array([[1.0, 2.0], [3.0, 4.0]]))
    >>> F.max(x), x.max(axis=1), x.max(axis=1, keepdims=True).shape
    (variable(4.0), variable([2. 4.]), (2, 1))
    """
    x = shaped(x)
    f = Max(axis, keepdims)
    # float16 could not count equals
    return narrowed(f(widened(x)), x) if x.dtype.type is np.float16 else f(x)


def min(x: Any, axis: Axis = None, keepdims: bool = False) -> Variable:
    """Return x's least elements; everything else as in max.

    >>> x = Variable(np.array([[1.0, 2.0], [3.0, 4.0]]))
    >>> F.min(x), x.min(axis=1)
    (variable(1.0), variable([1. 3.]))
    """
    x = shaped(x)
    f = Min(axis, keepdims)
    return narrowed(f(widened(x)), x) if x.dtype.type is np.float16 else f(x)


def sum_to(x: Any, shape: Shape) -> Variable:
    """Return x summed until it has the given shape, the one that broadcast_to would stretch to x's.

    Raises ValueError where shape does not stretch to x's.
    Source: Saitoh, Deep Learning from Scratch 3 (2020), step 40.

    >>> F.sum_to(np.ones((2, 3)), (1, 3))
    variable([[2. 2. 2.]])
    """
    x, shape = shaped(x), tuple(shape)
    axes = stretched_axes(shape, x.shape)
    if axes is None:
        raise ValueError(f"sum_to cannot sum {x.shape} to {shape}")
    return sum(x, axes, keepdims=True).reshape(shape)
