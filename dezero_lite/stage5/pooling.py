"""Pooling: one number for each window of an image. Sizes as in windows.py."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from dezero_lite.stage3.core import Variable
from dezero_lite.stage3.function import Function
from dezero_lite.stage4.parts import only_where
from dezero_lite.stage4.shapes import shaped
from dezero_lite.stage4.sums import max, mean
from dezero_lite.stage5.windows import (
    Size,
    im2col,
    out_shape,
    padded,
    pair,
)


class MaxPool(Function):
    """y = the greatest element of each window; of equals in a window, the first one gets gy.

    >>> x = Variable(np.array([[[[1.0, 3.0, 2.0, 2.0]]]]))
    >>> y = MaxPool(kernel=(1, 2), stride=2)(x)
    >>> y.backward()
    >>> y, x.grad
    (variable([[[[3. 2.]]]]), variable([[[[0. 1. 1. 0.]]]]))
    """

    def __init__(self, kernel: Size, stride: Size) -> None:
        self.kernel = pair(kernel)
        self.stride = pair(stride)

    def overlaps(self) -> bool:
        """Say whether there are elements that several windows see."""
        (KH, KW), (SH, SW) = self.kernel, self.stride
        return KH > SH or KW > SW

    def forward(self, x: Any) -> Any:
        """Return (N, C, OH, OW) for (N, C, H, W)."""
        y, *others = every(x, self)
        for other in others:
            y = np.maximum(y, other)
        return y

    def backward(self, gy: Any) -> Any:
        """Return gy at the elements that were chosen and zeros elsewhere, in the shape of x."""
        return MaxUnpool(self, self.inputs[0].data, self.outputs[0]().data)(gy)


class MaxUnpool(Function):
    """y = zeros, with each element of x added where pool, a MaxPool, chose: the backward pass of MaxPool.

    >>> pool, x = MaxPool(kernel=(1, 2), stride=2), np.array([[[[1.0, 3.0, 2.0, 2.0]]]])
    >>> MaxUnpool(pool, x, y=pool.forward(x))(np.array([[[[10.0, 20.0]]]]))
    variable([[[[ 0. 10. 20.  0.]]]])
    """

    def __init__(self, pool: MaxPool, x: Any, y: Any) -> None:
        self.pool = pool
        self.shape = x.shape
        # for each place in a window, whether its element is the one
        self.masks = []
        *parts, _ = every(x, pool)
        left = np.ones_like(y, dtype=bool)
        for part in parts:
            mask = left & (part == y)
            left = left & ~mask
            self.masks.append(mask)
        self.masks.append(left)

    def forward(self, gy: Any) -> Any:
        """Return gy at its places, in the shape of the pooling's input."""
        overlap = self.pool.overlaps()
        g = np.empty_like(self.masks[0], gy.dtype)
        g[...] = gy  # now in memory in the order of the masks
        x = np.zeros_like(g, shape=self.shape)
        finite = np.isfinite(g).all()
        for mask, part in zip(self.masks, every(x, self.pool), strict=True):
            if not finite:  # 0 * inf would be nan
                part += np.where(mask, g, 0)
            elif overlap:
                part += g * mask
            else:
                np.multiply(g, mask, out=part)
        return x

    def backward(self, gx: Any) -> Any:
        """Return the elements of gx at the places."""
        gy = 0
        for mask, part in zip(self.masks, every(gx, self.pool), strict=True):
            gy = gy + only_where(part, mask)
        return gy


def every(x: Any, pool: MaxPool) -> Iterator[Any]:
    """Yield the first elements of all of pool's windows, then the second ones, and so on: each (N, C, OH, OW)."""
    (KH, KW), (SH, SW) = pool.kernel, pool.stride
    OH, OW = out_shape(x.shape, pool.kernel, pool.stride, 0)
    for i in range(KH):
        for j in range(KW):
            yield x[:, :, i : i + SH * OH : SH, j : j + SW * OW : SW]


