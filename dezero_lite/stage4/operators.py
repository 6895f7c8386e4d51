"""What Variable gets from stage 4: methods, the product of matrices, and indexing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dezero_lite.stage3.core import Variable
from dezero_lite.stage4.matrices import matmul
from dezero_lite.stage4.parts import get_item
from dezero_lite.stage4.shapes import reshape, transpose
from dezero_lite.stage4.sums import max, mean, min, sum


def rmatmul(x0: Any, x1: Any) -> Variable:
    """Return x1 @ x0: what Python asks of the operand on the right."""
    return matmul(x1, x0)


def one_by_one(x: Variable) -> Iterator[Variable]:
    """Return x[0], x[1] and so on, which loops and unpacking ask for.

    Raises TypeError where x has no axes; Python alone would take the IndexError of x[0] for the end of a loop.

    >>> a, b = Variable(np.array([1.0, 2.0]))
    >>> a, b
    (variable(1.0), variable(2.0))
    """
    if x.ndim == 0:
        raise TypeError("a Variable without axes holds one number, and no list")
    return map(x.__getitem__, range(len(x)))


def setup_tensors() -> None:
    """Give Variable the methods for arrays, @ and indexing. Importing the package calls this.

    >>> setup_tensors()  # once more changes nothing
    >>> Variable(np.array([[1.0, 2.0]])).T.shape
    (2, 1)
    """
    Variable.reshape = reshape
    Variable.transpose = transpose
    Variable.T = property(transpose)
    Variable.sum = sum
    Variable.mean = mean
    Variable.max = max
    Variable.min = min
    Variable.__matmul__ = matmul
    Variable.__rmatmul__ = rmatmul
    Variable.__getitem__ = get_item
    Variable.__iter__ = one_by_one
