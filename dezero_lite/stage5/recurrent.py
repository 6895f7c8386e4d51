"""Layers that remember: what they return depends on what they got before. N rows, D numbers in, H numbers out."""

from __future__ import annotations

from typing import Any

import numpy as np

from dezero_lite.stage3.core import Variable
from dezero_lite.stage3.functions import tanh
from dezero_lite.stage4.activations import sigmoid
from dezero_lite.stage4.layers import Layer, Linear, Parameter
from dezero_lite.stage4.shapes import shaped


class RNN(Layer):
    """A recurrent layer: h = tanh(x Wx + b + h Wh), where the h on the right is that of the call before.

    hidden_size: H. in_size: D; without it, the first x decides. rng: where the weights are drawn from.
    h: the state, (N, H), which is what the layer returned last; None at the beginning of a sequence.
    Source: Elman, Finding structure in time (1990).

    >>> layer, x = RNN(4), np.ones((1, 2))
    >>> y0, y1 = layer(x), layer(x)  # the second one remembers the first
    >>> layer.reset_state()
    >>> y2 = layer(x)
    >>> np.array_equal(y0.data, y1.data), np.array_equal(y0.data, y2.data)
    (False, True)
    """

    def __init__(
        self, hidden_size: int, in_size: int | None = None, rng: Any = None
    ) -> None:
        self.x2h = Linear(hidden_size, in_size=in_size, rng=rng)
        self.h2h = Linear(hidden_size, nobias=True, in_size=hidden_size, rng=rng)
        self.reset_state()

    def reset_state(self) -> None:
        """Forget what came before: the next x begins a new sequence."""
        self.h: Variable | None = None

    def forward(self, x: Any) -> Variable:
        """Return the new state: (N, D) gives (N, H).

        Raises ValueError where the state has another number of rows than x.
        """
        h = self.x2h(x)
        if self.h is not None:
            h = h + self.h2h(fitting_state(self.h, x))
        self.h = tanh(h)
        return self.h


class LSTM(Layer):
    """Long short-term memory: a state c that is kept, and gates that say what is dropped, added and shown.

    c = f * c + i * u and h = o * tanh(c), where the gates f (forget), i (input), o (output) are sigmoids,
    and the candidate u is a tanh, of x Wx + b + h Wh, each with weights of its own.
    hidden_size: H. in_size: D; without it, the first x decides. rng: where the weights are drawn from.
    forget_bias: what b of the forget gate begins with; 1 lets the layer remember from the start.
    h, c: the states, (N, H); None at the beginning of a sequence.
    Source: Hochreiter and Schmidhuber, Long short-term memory (1997); Gers et al., Learning to forget (2000).

    >>> layer = LSTM(4, forget_bias=1.0)
    >>> layer(np.ones((3, 2))).shape, layer.c.shape, layer.x2f.b
    ((3, 4), (3, 4), variable([1. 1. 1. 1.]))
    """

    def __init__(
        self,
        hidden_size: int,
        in_size: int | None = None,
        rng: Any = None,
        forget_bias: float = 0.0,
    ) -> None:
        self.x2f = Linear(hidden_size, in_size=in_size, rng=rng)
        self.x2i = Linear(hidden_size, in_size=in_size, rng=rng)
        self.x2o = Linear(hidden_size, in_size=in_size, rng=rng)
        self.x2u = Linear(hidden_size, in_size=in_size, rng=rng)
        self.h2f = Linear(hidden_size, nobias=True, in_size=hidden_size, rng=rng)
        self.h2i = Linear(hidden_size, nobias=True, in_size=hidden_size, rng=rng)
        self.h2o = Linear(hidden_size, nobias=True, in_size=hidden_size, rng=rng)
        self.h2u = Linear(hidden_size, nobias=True, in_size=hidden_size, rng=rng)
        self.x2f.b = Parameter(np.full(hidden_size, forget_bias, np.float32), "b")
        self.reset_state()

    def reset_state(self) -> None:
        """Forget what came before: the next x begins a new sequence."""
        self.h: Variable | None = None
        self.c: Variable | None = None

    def forward(self, x: Any) -> Variable:
        """Return the new h: (N, D) gives (N, H).

        Raises ValueError where the states have another number of rows than x.
        """
        f, i, o, u = self.x2f(x), self.x2i(x), self.x2o(x), self.x2u(x)
        if self.h is not None:
            h = fitting_state(self.h, x)
            f, i = f + self.h2f(h), i + self.h2i(h)
            o, u = o + self.h2o(h), u + self.h2u(h)
        c = sigmoid(i) * tanh(u)
        if self.c is not None:
            c = sigmoid(f) * self.c + c
        self.c = c
        self.h = sigmoid(o) * tanh(c)
        return self.h


class GRU(Layer):
    """A gated recurrent unit: h = z * h + (1 - z) * n, with a gate z that says what is kept.

    The gates r (reset) and z (update) are sigmoids of x Wx + b + h Wh, and the candidate n is
    tanh(x Wx + b + (r * h) Wh), each with weights of its own. (PyTorch multiplies by r after the product.)
    hidden_size: H. in_size: D; without it, the first x decides. rng: where the weights are drawn from.
    h: the state, (N, H); None at the beginning of a sequence.
    Source: Cho et al., Learning phrase representations using RNN encoder-decoder (2014).

    >>> layer = GRU(4)
    >>> layer(np.ones((3, 2))).shape
    (3, 4)
    >>> layer(np.ones((1, 2)))
    Traceback (most recent call last):
    ValueError: this layer remembers 3 rows, and x has 1; call reset_state() where a sequence begins
    """

    def __init__(
        self, hidden_size: int, in_size: int | None = None, rng: Any = None
    ) -> None:
        self.x2r = Linear(hidden_size, in_size=in_size, rng=rng)
        self.h2r = Linear(hidden_size, nobias=True, in_size=hidden_size, rng=rng)
        self.x2z = Linear(hidden_size, in_size=in_size, rng=rng)
        self.h2z = Linear(hidden_size, nobias=True, in_size=hidden_size, rng=rng)
        self.x2n = Linear(hidden_size, in_size=in_size, rng=rng)
        self.h2n = Linear(hidden_size, nobias=True, in_size=hidden_size, rng=rng)
        self.reset_state()

    def reset_state(self) -> None:
        """Forget what came before: the next x begins a new sequence."""
        self.h: Variable | None = None

    def forward(self, x: Any) -> Variable:
        """Return the new state: (N, D) gives (N, H).

        Raises ValueError where the state has another number of rows than x.
        """
        r, z, n = self.x2r(x), self.x2z(x), self.x2n(x)
        if self.h is None:
            self.h = (1 - sigmoid(z)) * tanh(n)
        else:
            h = fitting_state(self.h, x)
            z = sigmoid(z + self.h2z(h))
            n = tanh(n + self.h2n(sigmoid(r + self.h2r(h)) * h))
            self.h = z * h + (1 - z) * n
        return self.h


def fitting_state(h: Variable, x: Any) -> Variable:
    """Return a state for the rows of x.

    Raises ValueError where it is one of another number of rows: NumPy would stretch a single one to any number.
    """
    rows = len(shaped(x))
    if len(h) != rows:
        advice = "call reset_state() where a sequence begins"
        raise ValueError(
            f"this layer remembers {len(h)} rows, and x has {rows}; {advice}"
        )
    return h
