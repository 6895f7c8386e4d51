"""Functions that change the shape of an array, each with its derivative beside it.

The rules call these functions in their turn, so that a gradient can have a graph as well.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from dezero_lite.stage3.core import Variable, as_variable
from dezero_lite.stage3.function import Function

Shape = tuple[int, ...]
Axis = int | tuple[int, ...] | None


class Reshape(Function):
    """y = x in another shape; with the gradient gy at y, gx is gy in the shape of x."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape

    def forward(self, x: Any) -> Any:
        """Return x's elements in the given shape."""
        return x.reshape(self.shape)

    def backward(self, gy: Any) -> Any:
        """Return gy in the shape of x."""
        return reshape(gy, self.inputs[0].shape)


class Transpose(Function):
    """y = x with its axes in the opposite order; with the gradient gy at y, gx is gy transposed."""

    def forward(self, x: Any) -> Any:
        """Return x transposed."""
        return x.T

    def backward(self, gy: Any) -> Any:
        """Return gy transposed."""
        return transpose(gy)


class Sum(Function):
    """y = the sum of x's elements along axis; dy/dx = 1 for each element that y is summed from."""

    def __init__(self, axis: Axis, keepdims: bool) -> None:
        self.axis, self.keepdims = axis, keepdims

    def forward(self, x: Any) -> Any:
        """Return the sum, without the summed axes, or with length 1 there where keepdims is true."""
        return x.sum(axis=self.axis, keepdims=self.keepdims)

    def backward(self, gy: Any) -> Any:
        """Return gy for each element of x, in the shape of x."""
        shape = self.inputs[0].shape
        if not self.keepdims:
            gy = reshape(gy, np.empty(shape, bool).sum(axis=self.axis, keepdims=True).shape)
        return broadcast_to(gy, shape)


class BroadcastTo(Function):
    """y = x, repeated until it has the given shape; dx/dy adds up what the copies receive."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape

    def forward(self, x: Any) -> Any:
        """Return x in the given shape, without copying its elements; the result is read-only."""
        return np.broadcast_to(x, self.shape)

    def backward(self, gy: Any) -> Any:
        """Return gy summed to the shape of x."""
        return sum_to(gy, self.inputs[0].shape)


class SumTo(Function):
    """y = x, summed until it has the given shape: the way back of BroadcastTo."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape

    def forward(self, x: Any) -> Any:
        """Return the sums, in the given shape."""
        return _summed_to(x, self.shape)

    def backward(self, gy: Any) -> Any:
        """Return gy for each element of x, in the shape of x."""
        return broadcast_to(gy, self.inputs[0].shape)


class MatMul(Function):
    """y = x W, the product of two matrices; with the gradient gy at y, gx = gy W^T and gW = x^T gy."""

    def forward(self, x: Any, W: Any) -> Any:
        """Return x W: (N, D) and (D, H) give (N, H)."""
        return x @ W

    def backward(self, gy: Any) -> tuple[Any, Any]:
        """Return the gradients at x, (N, D), and at W, (D, H), for gy, (N, H)."""
        x, W = self.xs
        gx = matmul(gy, transpose(W)) if self.wants(0) else None
        return gx, matmul(transpose(x), gy) if self.wants(1) else None


def reshape(x: Any, shape: Shape) -> Variable:
    """Return x's elements in another shape.

    Raises ValueError where the shape has another number of elements.
    Source: Saitoh, Deep Learning from Scratch 3 (2020), step 38.
    """
    return Reshape(shape)(x)


def transpose(x: Any) -> Variable:
    """Return x with its axes in the opposite order.

    Source: Saitoh, Deep Learning from Scratch 3 (2020), step 38.
    """
    return Transpose()(x)


def sum(x: Any, axis: Axis = None, keepdims: bool = False) -> Variable:
    """Return the sum of x's elements, over all axes or over the given ones.

    x: any shape. Returns a Variable without the summed axes, or with length 1 there where keepdims is true.
    Raises numpy.exceptions.AxisError for an axis that x does not have.
    Source: Saitoh, Deep Learning from Scratch 3 (2020), step 39.
    """
    return Sum(axis, keepdims)(x)


def broadcast_to(x: Any, shape: Shape) -> Variable:
    """Return x repeated until it has the given shape, by NumPy's rules of broadcasting.

    The result's data is read-only: its elements are x's own, seen several times.
    Raises ValueError where x does not fit into shape.
    Source: Saitoh, Deep Learning from Scratch 3 (2020), step 40.
    """
    x = as_variable(x)
    if not _stretches(x.shape, shape):
        raise ValueError(f"broadcast_to cannot stretch {x.shape} to {shape}")
    return BroadcastTo(shape)(x)


def sum_to(x: Any, shape: Shape) -> Variable:
    """Return x summed until it has the given shape, the one that broadcast_to would stretch to x's.

    Raises ValueError where shape does not stretch to x's.
    Source: Saitoh, Deep Learning from Scratch 3 (2020), step 40.
    """
    x = as_variable(x)
    if not _stretches(shape, x.shape):
        raise ValueError(f"sum_to cannot sum {x.shape} to {shape}")
    return SumTo(shape)(x)


def matmul(x: Any, W: Any) -> Variable:
    """Return the product of two matrices.

    x: (N, D). W: (D, H). Returns (N, H).
    Raises ValueError for other numbers of axes, and where the inner lengths differ.
    Source: Saitoh, Deep Learning from Scratch 3 (2020), step 41.
    """
    x, W = as_variable(x), as_variable(W)
    if x.ndim != 2 or W.ndim != 2 or x.shape[1] != W.shape[0]:
        raise ValueError(f"matmul needs shapes (N, D) and (D, H), got {x.shape} and {W.shape}")
    return MatMul()(x, W)


def _stretches(shape: Shape, longer: Shape) -> bool:
    try:
        return np.broadcast_shapes(shape, longer) == longer
    except ValueError:
        return False


def _summed_to(x: Any, shape: Shape) -> Any:
    new = x.ndim - len(shape)  # axes that broadcasting put in front
    axes = (*range(new), *(new + axis for axis, length in enumerate(shape) if length == 1))
    return x.sum(axis=axes, keepdims=True).reshape(shape)
