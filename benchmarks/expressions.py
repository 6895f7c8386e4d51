"""What is computed, written once for all libraries: each takes the adapter, for its exp and square, and the inputs."""

from __future__ import annotations

from typing import Any


def composite(lib: Any, x: Any) -> Any:
    """The three functions of step 3: even stage 1 can do these."""
    return lib.square(lib.exp(lib.square(x)))


def goldstein_price(_: Any, x: Any, y: Any) -> Any:
    """The function of step 24, of 38 nodes."""
    a = 1 + (x + y + 1) ** 2 * (19 - 14 * x + 3 * x**2 - 14 * y + 6 * x * y + 3 * y**2)
    b = 30 + (2 * x - 3 * y) ** 2 * (18 - 32 * x + 12 * x**2 + 48 * y - 36 * x * y + 27 * y**2)
    return a * b


def rosenbrock(_: Any, x0: Any, x1: Any) -> Any:
    """The valley of step 28."""
    return 100 * (x1 - x0**2) ** 2 + (x0 - 1) ** 2


def diamond(_: Any, x: Any, doublings: int) -> Any:
    """Each value is used twice, so there are 2 ** doublings ways back; a good engine walks each edge once."""
    y = x
    for _ in range(doublings):
        y = y + y
    return y


def chain(_: Any, x: Any, nodes: int) -> Any:
    """One function after the other."""
    y = x
    for _ in range(nodes // 2):
        y = y * 1.0001 + 0.5
    return y


def ladder(_: Any, x: Any, nodes: int) -> Any:
    """A sum to which every rung adds a new product: on the way back all products wait at the same time."""
    s = x * x
    for _ in range(nodes // 2):
        s = s + x * x
    return s


def tree(_: Any, x: Any, nodes: int) -> Any:
    """x ** nodes by multiplying pairs, then pairs of pairs."""
    xs = [x] * nodes
    while len(xs) > 1:
        left_over = xs[len(xs) & ~1 :]
        xs = [a * b for a, b in zip(xs[::2], xs[1::2], strict=False)] + left_over
    return xs[0]


def arithmetic(lib: Any, x: Any, w: Any) -> Any:
    """All that stage 2 has, on arrays."""
    u = lib.exp(-x * x / 2)
    return u * w + w**2 / (1 + u) - x


def quartic(_: Any, x: Any) -> Any:
    """The curve of step 29, whose minimum Newton's method finds."""
    return x**4 - 2 * x**2


def tanh(lib: Any, x: Any) -> Any:
    """The function of step 35, whose derivatives have ever larger graphs."""
    return lib.tanh(x)


def network(lib: Any, *parameters: Any, x: Any, t: Any) -> Any:
    """The loss of a network with one hidden layer."""
    w1, b1, w2, b2 = parameters
    hidden = lib.sigmoid(lib.linear(lib.constant(x), w1, b1))
    return lib.cross_entropy(lib.linear(hidden, w2, b2), lib.constant(t))


def loss(lib: Any, x: Any, t: Any) -> Any:
    """Softmax and cross-entropy alone."""
    return lib.cross_entropy(x, lib.constant(t))


def slices(_: Any, x: Any) -> Any:
    """Each row beside the one below it."""
    return x[1:] * x[:-1]


def chosen(lib: Any, x: Any, places: Any) -> Any:
    """Rows by their numbers, some of them several times."""
    return x[lib.constant(places)]


def rnn(lib: Any, w: Any, b: Any, u: Any, xs: Any) -> Any:
    """The last state of a recurrent network, for a sequence of inputs."""
    h = lib.tanh(lib.linear(lib.constant(xs[0]), w, b))
    for x in xs[1:]:
        h = lib.tanh(lib.linear(lib.constant(x), w, b) + lib.matmul(h, u))
    return h


def lstm(lib: Any, *parameters: Any, xs: Any) -> Any:
    """The last state of a long short-term memory, each of whose gates has parameters of its own."""
    ws, bs, us = parameters[:4], parameters[4:8], parameters[8:]
    h = c = None
    for x in xs:
        sums = [lib.linear(lib.constant(x), w, b) for w, b in zip(ws, bs, strict=True)]
        if h is not None:
            sums = [total + lib.matmul(h, u) for total, u in zip(sums, us, strict=True)]
        f, i, o, g = sums
        new = lib.sigmoid(i) * lib.tanh(g)
        c = new if c is None else lib.sigmoid(f) * c + new
        h = lib.sigmoid(o) * lib.tanh(c)
    return h
