"""A table with a row for each thing that is not a number, such as a word, and that is learned like weights."""

from __future__ import annotations

from typing import Any

import numpy as np

from dezero_lite.stage3.core import Variable
from dezero_lite.stage4.layers import Layer, Parameter
from dezero_lite.stage4.shapes import data_of


class Embedding(Layer):
    """A learned table: for each whole number from 0 to in_size - 1 a row of out_size numbers.

    dtype: of the table W. rng: where W is drawn from, NumPy's global generator unless told otherwise.
    Source: Bengio et al., A neural probabilistic language model (2003).

    >>> layer = Embedding(in_size=5, out_size=3)
    >>> y = layer(np.array([[0, 4, 4]]))
    >>> y.shape, np.array_equal(y.data[0, 1], layer.W.data[4])
    ((1, 3, 3), True)
    """

    def __init__(
        self,
        in_size: int,
        out_size: int,
        dtype: Any = np.float32,
        rng: Any = None,
    ) -> None:
        rng = np.random if rng is None else rng
        W = rng.standard_normal((in_size, out_size)).astype(dtype)
        self.W = Parameter(W, "W")

    def forward(self, x: Any) -> Variable:
        """Return the rows of the numbers in x: (...) gives (..., out_size).

        Raises TypeError for what is no whole number, and ValueError for one that has no row.
        """
        place = data_of(x)
        if place.dtype.kind not in "iu":
            kind, advice = place.dtype, "write x.astype(int)"
            raise TypeError(
                f"Embedding takes whole numbers, got {kind}; {advice}"
            )
        wrong = (place < 0) | (place >= len(self.W))
        if wrong.any():
            last = len(self.W) - 1
            raise ValueError(
                f"Embedding has rows 0 to {last}, and none for {place[wrong][0]}"
            )
        return self.W[place]
