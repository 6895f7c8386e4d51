"""Tasks of networks for images: a small network of convolutions, pooling, batch normalization; each with its floor."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from benchmarks.adapters import Adapter, Result
from benchmarks.floors import loss

EPS = 2e-5


def network(lib: Adapter, *parameters: Any, x: Any, t: Any) -> Any:
    """The loss of two convolutions, each with ReLU and pooling, and a linear layer."""
    w1, b1, w2, b2, w3, b3 = parameters
    h = lib.pooling(lib.relu(lib.conv2d(lib.constant(x), w1, b1)))
    h = lib.pooling(lib.relu(lib.conv2d(h, w2, b2)))
    return lib.cross_entropy(lib.linear(h.reshape((len(x), -1)), w3, b3), lib.constant(t))


def convolution(lib: Adapter, x: Any, W: Any, b: Any) -> Any:
    """A convolution alone, large enough that the products decide."""
    return lib.conv2d(x, W, b)


def pooling(lib: Adapter, x: Any) -> Any:
    """The greatest of each two by two elements."""
    return lib.pooling(x)


def batch_norm(lib: Adapter, x: Any, gamma: Any, beta: Any, w: Any) -> Any:
    """Batch normalization, weighted: its plain sum would have no gradient."""
    return lib.batch_norm(x, gamma, beta) * lib.constant(w)


def last(x: np.ndarray) -> np.ndarray:
    """The images in another order: (N, C, H, W) as (C, H, W, N). What all have at one place lies side by side there."""
    return x.transpose(1, 2, 3, 0)


def first(x: np.ndarray) -> np.ndarray:
    """The order of before: (C, H, W, N) as (N, C, H, W)."""
    return x.transpose(3, 0, 1, 2)


def columns(x: np.ndarray) -> np.ndarray:
    """The three by three windows of images, (C, H, W, N), with an edge of zeros: (C * 9, H * W * N)."""
    C, H, W, N = x.shape
    padded = np.zeros((C, H + 2, W + 2, N), x.dtype)
    padded[:, 1:-1, 1:-1] = x
    places = np.empty((C, 3, 3, H, W, N), x.dtype)
    for i in range(3):
        for j in range(3):
            places[:, i, j] = padded[:, i : i + H, j : j + W]
    return places.reshape(C * 9, -1)


def convolved(x: np.ndarray, W: np.ndarray, b: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The convolution of (C, H, W, N), and the windows, which its way back needs."""
    cols = columns(x)
    y = W.reshape(len(W), -1) @ cols
    y += b.reshape(-1, 1)
    return y.reshape(len(W), *x.shape[1:]), cols


def convolved_back(x: np.ndarray, W: np.ndarray, cols: np.ndarray, g: np.ndarray, wanted: bool) -> list[Any]:
    """The gradients at W and b and, where wanted, at x."""
    (C, height, width, N), OC = x.shape, len(W)
    rows = g.reshape(OC, -1)
    gw = (cols @ rows.T).T.reshape(W.shape)
    gb = rows.sum(axis=1)
    if not wanted:
        return [gw, gb]
    parts = (W.reshape(OC, -1).T @ rows).reshape(C, 3, 3, height, width, N)
    gx = np.zeros((C, height + 2, width + 2, N), x.dtype)
    for i in range(3):
        for j in range(3):
            gx[:, i : i + height, j : j + width] += parts[:, i, j]
    return [gw, gb, gx[:, 1:-1, 1:-1]]


def pooled(x: np.ndarray) -> tuple[np.ndarray, Any]:
    """The pooling of (C, H, W, N), and what its way back needs: where the greater of each two is the first one."""
    left, right = x[:, :, ::2], x[:, :, 1::2]
    rows = np.maximum(left, right)
    above, below = rows[:, ::2], rows[:, 1::2]
    return np.maximum(above, below), (left >= right, above >= below)


def pooled_back(x: np.ndarray, kept: Any, g: np.ndarray) -> np.ndarray:
    """The gradient at x."""
    to_left, upper = kept
    rows = np.empty_like(to_left, x.dtype)
    np.multiply(g, upper, out=rows[:, ::2])
    np.multiply(g, ~upper, out=rows[:, 1::2])
    gx = np.empty_like(x)
    np.multiply(rows, to_left, out=gx[:, :, ::2])
    np.multiply(rows, ~to_left, out=gx[:, :, 1::2])
    return gx


