"""Layers that remember: what they return depends on what they got before. N rows, D numbers in, H numbers out."""

from __future__ import annotations

from typing import Any

import numpy as np

from dezero_lite.stage3.config import Config
from dezero_lite.stage3.core import Variable
from dezero_lite.stage3.function import Function
from dezero_lite.stage3.functions import tanh
from dezero_lite.stage4.activations import sigmoid
from dezero_lite.stage4.layers import Layer, Linear, Parameter
from dezero_lite.stage4.matrices import product, rows
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
        h = None if self.h is None else fitting_state(self.h, x)
        f = joined(self.x2f, x, self.h2f, h)
        i = joined(self.x2i, x, self.h2i, h)
        o = joined(self.x2o, x, self.h2o, h)
        u = joined(self.x2u, x, self.h2u, h)
        self.c = remembered(f, i, u, self.c)
        self.h = shown(o, self.c)
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
        h = None if self.h is None else fitting_state(self.h, x)
        r = sigmoid(joined(self.x2r, x, self.h2r, h))
        z = sigmoid(joined(self.x2z, x, self.h2z, h))
        n = tanh(joined(self.x2n, x, self.h2n, None if h is None else r * h))
        self.h = (1 - z) * n if h is None else z * h + (1 - z) * n
        return self.h


class LinearPair(Function):
    """y = x Wx + b + h Wh: two products and two sums in one function.

    >>> x, Wx, b = np.ones((4, 2)), np.ones((2, 3)), Variable(np.zeros(3))
    >>> h, Wh = np.ones((4, 3)), np.ones((3, 3))
    >>> LinearPair()(x, Wx, b, h, Wh).backward()
    >>> b.grad
    variable([4. 4. 4.])
    """

    def forward(self, x: Any, Wx: Any, b: Any, h: Any, Wh: Any) -> Any:
        """Return x Wx + b + h Wh: (..., D), (D, H), (H,), (..., H) and (H, H) give (..., H)."""
        return product(x, Wx) + b + product(h, Wh)

    def backward(self, gy: Any) -> tuple[Any, ...]:
        """Return the gradients at x, Wx, b, h and Wh; None where nobody wants that of x or h."""
        x, Wx, _, h, Wh = self.xs
        gx = product(gy, Wx.T) if self.wants(0) else None
        gh = product(gy, Wh.T) if self.wants(3) else None
        gwx, gwh = product(rows(x).T, rows(gy)), product(rows(h).T, rows(gy))
        return gx, gwx, gy, gh, gwh


class Remember(Function):
    """A new memory: sigmoid(f) * c + sigmoid(i) * tanh(u), element by element.

    >>> f, i, u, c = np.zeros(1), np.zeros(1), np.zeros(1), Variable(np.array([8.0]))
    >>> y = Remember()(f, i, u, c)
    >>> y.backward()
    >>> y, c.grad
    (variable([4.]), variable([0.5]))
    """

    def forward(self, f: Any, i: Any, u: Any, c: Any) -> Any:
        """Return the new memory, in the shape of the old one, c."""
        self.kept = f, i, u = opening(f), opening(i), np.tanh(u)
        return f * c + i * u

    def backward(self, gy: Any) -> tuple[Any, ...]:
        """Return the gradients at f, i, u and c."""
        f, i, u, c = self.xs
        if Config.enable_backprop:  # as in forward, but with a graph
            f, i, u = sigmoid(f), sigmoid(i), tanh(u)
        else:
            f, i, u = self.kept
        gf, gi = gy * c * f * (1 - f), gy * u * i * (1 - i)
        return gf, gi, gy * i * (1 - u**2), gy * f


class Show(Function):
    """What a memory c shows through an output gate: sigmoid(o) * tanh(c), element by element.

    >>> o, c = Variable(np.array([0.0])), np.array([100.0])
    >>> y = Show()(o, c)
    >>> y.backward()
    >>> y, o.grad
    (variable([0.5]), variable([0.25]))
    """

    def forward(self, o: Any, c: Any) -> Any:
        """Return what is shown, in the shape of c."""
        self.kept = o, t = opening(o), np.tanh(c)
        return o * t

    def backward(self, gy: Any) -> tuple[Any, Any]:
        """Return the gradients at o and c."""
        o, c = self.xs
        if Config.enable_backprop:  # as in forward, but with a graph
            o, t = sigmoid(o), tanh(c)
        else:
            o, t = self.kept
        return gy * t * o * (1 - o), gy * o * (1 - t**2)


def opening(x: Any) -> Any:
    """Return how far open a gate is: the sigmoid of an array."""
    return np.tanh(x * 0.5) * 0.5 + 0.5


def joined(x2: Linear, x: Any, h2: Linear, h: Variable | None) -> Variable:
    """Return x2(x) + h2(h), as one function; where there is no h yet, x2(x)."""
    if h is None:
        return x2(x)
    try:
        return LinearPair()(x, x2.W, x2.b, h, h2.W)
    except ValueError:  # no weights yet, or none that fit
        pass
    return x2(x) + h2(h)  # makes the weights, or says what does not fit


def remembered(
    f: Variable, i: Variable, u: Variable, c: Variable | None
) -> Variable:
    """Return the new memory; without an old one, c, there is nothing to forget."""
    if c is None:
        return sigmoid(i) * tanh(u)
    return Remember()(f, i, u, c)


def shown(o: Variable, c: Variable) -> Variable:
    """Return what a memory shows."""
    return Show()(o, c)


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
