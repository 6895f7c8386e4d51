"""Taking arrays apart, putting them together, and choosing between them, each with its derivative beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.lib.array_utils import normalize_axis_index

from dezero_lite.stage3.core import Variable
from dezero_lite.stage3.data import is_array
from dezero_lite.stage3.function import Function
from dezero_lite.stage4.shapes import Shape, data_of, shaped


class GetItem(Function):
    """y = x[place]; the gradient at x is gy at that place, and zeros elsewhere.

    >>> x = Variable(np.array([1.0, 2.0, 3.0]))
    >>> GetItem([0, 0, 2])(x).backward()
    >>> x.grad
    variable([2. 0. 1.])
    """

    def __init__(self, place: Any) -> None:
        self.place = place

    def forward(self, x: Any) -> Any:
        """Return the elements at the place."""
        return x[self.place]

    def backward(self, gy: Any) -> Any:
        """Return zeros in the shape of x, with gy at the place."""
        return PutBack(self.place, self.inputs[0].shape)(gy)


class PutBack(Function):
    """y = zeros of the given shape, to which x is added at a place: the backward pass of GetItem.

    >>> PutBack([0, 0, 2], (3,))(np.array([1.0, 10.0, 100.0]))
    variable([ 11.   0. 100.])
    """

    def __init__(self, place: Any, shape: Shape) -> None:
        self.place = place
        self.shape = shape

    def forward(self, x: Any) -> Any:
        """Return zeros of the shape, with x at the place; what is put there twice is added."""
        y = np.zeros_like(x, order="C", shape=self.shape)  # where x is
        if not may_repeat(self.place):
            y[self.place] = x  # faster
        elif 64 * x.size < y.size:  # numbering so many would take longer
            np.add.at(y, self.place, x)
        else:
            numbers = np.arange(y.size, like=y).reshape(self.shape)[self.place]
            np.add.at(y.reshape(-1), numbers.reshape(-1), x.reshape(-1))
        return y

    def backward(self, gy: Any) -> Any:
        """Return gy at the place."""
        return gy[self.place]


class Concatenate(Function):
    """y = arrays put together along an axis; each gets its own part of the gradient.

    >>> x0, x1 = Variable(np.zeros(2)), Variable(np.zeros(3))
    >>> (Concatenate(axis=0)(x0, x1) * np.arange(5.0)).sum().backward()
    >>> x0.grad, x1.grad
    (variable([0. 1.]), variable([2. 3. 4.]))
    """

    def __init__(self, axis: int) -> None:
        self.axis = axis

    def forward(self, *xs: Any) -> Any:
        """Return the arrays as one."""
        return np.concatenate(xs, axis=self.axis)

    def backward(self, gy: Any) -> tuple[Any, ...]:
        """Return the parts of gy, one for each input."""
        gxs, start = [], 0
        before = (slice(None),) * (self.axis % gy.ndim)
        for x in self.inputs:
            stop = start + x.shape[self.axis]
            gxs.append(gy[(*before, slice(start, stop))])
            start = stop
        return tuple(gxs)


class Where(Function):
    """y = x0 where condition is true, else x1; the gradient goes to the one that was taken.

    >>> x0, x1 = Variable(np.zeros(2)), Variable(np.ones(2))
    >>> Where(np.array([True, False]))(x0, x1).backward()
    >>> x0.grad, x1.grad
    (variable([1. 0.]), variable([0. 1.]))
    """

    def __init__(self, condition: Any) -> None:
        self.condition = condition

    def forward(self, x0: Any, x1: Any) -> Any:
        """Return x0 or x1, element by element."""
        return np.where(self.condition, x0, x1)

    def backward(self, gy: Any) -> tuple[Any, Any]:
        """Return gy where the input was taken and zeros elsewhere, for each input."""
        return where(self.condition, gy, 0.0), where(self.condition, 0.0, gy)


class Clip(Function):
    """y = x, but low where it is lower, and high where it is higher; dy/dx = 1 between, else 0.

    >>> x = Variable(np.array([-2.0, 0.5, 2.0]))
    >>> Clip(-1, 1)(x).backward()
    >>> x.grad
    variable([0. 1. 0.])
    """

    def __init__(self, low: float | None, high: float | None) -> None:
        self.low = low
        self.high = high

    def forward(self, x: Any) -> Any:
        """Return x between the two bounds, in the shape of x."""
        return np.clip(x, self.low, self.high)

    def backward(self, gy: Any) -> Any:
        """Return gy where x lies between the bounds or on them, and zeros elsewhere."""
        (x,) = self.xs
        return where(x == self.y, gy, 0.0)


def may_repeat(place: Any) -> bool:
    """Say whether an index may name one element twice: only whole numbers in a list or array can."""
    for part in place if isinstance(place, tuple) else (place,):
        if isinstance(part, (list, tuple)):
            part = np.array(part)
        if is_array(part) and part.ndim > 0 and part.dtype != np.bool_:
            return True
    return False


def get_item(x: Any, place: Any) -> Variable:
    """Return x[place], by NumPy's rules: numbers, slices, arrays of numbers or of truth values.

    Where the place names an element twice, it gets both gradients.
    Source: Saitoh, Deep Learning from Scratch 3 (2020), step 47.

    >>> x = Variable(np.array([[1.0, 2.0], [3.0, 4.0]]))
    >>> F.get_item(x, 1), x[1], x[:, 0]
    (variable([3. 4.]), variable([3. 4.]), variable([1. 3.]))
    """
    if isinstance(place, tuple):
        return GetItem(tuple([own_part(part) for part in place]))(x)
    return GetItem(own_part(place))(x)


def own_part(part: Any) -> Any:
    """Return a part of an index so that nobody else can change it before the backward pass.

    Arrays are copied, and sequences of any kind become new lists.
    """
    if isinstance(part, Variable):
        part = part.data
    if hasattr(part, "dtype"):
        return part.copy()
    return np.array(part).tolist() if hasattr(part, "__len__") else part


def concatenate(xs: Sequence[Any], axis: int = 0) -> Variable:
    """Return arrays or Variables put together along an axis that they have.

    Raises ValueError where there are none, and where their other axes differ.

    >>> F.concatenate([np.zeros(2), np.ones(3)])
    variable([0. 0. 1. 1. 1.])
    """
    if len(xs) == 0:
        raise ValueError("concatenate needs at least one array, got none")
    return Concatenate(axis)(*xs)


def stack(xs: Sequence[Any], axis: int = 0) -> Variable:
    """Return arrays or Variables of one shape put together along a new axis.

    Raises ValueError where there are none, and where their shapes differ.

    >>> F.stack([np.zeros(2), np.ones(2)])
    variable([[0. 0.]
              [1. 1.]])
    """
    layers = []
    for x in xs:
        x = shaped(x)
        at = normalize_axis_index(axis, x.ndim + 1)
        layers.append(x.reshape(*x.shape[:at], 1, *x.shape[at:]))
    return concatenate(layers, axis)


def where(condition: Any, x0: Any, x1: Any) -> Variable:
    """Return x0 where condition is true and x1 elsewhere, by NumPy's rules of broadcasting.

    condition: truth values, such as x > 0. Raises TypeError where it is anything else, and OverflowError for a
    Python number that does not fit into the type of the array beside it.

    >>> x = Variable(np.array([-1.0, 2.0]))
    >>> F.where(x > 0, x, 10 * x)
    variable([-10.   2.])
    """
    condition = data_of(condition)
    if condition.dtype != np.bool_:
        raise TypeError(
            f"where needs truth values, such as x > 0, got {condition.dtype}"
        )
    for x, other in ((x0, x1), (x1, x0)):
        if type(x) is int:  # np.where would make 255 of -1 in uint8
            np.array(x, data_of(other).dtype)
    return Where(condition.copy())(x0, x1)


def only_where(x: Any, condition: Any) -> Any:
    """Return x, an array or a Variable, where condition is true, and zeros elsewhere.

    >>> only_where(np.array([np.inf, 2.0]), np.array([False, True]))
    array([0., 2.])
    """
    if type(x) is not np.ndarray:
        return where(condition, x, 0.0)
    if x.size > 1000:
        with np.errstate(invalid="ignore"):
            y = x * condition  # many times as fast
        if not np.isnan(y.max()):
            return y
    return np.where(condition, x, 0)


def clip(x: Any, low: float | None, high: float | None) -> Variable:
    """Return x, but low where it is lower, and high where it is higher, in the shape of x. None is no bound.

    >>> F.clip(np.array([-2.0, 0.5, 2.0]), -1, 1)
    variable([-1.   0.5  1. ])
    """
    return Clip(low, high)(x)
