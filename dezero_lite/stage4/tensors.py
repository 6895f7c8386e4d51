"""Functions that change the shape of an array, each with its derivative beside it.

They take what stage 2's functions take; the operators still want operands of one shape.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from dezero_lite.stage2.core import Function, Variable, as_variable

Shape = tuple[int, ...]
Axis = int | tuple[int, ...] | None


class Sum(Function):
    """y = the sum of x's elements along axis; dy/dx = 1 for each element that y is summed from."""

    def __init__(self, axis: Axis, keepdims: bool) -> None:
        self.axis, self.keepdims = axis, keepdims

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return the sum, without the summed axes, or with length 1 there where keepdims is true."""
        return x.sum(axis=self.axis, keepdims=self.keepdims)

    def backward(self, gy: np.ndarray) -> np.ndarray:
        """Return gy for each element of x, in the shape of x."""
        if self.axis is not None and not self.keepdims:
            gy = np.expand_dims(gy, self.axis)
        return np.broadcast_to(gy, self.inputs[0].shape)


class BroadcastTo(Function):
    """y = x, repeated until it has the given shape; dx/dy adds up what the copies receive."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return x in the given shape, without copying its elements; the result is read-only."""
        return np.broadcast_to(x, self.shape)

    def backward(self, gy: np.ndarray) -> np.ndarray:
        """Return gy summed to the shape of x."""
        return _summed_to(gy, self.inputs[0].shape)


class SumTo(Function):
    """y = x, summed until it has the given shape: the way back of BroadcastTo."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return the sums, in the given shape."""
        return _summed_to(x, self.shape)

    def backward(self, gy: np.ndarray) -> np.ndarray:
        """Return gy for each element of x, in the shape of x."""
        return np.broadcast_to(gy, self.inputs[0].shape)


class MatMul(Function):
    """y = x W, the product of two matrices; with the gradient gy at y, gx = gy W^T and gW = x^T gy."""

    def forward(self, x: np.ndarray, W: np.ndarray) -> np.ndarray:
        """Return x W: (N, D) and (D, H) give (N, H)."""
        return x @ W

    def backward(self, gy: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the gradients at x, (N, D), and at W, (D, H), for gy, (N, H)."""
        x, W = self.inputs
        return gy @ W.data.T, x.data.T @ gy


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


def _summed_to(x: np.ndarray, shape: Shape) -> np.ndarray:
    new = x.ndim - len(shape)  # axes that broadcasting put in front
    axes = (*range(new), *(new + axis for axis, length in enumerate(shape) if length == 1))
    return x.sum(axis=axes, keepdims=True).reshape(shape)
