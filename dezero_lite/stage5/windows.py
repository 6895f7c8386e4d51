"""The windows through which a convolution looks at an image. N images, C channels, H W their size.

KH KW is the size of a window, OH OW the number of its places.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from dezero_lite.stage3.core import Variable
from dezero_lite.stage3.function import Function
from dezero_lite.stage4.shapes import Shape, shaped

Size = int | tuple[int, ...]


def pair(x: Size) -> tuple[int, ...]:
    """Return x, a number for both directions or a tuple of two numbers, as a tuple of two numbers.

    >>> pair(3), pair((3, 1))
    ((3, 3), (3, 1))
    """
    return x if isinstance(x, tuple) else (x, x)


def get_conv_outsize(size: int, kernel: int, stride: int, pad: int) -> int:
    """Return how many places a window of length kernel has along an axis of length size, with pad more at each end.

    Raises ValueError where it has none, and for lengths below 1 or a pad below 0.
    Source: Saitoh, Deep Learning from Scratch 3 (2020), step 55.

    >>> get_conv_outsize(28, kernel=5, stride=1, pad=2)
    28
    >>> get_conv_outsize(28, kernel=2, stride=2, pad=0)
    14
    """
    if size < 1 or kernel < 1 or stride < 1 or pad < 0:
        raise ValueError(
            "a window needs size, kernel and stride of 1 or more, and pad of 0 "
            f"or more, got {size}, {kernel}, {stride} and {pad}"
        )
    count = (size + 2 * pad - kernel) // stride + 1
    if count < 1:
        raise ValueError(
            f"a window of {kernel} does not fit into {size} + 2 * {pad}"
        )
    return count


def get_deconv_outsize(size: int, kernel: int, stride: int, pad: int) -> int:
    """Return the length along which a window of length kernel has size places: the least, for a stride above 1.

    >>> get_deconv_outsize(14, kernel=2, stride=2, pad=0)
    28
    """
    return stride * (size - 1) + kernel - 2 * pad


def out_shape(shape: Shape, kernel: Size, stride: Size, pad: Size) -> Shape:
    """Return OH and OW for images of a shape, (N, C, H, W).

    Raises ValueError where there are no four axes.
    """
    if len(shape) != 4:
        raise ValueError(
            f"images need four axes, (N, C, H, W), got shape {shape}"
        )
    kernel, stride, pad = pair(kernel), pair(stride), pair(pad)
    return tuple(map(get_conv_outsize, shape[2:], kernel, stride, pad))


def padded(x: Any, pad: Size, value: float = 0) -> Any:
    """Return an array of images with pad more pixels of a value at each edge."""
    (N, C, H, W), (PH, PW) = x.shape, pair(pad)
    if PH == PW == 0:
        return x
    y = np.full_like(x, value, shape=(N, C, H + 2 * PH, W + 2 * PW))
    y[:, :, PH : PH + H, PW : PW + W] = x
    return y


def images_last(x: Any) -> Any:
    """Return an array of images with the axes (N, C, H, W), but in memory in the order C, H, W, N.

    There, what all images have at a place lies side by side, and slices copy long stretches at once.
    """
    x = x.transpose(1, 2, 3, 0)
    return x.astype(x.dtype, order="C", copy=False).transpose(3, 0, 1, 2)


def windows(x: Any, kernel: Size, stride: Size, pad: Size) -> Any:
    """Return all windows of an array of images, (N, C, H, W), as (N, C, KH, KW, OH, OW)."""
    (N, C), (KH, KW), (SH, SW) = x.shape[:2], pair(kernel), pair(stride)
    OH, OW = out_shape(x.shape, kernel, stride, pad)
    x = padded(images_last(x), pad)
    y = np.empty_like(x, shape=(C, KH, KW, OH, OW, N)).transpose(5, 0, 1, 2, 3, 4)
    for i in range(KH):
        for j in range(KW):
            y[:, :, i, j] = x[:, :, i : i + SH * OH : SH, j : j + SW * OW : SW]
    return y


def add_windows(y: Any, shape: Shape, stride: Size, pad: Size) -> Any:
    """Return images of a shape, (N, C, H, W), to which each window of y is added at its place.

    y: (N, C, KH, KW, OH, OW). This is the backward pass of windows.
    """
    (SH, SW), (PH, PW), (H, W) = pair(stride), pair(pad), shape[2:]
    N, C, KH, KW, OH, OW = y.shape
    x = np.zeros_like(y, shape=(C, H + 2 * PH, W + 2 * PW, N))
    x = x.transpose(3, 0, 1, 2)
    for i in range(KH):
        for j in range(KW):
            x[:, :, i : i + SH * OH : SH, j : j + SW * OW : SW] += y[:, :, i, j]
    return x[:, :, PH : PH + H, PW : PW + W]


class Im2col(Function):
    """y = all windows of x, (N, C, KH, KW, OH, OW); each pixel gets the sum of the gradients of its copies.

    >>> x = Variable(np.zeros((1, 1, 3, 3)))
    >>> Im2col(kernel=(2, 2), stride=1, pad=0)(x).backward()
    >>> x.grad[0, 0]
    variable([[1. 2. 1.]
              [2. 4. 2.]
              [1. 2. 1.]])
    """

    def __init__(self, kernel: Size, stride: Size, pad: Size) -> None:
        self.kernel = kernel
        self.stride = stride
        self.pad = pad

    def forward(self, x: Any) -> Any:
        """Return the windows of x, (N, C, H, W)."""
        return windows(x, self.kernel, self.stride, self.pad)

    def backward(self, gy: Any) -> Any:
        """Return the windows of gy, added up."""
        return Col2im(self.inputs[0].shape, self.stride, self.pad)(gy)


class Col2im(Function):
    """y = images of a shape, to which each window of x is added; the gradient at x is all windows of gy.

    >>> x = np.array([1.0, 10.0, 2.0, 20.0]).reshape(1, 1, 1, 2, 1, 2)
    >>> Col2im((1, 1, 1, 3), stride=1, pad=0)(x)
    variable([[[[ 1. 12. 20.]]]])
    """

    def __init__(self, shape: Shape, stride: Size, pad: Size) -> None:
        self.shape = shape
        self.stride = stride
        self.pad = pad

    def forward(self, x: Any) -> Any:
        """Return the images, (N, C, H, W), for the windows x, (N, C, KH, KW, OH, OW)."""
        return add_windows(x, self.shape, self.stride, self.pad)

    def backward(self, gy: Any) -> Any:
        """Return the windows of gy."""
        return Im2col(self.inputs[0].shape[2:4], self.stride, self.pad)(gy)


def im2col(
    x: Any,
    kernel_size: Size,
    stride: Size = 1,
    pad: Size = 0,
    to_matrix: bool = True,
) -> Variable:
    """Return all windows of x, (N, C, H, W): one in each row, (N * OH * OW, C * KH * KW).

    to_matrix: if false, (N, C, KH, KW, OH, OW). Raises ValueError where a window has no place.
    Source: Chellapilla et al., High performance convolutional neural networks for document processing (2006).

    >>> F.im2col(np.arange(9.0).reshape(1, 1, 3, 3), kernel_size=2)
    variable([[0. 1. 3. 4.]
              [1. 2. 4. 5.]
              [3. 4. 6. 7.]
              [4. 5. 7. 8.]])
    """
    y = Im2col(pair(kernel_size), stride, pad)(x)
    if not to_matrix:
        return y
    N, C, KH, KW, OH, OW = y.shape
    y = y.transpose(0, 4, 5, 1, 2, 3)
    return y.reshape(N * OH * OW, C * KH * KW)


def col2im(
    x: Any,
    input_shape: Shape,
    kernel_size: Size,
    stride: Size = 1,
    pad: Size = 0,
    to_matrix: bool = True,
) -> Variable:
    """Return images of input_shape, (N, C, H, W), to which each window is added at its place.

    x: what im2col returns, with the same arguments. A pixel that several windows see is their sum: this is
    im2col's backward pass, not its inverse.
    Raises ValueError where x has another shape than im2col would return.
    Source: Saitoh, Deep Learning from Scratch 3 (2020), step 57.

    >>> F.col2im(np.ones((4, 4)), (1, 1, 3, 3), kernel_size=2)[0, 0]
    variable([[1. 2. 1.]
              [2. 4. 2.]
              [1. 2. 1.]])
    """
    (N, C), (KH, KW) = input_shape[:2], pair(kernel_size)
    OH, OW = out_shape(input_shape, kernel_size, stride, pad)
    shape = (N * OH * OW, C * KH * KW) if to_matrix else (N, C, KH, KW, OH, OW)
    x = shaped(x)
    if x.shape != shape:
        raise ValueError(
            f"col2im needs the windows of {input_shape}, shape {shape}, "
            f"got {x.shape}"
        )
    if to_matrix:
        x = x.reshape(N, OH, OW, C, KH, KW).transpose(0, 3, 4, 5, 1, 2)
    return Col2im(input_shape, stride, pad)(x)
