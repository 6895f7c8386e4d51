"""One row for each function of stage 5: the same by its definition in autograd.numpy, and random inputs for both."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import autograd.numpy as anp
import numpy as np
from hypothesis import strategies as st

from dezero_lite import stage5 as ours
from dezero_lite.stage4.shapes import data_of

from ..stage4.cases import Case, Draw, array


def places(size: int, kernel: int, stride: int, pad: int) -> np.ndarray:
    """(places, kernel, size): 1 where element i of the window at place p is pixel h, else 0."""
    count = (size + 2 * pad - kernel) // stride + 1
    p, i, h = np.ogrid[:count, :kernel, :size]
    return (p * stride + i - pad == h).astype(float)


def sizes(draw: Draw) -> tuple[tuple[int, ...], Any, Any]:
    """The size of an image; kernel, stride and pad as they are given, numbers or pairs; and all three as pairs."""
    kernel, stride, pad = (tuple(draw(st.integers(low, 3)) for _ in "hw") for low in (1, 1, 0))
    least = [max(k - 2 * p, 1) for k, p in zip(kernel, pad, strict=True)]
    size = tuple(n + draw(st.integers(0, 3)) for n in least)
    given = [x[0] if x[0] == x[1] and draw(st.booleans()) else x for x in (kernel, stride, pad)]
    return size, tuple(given), (kernel, stride, pad)


def maps(size: Any, pairs: Any) -> list[np.ndarray]:
    return [places(*numbers) for numbers in zip(size, *pairs, strict=True)]


def counts(draw: Draw) -> list[int]:
    return [draw(st.integers(1, 3)) for _ in range(3)]


def im2col(draw: Draw) -> Case:
    (n, c, _), (size, given, pairs) = counts(draw), sizes(draw)
    at_h, at_w = maps(size, pairs)
    if draw(st.booleans()):
        f = partial(anp.einsum, "ncHW,hiH,wjW->ncijhw")
        return Case(
            lambda x: ours.im2col(x, given[0], given[1], given[2], False),
            lambda x: f(x, at_h, at_w),
            [array(draw, (n, c, *size))],
        )
    rows = (n * len(at_h) * len(at_w), -1)
    f = partial(anp.einsum, "ncHW,hiH,wjW->nhwcij")
    return Case(
        lambda x: ours.im2col(x, *given), lambda x: anp.reshape(f(x, at_h, at_w), rows), [array(draw, (n, c, *size))]
    )


def col2im(draw: Draw) -> Case:
    (n, c, _), (size, given, pairs) = counts(draw), sizes(draw)
    at_h, at_w = maps(size, pairs)
    shape, places = (n, c, *size), (len(at_h), len(at_w))
    if draw(st.booleans()):
        x = array(draw, (n, c, *pairs[0], *places))
        return Case(
            lambda x: ours.col2im(x, shape, given[0], given[1], given[2], False),
            lambda x: anp.einsum("ncijhw,hiH,wjW->ncHW", x, at_h, at_w),
            [x],
        )
    x = array(draw, (n * len(at_h) * len(at_w), c * pairs[0][0] * pairs[0][1]))
    return Case(
        lambda x: ours.col2im(x, shape, *given),
        lambda x: anp.einsum("nhwcij,hiH,wjW->ncHW", anp.reshape(x, (n, *places, c, *pairs[0])), at_h, at_w),
        [x],
    )


def convolution(name: str, draw: Draw) -> Case:
    (n, c, out), (size, given, pairs) = counts(draw), sizes(draw)
    at_h, at_w = maps(size, pairs)
    shapes = [(n, c, *size), (out, c, *pairs[0]), (out,)][: draw(st.integers(2, 3))]

    def theirs(x: Any, W: Any, b: Any = 0.0) -> Any:
        return anp.einsum("ncHW,ocij,hiH,wjW->nohw", x, W, at_h, at_w) + anp.reshape(anp.ones(out) * b, (-1, 1, 1))

    return Case(
        lambda x, W, b=None: getattr(ours, name)(x, W, b, *given[1:]), theirs, [array(draw, shape) for shape in shapes]
    )


def deconv2d(draw: Draw) -> Case:
    (n, c, out), (size, given, pairs) = counts(draw), sizes(draw)
    at_h, at_w = maps(size, pairs)
    least = tuple(s * (m - 1) + k - 2 * p for m, k, s, p in zip((len(at_h), len(at_w)), *pairs, strict=True))
    chosen = [size] if least != size or draw(st.booleans()) else []
    shapes = [(n, c, len(at_h), len(at_w)), (c, out, *pairs[0]), (out,)][: draw(st.integers(2, 3))]

    def theirs(x: Any, W: Any, b: Any = 0.0) -> Any:
        return anp.einsum("nchw,coij,hiH,wjW->noHW", x, W, at_h, at_w) + anp.reshape(anp.ones(out) * b, (-1, 1, 1))

    return Case(
        lambda x, W, b=None: ours.deconv2d(x, W, b, *given[1:], *chosen),
        theirs,
        [array(draw, shape) for shape in shapes],
    )


def pooled(name: str, draw: Draw) -> Case:
    (n, c, _), (size, given, pairs) = counts(draw), sizes(draw)
    if name == "pooling":  # each window must see a pixel
        kernel, stride, _ = pairs
        pad = tuple(draw(st.integers(0, k - 1)) for k in kernel)
        size = tuple(max(length, k) for length, k in zip(size, kernel, strict=True))
        pairs, given = (kernel, stride, pad), (*given[:2], pad)
    at_h, at_w = maps(size, pairs)

    def theirs(x: Any) -> Any:
        y = anp.einsum("ncHW,hiH,wjW->nchwij", x, at_h, at_w)
        if name == "average_pooling":
            return anp.mean(y, axis=(4, 5))
        if name == "pooling":
            y = y - 1e9 * (1 - np.einsum("hiH,wjW->hwij", at_h, at_w))
        return anp.max(y, axis=(4, 5))

    return Case(lambda x: getattr(ours, name)(x, *given), theirs, [array(draw, (n, c, *size))])


def pooling_simple(draw: Draw) -> Case:
    """Without edges: their zeros are equals, which share a gradient, and a tie is no place to differentiate."""
    (n, c, _), (size, given, pairs) = counts(draw), sizes(draw)
    size = tuple(max(length, k) for length, k in zip(size, pairs[0], strict=True))
    at_h, at_w = maps(size, (*pairs[:2], (0, 0)))
    return Case(
        lambda x: ours.pooling_simple(x, *given[:2]),
        lambda x: anp.max(anp.einsum("ncHW,hiH,wjW->nchwij", x, at_h, at_w), axis=(4, 5)),
        [array(draw, (n, c, *size))],
    )


def global_average_pooling(draw: Draw) -> Case:
    shape = (*counts(draw), draw(st.integers(1, 3)))
    return Case(ours.global_average_pooling, lambda x: anp.mean(x, axis=(2, 3)), [array(draw, shape)])


def batch_norm(draw: Draw) -> Case:
    n, c = draw(st.integers(2, 4)), draw(st.integers(1, 3))
    shape = (n, c, *draw(st.lists(st.integers(1, 3), max_size=2)))
    axes, channels = (0, *range(2, len(shape))), (1, -1, *[1] * (len(shape) - 2))
    eps = draw(st.sampled_from([2e-5, 0.1]))

    def f(x: Any, gamma: Any, beta: Any) -> Any:
        data, dtype = data_of(x), np.result_type(x.dtype, np.float16)
        averages = np.zeros_like(data, dtype, shape=(c,)), np.ones_like(data, dtype, shape=(c,))
        return ours.batch_norm(x, gamma, beta, *averages, eps=eps)

    def theirs(x: Any, gamma: Any, beta: Any) -> Any:
        d = x - anp.mean(x, axis=axes, keepdims=True)
        v = anp.mean(d * d, axis=axes, keepdims=True)
        return d / anp.sqrt(v + eps) * anp.reshape(gamma, channels) + anp.reshape(beta, channels)

    return Case(f, theirs, [array(draw, shape), array(draw, (c,)), array(draw, (c,))])


def dropout(draw: Draw) -> Case:
    shape = draw(st.lists(st.integers(1, 4), max_size=3).map(tuple))
    seed, ratio = draw(st.integers(0, 99)), draw(st.sampled_from([0.0, 0.25, 0.5]))
    mask = (np.random.default_rng(seed).random(shape) > ratio) / (1 - ratio)
    return Case(lambda x: ours.dropout(x, ratio, np.random.default_rng(seed)), lambda x: x * mask, [array(draw, shape)])


def linear_pair(draw: Draw) -> Case:
    (d, h, _), axes = counts(draw), draw(st.lists(st.integers(1, 3), min_size=1, max_size=2))
    shapes = [(*axes, d), (d, h), (h,), (*axes, h), (h, h)]
    return Case(
        lambda *xs: ours.LinearPair()(*xs),
        lambda x, Wx, b, h, Wh: anp.dot(x, Wx) + b + anp.dot(h, Wh),
        [array(draw, shape) for shape in shapes],
    )


def sigmoid(x: Any) -> Any:
    return 1 / (1 + anp.exp(-x))


def remember(draw: Draw) -> Case:
    shape = tuple(counts(draw)[:2])
    return Case(
        lambda *xs: ours.Remember()(*xs),
        lambda f, i, u, c: sigmoid(f) * c + sigmoid(i) * anp.tanh(u),
        [array(draw, shape) for _ in "fiuc"],
    )


def show(draw: Draw) -> Case:
    shape = tuple(counts(draw)[:2])
    return Case(lambda *xs: ours.Show()(*xs), lambda o, c: sigmoid(o) * anp.tanh(c), [array(draw, shape) for _ in "oc"])


TABLE: dict[str, tuple[int, Callable[[Draw], Case]]] = {
    "average_pooling": (56, partial(pooled, "average_pooling")),
    "batch_norm": (58, batch_norm),
    "col2im": (56, col2im),
    "conv2d": (57, partial(convolution, "conv2d")),
    "conv2d_simple": (57, partial(convolution, "conv2d_simple")),
    "deconv2d": (57, deconv2d),
    "dropout": (54, dropout),
    "global_average_pooling": (58, global_average_pooling),
    "im2col": (56, im2col),
    "linear_pair": (60, linear_pair),
    "pooling": (57, partial(pooled, "pooling")),
    "pooling_simple": (56, pooling_simple),
    "remember": (60, remember),
    "show": (60, show),
}
