"""Layers for images: convolutions, and batch normalization."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from dezero_lite.stage3.core import Variable
from dezero_lite.stage4.layers import Layer, Parameter, xavier
from dezero_lite.stage4.shapes import Shape, data_of
from dezero_lite.stage5.convolution import conv2d, deconv2d
from dezero_lite.stage5.normalization import batch_norm
from dezero_lite.stage5.windows import Size, pair


class Conv2d(Layer):
    """y = conv2d(x, W, b), with parameters W and b.

    out_channels: OC. kernel_size, stride, pad: as in conv2d. in_channels: C; without it, the first x decides.
    The rest as in Linear, where init is asked for C * KH * KW inputs.

    >>> layer = Conv2d(8, kernel_size=3, pad=1)
    >>> layer(np.zeros((2, 1, 5, 5))).shape, layer.W.shape
    ((2, 8, 5, 5), (8, 1, 3, 3))
    """

    def __init__(
        self,
        out_channels: int,
        kernel_size: Size,
        stride: Size = 1,
        pad: Size = 0,
        nobias: bool = False,
        dtype: Any = np.float32,
        in_channels: int | None = None,
        rng: Any = None,
        init: Callable[[int], float] | None = None,
    ) -> None:
        self.out_channels = out_channels
        self.kernel_size = pair(kernel_size)
        self.stride = stride
        self.pad = pad
        self.dtype = dtype
        self.rng = rng
        self.init = init or xavier
        self.W = Parameter(None, "W")
        self.b = None if nobias else Parameter(np.zeros(out_channels, dtype), "b")
        if in_channels is not None:
            self.make_weights(in_channels)

    def kernels(self, in_channels: int) -> Shape:
        """Return the shape of W for C channels."""
        return (self.out_channels, in_channels, *self.kernel_size)

    def make_weights(self, in_channels: int, like: Any = None) -> None:
        """Draw W for C channels; it will lie where the array like does."""
        rng = np.random if self.rng is None else self.rng
        scale = self.init(in_channels * math.prod(self.kernel_size))
        W = rng.standard_normal(self.kernels(in_channels)) * scale
        self.W.data = np.asarray(W.astype(self.dtype), like=like)

    def forward(self, x: Any) -> Variable:
        """Return (N, OC, OH, OW) for (N, C, H, W)."""
        if self.W.data is None:
            self.make_weights(data_of(x).shape[1], data_of(x))
        return conv2d(x, self.W, self.b, self.stride, self.pad)


class Deconv2d(Conv2d):
    """y = deconv2d(x, W, b), with parameters W and b; arguments as in Conv2d.

    >>> layer = Deconv2d(1, kernel_size=2, stride=2)
    >>> layer(np.zeros((2, 8, 4, 4))).shape, layer.W.shape
    ((2, 1, 8, 8), (8, 1, 2, 2))
    """

    def kernels(self, in_channels: int) -> Shape:
        """Return the shape of W for C channels."""
        return (in_channels, self.out_channels, *self.kernel_size)

    def forward(self, x: Any) -> Variable:
        """Return (N, OC, OH, OW), greater images, for (N, C, H, W)."""
        if self.W.data is None:
            self.make_weights(data_of(x).shape[1], data_of(x))
        return deconv2d(x, self.W, self.b, self.stride, self.pad)


class BatchNorm(Layer):
    """batch_norm with parameters gamma and beta, which are learned, and the running avg_mean and avg_var.

    These are Parameters, too, so that they are saved and moved with the others; they never get a gradient,
    so that no optimizer changes them. All four are made when the layer first sees x.

    >>> layer = BatchNorm()
    >>> y = layer(np.array([[1.0], [3.0]]))
    >>> np.round(y.data, 2).tolist(), layer.avg_mean
    ([[-1.0], [1.0]], variable([0.2]))
    """

    def __init__(self, decay: float = 0.9, eps: float = 2e-5) -> None:
        self.decay = decay
        self.eps = eps
        self.gamma = Parameter(None, "gamma")
        self.beta = Parameter(None, "beta")
        self.avg_mean = Parameter(None, "avg_mean")
        self.avg_var = Parameter(None, "avg_var")

    def forward(self, x: Any) -> Variable:
        """Return x normalized, in the shape of x: (N, C) or (N, C, H, W)."""
        if self.gamma.data is None:
            data = data_of(x)
            dtype = data.dtype if data.dtype.kind == "f" else np.float32
            zeros = np.zeros_like(data, dtype, shape=data.shape[1:2])
            self.gamma.data, self.beta.data = zeros + 1, zeros
            self.avg_mean.data, self.avg_var.data = zeros.copy(), zeros + 1
        averages = self.avg_mean.data, self.avg_var.data
        return batch_norm(
            x, self.gamma, self.beta, *averages, self.decay, self.eps
        )