class Pad(Function):
    """y = images with more pixels of a value at each edge; the gradient there goes nowhere.

    >>> Pad(pad=(0, 1), value=-np.inf)(np.array([[[[1.0, 2.0]]]]))
    variable([[[[-inf   1.   2. -inf]]]])
    """

    def __init__(self, pad: Size, value: float) -> None:
        self.pad = pad
        self.value = value

    def forward(self, x: Any) -> Any:
        """Return x, (N, C, H, W), with pad more pixels at each edge."""
        return padded(x, self.pad, self.value)

    def backward(self, gy: Any) -> Any:
        """Return gy without its edges."""
        (PH, PW), (H, W) = pair(self.pad), self.inputs[0].shape[2:]
        return gy[:, :, PH : PH + H, PW : PW + W]


def pooling(
    x: Any, kernel_size: Size, stride: Size = 1, pad: Size = 0
) -> Variable:
    """Return the greatest element of each window, in each channel: (N, C, H, W) gives (N, C, OH, OW).

    kernel_size, stride, pad: a number, or two for rows and columns. What pad adds at the edges is never the
    greatest. Of equals in a window, the first one gets the gradient.
    Raises ValueError where a window has no place, or would see nothing but edge.
    Source: Riesenhuber and Poggio, Hierarchical models of object recognition in cortex (1999).

    >>> F.pooling(np.arange(16.0).reshape(1, 1, 4, 4), kernel_size=2, stride=2)[0, 0]
    variable([[ 5.  7.]
              [13. 15.]])
    """
    x = shaped(x)
    (KH, KW), (SH, SW), (PH, PW) = pair(kernel_size), pair(stride), pair(pad)
    out_shape(x.shape, kernel_size, stride, pad)
    if PH >= KH or PW >= KW:
        raise ValueError(
            f"pooling needs a pad below the kernel's {(KH, KW)}, got {(PH, PW)}"
        )
    if PH or PW:
        x = Pad(pad, -np.inf if x.dtype.kind == "f" else np.iinfo(x.dtype).min)(x)
    if KH <= SH:
        return MaxPool(kernel_size, stride)(x)
    # the greatest of each row, which several windows see; then of these
    rows = MaxPool((1, KW), (1, SW))(x)
    return MaxPool((KH, 1), (SH, 1))(rows)


def pooling_simple(
    x: Any, kernel_size: Size, stride: Size = 1, pad: Size = 0
) -> Variable:
    """Return the greatest element of each window, composed of im2col and max.

    Differs from pooling where there are edges, which count as 0 here, and in that equals share the gradient.

    >>> x = Variable(np.array([[[[2.0, 2.0]]]]))
    >>> F.pooling_simple(x, kernel_size=(1, 2)).backward()
    >>> x.grad
    variable([[[[0.5 0.5]]]])
    """
    return max(im2col(x, kernel_size, stride, pad, to_matrix=False), axis=(2, 3))


def average_pooling(
    x: Any, kernel_size: Size, stride: Size = 1, pad: Size = 0
) -> Variable:
    """Return the mean of each window, in each channel: (N, C, H, W) gives (N, C, OH, OW); edges count as 0.

    Raises ValueError where a window has no place.
    Source: LeCun et al., Gradient-based learning applied to document recognition (1998).

    >>> F.average_pooling(np.arange(16.0).reshape(1, 1, 4, 4), kernel_size=2, stride=2)[0, 0]
    variable([[ 2.5  4.5]
              [10.5 12.5]])
    """
    return mean(im2col(x, kernel_size, stride, pad, to_matrix=False), axis=(2, 3))


def global_average_pooling(x: Any) -> Variable:
    """Return the mean of each channel of each image: (N, C, H, W) gives (N, C).

    Source: Lin et al., Network in network (2013).

    >>> F.global_average_pooling(np.arange(8.0).reshape(1, 2, 2, 2))
    variable([[1.5 5.5]])
    """
    x = shaped(x)
    if x.ndim != 4:
        raise ValueError(
            f"images need four axes, (N, C, H, W), got shape {x.shape}"
        )
    return mean(x, axis=(2, 3))
