"""Tasks of networks for images: a small network of convolutions, pooling, batch normalization; each with its floor."""

from __future__ import annotations

from collections.abc import Callable
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
    """Images, (N, C, H, W), seen as (C, H, W, N), where they are; the order in memory stays as it was."""
    return x.transpose(*range(1, x.ndim), 0)


def first(x: np.ndarray) -> np.ndarray:
    """The other way: (C, H, W, N) seen as (N, C, H, W)."""
    return x.transpose(-1, *range(x.ndim - 1))


class ImagesLast:
    """The best order known: what all images have at one place lies side by side, and one product serves them all."""

    def new(self, make: Callable[..., np.ndarray], *shape: int) -> np.ndarray:
        """Return an array of the shape (..., N) that np.empty or np.zeros makes."""
        return make(shape, np.float32)

    def matrix(self, x: np.ndarray, rows: int) -> np.ndarray:
        """Return (..., H, W, N) as a matrix: (rows, H * W * N)."""
        return x.reshape(rows, -1)

    def images(self, matrix: np.ndarray, *shape: int) -> np.ndarray:
        """Return a matrix in the shape (..., H, W, N)."""
        return matrix.reshape(shape)

    def gradient(self, g: np.ndarray, cols: np.ndarray) -> Any:
        """Return the gradient at the matrix that cols was multiplied by."""
        return (cols @ g.T).T

    def linear_back(self, g: np.ndarray, w: np.ndarray) -> Any:
        """Return the gradient at the rows that were multiplied by w, as the columns of a matrix."""
        return w @ g.T


class ImagesFirst:
    """The order that one would write first: one image after the other, as they come, and a product for each."""

    def new(self, make: Callable[..., np.ndarray], *shape: int) -> np.ndarray:
        """Return an array of the shape (..., N) that np.empty or np.zeros makes."""
        return last(make((shape[-1], *shape[:-1]), np.float32))

    def matrix(self, x: np.ndarray, rows: int) -> np.ndarray:
        """Return (..., H, W, N) as N matrices: (N, rows, H * W)."""
        return first(x).reshape(x.shape[-1], rows, -1)

    def images(self, matrix: np.ndarray, *shape: int) -> np.ndarray:
        """Return N matrices in the shape (..., H, W, N)."""
        return last(matrix.reshape(shape[-1], *shape[:-1]))

    def gradient(self, g: np.ndarray, cols: np.ndarray) -> Any:
        """Return the gradient at the matrix that each of cols was multiplied by."""
        return (g @ cols.transpose(0, 2, 1)).sum(axis=0)

    def linear_back(self, g: np.ndarray, w: np.ndarray) -> Any:
        """Return the gradient at the rows that were multiplied by w."""
        return g @ w.T


Order = ImagesLast | ImagesFirst


def columns(x: np.ndarray, order: Order) -> np.ndarray:
    """The three by three windows of images, (C, H, W, N), with an edge of zeros, as a matrix of C * 9 rows."""
    C, H, W, N = x.shape
    padded = order.new(np.zeros, C, H + 2, W + 2, N)
    padded[:, 1:-1, 1:-1] = x
    places = order.new(np.empty, C, 3, 3, H, W, N)
    for i in range(3):
        for j in range(3):
            places[:, i, j] = padded[:, i : i + H, j : j + W]
    return order.matrix(places, C * 9)


def convolved(x: np.ndarray, W: np.ndarray, b: np.ndarray, order: Order) -> tuple[np.ndarray, np.ndarray]:
    """The convolution of (C, H, W, N), and the windows, which its way back needs."""
    cols = columns(x, order)
    y = W.reshape(len(W), -1) @ cols
    y += b.reshape(-1, 1)
    return order.images(y, len(W), *x.shape[1:]), cols


def convolved_back(
    x: np.ndarray, W: np.ndarray, cols: np.ndarray, g: np.ndarray, order: Order, wanted: bool
) -> list[Any]:
    """The gradients at W and b and, where wanted, at x."""
    (C, height, width, N), OC = x.shape, len(W)
    rows = order.matrix(g, OC)
    gw = order.gradient(rows, cols).reshape(W.shape)
    gb = g.sum(axis=(1, 2, 3))
    if not wanted:
        return [gw, gb]
    parts = order.images(W.reshape(OC, -1).T @ rows, C, 3, 3, height, width, N)
    gx = order.new(np.zeros, C, height + 2, width + 2, N)
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


def network_floor(*parameters: Any, x: Any, t: Any, order: Order) -> Result:
    """Of the network."""
    w1, b1, w2, b2, w3, b3 = parameters
    x = last(x)
    c1, cols1 = convolved(x, w1, b1, order)
    r1 = np.maximum(c1, 0)
    h1, kept1 = pooled(r1)
    c2, cols2 = convolved(h1, w2, b2, order)
    r2 = np.maximum(c2, 0)
    h2, kept2 = pooled(r2)
    rows = first(h2).reshape(len(t), -1)
    y, [g] = loss(rows @ w3 + b3, t)
    gh2 = order.images(order.linear_back(g, w3), *h2.shape)
    gr2 = pooled_back(r2, kept2, gh2) * (c2 > 0)
    gw2, gb2, gh1 = convolved_back(h1, w2, cols2, gr2, order, True)
    gr1 = pooled_back(r1, kept1, gh1) * (c1 > 0)
    gw1, gb1 = convolved_back(x, w1, cols1, gr1, order, False)
    return y, [gw1, gb1, gw2, gb2, rows.T @ g, g.sum(axis=0)]


def convolution_floor(x: Any, W: Any, b: Any, order: Order) -> Result:
    """Of the convolution."""
    x = last(x)
    y, cols = convolved(x, W, b, order)
    gw, gb, gx = convolved_back(x, W, cols, np.ones_like(y), order, True)
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


def described() -> list[tuple[str, Any, list[Any], tuple[np.ndarray, ...]]]:
    """Return title, expression, floors and inputs of each task; the second floor keeps images first in memory."""
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
    orders: list[Order] = [ImagesLast(), ImagesFirst()]
    return [
        (
            "conv net 8-16-10, 8 × 8, batch 100",
            partial(network, x=x, t=t),
            [partial(network_floor, x=x, t=t, order=order) for order in orders],
            parameters,
        ),
        (
            "conv2d 16 to 32, 16 × 16, batch 32",
            convolution,
            [partial(convolution_floor, order=order) for order in orders],
            (large, *kernels),
        ),
        ("max pooling, 32 × 16 × 16 × 16", pooling, [pooling_floor], (large,)),
        (
            "batch norm, 32 × 16 × 16 × 16",
            partial(batch_norm, w=w),
            [partial(batch_norm_floor, w=w)],
            (large, drawn(16) + 2, drawn(16)),
        ),
    ]
