"""How far a model's answers are from what they should be; each with its derivative beside it.

N samples, C classes.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from dezero_lite.stage3.config import Config
from dezero_lite.stage3.core import Variable
from dezero_lite.stage3.function import Function
from dezero_lite.stage3.functions import exp
from dezero_lite.stage4.matrices import rows
from dezero_lite.stage4.precision import narrowed, widened
from dezero_lite.stage4.shapes import data_of, shaped


class MeanSquaredError(Function):
    """y = the sum of (x0 - x1) ** 2, divided by the number of rows.

    >>> x = Variable(np.array([1.0, 4.0]))
    >>> MeanSquaredError()(x, np.array([1.0, 2.0])).backward()
    >>> x.grad
    variable([0. 2.])
    """

    def forward(self, x0: Any, x1: Any) -> Any:
        """Return the sum of the squared differences, divided by N."""
        difference = x0 - x1
        return (difference * difference).sum() / len(x0)

    def backward(self, gy: Any) -> tuple[Any, Any]:
        """Return 2 (x0 - x1) / N * gy, and the same with the other sign; None where nobody wants it."""
        x0, x1 = self.xs
        gx0 = (x0 - x1) * (gy * (2 / len(x0)))
        return gx0, -gx0 if self.wants(1) else None


class Softmax(Function):
    """y = e ** x / (the sum of e ** x along axis): probabilities.

    >>> x = Variable(np.array([0.0, 0.0]))
    >>> Softmax(axis=-1)(x)[0].backward()
    >>> x.grad
    variable([ 0.25 -0.25])
    """

    def __init__(self, axis: int) -> None:
        self.axis = axis

    def forward(self, x: Any) -> Any:
        """Return the probabilities, in the shape of x; each row's own maximum is taken away first."""
        # nothing above e ** 0: no overflow
        y = np.exp(x - x.max(axis=self.axis, keepdims=True))
        return y / y.sum(axis=self.axis, keepdims=True)

    def backward(self, gy: Any) -> Any:
        """Return y * (gy - the sum of gy * y along axis), in the shape of x."""
        y = self.y
        return y * (gy - (gy * y).sum(axis=self.axis, keepdims=True))


class LogSoftmax(Function):
    """y = x - ln(the sum of e ** x along axis): the logarithms of softmax's probabilities.

    >>> x = Variable(np.array([0.0, 0.0]))
    >>> LogSoftmax(axis=-1)(x)[0].backward()
    >>> x.grad
    variable([ 0.5 -0.5])
    """

    def __init__(self, axis: int) -> None:
        self.axis = axis

    def forward(self, x: Any) -> Any:
        """Return the logarithms, in the shape of x; each row's own maximum is taken away first."""
        z = x - x.max(axis=self.axis, keepdims=True)
        return z - np.log(np.exp(z).sum(axis=self.axis, keepdims=True))

    def backward(self, gy: Any) -> Any:
        """Return gy - p * the sum of gy along axis, in the shape of x."""
        return gy - exp(self.y) * gy.sum(axis=self.axis, keepdims=True)


class SoftmaxCrossEntropy(Function):
    """y = the mean of -ln p[t] over the rows; the gradient is (p - onehot) / N.

    t: (N,) whole numbers from 0 to C - 1.

    >>> x = Variable(np.array([[0.0, 0.0]]))
    >>> SoftmaxCrossEntropy(t=np.array([1]))(x).backward()
    >>> x.grad
    variable([[ 0.5 -0.5]])
    """

    def __init__(self, t: Any) -> None:
        self.t = t

    def forward(self, x: Any) -> Any:
        """Return the mean for x, (N, C), by log-sum-exp: no probability is made that could become 0."""
        z = x - x.max(axis=1, keepdims=True)
        picked = z[np.arange(len(z), like=z), self.t]
        z = np.exp(z)
        sums = z.sum(axis=1, keepdims=True)
        self.p = z / sums
        return (np.log(sums[:, 0]) - picked).sum() / len(z)

    def backward(self, gy: Any) -> Any:
        """Return (p - onehot) / N * gy, (N, C)."""
        (x,) = self.xs
        p = softmax(x) if Config.enable_backprop else self.p
        onehot = self.t[:, None] == np.arange(x.shape[1], like=self.t)
        return (p - onehot) * (gy / len(x))


