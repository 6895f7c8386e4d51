"""The book's names for functions: ours, and a few that it composes of others."""

from __future__ import annotations

from typing import Any

from dezero_lite.functions import (
    accuracy,
    average_pooling,
    batch_norm,
    broadcast_to,
    col2im,
    conv2d,
    conv2d_simple,
    cos,
    deconv2d,
    dropout,
    exp,
    im2col,
    leaky_relu,
    linear,
    log,
    matmul,
    max,
    mean,
    mean_squared_error,
    min,
    pooling,
    pooling_simple,
    relu,
    reshape,
    sigmoid,
    sin,
    softmax_cross_entropy,
    sum,
    sum_to,
    tanh,
    transpose,
)
from dezero_lite.stage3.core import Variable
from dezero_lite.stage3.operators import add, div, mul, neg, pow, sub
from dezero_lite.stage4 import losses, parts
from dezero_lite.stage4.shapes import shaped

average = mean
linear_simple = linear
softmax_cross_entropy_simple = softmax_cross_entropy


def softmax(x: Any, axis: int = 1) -> Variable:
    """Return softmax along an axis: the second one unless told otherwise, where ours takes the last."""
    return losses.softmax(x, axis)


def log_softmax(x: Any, axis: int = 1) -> Variable:
    """Return the logarithm of softmax(x, axis)."""
    return losses.log_softmax(x, axis)


def batch_nrom(x: Any, gamma: Any, beta: Any, mean: Any, var: Any, decay: float = 0.9, eps: float = 2e-5) -> Variable:
    """Return batch_norm, in the book's spelling; mean and var are the running ones."""
    return batch_norm(x, gamma, beta, mean, var, decay, eps)


def clip(x: Any, x_min: float, x_max: float) -> Variable:
    """Return x, but x_min where it is lower, and x_max where it is higher."""
    return parts.clip(x, x_min, x_max)


def get_item(x: Any, slices: Any) -> Variable:
    """Return x[slices]."""
    return parts.get_item(x, slices)


def expand_dims(x: Any, axis: int) -> Variable:
    """Return x with a new axis of length 1 in a place, counted in the result.

    Raises ValueError where the result has no such place.
    """
    x = shaped(x)
    place = axis + x.ndim + 1 if axis < 0 else axis
    if not 0 <= place <= x.ndim:
        raise ValueError(f"expand_dims makes {x.ndim + 1} axes of shape {x.shape}, and none is {axis}")
    return reshape(x, (*x.shape[:place], 1, *x.shape[place:]))


def flatten(x: Any) -> Variable:
    """Return each sample in a row: (N, ...) gives (N, the product of the others)."""
    x = shaped(x)
    return reshape(x, (len(x), -1))


def sigmoid_simple(x: Any) -> Variable:
    """Return 1 / (1 + e ** -x), composed of exp and operators."""
    return 1 / (1 + exp(-shaped(x)))


def softmax_simple(x: Any, axis: int = 1) -> Variable:
    """Return softmax(x, axis), composed of exp and sum."""
    y = exp(x)
    return y / sum(y, axis=axis, keepdims=True)


def mean_squared_error_simple(x0: Any, x1: Any) -> Variable:
    """Return the sum of the squared differences, divided by the number of rows, composed of operators."""
    difference = sub(x0, x1)
    return sum(difference**2) / len(difference)


def sigmoid_cross_entropy(x: Any, t: Any) -> Variable:
    """Return the mean cross-entropy of sigmoid(x) against labels 0 and 1, in nats; x and t of as many elements."""
    x = shaped(x)
    return binary_cross_entropy(sigmoid(x), reshape(t, x.shape))


def binary_cross_entropy(p: Any, t: Any) -> Variable:
    """Return the mean of -t ln p - (1 - t) ln(1 - p) over the rows; p is kept away from 0 and 1."""
    p = clip(p, 1e-15, 0.999)
    return -sum(t * log(p) + (1 - shaped(t)) * log(1 - p)) / len(p)


def embed_id(x: Any, W: Any) -> Variable:
    """Return the rows of W with the numbers x."""
    return get_item(W, x)


__all__ = [
    "accuracy",
    "add",
    "average",
    "average_pooling",
    "batch_norm",
    "batch_nrom",
    "binary_cross_entropy",
    "broadcast_to",
    "clip",
    "col2im",
    "conv2d",
    "conv2d_simple",
    "cos",
    "deconv2d",
    "div",
    "dropout",
    "embed_id",
    "exp",
    "expand_dims",
    "flatten",
    "get_item",
    "im2col",
    "leaky_relu",
    "linear",
    "linear_simple",
    "log",
    "log_softmax",
    "matmul",
    "max",
    "mean",
    "mean_squared_error",
    "mean_squared_error_simple",
    "min",
    "mul",
    "neg",
    "pooling",
    "pooling_simple",
    "pow",
    "relu",
    "reshape",
    "sigmoid",
    "sigmoid_cross_entropy",
    "sigmoid_simple",
    "sin",
    "softmax",
    "softmax_cross_entropy",
    "softmax_cross_entropy_simple",
    "softmax_simple",
    "sub",
    "sum",
    "sum_to",
    "tanh",
    "transpose",
]