def network_floor(*parameters: Any, x: Any, t: Any) -> Result:
    """Of the network."""
    w1, b1, w2, b2, w3, b3 = parameters
    x = last(x)
    c1, cols1 = convolved(x, w1, b1)
    r1 = np.maximum(c1, 0)
    h1, kept1 = pooled(r1)
    c2, cols2 = convolved(h1, w2, b2)
    r2 = np.maximum(c2, 0)
    h2, kept2 = pooled(r2)
    rows = first(h2).reshape(len(t), -1)
    y, [g] = loss(rows @ w3 + b3, t)
    gh2 = (w3 @ g.T).reshape(h2.shape)
    gr2 = pooled_back(r2, kept2, gh2) * (c2 > 0)
    gw2, gb2, gh1 = convolved_back(h1, w2, cols2, gr2, True)
    gr1 = pooled_back(r1, kept1, gh1) * (c1 > 0)
    gw1, gb1 = convolved_back(x, w1, cols1, gr1, False)
    return y, [gw1, gb1, gw2, gb2, rows.T @ g, g.sum(axis=0)]


def convolution_floor(x: Any, W: Any, b: Any) -> Result:
    """Of the convolution."""
    x = np.ascontiguousarray(last(x))
    y, cols = convolved(x, W, b)
    gw, gb, gx = convolved_back(x, W, cols, np.ones_like(y), True)
    return first(y), [first(gx), gw, gb]


def pooling_floor(x: Any) -> Result:
    """Of the pooling."""
    y, kept = pooled(last(x))
    return first(y), [first(pooled_back(last(x), kept, np.ones_like(y)))]


def batch_norm_floor(x: Any, gamma: Any, beta: Any, w: Any) -> Result:
    """Of the batch normalization; its gradient by the formula of the paper."""
    n, channels = x.size // len(gamma), (-1, 1, 1)
    z = x - (np.einsum("nchw->c", x) / n).reshape(channels)
    scale = 1 / np.sqrt(np.einsum("nchw,nchw->c", z, z) / n + EPS)
    z *= scale.reshape(channels)
    y = z * gamma.reshape(channels)
    y += beta.reshape(channels)
    gbeta, ggamma = np.einsum("nchw->c", w), np.einsum("nchw,nchw->c", w, z)
    gx = z * (ggamma / -n).reshape(channels)
    gx += w
    gx -= (gbeta / n).reshape(channels)
    gx *= (gamma * scale).reshape(channels)
    return y * w, [gx, ggamma, gbeta]


def described() -> list[tuple[str, Any, Any, tuple[np.ndarray, ...]]]:
    """Return title, expression, floor and inputs of each task."""
    random = np.random.default_rng(0)

    def drawn(*shape: int, scale: float = 1.0) -> np.ndarray:
        return (random.standard_normal(shape) * scale).astype(np.float32)

    x, t = drawn(100, 1, 8, 8), random.integers(10, size=100)
    parameters = (
        drawn(8, 1, 3, 3, scale=0.3),
        drawn(8),
        drawn(16, 8, 3, 3, scale=0.1),
        drawn(16),
        drawn(64, 10),
        drawn(10),
    )
    large, w = drawn(32, 16, 16, 16), drawn(32, 16, 16, 16)
    kernels = drawn(32, 16, 3, 3, scale=0.1), drawn(32)
    return [
        (
            "conv net 8-16-10, 8 × 8, batch 100",
            partial(network, x=x, t=t),
            partial(network_floor, x=x, t=t),
            parameters,
        ),
        ("conv2d 16 to 32, 16 × 16, batch 32", convolution, convolution_floor, (large, *kernels)),
        ("max pooling, 32 × 16 × 16 × 16", pooling, pooling_floor, (large,)),
        (
            "batch norm, 32 × 16 × 16 × 16",
            partial(batch_norm, w=w),
            partial(batch_norm_floor, w=w),
            (large, drawn(16) + 2, drawn(16)),
        ),
    ]