def mean_squared_error(x0: Any, x1: Any) -> Variable:
    """Return the sum of (x0 - x1) ** 2, divided by N, the number of rows.

    x0, x1: (N, ...), of one shape. Raises ValueError for unequal shapes, which NumPy would stretch to one
    another without a word, and where there are no rows.
    Source: Saitoh, Deep Learning from Scratch 3 (2020), step 42.

    >>> F.mean_squared_error(np.array([1.0, 4.0]), np.array([1.0, 2.0]))
    variable(2.0)
    >>> F.mean_squared_error(np.zeros((2, 1)), np.zeros(2))
    Traceback (most recent call last):
    ValueError: mean_squared_error needs two equal shapes, got (2, 1) and (2,); reshape one
    """
    x0, x1 = shaped(x0), shaped(x1)
    if x0.shape != x1.shape:
        shapes = f"{x0.shape} and {x1.shape}"
        raise ValueError(
            f"mean_squared_error needs two equal shapes, got {shapes}; "
            "reshape one"
        )
    if x0.ndim == 0 or len(x0) == 0:
        raise ValueError(
            f"mean_squared_error needs at least one row, got shape {x0.shape}"
        )
    return narrowed(MeanSquaredError()(widened(x0), widened(x1)), x0, x1)


def softmax(x: Any, axis: int = -1) -> Variable:
    """Return e ** x divided by its sum along axis: positive numbers whose sum along axis is 1.

    x: any shape; axis: the one along which the classes lie, the last unless told otherwise.
    Source: Goodfellow et al., Deep Learning (2016), section 6.2.2.3.

    >>> F.softmax(np.array([[0.0, 0.0], [1000.0, 0.0]]))
    variable([[0.5 0.5]
              [1.  0. ]])
    """
    x = shaped(x)
    return narrowed(Softmax(axis)(widened(x)), x)


def log_softmax(x: Any, axis: int = -1) -> Variable:
    """Return the natural logarithm of softmax(x, axis), without computing a probability that could become 0.

    >>> F.log_softmax(np.array([1000.0, 0.0]))
    variable([    0. -1000.])
    """
    x = shaped(x)
    return narrowed(LogSoftmax(axis)(widened(x)), x)


def softmax_cross_entropy(x: Any, t: Any, ignore: int | None = None) -> Variable:
    """Return the mean cross-entropy of softmax(x) against labels t, in nats.

    x: (..., C) logits: the numbers before softmax. t: (...) whole numbers from 0 to C - 1. ignore: a label
    that does not count, in the mean neither. Returns a Variable without axes.
    Raises TypeError for labels that are no whole numbers, ValueError for those that do not fit.
    Source: Goodfellow et al., Deep Learning (2016), section 6.2.2.3.

    >>> loss = F.softmax_cross_entropy(np.zeros((2, 4)), np.array([0, 3]))
    >>> round(loss.data.item(), 3), round(np.log(4).item(), 3)
    (1.386, 1.386)
    """
    x = shaped(x)
    t, x = as_labels(t, x.shape, ignore).copy().reshape(-1), rows(x)
    if ignore is not None:
        counts = t != ignore
        t, x = t[counts], x[counts]
    if len(t) == 0:
        raise ValueError(
            "softmax_cross_entropy needs at least one label that counts, got none"
        )
    return narrowed(SoftmaxCrossEntropy(t)(widened(x)), x)


def as_labels(
    t: Any, shape: tuple[int, ...], ignore: int | None = None
) -> np.ndarray:
    """Return labels as an array of whole numbers, after a look at whether they fit logits of a shape.

    Raises TypeError and ValueError as softmax_cross_entropy says.
    """
    t = data_of(t)
    if t.shape != shape[:-1]:
        advice = "reshape t"
        if t.shape == shape:
            advice = "for one-hot labels, take t.argmax(axis=-1)"
        raise ValueError(
            f"labels need one number for each row, shape {shape[:-1]}, "
            f"got {t.shape}; {advice}"
        )
    if t.dtype.kind not in "iu":
        raise TypeError(
            f"labels must be whole numbers, got {t.dtype}; write t.astype(int)"
        )
    wrong = (t < 0) | (t >= shape[-1])
    if ignore is not None:
        wrong &= t != ignore
    if wrong.any():
        raise ValueError(
            f"labels must be between 0 and {shape[-1] - 1}, got {t[wrong][0]}"
        )
    return t


def accuracy(y: Any, t: Any) -> Variable:
    """Return the share of rows of y whose greatest number stands at the label t; it has no gradient.

    y: (..., C). t: (...) whole numbers from 0 to C - 1. Raises as softmax_cross_entropy.

    >>> F.accuracy(np.array([[0.1, 0.9], [0.8, 0.2]]), np.array([1, 1]))
    variable(0.5)
    """
    y = shaped(y)
    data = y.data if isinstance(y, Variable) else y
    t = as_labels(t, data.shape)
    if t.size == 0:
        raise ValueError("accuracy needs at least one row, got none")
    return Variable((data.argmax(axis=-1) == t).mean())
