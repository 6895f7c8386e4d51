"""Convolution and its two derivatives, which are three functions of one kind.

N images, C channels in and OC out, H W an image's size, KH KW the kernel's, OH OW the output's.
y = convolve(x, W) is linear in x and linear in W. So its two derivatives are linear in what they take, too, and
the backward pass of each of the three is written with the other two.
"""

from __future__ import annotations

from typing import Any

from dezero_lite.stage3.core import Variable
from dezero_lite.stage3.function import Function
from dezero_lite.stage4.matrices import linear
from dezero_lite.stage4.shapes import Shape, shaped
from dezero_lite.stage5.windows import (
    Size,
    add_windows,
    get_conv_outsize,
    get_deconv_outsize,
    im2col,
    out_shape,
    pair,
    windows,
)


class Convolve(Function):
    """y = each kernel of W on each window of x: a product of matrices, W times the windows of all images.

    >>> x = Variable(np.zeros((1, 1, 3, 3)))
    >>> Convolve(stride=1, pad=0)(x, np.ones((1, 1, 2, 2))).backward()
    >>> x.grad[0, 0]
    variable([[1. 2. 1.]
              [2. 4. 2.]
              [1. 2. 1.]])
    """

    def __init__(self, stride: Size, pad: Size) -> None:
        self.stride = stride
        self.pad = pad

    def forward(self, x: Any, W: Any, b: Any = None) -> Any:
        """Return (N, OC, OH, OW) for (N, C, H, W), (OC, C, KH, KW) and (OC,)."""
        OC, C, KH, KW = W.shape
        cols = windows(x, (KH, KW), self.stride, self.pad)
        N, (OH, OW) = len(x), cols.shape[4:]
        cols = cols.transpose(1, 2, 3, 4, 5, 0).reshape(C * KH * KW, -1)
        y = W.reshape(OC, -1) @ cols  # (OC, OH * OW * N)
        y = y if b is None else y + b.reshape(-1, 1)
        return y.reshape(OC, OH, OW, N).transpose(3, 0, 1, 2)

    def backward(self, gy: Any) -> tuple[Any, ...]:
        """Return the gradients at x, W and, where there is a b, at b; None where nobody wants it."""
        x, W, *b = self.xs
        gx = gW = None
        if self.wants(0):
            gx = Deconvolve(self.stride, self.pad, x.shape[2:])(gy, W)
        if self.wants(1):
            gW = KernelGradient(self.stride, self.pad, W.shape[2:])(x, gy)
        return (gx, gW, gy.sum(axis=(0, 2, 3))) if b else (gx, gW)


class Deconvolve(Function):
    """y = each kernel of W, times a pixel of x, added at the pixel's window: the derivative of Convolve by x.

    >>> x = np.array([[[[1.0, 2.0], [3.0, 4.0]]]])
    >>> Deconvolve(stride=2, pad=0, size=(4, 4))(x, np.ones((1, 1, 2, 2)))[0, 0]
    variable([[1. 1. 2. 2.]
              [1. 1. 2. 2.]
              [3. 3. 4. 4.]
              [3. 3. 4. 4.]])
    """

    def __init__(self, stride: Size, pad: Size, size: Shape) -> None:
        self.stride = stride
        self.pad = pad
        self.size = size

    def forward(self, x: Any, W: Any, b: Any = None) -> Any:
        """Return (N, C, H, W) for (N, OC, OH, OW), (OC, C, KH, KW) and (C,); size is H and W."""
        (N, OC, OH, OW), (_, C, KH, KW) = x.shape, W.shape
        cols = W.reshape(OC, -1).T @ x.transpose(1, 2, 3, 0).reshape(OC, -1)
        cols = cols.reshape(C, KH, KW, OH, OW, N).transpose(5, 0, 1, 2, 3, 4)
        y = add_windows(cols, (N, C, *self.size), self.stride, self.pad)
        return y if b is None else y + b.reshape(-1, 1, 1)

    def backward(self, gy: Any) -> tuple[Any, ...]:
        """Return the gradients at x, W and, where there is a b, at b; None where nobody wants it."""
        x, W, *b = self.xs
        gx = gW = None
        if self.wants(0):
            gx = Convolve(self.stride, self.pad)(gy, W)
        if self.wants(1):
            gW = KernelGradient(self.stride, self.pad, W.shape[2:])(gy, x)
        return (gx, gW, gy.sum(axis=(0, 2, 3))) if b else (gx, gW)


