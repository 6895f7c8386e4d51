"""The book's tools: drawings of graphs, sizes of convolutions, and comparisons for tests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from dezero_lite.stage3.core import Variable
from dezero_lite.stage3.graph import get_dot_graph, plot_dot_graph
from dezero_lite.stage4.shapes import data_of
from dezero_lite.stage4.sums import kept_shape
from dezero_lite.stage4.sums import sum_to as sum_variable_to
from dezero_lite.stage5 import windows
from dezero_lite.stage5.devices import as_numpy
from dezero_lite.stage5.windows import pair


def get_conv_outsize(input_size: int, kernel_size: int, stride: int, pad: int) -> int:
    """Return how many places a window has; see dezero_lite.stage5."""
    return windows.get_conv_outsize(input_size, kernel_size, stride, pad)


def get_deconv_outsize(size: int, k: int, s: int, p: int) -> int:
    """Return the length along which a window has size places; see dezero_lite.stage5."""
    return windows.get_deconv_outsize(size, k, s, p)


def sum_to(x: Any, shape: Any) -> Any:
    """Return an array summed until it has the given shape.

    Raises ValueError where the shape does not stretch to x's.
    """
    return sum_variable_to(x, shape).data


def reshape_sum_backward(gy: Any, x_shape: Any, axis: Any, keepdims: bool) -> Any:
    """Return gy, the gradient at a sum of an array of x_shape, with length 1 where it was summed.

    keepdims: whether the sum kept its axes; then gy has them already.
    """
    return gy if keepdims else gy.reshape(kept_shape(tuple(x_shape), axis))


def array_equal(a: Any, b: Any) -> bool:
    """Say whether two arrays or Variables have the same shape and the same elements."""
    return np.array_equal(as_numpy(a), as_numpy(b))


def array_allclose(a: Any, b: Any, rtol: float = 1e-4, atol: float = 1e-5) -> bool:
    """Say whether the elements of two arrays or Variables differ by no more than atol + rtol * |b|."""
    return np.allclose(as_numpy(a), as_numpy(b), rtol=rtol, atol=atol)


def numerical_grad(f: Callable[..., Any], x: Any, *args: Any, **kwargs: Any) -> np.ndarray:
    """Return the gradient of the sum of f(x, ...) by central differences, element by element, in x's shape."""
    x, eps = as_numpy(x).astype(np.float64), 1e-4
    gradient = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        ends = []
        for step in (eps, -eps):
            moved = x.copy()
            moved[place] += step
            ends.append(as_numpy(f(moved, *args, **kwargs)).sum())
        gradient[place] = (ends[0] - ends[1]) / (2 * eps)
    return gradient


def gradient_check(
    f: Callable[..., Any], x: Any, *args: Any, rtol: float = 1e-4, atol: float = 1e-5, **kwargs: Any
) -> bool:
    """Say whether backward through f(x, ...) gives at x what central differences give; see dezero_lite.testing."""
    v = Variable(as_numpy(x).astype(np.float64))
    f(v, *args, **kwargs).backward()
    assert v.grad is not None
    return array_allclose(v.grad, numerical_grad(f, data_of(v), *args, **kwargs), rtol, atol)


__all__ = [
    "array_allclose",
    "array_equal",
    "get_conv_outsize",
    "get_deconv_outsize",
    "get_dot_graph",
    "gradient_check",
    "numerical_grad",
    "pair",
    "plot_dot_graph",
    "reshape_sum_backward",
    "sum_to",
]
