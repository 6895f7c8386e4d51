"""Batch normalization: each channel gets mean 0 and variance 1, over a batch while learning."""

from __future__ import annotations

from typing import Any

from dezero_lite.stage3.config import Config
from dezero_lite.stage3.core import Variable
from dezero_lite.stage3.functions import sqrt
from dezero_lite.stage4.shapes import shaped
from dezero_lite.stage4.sums import mean


def batch_norm(
    x: Any, gamma: Any, beta: Any, avg_mean: Any, avg_var: Any, decay: float = 0.9, eps: float = 2e-5
) -> Variable:
    """Return x with the mean of each channel 0 and its variance 1, times gamma, plus beta.

    x: (N, C) or (N, C, H, W). gamma, beta: (C,). avg_mean, avg_var: arrays, (C,): running means, which a call
    changes in place while Config.train is true; in test mode they are taken instead of the batch's own. decay:
    how much of them stays. eps: is added to the variance. Composed of functions that have derivatives of every
    order, so it has them, too.
    Raises ValueError for shapes that do not fit, and for a batch with one number in each channel.
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
        needs, shapes = "(N, C, ...), (C,) and (C,)", f"{x.shape}, {gamma.shape} and {beta.shape}"
        raise ValueError(f"batch_norm needs x, gamma and beta of shapes {needs}, got {shapes}")
    axes, channels = (0, *range(2, x.ndim)), (1, -1) + (1,) * (x.ndim - 2)
    if Config.train:
        m = mean(x, axis=axes, keepdims=True)
        d = x - m
        v = mean(d * d, axis=axes, keepdims=True)
        keep_average(avg_mean, avg_var, m.data, v.data, x.size // len(gamma), decay)
    else:
        d, v = x - avg_mean.reshape(channels), avg_var.reshape(channels)
    return d / sqrt(v + eps) * gamma.reshape(channels) + beta.reshape(channels)


def keep_average(avg_mean: Any, avg_var: Any, m: Any, v: Any, n: int, decay: float) -> None:
    """Bring running means up to date with the mean and variance of a batch, n numbers in each channel."""
    if n < 2:
        advice = "use a larger batch, or test_mode()"
        raise ValueError(f"batch_norm needs at least two numbers per channel to learn from; {advice}")
    avg_mean += (1 - decay) * (m.reshape(-1) - avg_mean)
    v = v * (n / (n - 1))  # a batch varies less around its own mean than around the true one
    avg_var += (1 - decay) * (v.reshape(-1) - avg_var)