class KernelGradient(Function):
    """y = the sum of the windows of x0, each times its pixel of x1: the derivative of Convolve by W.

    >>> x = np.arange(9.0).reshape(1, 1, 3, 3)
    >>> KernelGradient(stride=1, pad=0, kernel=(2, 2))(x, np.ones((1, 1, 2, 2)))[0, 0]
    variable([[ 8. 12.]
              [20. 24.]])
    """

    def __init__(self, stride: Size, pad: Size, kernel: Shape) -> None:
        self.stride = stride
        self.pad = pad
        self.kernel = kernel

    def forward(self, x0: Any, x1: Any) -> Any:
        """Return (OC, C, KH, KW) for (N, C, H, W) and (N, OC, OH, OW); kernel is KH and KW."""
        (KH, KW), C, OC = self.kernel, x0.shape[1], x1.shape[1]
        cols = windows(x0, (KH, KW), self.stride, self.pad)
        cols = cols.transpose(1, 2, 3, 4, 5, 0).reshape(C * KH * KW, -1)
        y = cols @ x1.transpose(2, 3, 0, 1).reshape(-1, OC)  # (C * KH * KW, OC)
        return y.T.reshape(OC, C, KH, KW)

    def backward(self, gy: Any) -> tuple[Any, Any]:
        """Return the gradients at x0 and x1; None where nobody wants it."""
        x0, x1 = self.xs
        gx0 = gx1 = None
        if self.wants(0):
            gx0 = Deconvolve(self.stride, self.pad, x0.shape[2:])(x1, gy)
        if self.wants(1):
            gx1 = Convolve(self.stride, self.pad)(x0, gy)
        return gx0, gx1


def conv2d(
    x: Any, W: Any, b: Any = None, stride: Size = 1, pad: Size = 0
) -> Variable:
    """Return what each kernel of W answers to each window of x, plus b.

    x: (N, C, H, W). W: (OC, C, KH, KW). b: (OC,), or None. stride: the step from window to window. pad: pixels
    of 0 at each edge. Both may be a number, or two for rows and columns. Returns (N, OC, OH, OW).
    The kernel is not turned round, so mathematicians call this a cross-correlation.
    Raises ValueError where the shapes do not fit, and where a window has no place.
    Source: LeCun et al., Gradient-based learning applied to document recognition (1998).

    >>> x = np.array([[[[0.0, 0.0, 1.0, 1.0]]]])
    >>> F.conv2d(x, np.array([[[[-1.0, 1.0]]]]))  # finds the edge
    variable([[[[0. 1. 0.]]]])
    """
    check_kernels("conv2d", x, W, b, axis=1)
    f = Convolve(stride, pad)
    return f(x, W) if b is None else f(x, W, b)


def deconv2d(
    x: Any,
    W: Any,
    b: Any = None,
    stride: Size = 1,
    pad: Size = 0,
    outsize: Size | None = None,
) -> Variable:
    """Return each pixel of x times the kernels, added up at the places of conv2d's windows, plus b.

    x: (N, C, H, W). W: (C, OC, KH, KW). b: (OC,), or None. outsize: the result's size, where several give x's
    size under conv2d; the least unless told otherwise. Returns (N, OC, OH, OW).
    Also called a transposed convolution: it takes the shapes of conv2d back, not the values.
    Raises ValueError where the shapes do not fit.
    Source: Zeiler et al., Deconvolutional networks (2010).

    >>> x = np.array([[[[1.0, 2.0]]]])
    >>> F.deconv2d(x, np.ones((1, 1, 2, 2)), stride=2)[0, 0]
    variable([[1. 1. 2. 2.]
              [1. 1. 2. 2.]])
    """
    check_kernels("deconv2d", x, W, b, axis=0)
    size, kernel = shaped(x).shape[2:], shaped(W).shape[2:]
    stride, pad = pair(stride), pair(pad)
    if outsize is None:
        outsize = tuple(map(get_deconv_outsize, size, kernel, stride, pad))
    given = tuple(map(get_conv_outsize, pair(outsize), kernel, stride, pad))
    if given != size:
        raise ValueError(
            f"conv2d makes {given} of outsize {outsize}, and x has {size}"
        )
    f = Deconvolve(stride, pad, pair(outsize))
    return f(x, W) if b is None else f(x, W, b)


def check_kernels(name: str, x: Any, W: Any, b: Any, axis: int) -> None:
    """Raise ValueError where images and kernels do not fit.

    axis: W's for the channels of x; the other is b's.
    """
    x, W = shaped(x).shape, shaped(W).shape
    if len(x) != 4 or len(W) != 4 or x[1] != W[axis]:
        kernels = "(OC, C, KH, KW)" if axis else "(C, OC, KH, KW)"
        needs = f"(N, C, H, W) and W of {kernels}"
        raise ValueError(f"{name} needs x of shape {needs}, got {x} and {W}")
    if b is not None and shaped(b).shape != (W[1 - axis],):
        raise ValueError(
            f"{name} needs b of shape {(W[1 - axis],)}, got {shaped(b).shape}"
        )


def conv2d_simple(
    x: Any, W: Any, b: Any = None, stride: Size = 1, pad: Size = 0
) -> Variable:
    """Return what conv2d returns, composed of im2col and linear: slower, and good to compare with.

    >>> x, W = np.arange(18.0).reshape(1, 2, 3, 3), np.arange(8.0).reshape(1, 2, 2, 2)
    >>> np.allclose(F.conv2d_simple(x, W).data, F.conv2d(x, W).data)
    True
    """
    check_kernels("conv2d", x, W, b, axis=1)
    x, W = shaped(x), shaped(W)
    cols = im2col(x, W.shape[2:], stride, pad)  # (N * OH * OW, C * KH * KW)
    y = linear(cols, W.reshape(len(W), -1).T, b)
    OH, OW = out_shape(x.shape, W.shape[2:], stride, pad)
    return y.reshape(len(x), OH, OW, len(W)).transpose(0, 3, 1, 2)
