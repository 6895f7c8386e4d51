"""Functions that change the shape of an array and none of its elements, each with its derivative beside it."""

from __future__ import annotations

from typing import Any

import numpy as np

from dezero_lite.stage3.core import Variable
from dezero_lite.stage3.data import as_array, is_array, stretched_axes
from dezero_lite.stage3.function import Function

Shape = tuple[int, ...]


class Reshape(Function):
    """y = x's elements in another shape; the gradient at x is gy in the shape of x.

    >>> x = Variable(np.zeros((2, 3)))
    >>> Reshape((6,))(x).backward()
    >>> x.grad.shape
    (2, 3)
    """

    def __init__(self, shape: Shape) -> None:
        self.shape = shape

    def forward(self, x: Any) -> Any:
        """Return x's elements in the given shape."""
        return x.reshape(self.shape)

    def backward(self, gy: Any) -> Any:
        """Return gy in the shape of x."""
        return gy.reshape(self.inputs[0].shape)


class Transpose(Function):
    """y = x with its axes in another order; the gradient at x is gy with its axes put back.

    >>> x = Variable(np.zeros((2, 3, 4)))
    >>> y = Transpose((1, 2, 0))(x)
    >>> y.backward()
    >>> y.shape, x.grad.shape
    ((3, 4, 2), (2, 3, 4))
    """

    def __init__(self, axes: Shape | None) -> None:
        self.axes = axes

    def forward(self, x: Any) -> Any:
        """Return x, whose axis axes[i] is the result's axis i; for None, the axes in the opposite order."""
        return x.transpose(self.axes)

    def backward(self, gy: Any) -> Any:
        """Return gy with its axes in the order of x: the inverse permutation."""
        if self.axes is None:
            return gy.transpose()
        back = np.argsort([axis % gy.ndim for axis in self.axes])
        return gy.transpose(*back)


class BroadcastTo(Function):
    """y = x, repeated until it has the given shape; the gradient at x adds up what the copies get.

    >>> x = Variable(np.array([1.0, 2.0]))
    >>> BroadcastTo((3, 2))(x).backward()
    >>> x.grad
    variable([3. 3.])
    """

    def __init__(self, shape: Shape) -> None:
        self.shape = shape

    def forward(self, x: Any) -> Any:
        """Return x in the given shape, without copying its elements; the result is read-only."""
        return np.broadcast_to(x, self.shape)

    def backward(self, gy: Any) -> Any:
        """Return gy: the backward pass sums whatever NumPy has stretched."""
        return gy


def shaped(x: Any) -> Any:
    """Return x as something with a shape: Variables and arrays as they are, anything else as an array.

    An array does not become a Variable: it is a constant, whose gradient nobody wants.
    """
    return x if isinstance(x, Variable) or is_array(x) else as_array(x)


def data_of(x: Any) -> Any:
    """Return the array of a Variable; arrays as they are, anything else as an array."""
    return x.data if isinstance(x, Variable) else shaped(x)


def as_tuple(numbers: tuple[Any, ...]) -> Shape:
    """Return what a function has taken as *numbers in one tuple: both (2, 3) and ((2, 3),) give (2, 3)."""
    if len(numbers) == 1 and isinstance(numbers[0], (tuple, list)):
        return tuple(numbers[0])
    return numbers


def reshape(x: Any, *shape: Any) -> Variable:
    """Return x's elements in another shape, given as numbers or as a tuple of them.

    One of the numbers may be -1, for the length that fits. Raises ValueError where none fits.
    Source: Saitoh, Deep Learning from Scratch 3 (2020), step 38.

    >>> F.reshape(np.arange(6), (2, 3))
    variable([[0 1 2]
              [3 4 5]])
    >>> Variable(np.arange(6)).reshape(3, -1).shape
    (3, 2)
    """
    return Reshape(as_tuple(shape))(x)


def transpose(x: Any, *axes: Any) -> Variable:
    """Return x with its axes in another order: axis axes[i] of x is the result's axis i.

    axes: numbers, or a tuple of them; without any, the axes come in the opposite order. Raises
    ValueError where they are not all of x's axes, each once.
    Source: Saitoh, Deep Learning from Scratch 3 (2020), step 38.

    >>> x = Variable(np.zeros((2, 3, 4)))
    >>> F.transpose(x).shape, x.transpose(0, 2, 1).shape
    ((4, 3, 2), (2, 4, 3))
    """
    x, axes = shaped(x), as_tuple(axes)
    if axes and (len(axes) != x.ndim or len(set(axes)) != x.ndim):
        raise ValueError(
            f"transpose needs each of x's {x.ndim} axes once, got {axes}"
        )
    return Transpose(axes or None)(x)


def broadcast_to(x: Any, shape: Shape) -> Variable:
    """Return x repeated until it has the given shape, by NumPy's rules of broadcasting.

    The result's data is read-only: its elements are x's own, seen several times.
    Raises ValueError where x does not fit into shape.
    Source: Saitoh, Deep Learning from Scratch 3 (2020), step 40.

    >>> F.broadcast_to(np.array([1.0, 2.0]), (3, 2))
    variable([[1. 2.]
              [1. 2.]
              [1. 2.]])
    """
    x, shape = shaped(x), tuple(shape)
    if stretched_axes(x.shape, shape) is None:
        raise ValueError(f"broadcast_to cannot stretch {x.shape} to {shape}")
    return BroadcastTo(shape)(x)
