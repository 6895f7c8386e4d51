"""Numbers with enough digits to compute with: many sums do not fit into float16, nor differences into uint8."""

from __future__ import annotations

from typing import Any

import numpy as np

from dezero_lite.stage3.core import Variable
from dezero_lite.stage3.function import Function


class Cast(Function):
    """y = x in another type; the gradient at x is gy in the type of x.

    >>> x = Variable(np.array([1.0, 2.0], np.float16))
    >>> y = Cast(np.float32)(x)
    >>> y.backward()
    >>> y.dtype, x.grad.dtype
    (dtype('float32'), dtype('float16'))
    """

    def __init__(self, dtype: Any) -> None:
        self.dtype = dtype

    def forward(self, x: Any) -> Any:
        """Return x's numbers in the type, in the shape of x."""
        return x.astype(self.dtype)

    def backward(self, gy: Any) -> Any:
        """Return gy in the type of x; as it is where that is one of whole numbers."""
        dtype = self.inputs[0].dtype
        return Cast(dtype)(gy) if dtype.kind == "f" else gy


def widened(x: Any) -> Any:
    """Return x, an array or a Variable: whole numbers as float64, float16 as float32, all else as it is.

    >>> widened(np.array([0, 1], np.uint8)) - 1
    array([-1.,  0.])
    """
    dtype = x.dtype
    if dtype.kind in "fc" and dtype.type is not np.float16:
        return x
    dtype = np.float32 if dtype.type is np.float16 else np.float64
    return Cast(dtype)(x) if isinstance(x, Variable) else x.astype(dtype)


def narrowed(y: Variable, *xs: Any) -> Variable:
    """Return y as float16 where all of xs are, else as it is: what was computed of widened(x) for each x.

    >>> x = np.array([1.0, 2.0], np.float16)
    >>> narrowed(F.exp(widened(x)), x).dtype
    dtype('float16')
    """
    for x in xs:
        if x.dtype.type is not np.float16:
            return y
    return Cast(np.float16)(y)
