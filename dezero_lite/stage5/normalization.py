"""Batch normalization: each channel gets mean 0 and variance 1, over a batch while learning."""

from __future__ import annotations

from typing import Any

import numpy as np

from dezero_lite.stage3.config import Config
from dezero_lite.stage3.core import Variable
from dezero_lite.stage3.data import is_array, kind_of
from dezero_lite.stage3.function import Function
from dezero_lite.stage4.precision import narrowed, widened
from dezero_lite.stage4.shapes import shaped


class Normalize(Function):
    """y = (x - m) / s * gamma + beta, with mean m and standard deviation s of each channel.

    What would only shift or stretch a whole channel of x changes nothing in y: the gradient at x has no part of it.

    >>> x = Variable(np.array([[1.0], [3.0], [5.0]]))
    >>> Normalize(eps=0)(x, np.ones(1), np.zeros(1)).backward()
    >>> x.grad.data.tolist()
    [[0.0], [0.0], [0.0]]
    """

    def __init__(self, eps: float) -> None:
        self.eps = eps

    def forward(self, x: Any, gamma: Any, beta: Any) -> Any:
        """Return y, in the shape of x: (N, C) or (N, C, H, W)."""
        channels = (1, -1) + (1,) * (x.ndim - 2)
        self.m, self.d, self.v = around_mean(x)
        self.scale = (self.v + self.eps) ** -0.5
        scale = gamma.reshape(channels) * self.scale
        return self.d * scale + beta.reshape(channels)

    def backward(self, gy: Any) -> tuple[Any, Any, Any]:
        """Return the gradients at x, gamma and beta."""
        x, gamma, _ = self.xs
        d, scale = self.d, self.scale
        if Config.enable_backprop:  # as in forward, but with a graph
            _, d, v = around_mean(x)
            scale = (v + self.eps) ** -0.5
        gbeta, ggamma = total(gy), total(gy, d) * scale
        n = x.size // len(gamma)
        gx = d * (ggamma * scale / -n)  # an array of its own, so += may change it
        gx += gy
        gx -= gbeta / n
        gx *= gamma.reshape(scale.shape) * scale
        return gx, ggamma.reshape(-1), gbeta.reshape(-1)


def around_mean(x: Any) -> tuple[Any, Any, Any]:
    """Return the mean of each channel of x, (N, C, ...), how far x is from it, and the mean square of that."""
    n = x.size // x.shape[1]
    m = total(x) / n
    d = x - m
    return m, d, total(d, d) / n


def total(x: Any, y: Any = None) -> Any:
    """Return the sum of x, or of x * y, over each channel: (N, C, ...) gives (1, C, 1, ...)."""
    if isinstance(x, Variable):
        axes = (0, *range(2, x.ndim))
        return (x if y is None else x * y).sum(axis=axes, keepdims=True)
    shape = (*x.shape[:2], -1)
    if y is None:
        sums = np.einsum("ncp->cp", x.reshape(shape))
    else:  # without an array for the products
        sums = np.einsum("ncp,ncp->cp", x.reshape(shape), y.reshape(shape))
    # images first, then places: one long sum of float32 would lose digits
    return sums.sum(axis=1).reshape((1, -1) + (1,) * (x.ndim - 2))


def batch_norm(
    x: Any,
    gamma: Any,
    beta: Any,
    avg_mean: Any,
    avg_var: Any,
    decay: float = 0.9,
    eps: float = 2e-5,
) -> Variable:
    """Return x with the mean of each channel 0 and its variance 1, times gamma, plus beta.

    x: (N, C) or (N, C, H, W). gamma, beta: (C,). avg_mean, avg_var: arrays, (C,): running means, which a call
    changes in place while Config.train is true; in test mode they are taken instead of the batch's own. decay:
    how much of them stays. eps: is added to the variance. Has derivatives of every order.
    Raises ValueError for shapes that do not fit, and for a batch with one number in each channel; TypeError where
    avg_mean or avg_var is no array: a Variable or a list would not keep what is put there.
    Source: Ioffe and Szegedy, Batch normalization (2015).

    >>> x, avg_mean, avg_var = np.array([[1.0, 10.0], [3.0, 30.0]]), np.zeros(2), np.ones(2)
    >>> y = F.batch_norm(x, np.ones(2), np.zeros(2), avg_mean, avg_var)
    >>> np.round(y.data, 2)
    array([[-1., -1.],
           [ 1.,  1.]])
    >>> avg_mean
    array([0.2, 2. ])
    """
    x, gamma, beta = shaped(x), shaped(gamma), shaped(beta)
    if x.ndim < 2 or not x.shape[1:2] == gamma.shape == beta.shape:
        needs = "(N, C, ...), (C,) and (C,)"
        shapes = f"{x.shape}, {gamma.shape} and {beta.shape}"
        raise ValueError(
            f"batch_norm needs x, gamma and beta of shapes {needs}, got {shapes}"
        )
    for average in (avg_mean, avg_var):
        if not is_array(average):
            raise TypeError(
                "batch_norm changes avg_mean and avg_var in place, so they must "
                f"be arrays, got {kind_of(average)}"
            )
    if not Config.train:
        channels = (1, -1) + (1,) * (x.ndim - 2)
        scale = gamma.reshape(channels) / np.sqrt(avg_var.reshape(channels) + eps)
        return (x - avg_mean.reshape(channels)) * scale + beta.reshape(channels)
    n = x.size // len(gamma)
    if n < 2:
        needs = "at least two numbers per channel to learn from"
        advice = "use a larger batch, or test_mode()"
        raise ValueError(f"batch_norm needs {needs}; {advice}")
    f = Normalize(eps)
    y = f(widened(x), widened(gamma), widened(beta))
    keep_average(avg_mean, avg_var, f.m, f.v, n, decay)
    return narrowed(y, x, gamma, beta)


def keep_average(
    avg_mean: Any, avg_var: Any, m: Any, v: Any, n: int, decay: float
) -> None:
    """Bring running means up to date with the mean and variance of a batch, n numbers in each channel."""
    avg_mean += (1 - decay) * (m.reshape(-1) - avg_mean)
    # a batch varies less around its own mean than around the true one
    v = v * (n / (n - 1))
    avg_var += (1 - decay) * (v.reshape(-1) - avg_var)
